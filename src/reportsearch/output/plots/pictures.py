"""What a picture is before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MOST_ROWS = 30
"""Bars of a chart, and rows and columns of a table of colours."""
MOST_PANELS = 12
"""Small charts side by side."""
MOST_IN_PANEL = 10
"""Rows of each of several small charts."""

Cell = str | int | float | None


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
    rows: tuple[tuple[Cell, ...], ...]
