"""What a picture is before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MAX_ROWS = 30
"""Bars of a chart, and rows and columns of a table of colours."""
MAX_PANELS = 12
"""Small charts side by side."""
MAX_ROWS_IN_PANEL = 10
"""Rows of each of several small charts."""

PictureCell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with what is said beside it.

    ``chart`` is an Altair chart without a title, about ``width`` pixels wide. ``columns`` and
    ``rows`` are the numbers that it shows, for those who cannot see it.
    """

    title: str
    caption: str
    language: str
    chart: Any
    width: int
    columns: tuple[str, ...]
    rows: tuple[tuple[PictureCell, ...], ...]
