"""Whoosh's own codec, with posting lists that can be read as arrays.

Whoosh stores a block of postings as a pickled tuple of 128 numbers, each of which becomes a Python
object. Here a block is larger and consists of plain bytes: the gaps between the document numbers
and the frequencies, each in 1, 2 or 4 bytes.
"""

from __future__ import annotations

import secrets
import sys
from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from whoosh.codec import whoosh3

from reportsearch.arrays import Ints
from reportsearch.search.whoosh.postings import PostingList

BLOCK_SIZE = 16_384
_SIZES = (("B", 1 << 8), ("H", 1 << 16), ("I", 1 << 32))


def _pack_numbers(numbers: list[int]) -> bytes:
    """Pack numbers into the fewest bytes each that fit the largest; the first byte is the type."""
    largest = max(numbers)
    code = next(code for code, limit in _SIZES if largest < limit)
    values = array(code, numbers)
    if sys.byteorder == "big":
        values.byteswap()
    return code.encode() + values.tobytes()


def _unpack_numbers(data: bytes) -> Ints:
    return np.frombuffer(data, dtype=f"<{data[:1].decode()}", offset=1).astype(np.int64)


class Codec(whoosh3.W3Codec):  # type: ignore[misc]
    """A codec that writes and reads a segment."""

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK_SIZE, compression=0)

    def new_segment(self, storage: Any, indexname: str) -> Any:
        """Create a segment with a unique name."""
        segment = super().new_segment(storage, indexname)
        # Whoosh draws the name from `random`, so that a program that seeds it would get the same
        # name twice.
        segment.segid = secrets.token_hex(8)
        return segment

    def field_writer(self, storage: Any, segment: Any) -> Any:
        """Create the writer of a segment's terms."""
        return _FieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        """Create the writer of a segment's posting lists."""
        return _PostingsWriter(
            dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit
        )

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> Any:
        """Create the reader of a posting list."""
        offset, length = terminfo.extent()
        return PostingListMatcher(dbfile, offset, length, format_, term=term, scorer=scorer)


class _FieldWriter(whoosh3.W3FieldWriter):  # type: ignore[misc]
    def add_postings(self, schema: Any, _: object, items: Iterable[PostingList]) -> None:
        """Write whole posting lists, by field and term, instead of single postings."""
        last = None
        for field, term, postings in items:
            if field != last:
                if last is not None:
                    self.finish_field()
                self.start_field(field, schema[field])
                last = field
            self.start_term(term)
            self._postwriter.add_list(postings)
            self.finish_term()
        if last is not None:
            self.finish_field()


class _PostingsWriter(whoosh3.W3PostingsWriter):  # type: ignore[misc]
    def add_list(self, postings: array[int]) -> None:
        """Add all postings of a term; Whoosh writes the last block itself."""
        documents, counts = postings[0::2], postings[1::2]
        self._maxweight = max(counts)
        for start in range(0, len(documents), self._blocklimit):
            if start:
                self._write_block()
                self._maxweight = max(counts)
            self._ids = documents[start : start + self._blocklimit]
            self._weights = counts[start : start + self._blocklimit]

    def _mini_ids(self) -> bytes:
        ids = self._ids.tolist()
        return _pack_numbers([after - before for before, after in pairwise([0, *ids])])

    def _mini_weights(self) -> bytes | None:
        counts = self._weights.tolist()
        return None if max(counts) == 1 else _pack_numbers(counts)


class PostingListMatcher(whoosh3.W3LeafMatcher):  # type: ignore[misc]
    """A posting list that Whoosh reads by postings, and this package by blocks."""

    def _decode_block(self) -> tuple[Ints, Ints]:
        if self._data is None:
            self._read_data()
        gaps, counts, _ = self._data
        ids = np.cumsum(_unpack_numbers(gaps))
        if counts is None:
            return ids, np.ones(len(ids), dtype=np.int64)
        return ids, _unpack_numbers(counts)

    def blocks(self) -> Iterator[tuple[Ints, Ints]]:
        """Iterate over blocks of document numbers and frequencies, from the start."""
        self.reset()
        while self.is_active():
            yield self._decode_block()
            self._next_block()

    def _read_ids(self) -> None:
        self._ids = self._decode_block()[0].tolist()

    def _read_weights(self) -> None:
        self._weights = [float(count) for count in self._decode_block()[1].tolist()]
