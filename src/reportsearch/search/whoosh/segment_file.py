"""Reading files of an index without mapping them into memory.

A file that is truncated while it is mapped kills the process that touches the missing pages. Here
the same fault is an EOFError, which counts as damage. A search is as fast as with mapped files.
"""

from __future__ import annotations

import io
import os
import sys
import threading
from array import array
from typing import Any

from whoosh.filedb.structfile import StructFile


class _Source:
    """An open file that several threads can read at any place."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._is_open = True
        self._lock = threading.Lock()

    def read(self, place: int, size: int) -> bytes:
        """Read exactly ``size`` bytes. Raises EOFError if the file has been truncated."""
        if not self._is_open:
            raise ValueError("the file is closed")
        data = self._read_at(place, size)
        while len(data) < size:
            more = self._read_at(place + len(data), size - len(data))
            if not more:
                raise EOFError("the file has been truncated")
            data += more
        return data

    if sys.platform == "win32":

        def _read_at(self, place: int, size: int) -> bytes:
            with self._lock:
                os.lseek(self._handle, place, os.SEEK_SET)
                return os.read(self._handle, size)
    else:

        def _read_at(self, place: int, size: int) -> bytes:
            return os.pread(self._handle, size, place)

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            os.close(self._handle)

    def __del__(self) -> None:
        self.close()


class _Part(io.RawIOBase):
    """A part of a file, with a position of its own."""

    def __init__(self, source: _Source, start: int, size: int) -> None:
        self._source, self._start, self.size = source, start, size
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size}[whence]
        self._position = max(0, base + place)
        return self._position

    def readinto(self, buffer: Any) -> int:
        size = max(0, min(len(buffer), self.size - self._position))
        buffer[:size] = self._source.read(self._start + self._position, size)
        self._position += size
        return size


class SegmentFile(StructFile):  # type: ignore[misc]
    """A file of an index, or a part of one, as Whoosh reads it."""

    def __init__(
        self, source: _Source, start: int, size: int, name: str, *, owns_source: bool = False
    ) -> None:
        super().__init__(io.BufferedReader(_Part(source, start, size)), name=name)
        # Whoosh would read arrays through the descriptor, which a part does not have.
        self.is_real = False
        self._source, self._start, self.size = source, start, size
        self._owns_source = owns_source

    @classmethod
    def open(cls, handle: int, name: str) -> SegmentFile:
        """Return the whole file of a descriptor, which it closes with itself."""
        return cls(_Source(handle), 0, os.fstat(handle).st_size, name, owns_source=True)

    def get(self, position: int, length: int) -> bytes:
        """Read up to ``length`` bytes from a position."""
        size = max(0, min(length, self.size - position))
        if position < 0 or not size:
            return b""
        return self._source.read(self._start + position, size)

    def get_array(self, position: int, typecode: str, length: int) -> array[Any]:
        """Read an array of numbers, which Whoosh stores in big-endian order."""
        found = array(typecode)
        found.frombytes(self.get(position, length * found.itemsize))
        if len(found) != length:
            raise EOFError("an array is truncated")
        if sys.byteorder == "little":
            found.byteswap()
        return found

    def subset(self, offset: int, length: int, name: str | None = None) -> SegmentFile:
        """Return a part of the file."""
        return SegmentFile(self._source, self._start + offset, length, name or str(self))

    def close(self) -> None:
        """Close the file, if it still is open; parts of it can then not be read either."""
        if self._owns_source:
            self._source.close()
        if not self.is_closed:
            super().close()
