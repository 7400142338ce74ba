"""The postings of the live passages of a collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from reportsearch.arrays import Bools, Ints
from reportsearch.search.postings.keys import Keys
from reportsearch.search.postings.segment import PostingSegment


@dataclass(frozen=True)
class LivePostings:
    """Consecutive segments, with the live passages of each.

    ``alive`` has an array of booleans, one per passage, for each segment, or None if all with
    postings are live. ``rows`` has the live passages of each report, numbered over all segments,
    by report id.
    """

    segments: Sequence[PostingSegment]
    alive: Sequence[Bools | None]
    rows: Mapping[str, range]

    @property
    def row_count(self) -> int:
        """Return the number of rows of all segments."""
        return sum(segment.passages for segment in self.segments)

    @property
    def passages(self) -> int:
        """Return the number of live passages."""
        return sum(map(len, self.rows.values()))

    def select_features(self) -> LivePostings:
        """Return only the postings by which passages are compared; see keys.py."""
        return replace(self, segments=[one.select_features() for one in self.segments])

    def count_passages_with(self, keys: Keys) -> Ints:
        """Return the number of live passages in which each key occurs."""
        found = np.zeros(len(keys), dtype=np.int64)
        for segment, alive in zip(self.segments, self.alive, strict=True):
            places, known = segment.find_keys(keys)
            found[places] += segment.count_live_passages(known, alive)
        return found

    def count_occurrences(self, keys: Keys) -> Ints:
        """Return the number of occurrences of each key in live passages."""
        found = np.zeros(len(keys), dtype=np.int64)
        for segment, alive in zip(self.segments, self.alive, strict=True):
            places, known = segment.find_keys(keys)
            found[places] += segment.count_live_occurrences(known, alive)
        return found

    def count_passages_by_segment(self) -> list[Ints]:
        """Return the number of live passages of the collection with each key of each segment."""
        own = [
            segment.count_live_passages(np.arange(len(segment.keys)), alive)
            for segment, alive in zip(self.segments, self.alive, strict=True)
        ]
        found = [counts.copy() for counts in own]
        for one in range(len(self.segments)):
            for other in range(one):
                small, large = sorted((one, other), key=lambda at: len(self.segments[at].keys))
                places, known = self.segments[large].find_keys(self.segments[small].keys)
                found[small][places] += own[large][known]
                found[large][known] += own[small][places]
        return found
