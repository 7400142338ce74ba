"""The state of a TF-IDF index at one commit: segments, live passages and norm sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from reportsearch.arrays import Bools, Floats, Ints
from reportsearch.search.tfidf_index.cosine import LiveSegments
from reportsearch.search.tfidf_index.postings import PostingSegment

SegmentManifest = dict[str, Any]
"""Description of a segment's files in the manifest; empty if the segment is in memory."""


class ReportRows(NamedTuple):
    """The location of a report's passages: their segment, and the first row.

    ``digest`` is a hash of the report's folded text. A report without passages is in segment -1.
    """

    report: str
    digest: str
    segment: int
    first: int
    passages: int


@dataclass(frozen=True)
class StoredSegment:
    """A segment, its part of the manifest (see files.py), and its sums, 3 x passages."""

    segment: PostingSegment
    manifest: SegmentManifest
    sums: Floats


@dataclass(frozen=True)
class TfidfIndexState:
    """The contents of a TF-IDF index at one commit; ``entries`` are sorted by report id."""

    commit: str
    parts: tuple[StoredSegment, ...] = ()
    entries: tuple[ReportRows, ...] = ()

    @cached_property
    def alive(self) -> list[Bools | None]:
        """Return a mask of the live passages of each segment, or None if all are live."""
        return find_alive([part.segment for part in self.parts], self.entries)

    @cached_property
    def passages(self) -> int:
        """Return the number of live passages."""
        return sum(entry.passages for entry in self.entries)

    @property
    def live_segments(self) -> LiveSegments:
        """Return the segments with their live passages."""
        return LiveSegments([part.segment for part in self.parts], self.alive, self.passages)

    @cached_property
    def offsets(self) -> Ints:
        """Return the number of rows before each segment, followed by the total."""
        sizes = [part.segment.passages for part in self.parts]
        return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])


def find_alive(
    segments: Sequence[PostingSegment], entries: Sequence[ReportRows]
) -> list[Bools | None]:
    """Return a mask of each segment's passages that are in the reports, or None for all."""
    found = [np.zeros(segment.passages, dtype=np.bool_) for segment in segments]
    for entry in entries:
        if entry.passages:
            found[entry.segment][entry.first : entry.first + entry.passages] = True
    return [None if alive.all() else alive for alive in found]
