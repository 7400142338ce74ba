"""Exact runs of characters that a text shares with others, regardless of their frequency.

Every window of a few characters of the text (a gram) is looked up in all sources at once. Hits that
follow one another on a diagonal, at the same distance between the two positions, form one run that
cannot be extended on either side. Nothing is sampled or dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reportsearch.analysis.matching.suffix_array import RangeMinimum, suffix_array
from reportsearch.arrays import Bools, Ints
from reportsearch.comparable import Codes, to_code_points

SEED = 8
"""Characters of a gram, unless shorter runs are requested."""
_MAX_BATCH_CHARS = 2_000_000
"""Characters of sources that are processed together."""
_MAX_HITS = 8_000_000
"""Hits that are processed together: 200 MB."""
_MAX_PACKED_CHARS = 3
"""Code points of 21 bits that fit into one number."""
_TABLE_SIZE = 1 << 22
_SEPARATOR = 0
"""Separates sources; not a compared character."""


@dataclass(frozen=True, slots=True)
class Match:
    """A span of a text's compared characters, and its first position in a source."""

    start: int
    end: int
    source_start: int

    @property
    def source_end(self) -> int:
        """Return where it ends in the source."""
        return self.source_start + self.end - self.start


@dataclass(frozen=True)
class MatchDiagonals:
    """Runs on diagonals, one per row: position in the text and the source, length, source."""

    starts: Ints
    source_starts: Ints
    lengths: Ints
    sources: Ints

    def iter_rows(self) -> Iterator[tuple[int, int, int]]:
        """Yield start, start in the source, and length of each run."""
        yield from zip(
            self.starts.tolist(), self.source_starts.tolist(), self.lengths.tolist(), strict=True
        )

    def select_source(self, number: int) -> MatchDiagonals:
        """Return the runs of one source; runs must be sorted by source."""
        first, last = np.searchsorted(self.sources, [number, number + 1])
        part = slice(int(first), int(last))
        return self.select_rows(part)

    def select_rows(self, chosen: slice | Ints | Bools) -> MatchDiagonals:
        """Return some of the runs."""
        return MatchDiagonals(
            self.starts[chosen],
            self.source_starts[chosen],
            self.lengths[chosen],
            self.sources[chosen],
        )


def _lookup(known: Ints, wanted: Ints) -> Ints:
    """Return the index of each wanted number among sorted known ones, -1 if missing."""
    if not len(known):
        return np.full(len(wanted), -1, dtype=np.int64)
    found = np.searchsorted(known, wanted)
    found[found == len(known)] = 0
    found[known[found] != wanted] = -1
    return found


class GramIndex:
    """The numbered grams of a text and their positions."""

    def __init__(self, text: str, length: int) -> None:
        codes = to_code_points(text)
        self.text_length = len(codes)
        self.length = length
        self._parts = min(length, _MAX_PACKED_CHARS)
        # Overlapping parts that cover a gram: for 8 characters those at 0, 3 and 5.
        step = range(0, max(length - self._parts, 0), self._parts)
        self._part_offsets = [*step, length - self._parts]
        count = max(len(codes) - length + 1, 0)
        self._table = np.zeros(_TABLE_SIZE, dtype=np.bool_)
        self._table[self._hash_pairs(codes)] = True
        self._levels: list[Ints] = []
        numbers = np.zeros(count, dtype=np.int64)
        windows = np.arange(count)
        for at in self._part_offsets:
            part = self._pack_codes(codes, windows + at)
            if not self._levels:
                keys = part
            else:
                parts = _lookup(self._levels[0], part)
                keys = numbers * len(self._levels[0]) + parts
            # The first level has all parts of the text, so that the others can be numbered by it.
            known = self._pack_codes(codes) if not self._levels else keys
            self._levels.append(np.unique(known))
            numbers = _lookup(self._levels[-1], keys)
        self.count = len(self._levels[-1]) if count else 0
        self._places = np.argsort(numbers, kind="stable")
        self._firsts = np.searchsorted(numbers[self._places], np.arange(self.count + 1))

    @staticmethod
    def _hash_pairs(codes: Codes) -> Ints:
        """Hash each pair of adjacent characters to a number below _TABLE_SIZE; collisions occur."""
        wide = codes.astype(np.int64)
        return (wide[:-1] * 8_191 + wide[1:] * 3) % _TABLE_SIZE

    def _pack_codes(self, codes: Codes, places: Ints | None = None) -> Ints:
        """Pack the first code points at some positions, or at all positions, into one number."""
        if places is None:
            places = np.arange(max(len(codes) - self._parts + 1, 0))
        packed = np.zeros(len(places), dtype=np.int64)
        for at in range(self._parts):
            packed = (packed << 21) | codes[places + at].astype(np.int64)
        return packed

    def find(self, codes: Codes) -> tuple[Ints, Ints]:
        """Return the positions of the text's grams in other codes, and the grams' numbers."""
        places = np.arange(max(len(codes) - self.length + 1, 0))
        if not self.count or not len(places):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        if self.length > 1:
            # Few windows consist only of pairs that also occur in the text.
            strange = np.zeros(len(codes), dtype=np.int32)
            np.cumsum(~self._table[self._hash_pairs(codes)], out=strange[1:])
            places = np.flatnonzero(strange[self.length - 1 :] == strange[: len(places)])
        numbers = np.zeros(len(places), dtype=np.int64)
        for level, at in enumerate(self._part_offsets):
            keys = self._pack_codes(codes, places + at)
            if level:
                parts = _lookup(self._levels[0], keys)
                keys = np.where(parts < 0, -1, numbers * len(self._levels[0]) + parts)
            numbers = _lookup(self._levels[level], keys)
            places, numbers = places[numbers >= 0], numbers[numbers >= 0]
        return places, numbers

    def count_occurrences(self, numbers: Ints) -> Ints:
        """Return the number of occurrences of each gram in the text."""
        return self._firsts[numbers + 1] - self._firsts[numbers]

    def get_places(self, numbers: Ints, nth: Ints) -> Ints:
        """Return the ``nth`` position of each gram in the text."""
        found: Ints = self._places[self._firsts[numbers] + nth]
        return found


def _iter_batches(sources: Sequence[str]) -> Iterator[range]:
    first = size = 0
    for number, source in enumerate(sources):
        if size and size + len(source) > _MAX_BATCH_CHARS:
            yield range(first, number)
            first, size = number, 0
        size += len(source) + 1
    if first < len(sources):
        yield range(first, len(sources))


def find_diagonals(text: str, sources: Sequence[str], seed: int) -> Iterator[MatchDiagonals]:
    """Yield all maximal runs of at least ``seed`` characters, by source, in batches.

    If a text repeats itself so often that the hits would fill the memory (a million times the same
    character), only some of the runs are found: see :func:`_find_covering`.
    """
    grams = GramIndex(text, seed)
    for batch in _iter_batches(sources):
        yield from _find_in_batch(text, grams, sources, batch)


def _find_in_batch(
    text: str, grams: GramIndex, sources: Sequence[str], batch: range
) -> Iterator[MatchDiagonals]:
    joined = "\0".join(sources[number] for number in batch)
    lengths = np.array([len(sources[number]) + 1 for number in batch], dtype=np.int64)
    firsts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)[:-1]])
    places, numbers = grams.find(to_code_points(joined))
    counts = grams.count_occurrences(numbers)
    if counts.sum() > _MAX_HITS and len(batch) > 1:
        middle = batch.start + len(batch) // 2
        yield from _find_in_batch(text, grams, sources, range(batch.start, middle))
        yield from _find_in_batch(text, grams, sources, range(middle, batch.stop))
        return
    if counts.sum() > _MAX_HITS:
        yield _find_covering(text, sources[batch.start], grams.length, batch.start)
        return
    hit = np.repeat(np.arange(len(places)), counts)
    nth = np.arange(len(hit)) - np.repeat(np.cumsum(counts) - counts, counts)
    text_places, places = grams.get_places(numbers[hit], nth), places[hit]
    # One number for diagonal and position: neighbours on a diagonal differ by one.
    width = grams.text_length + 1
    keys = np.sort((places - text_places + width) * width + text_places)
    if not len(keys):
        return
    starts = np.flatnonzero(np.diff(keys, prepend=keys[0] - 2) != 1)
    lengths = np.diff(starts, append=len(keys)) + grams.length - 1
    diagonal, place = np.divmod(keys[starts], width)
    source_places = diagonal - width + place
    owners = np.searchsorted(firsts, source_places, side="right") - 1
    order = np.lexsort((source_places, -lengths, place, owners))
    yield MatchDiagonals(
        place[order],
        (source_places - firsts[owners])[order],
        lengths[order],
        owners[order] + batch.start,
    )


def _find_covering(text: str, source: str, seed: int, number: int) -> MatchDiagonals:
    """Return a few of the maximal runs with one source that cover all others, by position.

    Each window of ``seed`` characters that is in a run is in one of these, and each run left out
    lies within two that are not shorter.
    """
    lengths = _find_longest(text, source)
    before = np.concatenate([np.zeros(1, dtype=np.int64), lengths[:-1]])
    starts = np.flatnonzero((lengths >= seed) & (before <= lengths))
    ends = starts + lengths[starts]
    chosen: list[int] = []
    for at in range(len(starts)):
        while len(chosen) > 1 and _is_between(starts, ends, chosen[-2], chosen[-1], at, seed):
            chosen.pop()
        chosen.append(at)
    starts, ends = starts[chosen], ends[chosen]
    spans = zip(starts.tolist(), ends.tolist(), strict=True)
    places = np.array([source.find(text[start:end]) for start, end in spans], dtype=np.int64)
    return MatchDiagonals(
        starts, places, ends - starts, np.full(len(starts), number, dtype=np.int64)
    )


def _is_between(starts: Ints, ends: Ints, one: int, middle: int, other: int, seed: int) -> bool:
    """Return whether the middle run lies within the two around it and is not longer."""
    length = ends[middle] - starts[middle]
    is_longer = length > ends[one] - starts[one] or length > ends[other] - starts[other]
    return not is_longer and bool(starts[other] <= ends[one] - seed + 1)


def _find_longest(text: str, source: str) -> Ints:
    """Return, for each position of a text, the length of the longest string found in a source."""
    ordered = suffix_array(
        np.concatenate([to_code_points(text), to_code_points("\0"), to_code_points(source)])
    )
    least = RangeMinimum(ordered.lcp)
    rows = np.arange(len(ordered.order))
    is_source = ordered.order > len(text)
    found = np.zeros(len(text), dtype=np.int64)
    # The nearest suffixes of the source before and after.
    before = np.maximum.accumulate(np.where(is_source, rows, -1))
    behind = np.minimum.accumulate(np.where(is_source, rows, len(rows))[::-1])[::-1]
    for nearest in (before, behind):
        at = np.flatnonzero(~is_source & (nearest >= 0) & (nearest < len(rows)))
        first, last = np.minimum(at, nearest[at]), np.maximum(at, nearest[at])
        places = ordered.order[at]
        found[places] = np.maximum(found[places], least.query(first + 1, last + 1))
    return found


def select_maximal(found: MatchDiagonals, min_chars: int) -> MatchDiagonals:
    """Return the runs of at least ``min_chars`` that are not inside another of the same source.

    A run is returned once, with its first position in the source, in the order of
    ``find_diagonals``.
    """
    long = found.select_rows(found.lengths >= min_chars)
    if not len(long.starts):
        return long
    width = int((long.starts + long.lengths).max()) + 1
    ends = long.sources * width + long.starts + long.lengths
    before = np.maximum.accumulate(ends)
    fresh = np.ones(len(ends), dtype=np.bool_)
    fresh[1:] = ends[1:] > before[:-1]
    return long.select_rows(fresh)


def find_exact_matches(text: str, sources: Sequence[str], min_chars: int) -> list[list[Match]]:
    """Return, for each source, the runs of at least ``min_chars`` characters shared with a text.

    Texts are compared characters. A run cannot be extended on either side in the text and still
    occur in the source. Runs are sorted by start; runs of one source may overlap.
    """
    found: list[list[Match]] = [[] for _ in sources]
    for part in find_diagonals(text, sources, min(SEED, min_chars)):
        best = select_maximal(part, min_chars)
        for (start, place, length), source in zip(
            best.iter_rows(), best.sources.tolist(), strict=True
        ):
            found[source].append(Match(start, start + length, place))
    return found
