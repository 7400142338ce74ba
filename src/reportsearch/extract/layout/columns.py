"""Columns of text side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportsearch.extract.layout.lines import GAP, Row, Segment

_ROWS = 3
"""So many lines, at the least, must stand beside each other to be columns."""
_WIDTH = 8
"""A column is at least so many characters wide."""
_FULL, _MOSTLY = 0.75, 0.5
"""Of a column most lines fill most of its width; in a table they do not."""
_DEEPEST = 3

Block = tuple[tuple[int, ...], list[Row]]
"""Rows to be read one after the other, and in which column: () is the full width of the page."""


def blocks_of(rows: Sequence[Row], place: tuple[int, ...] = ()) -> list[Block]:
    """The rows in reading order: what spans the page, and below it column after column."""
    gutter = _gutter(rows) if len(place) < _DEEPEST else None
    if gutter is None:
        return [(place, list(rows))] if rows else []
    blocks: list[Block] = []
    across: list[Row] = []
    beside: list[Row] = []
    for row in [*rows, None]:
        crosses = row is None or any(part.x0 < gutter < part.x1 for part in row)
        if row is not None and not crosses:
            beside.append(row)
            continue
        if _are_columns(beside, gutter):
            if across:
                blocks.append((place, across))
            for side in (0, 1):
                part = [_side(row, gutter, side) for row in beside]
                blocks.extend(blocks_of([row for row in part if row], (*place, side)))
            across = []
        else:
            across.extend(beside)
        beside = []
        if row is not None:
            across.append(row)
    if across:
        blocks.append((place, across))
    return blocks


def _side(row: Row, gutter: float, side: int) -> Row:
    return [segment for segment in row if (segment.x0 > gutter) == bool(side)]


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where most rows have a gap and fewest have text."""
    edges: list[tuple[float, int, int]] = []
    for row in rows:
        for segment in row:
            edges += [(segment.x0, 0, -1), (segment.x1, 0, 1)]
        for before, after in pairwise(row):
            if after.x0 - before.x1 > GAP * min(before.em, after.em):
                edges += [(before.x1, 1, 0), (after.x0, -1, 0)]
    edges.sort()
    best: tuple[int, float] = (-len(edges), 0.0)
    gutter = None
    gaps = score = 0
    for (at, gap, free), (after_at, _, _) in pairwise(edges):
        gaps += gap
        score += gap + free
        if gaps >= _ROWS and (score, after_at - at) > best:
            best, gutter = (score, after_at - at), (at + after_at) / 2
    return gutter


def _are_columns(rows: Sequence[Row], gutter: float) -> bool:
    sides: tuple[list[Segment], list[Segment]] = ([], [])
    both = 0
    for row in rows:
        here = {segment.x0 > gutter for segment in row}
        both += len(here) == 2
        for segment in row:
            sides[segment.x0 > gutter].append(segment)
    if both < _ROWS:
        return False
    for side in sides:
        width = max(part.x1 for part in side) - min(part.x0 for part in side)
        full = sum(part.x1 - part.x0 > _FULL * width for part in side)
        if width < _WIDTH * side[0].em or full < _MOSTLY * len(side):
            return False
    return True
