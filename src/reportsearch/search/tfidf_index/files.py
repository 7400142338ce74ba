"""Files of a TF-IDF index, written under new names and published by replacing one small file.

``manifest.json`` names all others, with their lengths and checksums (CRC-32, at more than a
gigabyte per second), and has its own checksum. A segment consists of four arrays in NumPy's format,
which are read into memory, since a mapped file that is truncated would kill the process; ``sums``
is rewritten with each commit. Nothing is ever unpickled. If a file is not what was written, the
index counts as empty.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import secrets
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reportsearch import files, locks
from reportsearch.models.verification import DamagedFile
from reportsearch.search.engine import CHANGED
from reportsearch.search.tfidf_index.lock import lock_file
from reportsearch.search.tfidf_index.postings import PostingSegment, SegmentMerge
from reportsearch.search.tfidf_index.state import (
    ReportRows,
    SegmentManifest,
    StoredSegment,
    TfidfIndexState,
)

FORMAT = 1
"""Raise it if the format of the files changes."""

_MANIFEST = "manifest.json"
_LOCK = "lock"
_ARRAYS = ("features", "starts", "rows", "counts")
_COUNT_TYPES = ("|u1", "<u2", "<u4")
_OWN_FILE = re.compile(
    r"[0-9a-f]{16}\.(?:features|starts|rows|counts|sums)\.npy|manifest\.json\.new"
)


class TfidfIndexFiles:
    """The files of a TF-IDF index in a folder.

    ``mark`` identifies everything that determines the features of a text. Files with another mark
    are not read.
    """

    def __init__(self, folder: Path, mark: str) -> None:
        self._folder = folder
        self._mark = mark
        self._last: tuple[bytes, TfidfIndexState] | None = None

    @contextmanager
    def hold_lock(self, wait: float) -> Iterator[bool]:
        """Create the folder if needed and hold its lock; see :func:`lock_file`."""
        if self._folder.is_symlink():
            raise NotADirectoryError(str(self._folder))
        self._folder.mkdir(mode=0o700, exist_ok=True)
        with lock_file(self._folder / _LOCK, wait) as taken:
            yield taken

    def read(self) -> TfidfIndexState | None:
        """Return the stored state, or None if there is none that can be used."""
        before = None
        while True:
            try:
                written = _read_manifest(self._folder)
            except OSError:
                return None
            if written == before:
                return None
            if self._last and self._last[0] == written:
                return self._last[1]
            try:
                self._last = written, self._read(written)
            except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError):
                # Damaged, or another process has moved on to its next commit and deleted files.
                before = written

    def _read(self, written: bytes) -> TfidfIndexState:
        content = _parse_manifest(written)
        if content["mark"] != self._mark:
            raise ValueError("other features")
        segments = [self._read_segment(described) for described in content["segments"]]
        rows = sum(segment.passages for segment in segments)
        sums = _describe_sums(content).read(self._folder).reshape(3, rows)
        ends = np.cumsum([segment.passages for segment in segments])
        parts = [
            StoredSegment(segment, described, values)
            for segment, described, values in zip(
                segments, content["segments"], np.split(sums, ends[:-1], axis=1), strict=False
            )
        ]
        entries = tuple(ReportRows(*entry) for entry in content["reports"])
        return TfidfIndexState(content["commit"], tuple(parts), entries)

    def _read_segment(self, described: SegmentManifest) -> PostingSegment:
        arrays = [array.read(self._folder) for array in _describe_arrays(described)]
        return PostingSegment(arrays[0], arrays[1], arrays[2], arrays[3], described["passages"])

    def write_segment(self, merge: SegmentMerge) -> tuple[PostingSegment, SegmentManifest]:
        """Write a merge as one segment; return it, read from its files, with its manifest."""
        name = secrets.token_hex(8)
        features, starts, where, kept = merge.plan()
        kind = np.dtype(merge.count_type).newbyteorder("<").str
        crcs = [
            self._write_array(f"{name}.features.npy", "<u8", features),
            self._write_array(f"{name}.starts.npy", "<i8", starts),
        ]
        total = int(starts[-1])
        with (
            self._create_file(f"{name}.rows.npy") as rows,
            self._create_file(f"{name}.counts.npy") as counts,
        ):
            rows.write(_build_header("<u4", total))
            counts.write(_build_header(kind, total))
            rows_crc = counts_crc = 0
            for some_rows, some_counts in merge.iter_postings(starts, where, kept):
                piece = some_rows.astype("<u4", copy=False).data
                rows.write(piece)
                rows_crc = zlib.crc32(piece, rows_crc)
                piece = some_counts.astype(kind, copy=False).data
                counts.write(piece)
                counts_crc = zlib.crc32(piece, counts_crc)
        described = {
            "name": name,
            "passages": merge.passages,
            "features": len(features),
            "postings": total,
            "counts": kind,
            "crcs": [*crcs, rows_crc, counts_crc],
        }
        return self._read_segment(described), described

    def publish(self, state: TfidfIndexState) -> None:
        """Store a state as the current one, and delete the files of others."""
        sums = np.concatenate([np.zeros((3, 0)), *(part.sums for part in state.parts)], axis=1)
        sums_name = f"{secrets.token_hex(8)}.sums.npy"
        crc = self._write_array(sums_name, "<f8", sums.reshape(-1))
        content = {
            "format": FORMAT,
            "mark": self._mark,
            "commit": state.commit,
            "segments": [part.manifest for part in state.parts],
            "sums": sums_name,
            "crc": crc,
            "reports": state.entries,
        }
        new = f"{_MANIFEST}.new"
        with self._create_file(new) as stream:
            stream.write(_format_manifest(content))
        # Otherwise the manifest could reach the disk, and the names of the files it lists not.
        locks.sync_folder(self._folder)
        (self._folder / new).replace(self._folder / _MANIFEST)
        locks.sync_folder(self._folder)
        self.delete_unused()

    def delete_unused(self) -> None:
        """Delete files not named in the manifest. The caller must hold the lock."""
        kept = set()
        with suppress(OSError, ValueError, KeyError, TypeError):
            content = json.loads(_read_manifest(self._folder))["content"]
            names = [described["name"] for described in content["segments"]]
            kept = {content["sums"], *(f"{name}.{kind}.npy" for name in names for kind in _ARRAYS)}
        for path in self._folder.iterdir():
            if _OWN_FILE.fullmatch(path.name) and path.name not in kept:
                # Windows does not delete a file mapped by another process; a later call will.
                with suppress(OSError):
                    path.unlink()

    def _write_array(self, name: str, kind: str, values: NDArray[Any]) -> int:
        """Write an array and return its checksum."""
        data = np.ascontiguousarray(values.astype(kind, copy=False)).data
        with self._create_file(name) as stream:
            stream.write(_build_header(kind, len(values)))
            stream.write(data)
        return zlib.crc32(data)

    @contextmanager
    def _create_file(self, name: str) -> Iterator[BinaryIO]:
        """Create a file, and flush it to disk at the end."""
        with files.replace_regular(self._folder / name) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())


class _StoredArray(NamedTuple):
    """An array as the manifest describes it: its file, type, length and checksum."""

    name: str
    kind: str
    length: int
    crc: int

    @property
    def size(self) -> int:
        """Return the size of the file."""
        header = _build_header(self.kind, self.length)
        return len(header) + np.dtype(self.kind).itemsize * self.length

    def read(self, folder: Path) -> NDArray[Any]:
        """Read the array. Raises OSError, and ValueError if it is not what was written."""
        if not _OWN_FILE.fullmatch(self.name):
            raise ValueError("another file")
        with os.fdopen(files.open_regular(folder / self.name), "rb") as stream:
            if os.fstat(stream.fileno()).st_size != self.size:
                raise ValueError("another length")
            return self.check(stream.read())

    def check(self, data: bytes) -> NDArray[Any]:
        """Return the array from the content of its file. Raises ValueError."""
        header = _build_header(self.kind, self.length)
        if not data.startswith(header):
            raise ValueError("another header")
        array = np.frombuffer(data, dtype=self.kind, offset=len(header))
        if zlib.crc32(array.data) != self.crc:
            raise ValueError("another content")
        return array


def _describe_arrays(described: SegmentManifest) -> list[_StoredArray]:
    """Return the arrays of a segment; see _ARRAYS. Raises ValueError."""
    if described["counts"] not in _COUNT_TYPES:
        raise ValueError("other counts")
    features, postings = described["features"], described["postings"]
    kinds = ("<u8", "<i8", "<u4", described["counts"])
    lengths = (features, features + 1, postings, postings)
    return [
        _StoredArray(f"{described['name']}.{array}.npy", kind, length, crc)
        for array, kind, length, crc in zip(_ARRAYS, kinds, lengths, described["crcs"], strict=True)
    ]


def _describe_sums(content: dict[str, Any]) -> _StoredArray:
    rows = sum(described["passages"] for described in content["segments"])
    return _StoredArray(content["sums"], "<f8", 3 * rows, content["crc"])


def _build_header(kind: str, length: int) -> bytes:
    """Return the header of NumPy's file format for an array of one dimension."""
    stream = io.BytesIO()
    described = {"descr": kind, "fortran_order": False, "shape": (length,)}
    np.lib.format.write_array_header_1_0(stream, described)
    return stream.getvalue()


def _compute_checksum(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _format_manifest(content: object) -> bytes:
    return json.dumps({"check": _compute_checksum(content), "content": content}).encode()


def _parse_manifest(written: bytes) -> dict[str, Any]:
    """Return the content of a manifest. Raises ValueError, KeyError or TypeError."""
    content: dict[str, Any] = json.loads(written)["content"]
    # Bytes are compared, since there are several ways to write the same in JSON.
    if _format_manifest(content) != written or content["format"] != FORMAT:
        raise ValueError("another manifest")
    return content


def _read_manifest(folder: Path) -> bytes:
    if folder.is_symlink():
        raise NotADirectoryError(str(folder))
    return files.read_regular(folder / _MANIFEST)


def find_damaged_files(folder: Path) -> tuple[int, int, list[DamagedFile]]:
    """Return the number of files of a TF-IDF index, their bytes, and those that are damaged."""
    name = folder.name
    try:
        written = _read_manifest(folder)
    except FileNotFoundError:
        return 0, 0, []
    except OSError as error:
        return 1, 0, [DamagedFile(f"{name}/{_MANIFEST}", str(error.strerror), is_derived=True)]
    try:
        content = _parse_manifest(written)
        arrays = [array for one in content["segments"] for array in _describe_arrays(one)]
        arrays.append(_describe_sums(content))
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        damaged = [DamagedFile(f"{name}/{_MANIFEST}", CHANGED, is_derived=True)]
        return 1, len(written), damaged
    damaged = []
    for array in arrays:
        try:
            array.read(folder)
        except (OSError, ValueError):
            damaged.append(DamagedFile(f"{name}/{array.name}", CHANGED, is_derived=True))
    if damaged and _read_manifest(folder) != written:
        # Another process has published a newer one and deleted these files.
        return find_damaged_files(folder)
    return len(arrays) + 1, len(written) + sum(array.size for array in arrays), damaged
