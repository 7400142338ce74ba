"""Whoosh's index and writer, whose commits carry checksums and may leave out damaged segments."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from reportsearch import files
from reportsearch.errors import MessageError
from reportsearch.search.postings.builder import PostingBuilder
from reportsearch.search.postings.files import write_postings
from reportsearch.search.whoosh import checksums
from reportsearch.search.whoosh.checksums import (
    MANIFEST_SUFFIX,
    ReportEntry,
    SegmentManifest,
    SegmentRecord,
)
from reportsearch.search.whoosh.index_view import IndexView


class CheckedIndex(FileIndex):  # type: ignore[misc]
    """An index without the segments whose ids are in ``left_out``.

    The next commit no longer contains them either.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.left_out: frozenset[str] = frozenset()
        super().__init__(*arguments, **options)

    def _read_toc(self) -> Any:
        toc = super()._read_toc()
        toc.segments = [one for one in toc.segments if one.segment_id() not in self.left_out]
        return toc

    def read_segments(self) -> list[Any]:
        """Return all segments of the newest commit, also those left out."""
        segments: list[Any] = super()._read_toc().segments
        return segments

    def writer(self, **options: Any) -> Any:
        """Return a writer of the next commit."""
        return _CheckedWriter(self, **options)


class _CheckedWriter(SegmentWriter):  # type: ignore[misc]
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.postings = PostingBuilder()

    def _flush_segment(self) -> None:
        """Write the files of the new segment, before they are joined into one."""
        super()._flush_segment()
        write_postings(
            self.postings.finish(),
            lambda name: self.newsegment.create_file(self.storage, f".{name}"),
        )

    def _commit_toc(self, segments: Iterable[Any]) -> None:
        """Record the checksums of all segments, and publish them with the table of contents.

        A segment that stays keeps its checksum, so that damage is not taken for its content. Only
        those of an index from an earlier version have none yet.
        """
        known = self.storage.records or {}
        self.storage.new_records = {
            segment.segment_id(): _keep_record(self, segment, known.get(segment.segment_id()))
            or _write_record(self, segment)
            for segment in segments
        }
        super()._commit_toc(segments)


def read_manifest(storage: Any, name: str, record: SegmentRecord) -> SegmentManifest | None:
    """Read the manifest of a segment; return None if it is not as it was written."""
    with suppress(OSError, MessageError):
        data = files.read_regular(storage.locate(name + MANIFEST_SUFFIX))
        if checksums.compute_data_crc(data) == record.manifest_crc:
            return SegmentManifest.load(data)
    return None


def list_entries(view: IndexView) -> tuple[ReportEntry, ...]:
    """Return the live reports of a segment, which the view shows alone, in their order."""
    return tuple(
        ReportEntry(place.id, view.origins[place.id].path, place.document, place.passages.stop)
        for place in sorted(view.ranked, key=lambda place: place.document)
    )


def _keep_record(writer: Any, segment: Any, record: SegmentRecord | None) -> SegmentRecord | None:
    """Return the record of a segment that is not new, unless its manifest must be rewritten."""
    if record is None:
        return None
    name = segment.segment_id()
    if read_manifest(writer.storage, name, record) is not None:
        return record
    is_sound = checksums.compute_crc(writer.storage.locate(f"{name}.seg")) == record.crc
    return None if is_sound else record


def _write_record(writer: Any, segment: Any) -> SegmentRecord:
    """Write the manifest of a segment, and return the record of both."""
    storage, name = writer.storage, segment.segment_id()
    path = storage.locate(f"{name}.seg")
    size = storage.file_length(f"{name}.seg")
    crc, block_size, crcs = checksums.compute_blocks(path, size)
    view = IndexView(SegmentReader(storage, writer.schema, segment))
    try:
        reports = list_entries(view)
    finally:
        view.close()
    data = SegmentManifest(block_size, crcs, reports).dump()
    with files.replace_regular(storage.locate(name + MANIFEST_SUFFIX)) as stream:
        stream.write(data)
    return SegmentRecord(size, crc, len(data), checksums.compute_data_crc(data))
