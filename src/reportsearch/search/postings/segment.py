"""Postings as arrays, built and merged in bounded memory.

A segment is an inverted index over its own passages, numbered from 0. The collection consists of
consecutive segments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from reportsearch.arrays import Bools, Ints
from reportsearch.search.postings.keys import FIRST_PART_KEY, Keys, Occurrences

Values = NDArray[Any]
"""Unsigned integers just wide enough for the largest value."""

PIECE_SIZE = 4_000_000
"""Number of postings that are processed at once."""


@dataclass(frozen=True)
class PostingSegment:
    """The postings of some passages.

    ``keys`` are in ascending order (see keys.py). The postings of ``keys[i]`` are those from
    ``starts[i]`` up to ``starts[i + 1]``, with the passages in ``rows``, in ascending order, and
    ``values``. A value is twice the number of occurrences, plus 1 if the key is a pair whose
    characters are somewhere adjacent. ``passages`` includes those without a key.
    """

    keys: Keys
    starts: Ints
    rows: NDArray[np.uint32]
    values: Values
    passages: int

    def select_features(self) -> PostingSegment:
        """Return the postings by which passages are compared; see keys.py."""
        count = int(np.searchsorted(self.keys, FIRST_PART_KEY))
        end = int(self.starts[count])
        return PostingSegment(
            self.keys[:count],
            self.starts[: count + 1],
            self.rows[:end],
            self.values[:end],
            self.passages,
        )

    def find_keys(self, keys: Keys) -> tuple[Ints, Ints]:
        """Return the places of known keys, first in the argument and then in the segment."""
        at = np.searchsorted(self.keys, keys)
        there = np.flatnonzero(at < len(self.keys))
        there = there[self.keys[at[there]] == keys[there]]
        return there, at[there]

    def count_postings(self, at: Ints) -> Ints:
        """Return the number of postings of some keys, given by their places."""
        found: Ints = self.starts[at + 1] - self.starts[at]
        return found

    def iter_pieces(self, at: Ints) -> Iterator[tuple[slice, Ints]]:
        """Iterate over the postings of some keys, given by their places, in pieces.

        Yields a slice of the keys, and the places of all their postings.
        """
        lengths = self.count_postings(at)
        for part in split_by_postings(lengths):
            sizes = lengths[part]
            first = np.repeat(self.starts[at[part]] - (np.cumsum(sizes) - sizes), sizes)
            yield part, first + np.arange(len(first))

    def count_live_passages(self, at: Ints, alive: Bools | None) -> Ints:
        """Return the number of live passages in which each of some keys occurs.

        ``alive`` has a boolean for each passage, or is None if all are live.
        """
        lengths = self.count_postings(at)
        if alive is None:
            return lengths
        found = np.zeros(len(at), dtype=np.int64)
        for part, postings in self.iter_pieces(at):
            owners = np.repeat(np.arange(part.start, part.stop), lengths[part])
            kept = alive[self.rows[postings]]
            found += np.bincount(owners[kept], minlength=len(at))
        return found

    def count_live_occurrences(self, at: Ints, alive: Bools | None) -> Ints:
        """Return the occurrences in live passages of some keys, given by their places."""
        found = np.zeros(len(at), dtype=np.int64)
        lengths = self.count_postings(at)
        for part, postings in self.iter_pieces(at):
            owners = np.repeat(np.arange(part.start, part.stop), lengths[part])
            counts = (self.values[postings] >> 1).astype(np.int64)
            if alive is not None:
                counts[~alive[self.rows[postings]]] = 0
            found += np.bincount(owners, counts, minlength=len(at)).astype(np.int64)
        return found

    def find_windows(self, keys: Keys, width: int, min_passages: int) -> Iterator[tuple[int, Ints]]:
        """Find where the same passages contain all of ``width`` neighbouring keys.

        Yields the place of the first key and the passages, in ascending order. Windows with a key
        in fewer than ``min_passages`` passages are omitted.
        """
        asked, known = self.find_keys(keys)
        lengths = np.zeros(len(keys), dtype=np.int64)
        lengths[asked] = self.count_postings(known)
        place_of = dict(zip(asked.tolist(), known.tolist(), strict=True))
        if len(keys) < width:
            return
        rarest = sliding_window_view(lengths, width).min(axis=1)
        for start in np.flatnonzero(rarest >= max(min_passages, 1)).tolist():
            order = start + np.argsort(lengths[start : start + width], kind="stable")
            found = self._get_rows(place_of[int(order[0])])
            for number in order[1:].tolist():
                rows = self._get_rows(place_of[number])
                near = np.minimum(np.searchsorted(rows, found), len(rows) - 1)
                found = found[rows[near] == found]
                if len(found) < min_passages:
                    break
            else:
                yield start, found.astype(np.int64)

    def _get_rows(self, place: int) -> NDArray[np.uint32]:
        return self.rows[self.starts[place] : self.starts[place + 1]]


def split_by_postings(lengths: Ints) -> Iterator[slice]:
    """Split a list of keys into runs with about PIECE_SIZE postings each."""
    ends = np.cumsum(lengths)
    first = 0
    while first < len(lengths):
        before = int(ends[first - 1]) if first else 0
        stop = max(first + 1, int(np.searchsorted(ends, before + PIECE_SIZE, side="right")))
        yield slice(first, stop)
        first = stop


def build_segment(occurrences: Occurrences, passages: int) -> PostingSegment:
    """Build the postings of occurrences in ``passages`` passages."""
    order = np.argsort(occurrences.keys, kind="stable")
    keys, rows = occurrences.keys[order], occurrences.rows[order]
    other_key = np.ones(len(keys), dtype=np.bool_)
    other_key[1:] = keys[1:] != keys[:-1]
    other = other_key.copy()
    other[1:] |= rows[1:] != rows[:-1]
    postings = np.flatnonzero(other)
    values = 2 * np.diff(postings, append=len(keys))
    if len(postings):
        values += np.logical_or.reduceat(occurrences.adjacent[order], postings)
    starts = np.append(np.flatnonzero(other_key[postings]), len(postings))
    narrow = np.min_scalar_type(int(values.max(initial=0)))
    return PostingSegment(
        keys[other_key],
        starts.astype(np.int64),
        rows[postings].astype(np.uint32),
        values.astype(narrow),
        passages,
    )


@dataclass(frozen=True)
class SegmentMerge:
    """A plan for merging segments into one.

    ``places`` has an array for each segment, with the new number of each of its passages, or -1 if
    the passage is dropped.
    """

    segments: Sequence[PostingSegment]
    places: Sequence[Ints]

    def plan(self) -> tuple[Keys, Ints, list[Ints], list[Ints]]:
        """Return the keys and starts of the merged segment, and the places of old keys.

        The places are one array for each segment, with -1 for a key that is dropped. The third
        list counts, for each segment, the postings kept of each key.
        """
        kept = [
            segment.count_live_passages(np.arange(len(segment.keys)), _build_alive_mask(places))
            for segment, places in zip(self.segments, self.places, strict=True)
        ]
        used = [
            segment.keys[lengths > 0] for segment, lengths in zip(self.segments, kept, strict=True)
        ]
        keys = np.unique(np.concatenate([np.zeros(0, dtype=np.uint64), *used]))
        totals = np.zeros(len(keys), dtype=np.int64)
        where = []
        for segment, own, lengths in zip(self.segments, used, kept, strict=True):
            place = np.full(len(segment.keys), -1, dtype=np.int64)
            place[lengths > 0] = np.searchsorted(keys, own)
            totals[place[lengths > 0]] += lengths[lengths > 0]
            where.append(place)
        return keys, np.concatenate([[0], np.cumsum(totals)]), where, kept

    def iter_postings(
        self, starts: Ints, where: Sequence[Ints], kept: Sequence[Ints]
    ) -> Iterator[tuple[NDArray[np.uint32], Values]]:
        """Iterate over the merged rows and values in pieces; the arguments are the plan's."""
        widest = self.value_type
        used = [np.flatnonzero(place >= 0) for place in where]
        for part in split_by_postings(np.diff(starts)):
            first = int(starts[part.start])
            rows = np.empty(int(starts[part.stop]) - first, dtype=np.uint32)
            values = np.empty(len(rows), dtype=widest)
            free = starts[part] - first
            for number in range(len(self.segments)):
                own = where[number][used[number]]
                low, high = np.searchsorted(own, [part.start, part.stop])
                old = used[number][low:high]
                at = own[low:high] - part.start
                lengths = kept[number][old]
                to = np.repeat(free[at] - (np.cumsum(lengths) - lengths), lengths)
                to += np.arange(len(to))
                rows[to], values[to] = self._renumber_kept(number, old)
                free[at] += lengths
            yield rows, values

    def to_segment(self) -> PostingSegment:
        """Build the merged segment in memory."""
        keys, starts, where, kept = self.plan()
        pieces = list(self.iter_postings(starts, where, kept))
        rows = [np.zeros(0, dtype=np.uint32), *(rows for rows, _ in pieces)]
        values = [np.zeros(0, dtype=self.value_type), *(values for _, values in pieces)]
        return PostingSegment(
            keys, starts, np.concatenate(rows), np.concatenate(values), self.passages
        )

    def _renumber_kept(self, number: int, at: Ints) -> tuple[Ints, Values]:
        """Return the new rows and the values of the postings to keep of a segment's keys."""
        segment, places = self.segments[number], self.places[number]
        rows, values = [np.zeros(0, dtype=np.int64)], [segment.values[:0]]
        for _, postings in segment.iter_pieces(at):
            new = places[segment.rows[postings]]
            rows.append(new[new >= 0])
            values.append(segment.values[postings[new >= 0]])
        return np.concatenate(rows), np.concatenate(values)

    @property
    def value_type(self) -> np.dtype[Any]:
        """Return the type of the merged values."""
        return np.result_type(np.uint8, *(segment.values.dtype for segment in self.segments))

    @property
    def passages(self) -> int:
        """Return the number of passages of the merged segment."""
        return sum(int((places >= 0).sum()) for places in self.places)


def _build_alive_mask(places: Ints) -> Bools | None:
    alive = places >= 0
    return None if alive.all() else alive
