"""A picture as a separate HTML page, drawn inline, with its numbers as a table and no script.

The page loads nothing, and its policy allows no script and no style except its own.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from reportsearch.locale import CHINESE, Translator
from reportsearch.output.annotations import replace_illegal_xml
from reportsearch.output.plots import drawing
from reportsearch.output.plots.picture import Picture, PictureCell
from reportsearch.output.plots.text import clean_text


def render_page(picture: Picture) -> str:
    """Render the page of a picture; the same picture always gives the same page."""
    t = Translator(picture.language)
    environment = _create_environment()
    style = environment.get_template("picture.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    made = environment.get_template("picture.html").render(
        picture=picture,
        t=t,
        pgettext=t.pgettext,
        lang="zh-CN" if picture.language == CHINESE else "en",
        drawn=drawing.render_svg(picture, bare=True),
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'",
        shown=_format_cell,
    )
    return replace_illegal_xml(made)


def _format_cell(cell: PictureCell, nothing: str) -> str:
    """Format a table cell; a missing value gets a text instead of a blank."""
    if cell is None:
        return nothing
    if isinstance(cell, float):
        if 0 < abs(cell) < 0.005:
            return "<0.01" if cell > 0 else ">-0.01"
        return f"{cell:,.2f}"
    return clean_text(str(cell))


@cache
def _create_environment() -> Environment:
    return Environment(
        loader=PackageLoader("reportsearch.output.plots"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
