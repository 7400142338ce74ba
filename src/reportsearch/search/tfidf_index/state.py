"""What a store holds at one commit: segments, what is alive in them, and the sums of norms."""

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
"""What the manifest says of a segment's files; empty where it is in memory."""


class ReportRows(NamedTuple):
    """Where the passages of a report lie: in which segment, from which row.

    ``digest`` is of its folded text. A report without passages lies in segment -1.
    """

    report: str
    digest: str
    segment: int
    first: int
    passages: int


@dataclass(frozen=True)
class StoredSegment:
    """A segment; what the manifest says of its files (see files.py); its sums, 3 x passages."""

    segment: PostingSegment
    manifest: SegmentManifest
    sums: Floats


@dataclass(frozen=True)
class TfidfIndexState:
    """All of a store at one commit; ``entries`` are by report id."""

    commit: str
    parts: tuple[StoredSegment, ...] = ()
    entries: tuple[ReportRows, ...] = ()

    @cached_property
    def alive(self) -> list[Bools | None]:
        """What is alive in each segment; None where all is."""
        return find_alive([part.segment for part in self.parts], self.entries)

    @cached_property
    def passages(self) -> int:
        """The number of live passages."""
        return sum(entry.passages for entry in self.entries)

    @property
    def live_segments(self) -> LiveSegments:
        """The postings."""
        return LiveSegments([part.segment for part in self.parts], self.alive, self.passages)

    @cached_property
    def offsets(self) -> Ints:
        """The number of rows before each segment, and last that of all rows."""
        sizes = [part.segment.passages for part in self.parts]
        return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])


def find_alive(
    segments: Sequence[PostingSegment], entries: Sequence[ReportRows]
) -> list[Bools | None]:
    """What of some segments is alive when only these reports are; None where all is."""
    found = [np.zeros(segment.passages, dtype=np.bool_) for segment in segments]
    for entry in entries:
        if entry.passages:
            found[entry.segment][entry.first : entry.first + entry.passages] = True
    return [None if alive.all() else alive for alive in found]
