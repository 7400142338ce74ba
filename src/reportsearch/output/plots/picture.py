"""Pictures before they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MAX_ROWS = 30
"""Maximum number of bars of a chart, and rows and columns of a heatmap."""
MAX_PANELS = 12
"""Maximum number of small charts side by side."""
MAX_ROWS_IN_PANEL = 10
"""Maximum number of rows of each of several small charts."""

PictureCell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its title and caption.

    ``chart`` is an Altair chart without a title, about ``width`` pixels wide. ``columns`` and
    ``rows`` hold the numbers it shows, for readers who cannot see it.
    """

    title: str
    caption: str
    language: str
    chart: Any
    width: int
    columns: tuple[str, ...]
    rows: tuple[tuple[PictureCell, ...], ...]
