"""Rendering of charts as SVG and PNG with vl-convert, without loading anything."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from html import escape
from typing import Any

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from reportsearch.output.annotations import replace_illegal_xml
from reportsearch.output.plots import fonts
from reportsearch.output.plots.picture import Picture
from reportsearch.output.plots.style import add_title, apply_style

_SCALE = 2.0
"""Pixels of a PNG per pixel of the SVG, to keep characters sharp."""
_ID = re.compile(r"\b(id=\"|url\(#)([A-Za-z]+_?\d+)(\"|\))")
_ROOT = re.compile(r"<svg\b[^>]*>")


def render_svg(picture: Picture, *, bare: bool = False) -> str:
    """Render the picture as SVG with real text; ``bare`` omits title and caption.

    The same picture always gives the same SVG.
    """
    _register_fonts()
    with debug_mode(False):
        chart = apply_style(picture.chart.copy(deep=True)) if bare else add_title(picture)
        spec = json.dumps(chart.to_dict(validate=False), ensure_ascii=False, sort_keys=True)
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=_find_vega_lite_version())
    return _make_ids_unique(_add_description(drawn, picture))


def render_png(picture: Picture) -> bytes:
    """Render the picture as PNG. Raises PlotError if no font has Chinese characters."""
    fonts.check_font()
    return vl_convert.svg_to_png(render_svg(picture), scale=_SCALE)


@cache
def _register_fonts() -> None:
    """Register the font that comes with the extra, once per process."""
    folder = fonts.find_packaged_font()
    if folder is not None:
        vl_convert.register_font_directory(str(folder))


def _find_vega_lite_version() -> Any:
    """Find the Vega-Lite version that Altair targets."""
    return ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


def _add_description(drawn: str, picture: Picture) -> str:
    """Add a title and a description for readers who cannot see the picture."""
    root = _ROOT.search(drawn)
    if root is None:
        return drawn
    opening = root[0][:-1] + ' role="img" aria-labelledby="title_0 desc_0">'
    title = f'<title id="title_0">{escape(replace_illegal_xml(picture.title))}</title>'
    about = f'<desc id="desc_0">{escape(replace_illegal_xml(picture.caption))}</desc>'
    return f"{drawn[: root.start()]}{opening}{title}{about}{drawn[root.end() :]}\n"


def _make_ids_unique(drawn: str) -> str:
    """Make identifiers unique, whatever the process drew before.

    Vega numbers them continuously, and several pictures may be in one page.
    """
    numbers: dict[str, int] = {}

    def renumber(found: re.Match[str]) -> str:
        number = numbers.setdefault(found[2], len(numbers))
        return f"{found[1]}ID-{number}{found[3]}"

    neutral = _ID.sub(renumber, drawn).replace('labelledby="title_0 desc_0"', 'labelledby=""')
    own = "p" + hashlib.sha256(neutral.encode()).hexdigest()[:10]
    title, about = (f"{own}-{numbers[name]}" for name in ("title_0", "desc_0"))
    neutral = neutral.replace('labelledby=""', f'labelledby="{title} {about}"')
    return re.sub(r"\b(id=\"|url\(#)ID-(\d+)", rf"\g<1>{own}-\g<2>", neutral)
