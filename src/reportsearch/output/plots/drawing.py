"""Charts as SVG and PNG, with vl-convert: nothing is loaded from afar."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from html import escape
from typing import Any

import altair as alt
import vl_convert

from reportsearch.output.annotations import legal
from reportsearch.output.plots import fonts
from reportsearch.output.plots.pictures import Picture
from reportsearch.output.plots.style import styled, titled

_SCALE = 2.0
"""Pixels of a PNG for each of the SVG, so that characters are sharp."""
_ID = re.compile(r"\b(id=\"|url\(#)([A-Za-z]+_?\d+)(\"|\))")
_ROOT = re.compile(r"<svg\b[^>]*>")


def svg(picture: Picture, *, bare: bool = False) -> str:
    """The picture as SVG whose text is text; ``bare`` without title and caption.

    The same picture gives the same text.
    """
    _register()
    chart = styled(picture.chart.copy(deep=True)) if bare else titled(picture)
    spec = json.dumps(chart.to_dict(), ensure_ascii=False, sort_keys=True)
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=_version())
    return _named(_told(drawn, picture))


def png(picture: Picture) -> bytes:
    """The picture as PNG. Raises PlotError where no font has Chinese characters."""
    fonts.check()
    return vl_convert.svg_to_png(svg(picture), scale=_SCALE)


@cache
def _register() -> None:
    """Have the font that comes with the extra known, once for a process."""
    folder = fonts.packaged()
    if folder is not None:
        vl_convert.register_font_directory(str(folder))


def _version() -> Any:
    """The version of Vega-Lite for which Altair writes."""
    return ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


def _told(drawn: str, picture: Picture) -> str:
    """With a title and a description for those who cannot see it."""
    root = _ROOT.search(drawn)
    if root is None:
        return drawn
    opening = root[0][:-1] + ' role="img" aria-labelledby="title_0 desc_0">'
    title = f'<title id="title_0">{escape(legal(picture.title))}</title>'
    about = f'<desc id="desc_0">{escape(legal(picture.caption))}</desc>'
    return f"{drawn[: root.start()]}{opening}{title}{about}{drawn[root.end() :]}\n"


def _named(drawn: str) -> str:
    """Identifiers of this picture's own, whatever was drawn before by the same process.

    Vega numbers them on and on; and several pictures may stand in one page.
    """
    numbers: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        number = numbers.setdefault(found[2], len(numbers))
        return f"{found[1]}ID-{number}{found[3]}"

    neutral = _ID.sub(numbered, drawn).replace('labelledby="title_0 desc_0"', 'labelledby=""')
    own = "p" + hashlib.sha256(neutral.encode()).hexdigest()[:10]
    title, about = (f"{own}-{numbers[name]}" for name in ("title_0", "desc_0"))
    neutral = neutral.replace('labelledby=""', f'labelledby="{title} {about}"')
    return re.sub(r"\b(id=\"|url\(#)ID-(\d+)", rf"\g<1>{own}-\g<2>", neutral)
