"""Checking all files of a commit, and finding the reports that a damaged one concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
from whoosh.reading import SegmentReader

from reportsearch.errors import Message, MessageError
from reportsearch.models.report import Report
from reportsearch.models.verification import DamagedFile, Verification
from reportsearch.search.engine import CHANGED, Origin
from reportsearch.search.serialisation import unpack, unpack_info
from reportsearch.search.whoosh import checksums
from reportsearch.search.whoosh.checksums import (
    MANIFEST_SUFFIX,
    ReportEntry,
    SegmentManifest,
    SegmentRecord,
)
from reportsearch.search.whoosh.commit import list_entries, read_manifest
from reportsearch.search.whoosh.damage_errors import DamageError, detect_damage
from reportsearch.search.whoosh.index_view import IndexView, WhooshSegment
from reportsearch.search.whoosh.schema import NUMBERS_STRUCT, build_schema

_SOURCE_COLUMNS = frozenset({"id", "info", "origin", "body", "structure"})
"""Columns from which everything else of a report can be computed again."""
_MISSING = Message("the file is missing")


@dataclass(frozen=True)
class DamagedSegment:
    """A segment whose file is not as it was written.

    ``entries`` are its live reports; ``is_unreadable`` means that they are unknown. ``damaged`` are
    the ids of those with damage in their own data, ``lost`` of those with damage in what cannot be
    computed from the rest. With ``is_shared``, data is damaged that all of them share.
    """

    segment: Any
    problem: str
    entries: tuple[ReportEntry, ...]
    damaged: frozenset[str]
    lost: frozenset[str]
    is_shared: bool
    is_unreadable: bool = False

    @property
    def name(self) -> str:
        """Return the id of the segment."""
        name: str = self.segment.segment_id()
        return name

    @property
    def concerned(self) -> tuple[str, ...]:
        """Return the ids of the reports that a search may miss or show wrongly."""
        return tuple(one.id for one in self.entries if self.is_shared or one.id in self.damaged)

    def restore(self, storage: Any) -> Iterator[tuple[Report, Origin]]:
        """Iterate over the reports that are not lost, and their origins."""
        if len(self.lost) == len(self.entries):
            return
        reader = SegmentReader(storage, build_schema(), self.segment)
        try:
            segment = WhooshSegment(reader, 0)
            for entry in self.entries:
                if entry.id not in self.lost:
                    yield _read_report(segment, entry.first)
        finally:
            reader.close()


def _read_report(segment: WhooshSegment, document: int) -> tuple[Report, Origin]:
    names = ("info", "body", "structure", "origin")
    info, body, structure, origin = (segment.read_value(name, document) for name in names)
    with detect_damage():
        path, stamp = origin.decode().rsplit("\n", 1)
        return unpack(unpack_info(info), body, structure), Origin(path, stamp)


def check_segment(storage: Any, name: str) -> None:
    """Raise DamageError if the file of a segment is not as it was written."""
    record = (storage.records or {}).get(name)
    if record and (problem := _find_problem(storage, f"{name}.seg", record.size, record.crc)):
        raise DamageError("{name}: {problem}", name=f"{name}.seg", problem=problem)


def _find_problem(
    storage: Any, file: str, size: int, crc: int, progress: Callable[[int], None] | None = None
) -> str:
    """Return what is wrong with a file, or an empty string."""
    path = storage.locate(file)
    try:
        found = path.stat(follow_symlinks=False).st_size
        if found != size:
            return Message("{size} bytes instead of {expected}", size=found, expected=size)
        return "" if checksums.compute_crc(path, progress) == crc else CHANGED
    except FileNotFoundError:
        return _MISSING
    except OSError as error:
        return Message("cannot be read: {reason}", reason=error.strerror or error)


def find_damaged_segments(storage: Any, segments: Sequence[Any]) -> list[DamagedSegment]:
    """Return the segments whose files are not as they were written."""
    found = []
    for segment in segments:
        record = (storage.records or {}).get(segment.segment_id())
        if record is None:
            continue
        problem = _find_problem(storage, f"{segment.segment_id()}.seg", record.size, record.crc)
        if problem:
            found.append(_examine_segment(storage, segment, record, problem))
    return found


def verify_segments(
    storage: Any, segments: Sequence[Any], progress: Callable[[int, int, str], None] | None
) -> Verification:
    """Check all files of a commit, but for its table of contents, which was checked on reading."""
    records = storage.records or {}
    total = sum(record.size for record in records.values())
    damaged: list[DamagedFile] = []
    unchecked = []
    done = 0
    for segment in segments:
        name = segment.segment_id()
        record = records.get(name)
        if record is None:
            unchecked.append(f"{name}.seg")
            continue

        def add(size: int, file: str = f"{name}.seg") -> None:
            nonlocal done
            done += size
            if progress:
                progress(done, total, file)

        problem = _find_problem(storage, f"{name}.seg", record.size, record.crc, add)
        if problem:
            examined = _examine_segment(storage, segment, record, problem)
            damaged.append(DamagedFile(f"{name}.seg", problem, examined.concerned))
        file = name + MANIFEST_SUFFIX
        problem = _find_problem(storage, file, record.manifest_size, record.manifest_crc)
        if problem:
            damaged.append(DamagedFile(file, problem))
    checked = len(segments) - len(unchecked)
    size = total + sum(record.manifest_size for record in records.values())
    return Verification(2 * checked, size, tuple(damaged), tuple(unchecked))


def _examine_segment(
    storage: Any, segment: Any, record: SegmentRecord, problem: str
) -> DamagedSegment:
    manifest = read_manifest(storage, segment.segment_id(), record)
    reports = manifest.reports if manifest else _read_entries(storage, segment)
    deleted = set(segment.deleted_docs())
    live = tuple(one for one in reports if one.first not in deleted)
    everything = frozenset(one.id for one in live)
    if manifest is None:
        return DamagedSegment(
            segment,
            problem,
            live,
            everything,
            everything,
            is_shared=True,
            is_unreadable=not reports,
        )
    try:
        touched, is_shared = _find_touched(storage, segment, manifest)
    except (OSError, MessageError):
        return DamagedSegment(segment, problem, live, everything, everything, is_shared=True)
    damaged, lost = set(), set()
    for column, documents in touched:
        for one in live:
            at = np.searchsorted(documents, [one.first, one.stop])
            if at[0] < at[1]:
                damaged.add(one.id)
                if column in _SOURCE_COLUMNS:
                    lost.add(one.id)
    return DamagedSegment(segment, problem, live, frozenset(damaged), frozenset(lost), is_shared)


def _read_entries(storage: Any, segment: Any) -> tuple[ReportEntry, ...]:
    """Return the reports of a segment without a manifest, if they can be read at all."""
    with suppress(OSError, MessageError), detect_damage():
        view = IndexView(SegmentReader(storage, build_schema(), segment))
        try:
            return list_entries(view)
        finally:
            view.close()
    return ()


def _find_touched(
    storage: Any, segment: Any, manifest: SegmentManifest
) -> tuple[list[tuple[str, Any]], bool]:
    """Return the documents with damage by column, in order, and whether shared data is damaged.

    Raises DamageError if the values of documents cannot be located any more.
    """
    ranges = checksums.find_damaged_ranges(storage.locate(f"{segment.segment_id()}.seg"), manifest)
    with detect_damage():
        reader = SegmentReader(storage, build_schema(), segment)
    try:
        with detect_damage():
            directory = reader.storage().a._dir  # noqa: SLF001
            starts = min(entry["offset"] for entry in directory.values())
            ends = max(entry["offset"] + entry["length"] for entry in directory.values())
            if any(one.start < starts or one.stop > ends for one in ranges):
                raise DamageError("the directory of the segment is damaged")
            touched, is_shared = [], False
            for file, entry in directory.items():
                begin, end = entry["offset"], entry["offset"] + entry["length"]
                hit = [
                    range(max(one.start, begin) - begin, min(one.stop, end) - begin)
                    for one in ranges
                    if one.start < end and one.stop > begin
                ]
                column = file.split(".")[1]
                if hit and file.endswith(".col"):
                    touched.append((column, _locate_documents(reader, column, hit)))
                is_shared |= bool(hit) and not file.endswith(".col")
            return touched, is_shared
    finally:
        with suppress(MessageError):
            reader.close()


def _locate_documents(reader: Any, column: str, ranges: Sequence[range]) -> Any:
    """Return the documents whose values are in ranges of a column's file, in order."""
    count = reader.doc_count_all()
    if column == "numbers":
        starts = np.arange(count) * NUMBERS_STRUCT.size
        ends = starts + NUMBERS_STRUCT.size
    else:
        values = reader.column_reader(column, translate=False)
        starts = np.array(values._offsets[:count], dtype=np.int64)  # noqa: SLF001
        ends = starts + np.array(values._lengths[:count], dtype=np.int64)  # noqa: SLF001
    if any(one.stop > ends[-1] for one in ranges):
        raise DamageError("the lengths of the values of a column are damaged")
    found = np.zeros(count, dtype=np.bool_)
    for one in ranges:
        found |= (starts < one.stop) & (ends > one.start)
    return np.flatnonzero(found)
