"""Alignment of two passages: exact runs in any order, and small edits between them.

The longest common run is taken first, then the longest of what remains, and so on (greedy string
tiling: Wise, "YAP3: improved detection of similarities in computer program and other texts", 1996),
so that clauses that changed places are also found.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from reportsearch.analysis.matching.exact_matches import find_diagonals
from reportsearch.arrays import Bools
from reportsearch.models.reuse import EDITED, EXACT, FORMULA

MIN_RUN_CHARS = 4
"""Minimum characters of an exact run."""
MAX_EDIT_CHARS = 8
"""Maximum characters of an edit on either side."""


@dataclass(frozen=True, slots=True)
class AlignedSpan:
    """A span of one text and the similar span of another, in compared characters."""

    start: int
    end: int
    other_start: int
    other_end: int
    kind: str


def align(text: str, other: str) -> list[AlignedSpan]:
    """Align two texts of compared characters; return spans in the order of the first.

    Exact runs do not overlap on either side. Two runs that follow each other on both sides are
    joined by an edited span if at most MAX_EDIT_CHARS characters lie between them on each side.
    """
    tiles = _find_tiles(text, other)
    found: list[AlignedSpan] = []
    behind = {start: at for at, (start, _, _) in enumerate(sorted(tiles, key=lambda tile: tile[1]))}
    before: tuple[int, int, int] | None = None
    for tile in tiles:
        if before and behind[tile[0]] == behind[before[0]] + 1:
            gap = tile[0] - before[0] - before[2], tile[1] - before[1] - before[2]
            if 0 < max(gap) <= MAX_EDIT_CHARS:
                found.append(
                    AlignedSpan(tile[0] - gap[0], tile[0], tile[1] - gap[1], tile[1], EDITED)
                )
        start, place, length = tile
        found.append(AlignedSpan(start, start + length, place, place + length, EXACT))
        before = tile
    return found


def _find_tiles(text: str, other: str) -> list[tuple[int, int, int]]:
    """Return non-overlapping exact runs (start, start in the other, length), by start."""
    waiting: list[tuple[int, int, int]] = []
    for part in find_diagonals(text, [other], MIN_RUN_CHARS):
        waiting += ((-length, start, place) for start, place, length in part.iter_rows())
    heapq.heapify(waiting)
    free = np.ones(len(text), dtype=np.bool_)
    other_free = np.ones(len(other), dtype=np.bool_)
    tiles = []
    while waiting:
        length, start, place = heapq.heappop(waiting)
        length = -length
        open_ = free[start : start + length] & other_free[place : place + length]
        if open_.all():
            free[start : start + length] = other_free[place : place + length] = False
            tiles.append((start, place, length))
            continue
        # What earlier runs left of it is queued again.
        for first, last in _find_true_runs(open_):
            if last - first >= MIN_RUN_CHARS:
                heapq.heappush(waiting, (first - last, start + first, place + first))
    return sorted(tiles)


def _find_true_runs(marks: Bools) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each stretch of true values."""
    edges = np.flatnonzero(np.diff(marks.astype(np.int8), prepend=0, append=0)).tolist()
    yield from zip(edges[::2], edges[1::2], strict=True)


def split_at_formulae(found: Iterable[AlignedSpan], is_formula: Bools) -> Iterator[AlignedSpan]:
    """Yield the spans, with exact runs split where a formula begins or ends in them.

    ``is_formula`` marks the characters of the first text that are part of a formula.
    """
    for run in found:
        if run.kind != EXACT:
            yield run
            continue
        marks = is_formula[run.start : run.end]
        edges = [0, *(np.flatnonzero(np.diff(marks)) + 1).tolist(), len(marks)]
        place = run.other_start
        for first, last in pairwise(edges):
            kind = FORMULA if marks[first] else EXACT
            yield AlignedSpan(
                run.start + first, run.start + last, place + first, place + last, kind
            )
