"""Checksums of the files of a commit, which find damage that happened after it was written.

They are CRC-32: it finds every change of a single bit, and of up to 32 neighbouring ones, and takes
less than a second per gigabyte. It does not protect from people, and need not: whoever can write to
the files could also write a new checksum.

A segment comes with a small file, its manifest: its reports, and a checksum of each of its blocks,
by which damage can be narrowed down to reports. The size and checksum of each segment and manifest
stand after Whoosh's own data in the table of contents, so that they are published with it; Whoosh
does not read that far. They are followed by the checksum of all bytes before. A table of contents
without them comes from an earlier version of the program.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reportsearch import files
from reportsearch.search.whoosh.damage_errors import DamageError, detect_damage

MANIFEST_SUFFIX = ".manifest"
_MIN_BLOCK_SIZE = 1 << 8
_MAX_BLOCKS = 1 << 14
_READ_SIZE = 1 << 20
_DIGITS = 8
_LAST_BYTE_OF_PICKLE = b"."
"""What a table of contents without checksums ends with; no hexadecimal digit is one bit away."""


class SegmentRecord(NamedTuple):
    """Sizes and checksums of the two files of a segment."""

    size: int
    crc: int
    manifest_size: int
    manifest_crc: int


class ReportEntry(NamedTuple):
    """A report of a segment: id, path of its file, and the documents from ``first`` to ``stop``."""

    id: str
    path: str
    first: int
    stop: int


@dataclass(frozen=True, slots=True)
class SegmentManifest:
    """The reports of a segment when it was written, and the checksums of its blocks."""

    block_size: int
    crcs: tuple[int, ...]
    reports: tuple[ReportEntry, ...]

    def dump(self) -> bytes:
        """Return the content of the file."""
        crcs = "".join(map(_format_crc, self.crcs))
        return json.dumps([self.block_size, crcs, self.reports], ensure_ascii=False).encode()

    @classmethod
    def load(cls, data: bytes) -> SegmentManifest:
        """Read the content of the file. Raises DamageError."""
        with detect_damage():
            block_size, crcs, reports = json.loads(data)
            found = [crcs[at : at + _DIGITS] for at in range(0, len(crcs), _DIGITS)]
            return cls(
                block_size,
                tuple(int(crc, 16) for crc in found),
                tuple(ReportEntry(*entry) for entry in reports),
            )


def _format_crc(crc: int) -> str:
    return f"{crc:0{_DIGITS}x}"


def compute_data_crc(data: bytes) -> int:
    """Compute the checksum of bytes."""
    return zlib.crc32(data)


def compute_crc(path: Path, progress: Callable[[int], None] | None = None) -> int:
    """Compute the checksum of a file; ``progress`` receives the number of bytes of each step."""
    crc = 0
    for piece in _iter_pieces(path, _READ_SIZE):
        crc = zlib.crc32(piece, crc)
        if progress:
            progress(len(piece))
    return crc


def _iter_pieces(path: Path, size: int) -> Iterator[bytes]:
    with os.fdopen(files.open_regular(path), "rb") as stream:
        while piece := stream.read(size):
            yield piece


def compute_blocks(path: Path, size: int) -> tuple[int, int, tuple[int, ...]]:
    """Compute the checksum of a file, the size of its blocks and their checksums."""
    block_size = _MIN_BLOCK_SIZE
    while block_size * _MAX_BLOCKS < size:
        block_size *= 2
    whole, crcs = 0, []
    for piece in _iter_pieces(path, max(_READ_SIZE, block_size)):
        whole = zlib.crc32(piece, whole)
        view = memoryview(piece)
        crcs += [zlib.crc32(view[at : at + block_size]) for at in range(0, len(piece), block_size)]
    return whole, block_size, tuple(crcs)


def find_damaged_ranges(path: Path, manifest: SegmentManifest) -> list[range]:
    """Return the ranges of bytes of a file whose checksums are wrong or that are missing."""
    found, number = [], 0
    size = manifest.block_size
    for piece in _iter_pieces(path, size):
        if number >= len(manifest.crcs) or zlib.crc32(piece) != manifest.crcs[number]:
            found.append(range(number * size, (number + 1) * size))
        number += 1
    found += [range(at * size, (at + 1) * size) for at in range(number, len(manifest.crcs))]
    return found


def append_records(content: bytes, records: Mapping[str, SegmentRecord]) -> bytes:
    """Return the table of contents with records of its segments, by their ids, and checksums."""
    listed = json.dumps(records).encode()
    data = content + listed + _format_crc(len(listed)).encode()
    return data + _format_crc(zlib.crc32(data)).encode()


def split_records(data: bytes) -> tuple[bytes, dict[str, SegmentRecord] | None]:
    """Return Whoosh's own part of a table of contents, and the records of its segments.

    The records are None in one from an earlier version. Raises DamageError.
    """
    if data.endswith(_LAST_BYTE_OF_PICKLE):
        return data, None
    checked, crc = data[:-_DIGITS], data[-_DIGITS:]
    if _format_crc(zlib.crc32(checked)).encode() != crc:
        raise DamageError("the table of contents is not as it was written")
    with detect_damage():
        end = len(checked) - _DIGITS
        start = end - int(checked[end:], 16)
        records = json.loads(checked[start:end])
        return data[:start], {name: SegmentRecord(*record) for name, record in records.items()}
