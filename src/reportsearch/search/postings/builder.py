"""Building the postings of many passages, block by block."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportsearch.arrays import Ints
from reportsearch.search.postings.keys import extract_occurrences
from reportsearch.search.postings.segment import PostingSegment, SegmentMerge, build_segment

BLOCK_SIZE = 10_000
"""Number of passages whose occurrences are sorted at once."""


class PostingBuilder:
    """A builder of the postings of passages that are added one after another.

    Only postings are kept, 5 bytes each, and not the texts.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._words: list[Sequence[str]] = []
        self._parts: list[Sequence[str]] = []
        self._others: list[Sequence[int]] = []
        self._titles: list[str] = []
        self._wholes: list[str] = []
        self._segments: list[PostingSegment] = []
        self._places: list[Ints] = []
        self._count = 0

    def add(
        self,
        folded: str = "",
        words: Sequence[str] = (),
        parts: Sequence[str] = (),
        others: Sequence[int] = (),
        title: str = "",
        whole: str = "",
    ) -> None:
        """Add a passage; see ``keys.extract_occurrences``."""
        self._texts.append(folded)
        self._words.append(words)
        self._parts.append(parts)
        self._others.append(others)
        self._titles.append(title)
        self._wholes.append(whole)
        if len(self._texts) == BLOCK_SIZE:
            self._finish_block()

    def add_segment(self, segment: PostingSegment, places: Ints) -> None:
        """Add the postings of another segment.

        ``places`` has the new number of each of its passages, or -1 if the passage is dropped. The
        numbers follow those of the passages that were added before.
        """
        self._finish_block()
        self._segments.append(segment)
        self._places.append(places)
        self._count += int((places >= 0).sum())

    def finish(self) -> SegmentMerge:
        """Return the postings of all passages, to be merged into one segment."""
        self._finish_block()
        return SegmentMerge(self._segments, self._places)

    def _finish_block(self) -> None:
        count = len(self._texts)
        if not count:
            return
        found = extract_occurrences(
            self._texts, self._words, self._parts, self._others, self._titles, self._wholes
        )
        self._segments.append(build_segment(found, count))
        self._places.append(np.arange(self._count, self._count + count))
        self._count += count
        self._texts, self._words, self._parts = [], [], []
        self._others, self._titles, self._wholes = [], [], []
