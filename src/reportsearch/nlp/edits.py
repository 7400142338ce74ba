"""Stretches of a text that stand in another one with small edits.

Exact runs of a few characters that follow one another in both texts, with little between them, are
joined into a chain; at its ends it is made longer as long as short runs follow closely. That is the
seed, extend and filter of text alignment as Potthast et al. describe it ("Overview of the 4th
International Competition on Plagiarism Detection", 2012).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

GAP = 30
"""Characters that may lie between two runs of a chain, on either side."""
_SHIFT = 12
"""By how much the two sides of a gap may differ."""
_OVERLAP = 4
"""Characters by which two runs of a chain may overlap, on either side."""
_REACH = 16
"""Characters beyond a chain's end in which the next short run is looked for."""
_STEP = 5
"""Characters that may lie before that run, on either side."""
_SHORTEST = 2
"""Characters of such a run."""
_DENSITY = 0.55
"""The least share of a stretch, on either side, that stands on the other side, too."""
_ALL_EDITED = 1.5
"""How much more of a stretch must be equal where none of its runs counts by itself."""
_MOST_RUNS = 4_000
"""Runs of one source beyond which a text repeats itself too much for chains to mean anything."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span of a text, the span of a source that it is like, and how many characters are equal."""

    start: int
    end: int
    source_start: int
    source_end: int
    matched: int


@dataclass(slots=True)
class _Chain:
    """Runs that follow one another, and the longest of them."""

    start: int
    end: int
    source_start: int
    source_end: int
    matched: int
    longest: int


Triple = tuple[int, int, int]


def find_stretches(text: str, source: str, runs: Sequence[Triple], min_chars: int) -> list[Stretch]:
    """The stretches of a text that stand in a source with small edits, by start.

    ``runs`` are all exact runs of a few characters, as (start, start in the source, length) by
    start. A stretch has at least ``min_chars`` equal characters, and half as many more where no
    run in it has so many.
    """
    if not runs or len(runs) > _MOST_RUNS:
        return []
    found = []
    for chain in _chains(sorted(runs)):
        _extend(chain, text, source)
        length = max(chain.end - chain.start, chain.source_end - chain.source_start)
        if chain.matched >= min_chars and chain.matched >= _DENSITY * length:
            found.append(
                Stretch(chain.start, chain.end, chain.source_start, chain.source_end, chain.matched)
            )
    return sorted(found, key=lambda stretch: (stretch.start, stretch.source_start))


def _chains(runs: list[Triple]) -> Iterator[_Chain]:
    """Chains of runs, the heaviest first; each run is in one of them."""
    ends = [start + length for start, _, length in runs]
    weights: list[float] = []
    before: list[int] = []
    longest = max(length for _, _, length in runs)
    for number, (start, source_start, length) in enumerate(runs):
        best, chosen = 0.0, -1
        first = bisect_left(runs, (start - GAP - longest, -1, -1))
        for other in range(first, number):
            gap = start - ends[other]
            source_gap = source_start - runs[other][1] - runs[other][2]
            if not _joins(gap, source_gap):
                continue
            # An overlap after an inserted or deleted repetition counts once.
            weight = weights[other] + min(gap, source_gap, 0) - 0.1 * max(gap, source_gap)
            if weight > best:
                best, chosen = weight, other
        weights.append(best + length)
        before.append(chosen)
    taken: set[int] = set()
    for number in sorted(range(len(runs)), key=lambda place: (-weights[place], place)):
        if number in taken:
            continue
        chain = []
        while number >= 0 and number not in taken:
            taken.add(number)
            chain.append(runs[number])
            number = before[number]
        yield _joined(chain[::-1])


def _joins(gap: int, source_gap: int) -> bool:
    low, high = min(gap, source_gap), max(gap, source_gap)
    return low > -_OVERLAP and high <= GAP and high - low <= _SHIFT


def _joined(runs: list[Triple]) -> _Chain:
    start, source_start, _ = runs[0]
    last, source_last, length = runs[-1]
    matched = 0
    end = source_end = -1
    for at, source_at, size in runs:
        overlap = max(end - at, source_end - source_at, 0) if end >= 0 else 0
        matched += size - overlap
        end, source_end = at + size, source_at + size
    longest = max(size for _, _, size in runs)
    return _Chain(start, last + length, source_start, source_last + length, matched, longest)


def _extend(chain: _Chain, text: str, source: str) -> None:
    """Make a chain longer at both ends by short runs that follow closely."""
    while True:
        ahead = text[chain.end : chain.end + _REACH]
        beyond = source[chain.source_end : chain.source_end + _REACH]
        step = _next(ahead, beyond)
        if step is None:
            break
        chain.end += step[0]
        chain.source_end += step[1]
        chain.matched += step[2]
    while True:
        ahead = text[max(0, chain.start - _REACH) : chain.start][::-1]
        beyond = source[max(0, chain.source_start - _REACH) : chain.source_start][::-1]
        step = _next(ahead, beyond)
        if step is None:
            break
        chain.start -= step[0]
        chain.source_start -= step[1]
        chain.matched += step[2]


def _next(ahead: str, beyond: str) -> tuple[int, int, int] | None:
    """Up to where the next short run reaches on both sides, and its length."""
    matcher = SequenceMatcher(None, ahead, beyond, autojunk=False)
    for block in matcher.get_matching_blocks():
        if block.size < _SHORTEST:
            continue
        if max(block.a, block.b) > _STEP:
            return None
        return block.a + block.size, block.b + block.size, block.size
    return None
