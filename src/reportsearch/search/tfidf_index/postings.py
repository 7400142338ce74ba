"""Postings, the passages and counts of each feature, built and merged in bounded memory.

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
from reportsearch.search.tfidf_index.features import Keys, Rows

Counts = NDArray[Any]
"""Unsigned integers just wide enough for the largest count."""

PIECE_SIZE = 4_000_000
"""Number of postings that are processed at once."""


@dataclass(frozen=True)
class PostingSegment:
    """The postings of some passages.

    ``features`` are keys in ascending order. The postings of ``features[i]`` are those from
    ``starts[i]`` up to ``starts[i + 1]``, with the passages in ``rows`` and the number of
    occurrences in ``counts``. ``passages`` includes those without a feature.
    """

    features: Keys
    starts: Ints
    rows: NDArray[np.uint32]
    counts: Counts
    passages: int

    def find_features(self, keys: Keys) -> tuple[Ints, Ints]:
        """Return the places in ``keys`` and in ``features`` of keys that are features."""
        at = np.searchsorted(self.features, keys)
        there = np.flatnonzero(at < len(self.features))
        there = there[self.features[at[there]] == keys[there]]
        return there, at[there]

    def count_postings(self, features: Ints) -> Ints:
        """Return the number of postings of some features, given by their places."""
        found: Ints = self.starts[features + 1] - self.starts[features]
        return found

    def iter_pieces(self, features: Ints) -> Iterator[tuple[slice, Ints]]:
        """Iterate over the postings of some features, given by their places, in pieces.

        Yields a slice of the features, and the places of all their postings.
        """
        lengths = self.count_postings(features)
        for part in _split_by_postings(lengths):
            sizes = lengths[part]
            first = np.repeat(self.starts[features[part]] - (np.cumsum(sizes) - sizes), sizes)
            yield part, first + np.arange(len(first))

    def count_live_passages(self, features: Ints, alive: Bools | None) -> Ints:
        """Return the number of live passages in which each of some features occurs.

        ``alive`` has a boolean for each passage, or is None if all are live.
        """
        lengths = self.count_postings(features)
        if alive is None:
            return lengths
        found = np.zeros(len(features), dtype=np.int64)
        for part, places in self.iter_pieces(features):
            owners = np.repeat(np.arange(part.start, part.stop), lengths[part])
            kept = alive[self.rows[places]]
            found += np.bincount(owners[kept], minlength=len(features))
        return found

    def count_live_occurrences(self, features: Ints, alive: Bools | None) -> Ints:
        """Return the occurrences in live passages of some features, given by their places."""
        found = np.zeros(len(features), dtype=np.int64)
        lengths = self.count_postings(features)
        for part, places in self.iter_pieces(features):
            owners = np.repeat(np.arange(part.start, part.stop), lengths[part])
            counts = self.counts[places].astype(np.int64)
            if alive is not None:
                counts[~alive[self.rows[places]]] = 0
            found += np.bincount(owners, counts, minlength=len(features)).astype(np.int64)
        return found

    def find_windows(self, keys: Keys, width: int, min_passages: int) -> Iterator[tuple[int, Ints]]:
        """Find where the same passages contain all of ``width`` neighbouring keys.

        Yields the place of the first key and the passages, in ascending order. Windows with a key
        in fewer than ``min_passages`` passages are omitted.
        """
        asked, features = self.find_features(keys)
        lengths = np.zeros(len(keys), dtype=np.int64)
        lengths[asked] = self.count_postings(features)
        feature = dict(zip(asked.tolist(), features.tolist(), strict=True))
        if len(keys) < width:
            return
        rarest = sliding_window_view(lengths, width).min(axis=1)
        for start in np.flatnonzero(rarest >= max(min_passages, 1)).tolist():
            places = start + np.argsort(lengths[start : start + width], kind="stable")
            found = self._get_rows(feature[int(places[0])])
            for place in places[1:].tolist():
                rows = self._get_rows(feature[place])
                at = np.minimum(np.searchsorted(rows, found), len(rows) - 1)
                found = found[rows[at] == found]
                if len(found) < min_passages:
                    break
            else:
                yield start, found.astype(np.int64)

    def _get_rows(self, feature: int) -> NDArray[np.uint32]:
        return self.rows[self.starts[feature] : self.starts[feature + 1]]

    def find_features_in(self, passages: Bools) -> Ints:
        """Return the places of the features that occur in some passages, in ascending order."""
        found = [np.zeros(0, dtype=np.int64)]
        for first in range(0, len(self.rows), PIECE_SIZE):
            hits = np.flatnonzero(passages[self.rows[first : first + PIECE_SIZE]]) + first
            found.append(np.searchsorted(self.starts, hits, side="right") - 1)
        return np.unique(np.concatenate(found))


def _split_by_postings(lengths: Ints) -> Iterator[slice]:
    """Split a list of features into runs with about PIECE_SIZE postings each."""
    ends = np.cumsum(lengths)
    first = 0
    while first < len(lengths):
        before = int(ends[first - 1]) if first else 0
        stop = max(first + 1, int(np.searchsorted(ends, before + PIECE_SIZE, side="right")))
        yield slice(first, stop)
        first = stop


def build_segment(keys: Keys, rows: Rows, passages: int) -> PostingSegment:
    """Build the postings of occurrences, as returned by ``features.extract_features``."""
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], rows[order]
    other_key = np.ones(len(keys), dtype=np.bool_)
    other_key[1:] = keys[1:] != keys[:-1]
    other = other_key.copy()
    other[1:] |= rows[1:] != rows[:-1]
    postings = np.flatnonzero(other)
    counts = np.diff(postings, append=len(keys))
    starts = np.append(np.flatnonzero(other_key[postings]), len(postings))
    narrow = np.min_scalar_type(int(counts.max(initial=0)))
    return PostingSegment(
        keys[other_key],
        starts.astype(np.int64),
        rows[postings].astype(np.uint32),
        counts.astype(narrow),
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

    @classmethod
    def of(cls, segments: Sequence[PostingSegment]) -> SegmentMerge:
        """Create a merge that keeps all passages."""
        places, before = [], 0
        for segment in segments:
            places.append(np.arange(before, before + segment.passages))
            before += segment.passages
        return cls(segments, places)

    def plan(self) -> tuple[Keys, Ints, list[Ints], list[Ints]]:
        """Return the features and starts of the merged segment, and the places of old features.

        The places are one array for each segment, with -1 for a feature that is dropped. The third
        list counts, for each segment, the postings kept of each feature.
        """
        kept = [
            segment.count_live_passages(np.arange(len(segment.features)), _build_alive_mask(places))
            for segment, places in zip(self.segments, self.places, strict=True)
        ]
        used = [
            segment.features[lengths > 0]
            for segment, lengths in zip(self.segments, kept, strict=True)
        ]
        features = np.unique(np.concatenate([np.zeros(0, dtype=np.uint64), *used]))
        totals = np.zeros(len(features), dtype=np.int64)
        where = []
        for segment, own, lengths in zip(self.segments, used, kept, strict=True):
            place = np.full(len(segment.features), -1, dtype=np.int64)
            place[lengths > 0] = np.searchsorted(features, own)
            totals[place[lengths > 0]] += lengths[lengths > 0]
            where.append(place)
        return features, np.concatenate([[0], np.cumsum(totals)]), where, kept

    def iter_postings(
        self, starts: Ints, where: Sequence[Ints], kept: Sequence[Ints]
    ) -> Iterator[tuple[NDArray[np.uint32], Counts]]:
        """Iterate over the merged rows and counts in pieces; the arguments are the plan's."""
        widest = self.count_type
        used = [np.flatnonzero(place >= 0) for place in where]
        for part in _split_by_postings(np.diff(starts)):
            first = int(starts[part.start])
            rows = np.empty(int(starts[part.stop]) - first, dtype=np.uint32)
            counts = np.empty(len(rows), dtype=widest)
            free = starts[part] - first
            for number in range(len(self.segments)):
                own = where[number][used[number]]
                low, high = np.searchsorted(own, [part.start, part.stop])
                features = used[number][low:high]
                at = own[low:high] - part.start
                lengths = kept[number][features]
                to = np.repeat(free[at] - (np.cumsum(lengths) - lengths), lengths)
                to += np.arange(len(to))
                new, often = self._renumber_kept(number, features)
                rows[to], counts[to] = new, often
                free[at] += lengths
            yield rows, counts

    def to_segment(self) -> PostingSegment:
        """Build the merged segment in memory."""
        features, starts, where, kept = self.plan()
        pieces = list(self.iter_postings(starts, where, kept))
        rows = [np.zeros(0, dtype=np.uint32), *(rows for rows, _ in pieces)]
        counts = [np.zeros(0, dtype=self.count_type), *(counts for _, counts in pieces)]
        return PostingSegment(
            features, starts, np.concatenate(rows), np.concatenate(counts), self.passages
        )

    def _renumber_kept(self, number: int, features: Ints) -> tuple[Ints, Counts]:
        """Return the new rows and the counts of the postings of a segment's features to keep."""
        segment, places = self.segments[number], self.places[number]
        rows, counts = [np.zeros(0, dtype=np.int64)], [segment.counts[:0]]
        for _, postings in segment.iter_pieces(features):
            new = places[segment.rows[postings]]
            rows.append(new[new >= 0])
            counts.append(segment.counts[postings[new >= 0]])
        return np.concatenate(rows), np.concatenate(counts)

    @property
    def count_type(self) -> np.dtype[Any]:
        """Return the type of the merged counts."""
        return np.result_type(np.uint8, *(segment.counts.dtype for segment in self.segments))

    @property
    def passages(self) -> int:
        """Return the number of passages of the merged segment."""
        return sum(int((places >= 0).sum()) for places in self.places)


def _build_alive_mask(places: Ints) -> Bools | None:
    alive = places >= 0
    return None if alive.all() else alive
