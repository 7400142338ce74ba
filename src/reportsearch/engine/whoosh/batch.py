"""The changes of one commit."""

from __future__ import annotations

from typing import Any

from whoosh import reading

from reportsearch.engine import Origin
from reportsearch.engine.record import pack, pack_info
from reportsearch.engine.whoosh.postings import Postings
from reportsearch.engine.whoosh.schema import listed
from reportsearch.engine.whoosh.view import View
from reportsearch.models import Report
from reportsearch.normalise import fold
from reportsearch.tokens import Tokenizer

MOST_SEGMENTS = 8


def merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Keep the number of segments small: when there are many, all but the largest become one."""
    if len(segments) < MOST_SEGMENTS:
        return segments
    ordered = sorted(segments, key=lambda segment: -segment.doc_count_all())
    for segment in ordered[1:]:
        reader = reading.SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return ordered[:1]


class Batch:
    """The changes of one commit."""

    def __init__(self, writer: Any, view: View, tokenizer: Tokenizer) -> None:
        self._writer = writer
        self._postings = writer.pool = Postings()
        self._view = view
        self._tokenizer = tokenizer
        self._removed: set[str] = set()
        self.changed = False

    def put(self, report: Report, origin: Origin) -> None:
        """Add a report, in place of one with the same id."""
        self.remove(report.id)
        self.changed = True
        self._writer.add_document(
            is_report=["1"],
            id=report.id.encode(),
            origin=f"{origin.path}\n{origin.stamp}".encode(),
            info=pack_info(report.info),
            report=pack(report),
        )
        for passage in report.passages:
            folded = fold(passage.text)
            words = self._tokenizer.search_words(folded)
            self._postings.add_words("words", self._writer.docnum, words)
            self._writer.add_document(
                length=len(words),
                text=folded.encode(),
                headings="\n".join(map(fold, passage.section)).encode(),
                portfolios=listed(passage.portfolios),
            )

    def remove(self, report_id: str) -> None:
        """Drop a report; nothing happens when there is none."""
        place = self._view.places.get(report_id)
        if place is None or report_id in self._removed:
            return
        self._removed.add(report_id)
        self.changed = True
        for document in (place.segment.offset + place.number, *place.passages):
            self._writer.delete_document(document)
