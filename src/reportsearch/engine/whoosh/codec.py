"""Whoosh's own codec, with posting lists that can be read as arrays.

Whoosh keeps a block of postings as a pickled tuple of numbers, 128 at a time, which become as many
Python objects. Here a block is larger and holds plain bytes: the gaps between the document numbers
and the frequencies, each in 1, 2 or 4 bytes.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import whoosh3

BLOCK = 16_384
_SIZES = (("B", 1 << 8), ("H", 1 << 16), ("I", 1 << 32))


def _packed(numbers: list[int]) -> bytes:
    """Numbers in the fewest bytes each that hold the largest; the first byte is their type."""
    largest = max(numbers)
    code = next(code for code, limit in _SIZES if largest < limit)
    values = array(code, numbers)
    if sys.byteorder == "big":
        values.byteswap()
    return code.encode() + values.tobytes()


def _unpacked(data: bytes) -> NDArray[np.int64]:
    return np.frombuffer(data, dtype=f"<{data[:1].decode()}", offset=1).astype(np.int64)


class Codec(whoosh3.W3Codec):  # type: ignore[misc]
    """Writes and reads a segment."""

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=0)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        """What writes the posting lists of a segment."""
        return _Writer(dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> Any:
        """What reads one posting list."""
        offset, length = terminfo.extent()
        return Matcher(dbfile, offset, length, format_, term=term, scorer=scorer)


class _Writer(whoosh3.W3PostingsWriter):  # type: ignore[misc]
    def _mini_ids(self) -> bytes:
        ids: Iterable[int] = self._ids
        last = 0
        gaps = []
        for number in ids:
            gaps.append(number - last)
            last = number
        return _packed(gaps)

    def _mini_weights(self) -> bytes | None:
        counts = [int(weight) for weight in self._weights]
        return None if max(counts) == 1 else _packed(counts)


class Matcher(whoosh3.W3LeafMatcher):  # type: ignore[misc]
    """A posting list, for Whoosh a posting at a time, for us a block at a time."""

    def _block(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if self._data is None:
            self._read_data()
        gaps, counts, _ = self._data
        ids = np.cumsum(_unpacked(gaps))
        if counts is None:
            return ids, np.ones(len(ids), dtype=np.int64)
        return ids, _unpacked(counts)

    def blocks(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Document numbers and frequencies, block by block, from the start."""
        self.reset()
        while self.is_active():
            yield self._block()
            self._next_block()

    def _read_ids(self) -> None:
        self._ids = self._block()[0].tolist()

    def _read_weights(self) -> None:
        self._weights = [float(count) for count in self._block()[1].tolist()]
