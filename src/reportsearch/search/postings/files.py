"""The files of a segment's postings: plain arrays of little-endian numbers.

``rows`` and ``values`` are the arrays of a PostingSegment. ``keys`` has each key and the start of
its postings, and at the end the total number of postings. ``samples`` is every 64th key. So a key
is found by reading a small part of one file, and only its own postings are read.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from reportsearch.arrays import Ints
from reportsearch.search.postings.segment import PostingSegment, SegmentMerge

EXTENSIONS = ("keys", "samples", "rows", "values")
SAMPLE_STEP = 64
_VALUE_TYPES = {1: "<u1", 2: "<u2", 4: "<u4", 8: "<u8"}
"""Types of the values by size in bytes."""
_END_KEY = np.uint64(2**64 - 1)


class PostingFile(Protocol):
    """A file from which any part can be read."""

    size: int

    def get(self, position: int, length: int) -> bytes:
        """Read ``length`` bytes from a position."""


def write_postings(merge: SegmentMerge, create_file: Callable[[str], Any]) -> None:
    """Write merged postings; ``create_file`` creates the file with an extension."""
    keys, starts, where, kept = merge.plan()
    pairs = np.column_stack((np.append(keys, _END_KEY), starts.astype(np.uint64)))
    for name, numbers in (("keys", pairs), ("samples", keys[::SAMPLE_STEP])):
        stream = create_file(name)
        stream.write(np.ascontiguousarray(numbers, dtype="<u8").data)
        stream.close()
    kind = _VALUE_TYPES[merge.value_type.itemsize]
    rows, values = create_file("rows"), create_file("values")
    for some_rows, some_values in merge.iter_postings(starts, where, kept):
        rows.write(some_rows.astype("<u4", copy=False).data)
        values.write(some_values.astype(kind, copy=False).data)
    rows.close()
    values.close()


class StoredPostings:
    """The postings of a segment in its files.

    Raises ValueError or EOFError if the files do not fit each other, ``passages`` being the number
    of the segment's passages.
    """

    def __init__(self, files: Mapping[str, PostingFile], passages: int) -> None:
        self._files = files
        self.passages = passages
        self._key_count = files["keys"].size // 16 - 1
        self._posting_count = files["rows"].size // 4
        size = files["values"].size // max(self._posting_count, 1)
        self._value_type = _VALUE_TYPES.get(size, "<u1")
        expected = {
            "keys": 16 * (self._key_count + 1),
            "samples": 8 * -(-self._key_count // SAMPLE_STEP),
            "rows": 4 * self._posting_count,
            "values": np.dtype(self._value_type).itemsize * self._posting_count,
        }
        if any(files[name].size != length for name, length in expected.items()):
            raise ValueError("the files of the postings do not fit each other")
        self._samples = self._read_longs("samples", 0, expected["samples"] // 8)

    def _read(self, name: str, kind: str, start: int, stop: int) -> NDArray[Any]:
        size = int(kind[-1])
        data = self._files[name].get(size * start, size * (stop - start))
        return np.frombuffer(data, dtype=kind, count=stop - start)

    def _read_longs(self, name: str, start: int, stop: int) -> array[int]:
        # Looking up a number in an array of Python takes a tenth of the time.
        found = array("Q", self._files[name].get(8 * start, 8 * (stop - start)))
        if sys.byteorder == "big":
            found.byteswap()
        return found

    def locate(self, key: int) -> range:
        """Return the places of a key's postings."""
        block = bisect_right(self._samples, key) - 1
        if block < 0:
            return range(0)
        first = block * SAMPLE_STEP
        last = min(first + SAMPLE_STEP, self._key_count)
        # With the next key, whose start is the end of the last one.
        found = self._read_longs("keys", 2 * first, 2 * last + 2)
        keys, starts = found[::2], found[1::2]
        place = bisect_left(keys, key, 0, last - first)
        if place == last - first or keys[place] != key:
            return range(0)
        places = range(starts[place], starts[place + 1])
        if not 0 < len(places) <= self._posting_count or places.stop > self._posting_count:
            raise ValueError("a key has no postings")
        return places

    def read_rows(self, places: range) -> Ints:
        """Return the passages of postings."""
        rows = self._read("rows", "<u4", places.start, places.stop).astype(np.int64)
        if len(rows) and rows.max() >= self.passages:
            raise ValueError("a posting has no passage")
        return rows

    def read_values(self, places: range) -> NDArray[Any]:
        """Return the values of postings; see PostingSegment."""
        return self._read("values", self._value_type, places.start, places.stop)

    def load(self) -> PostingSegment:
        """Read all postings."""
        pairs = self._read("keys", "<u8", 0, 2 * self._key_count + 2).reshape(-1, 2)
        keys = np.ascontiguousarray(pairs[:-1, 0])
        starts = pairs[:, 1].astype(np.int64)
        rows = self._read("rows", "<u4", 0, self._posting_count)
        values = self._read("values", self._value_type, 0, self._posting_count)
        bounds = (starts[0], starts[-1], np.diff(starts).min(initial=0), rows.max(initial=0))
        if bounds[:2] != (0, len(rows)) or bounds[2] < 0 or bounds[3] >= max(self.passages, 1):
            raise ValueError("a posting has no passage")
        return PostingSegment(keys, starts, rows, values, self.passages)
