"""Runs of characters that a text has in common with others: exact, whatever their frequency.

Every window of a few characters of the text (a gram) is looked for in all sources at once. Hits
that follow one another on a diagonal, the same distance between the two places, are one run that
can be made longer on neither side. Nothing is sampled or dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reportsearch.analysis.matching.suffix_array import RangeMinimum, suffix_array
from reportsearch.arrays import Bools, Ints
from reportsearch.comparable import Codes, to_code_points

SEED = 8
"""Characters of a gram, where runs that short are asked for at all."""
_MAX_BATCH_CHARS = 2_000_000
"""Characters of sources that are looked at together."""
_MAX_HITS = 8_000_000
"""Hits that are looked at together: 200 MB."""
_MAX_PACKED_CHARS = 3
"""Code points of 21 bits that fit into one number."""
_TABLE_SIZE = 1 << 22
_SEPARATOR = 0
"""Stands between sources: no compared character."""


@dataclass(frozen=True, slots=True)
class Match:
    """A span of a text's compared characters, and where it stands first in a source."""

    start: int
    end: int
    source_start: int

    @property
    def source_end(self) -> int:
        """Where it ends in the source."""
        return self.source_start + self.end - self.start


@dataclass(frozen=True)
class MatchDiagonals:
    """Runs on diagonals, one row each: place in the text, place in the source, length, source."""

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
        """Those of one source; they must be in the order of the sources."""
        first, last = np.searchsorted(self.sources, [number, number + 1])
        part = slice(int(first), int(last))
        return self.select_rows(part)

    def select_rows(self, chosen: slice | Ints | Bools) -> MatchDiagonals:
        """Some of them."""
        return MatchDiagonals(
            self.starts[chosen],
            self.source_starts[chosen],
            self.lengths[chosen],
            self.sources[chosen],
        )


def _lookup(known: Ints, wanted: Ints) -> Ints:
    """The place of each wanted number among sorted known ones, -1 where it is not there."""
    if not len(known):
        return np.full(len(wanted), -1, dtype=np.int64)
    found = np.searchsorted(known, wanted)
    found[found == len(known)] = 0
    found[known[found] != wanted] = -1
    return found


class GramIndex:
    """The grams of a text, numbered, with their places."""

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
            # The first level is of all parts of the text, so that the others can be numbered by it.
            known = self._pack_codes(codes) if not self._levels else keys
            self._levels.append(np.unique(known))
            numbers = _lookup(self._levels[-1], keys)
        self.count = len(self._levels[-1]) if count else 0
        self._places = np.argsort(numbers, kind="stable")
        self._firsts = np.searchsorted(numbers[self._places], np.arange(self.count + 1))

    @staticmethod
    def _hash_pairs(codes: Codes) -> Ints:
        """A number below _TABLE_SIZE for each two neighbours: others may have the same."""
        wide = codes.astype(np.int64)
        return (wide[:-1] * 8_191 + wide[1:] * 3) % _TABLE_SIZE

    def _pack_codes(self, codes: Codes, places: Ints | None = None) -> Ints:
        """The first code points at some places, or at all, as one number."""
        if places is None:
            places = np.arange(max(len(codes) - self._parts + 1, 0))
        packed = np.zeros(len(places), dtype=np.int64)
        for at in range(self._parts):
            packed = (packed << 21) | codes[places + at].astype(np.int64)
        return packed

    def find(self, codes: Codes) -> tuple[Ints, Ints]:
        """The windows of other codes that are grams of the text: places, and the grams' numbers."""
        places = np.arange(max(len(codes) - self.length + 1, 0))
        if not self.count or not len(places):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        if self.length > 1:
            # Few windows have only pairs that the text has, too.
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
        """In how many places of the text each gram stands."""
        return self._firsts[numbers + 1] - self._firsts[numbers]

    def get_places(self, numbers: Ints, nth: Ints) -> Ints:
        """The ``nth`` place in the text of each gram."""
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
    """All runs of at least ``seed`` characters, some sources at a time, by source.

    Each is as long as it can be. Where a text repeats itself so often that the hits would fill
    the memory (a million times the same character), only some of the runs are given: see
    :func:`_find_covering`.
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
    # One number for diagonal and place: neighbours on a diagonal differ by one.
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
    """Of the runs with one source that can be made longer on neither side, few, by place.

    Each window of ``seed`` characters that is in a run is in one of those, and each run that is
    left out lies within two that are no shorter.
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
    """Whether the run in the middle lies within the two around it, and is no longer."""
    length = ends[middle] - starts[middle]
    is_longer = length > ends[one] - starts[one] or length > ends[other] - starts[other]
    return not is_longer and bool(starts[other] <= ends[one] - seed + 1)


def _find_longest(text: str, source: str) -> Ints:
    """For each place of a text the length of the longest string there that stands in a source."""
    ordered = suffix_array(
        np.concatenate([to_code_points(text), to_code_points("\0"), to_code_points(source)])
    )
    least = RangeMinimum(ordered.lcp)
    rows = np.arange(len(ordered.order))
    is_source = ordered.order > len(text)
    found = np.zeros(len(text), dtype=np.int64)
    # The suffixes of the source that are next before and behind.
    before = np.maximum.accumulate(np.where(is_source, rows, -1))
    behind = np.minimum.accumulate(np.where(is_source, rows, len(rows))[::-1])[::-1]
    for nearest in (before, behind):
        at = np.flatnonzero(~is_source & (nearest >= 0) & (nearest < len(rows)))
        first, last = np.minimum(at, nearest[at]), np.maximum(at, nearest[at])
        places = ordered.order[at]
        found[places] = np.maximum(found[places], least.query(first + 1, last + 1))
    return found


def select_maximal(found: MatchDiagonals, min_chars: int) -> MatchDiagonals:
    """The runs of at least ``min_chars`` that are inside no other of the same source.

    A run is given once, with its first place in the source, in the order of ``find_diagonals``.
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
    """For each source the runs of at least ``min_chars`` characters that a text has with it.

    Texts are compared characters. A run can be made longer on neither side within the text and
    still stand in the source. They are sorted by start; runs of one source may overlap.
    """
    found: list[list[Match]] = [[] for _ in sources]
    for part in find_diagonals(text, sources, min(SEED, min_chars)):
        best = select_maximal(part, min_chars)
        for (start, place, length), source in zip(
            best.iter_rows(), best.sources.tolist(), strict=True
        ):
            found[source].append(Match(start, start + length, place))
    return found
