"""A picture as a page of its own: drawn in it, with its numbers as a table, without a script.

The page loads nothing, and its policy lets nothing run and no style apply but its own.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from reportsearch.locale.plots import words
from reportsearch.output.annotations import legal
from reportsearch.output.plots import drawing
from reportsearch.output.plots.pictures import Cell, Picture
from reportsearch.output.plots.text import plain


def page(picture: Picture) -> str:
    """The page of a picture; the same picture gives the same page."""
    environment = _environment()
    style = environment.get_template("picture.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    made = environment.get_template("picture.html").render(
        picture=picture,
        says=words(picture.language),
        drawn=drawing.svg(picture, bare=True),
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'",
        shown=_shown,
    )
    return legal(made)


def _shown(cell: Cell, nothing: str) -> str:
    """A number as the table has it; one that is not there is told, not left blank."""
    if cell is None:
        return nothing
    if isinstance(cell, float):
        if 0 < abs(cell) < 0.005:
            return "<0.01" if cell > 0 else ">-0.01"
        return f"{cell:,.2f}"
    return plain(str(cell))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("reportsearch.output.plots"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
