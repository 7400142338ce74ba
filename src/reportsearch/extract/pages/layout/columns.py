"""Detection of text columns side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from reportsearch.extract.pages.layout.lines import MIN_CELL_GAP, SegmentRow, TextSegment

_MIN_ROWS = 3
"""Minimum number of lines next to each other in columns."""
_MIN_WIDTH = 8
"""Minimum width of a column, in characters."""
_FULL_LINE, _MIN_FULL_SHARE = 0.75, 0.5
"""Most lines of a column fill most of its width, unlike those of a table."""
_MIN_SHARED_HEIGHT = 0.1
"""Share of a character's height that lines next to each other have in common."""
_MAX_OUTLIER_SHARE = 0.1
"""Share of segments that may extend outside a column."""
_MAX_SEGMENTS = 5_000
"""A page with more segments is not text in columns."""
_MAX_DEPTH = 3

ColumnBlock = tuple[tuple[int, ...], list[SegmentRow]]
"""Rows to read consecutively, with their column; () is the full width of the page."""


def split_columns(
    rows: Sequence[SegmentRow], place: tuple[int, ...] = (), previous_gutter: float | None = None
) -> tuple[list[ColumnBlock], float | None]:
    """Return the rows in reading order: those that span the page, then column by column.

    ``previous_gutter`` is where the previous page's columns were separated. Text on both sides of
    it is in columns even if there is little of it. The second result is the gutter of this page.
    """
    gutter = _find_gutter(rows) if len(place) < _MAX_DEPTH else None
    certain = gutter is None and previous_gutter is not None
    gutter = previous_gutter if certain else gutter
    found = None
    blocks: list[ColumnBlock] = []
    across: list[SegmentRow] = []

    def crosses(row: SegmentRow) -> bool:
        return gutter is None or any(part.x0 < gutter < part.x1 for part in row)

    for over, group in groupby(rows, crosses):
        part = list(group)
        if over or gutter is None or not _are_columns(part, gutter, certain=certain):
            across += part
            continue
        if across:
            blocks.append((place, across))
            across = []
        found = gutter
        for side in (False, True):
            cut = [[segment for segment in row if (segment.x0 > gutter) == side] for row in part]
            blocks += split_columns([row for row in cut if row], (*place, int(side)))[0]
    if across:
        blocks.append((place, across))
    return blocks, found


def _find_gutter(rows: Sequence[SegmentRow]) -> float | None:
    """Find the position where most lines have a gap and fewest have text."""
    if sum(map(len, rows)) > _MAX_SEGMENTS:
        return None
    edges: list[tuple[float, int, int]] = []
    for segment in (segment for row in rows for segment in row):
        edges += [(segment.x0, 0, -1), (segment.x1, 0, 1)]
    for before, after in _iter_neighbours(rows):
        edges += [(before.x1, 1, 0), (after.x0, -1, 0)]
    edges.sort()
    best: tuple[int, float] = (-len(edges), 0.0)
    gutter = None
    gaps = score = 0
    for (at, gap, free), (after_at, _, _) in pairwise(edges):
        gaps += gap
        score += gap + free
        if gaps >= _MIN_ROWS and (score, after_at - at) > best:
            best, gutter = (score, after_at - at), (at + after_at) / 2
    return gutter


def _iter_neighbours(rows: Sequence[SegmentRow]) -> Iterator[tuple[TextSegment, TextSegment]]:
    """Iterate over segments with the next one to their right, up to half a line off."""
    for i, row in enumerate(rows):
        near = [segment for other in rows[max(i - 1, 0) : i + 2] for segment in other]
        for segment in row:
            after = min(
                (
                    other
                    for other in near
                    if other.x0 - segment.x1 > MIN_CELL_GAP * min(other.em, segment.em)
                    and _measure_shared_height(other, segment) > _MIN_SHARED_HEIGHT * segment.em
                ),
                key=lambda other: other.x0,
                default=None,
            )
            if after is not None:
                yield segment, after


def _measure_shared_height(one: TextSegment, other: TextSegment) -> float:
    """Return the height that two segments have in common."""
    return min(one.bottom, other.bottom) - max(one.top, other.top)


def _are_columns(rows: Sequence[SegmentRow], gutter: float, *, certain: bool) -> bool:
    """Return whether text fills the lines on both sides of a gutter, unlike that of a table."""
    both = sum(before.x1 < gutter < after.x0 for before, after in _iter_neighbours(rows))
    segments = [segment for row in rows for segment in row]
    if certain:
        return all(part.x1 < gutter for part in segments) or (both > 0 and len(rows) >= _MIN_ROWS)
    if both < _MIN_ROWS:
        return False
    for right in (False, True):
        side = [segment for segment in segments if (segment.x0 > gutter) == right]
        starts = sorted(part.x0 for part in side)
        ends = sorted(part.x1 for part in side)
        outside = int(_MAX_OUTLIER_SHARE * len(side))
        width = ends[-1 - outside] - starts[outside]
        full = sum(part.x1 - part.x0 > _FULL_LINE * width for part in side)
        if width < _MIN_WIDTH * median(part.em for part in side) or full < _MIN_FULL_SHARE * len(
            side
        ):
            return False
    return True
