"""Merging segments and removing deleted documents, with their postings.

Whoosh knows only the columns, and would look for a file of lengths for each document.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from whoosh import reading

from reportsearch.arrays import Ints
from reportsearch.search.whoosh.index_view import WhooshSegment
from reportsearch.search.whoosh.verification import check_segment

MAX_SEGMENTS = 8


def merge_segments(writer: Any, segments: list[Any]) -> list[Any]:
    """Merge some segments into one, and return those that stay unchanged.

    If there are many segments, merges all but the largest, to keep their number small. Segments
    with more than half of their documents deleted are always merged, since a search also reads the
    text of deleted documents. Segments with only deleted documents are dropped, since Whoosh would
    merge them into a segment without documents.
    """
    live = [segment for segment in segments if segment.doc_count()]
    kept = [segment for segment in live if 2 * segment.doc_count() >= segment.doc_count_all()]
    if len(live) >= MAX_SEGMENTS:
        kept = sorted(kept, key=lambda segment: -segment.doc_count())[:1]
    return _copy_others(writer, live, kept)


def purge_segments(writer: Any, segments: list[Any]) -> list[Any]:
    """Rewrite all segments that contain deleted documents, so that none of these are left."""
    live = [segment for segment in segments if segment.doc_count()]
    return _copy_others(writer, live, [one for one in live if not one.has_deletions()])


def _copy_others(writer: Any, live: list[Any], kept: list[Any]) -> list[Any]:
    for segment in live:
        if segment not in kept:
            _copy_segment(writer, segment)
    return kept


def _copy_segment(writer: Any, segment: Any) -> None:
    """Add the live documents of a segment to the one that is being written.

    Raises DamageError if it is damaged, since the new segment would get a checksum of its own.
    """
    check_segment(writer.storage, segment.segment_id())
    reader = reading.SegmentReader(writer.storage, writer.schema, segment)
    try:
        places = _copy_documents(writer, reader)
        writer.postings.add_segment(WhooshSegment(reader, 0).postings.load(), places)
    finally:
        reader.close()


def _copy_documents(writer: Any, reader: Any) -> Ints:
    """Copy the columns of live documents; return the new number of each document, or -1."""
    kinds = {name: field.column_type for name, field in writer.schema.items() if field.column_type}
    columns = [
        (name, kind, kind.default_value(), reader.column_reader(name, translate=False))
        for name, kind in kinds.items()
        if reader.has_column(name)
    ]
    places = np.full(reader.doc_count_all(), -1, dtype=np.int64)
    documents = writer.perdocwriter
    for number in reader.all_doc_ids():
        places[number] = writer.docnum
        documents.start_doc(writer.docnum)
        for name, kind, default, column in columns:
            value = column[number]
            if value != default:
                documents.add_column_value(name, kind, value)
        documents.finish_doc()
        writer.docnum += 1
    # As Whoosh's add_reader does. Otherwise the segment would be discarded.
    writer._added = True  # noqa: SLF001
    return places
