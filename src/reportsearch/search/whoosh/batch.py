"""The changes of one commit."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from reportsearch.models.report import Report
from reportsearch.normalise import fold, normalise
from reportsearch.search.engine import Origin
from reportsearch.search.officials import OfficialFacts, identify_officials
from reportsearch.search.postings.builder import PostingBuilder
from reportsearch.search.postings.keys import hash_field_word
from reportsearch.search.serialisation import pack_body, pack_info, pack_structure
from reportsearch.search.whoosh.index_view import IndexView
from reportsearch.search.whoosh.schema import (
    CODE_UNIT_SIZE,
    HEADING_END,
    NUMBERS_STRUCT,
    OFFICIALS,
    REPORT,
    VOCABULARY,
    encode_text,
    join_names,
)
from reportsearch.search.whoosh.verification import DamagedSegment
from reportsearch.tokenizer import Tokenizer


class Batch:
    """The changes of one commit.

    ``damaged`` are segments that the commit no longer contains, and ``repaired`` is the number of
    their reports that were written again from what is stored of them.
    """

    def __init__(
        self,
        writer: Any,
        view: IndexView,
        tokenizer: Tokenizer,
        damaged: Sequence[DamagedSegment] = (),
    ) -> None:
        self._writer = writer
        self._damaged = damaged
        self._postings: PostingBuilder = writer.postings
        self._view = view
        self._tokenizer = tokenizer
        self._removed: set[str] = set()
        self._added: dict[str, OfficialFacts] = {}
        self.changed = bool(damaged)
        self.repaired = 0

    def add(self, report: Report, origin: Origin) -> None:
        """Add a report, or replace the one with the same id."""
        self.remove(report.id)
        self.changed = True
        self._added[report.id] = OfficialFacts.of(report.info)
        title = fold(report.title)
        title_words = self._tokenizer.cut_for_search(title)
        views = [normalise(passage.text) for passage in report.passages]
        cut = [self._tokenizer.cut_with_parts(view.text) for view in views]
        word_count = len(title_words) + sum(len(words) + len(parts) for words, parts in cut)
        char_count = len(report.title) + sum(len(passage.text) for passage in report.passages)
        self._add_document(
            numbers=(word_count, char_count, 0, 0),
            keys=[*_hash_kind(REPORT), *_hash_words("title", title_words)],
            title=title,
            whole="\n".join([title, *(view.text for view in views)]),
            id=report.id.encode(),
            origin=f"{origin.path}\n{origin.stamp}".encode(),
            info=pack_info(report.info),
            body=pack_body(report),
            structure=pack_structure(report),
        )
        above: tuple[object, object] | None = None
        back = 0
        for passage, view, (words, parts) in zip(report.passages, views, cut, strict=True):
            # Data shared by the passages of a section is stored with the first one.
            back = back + 1 if above == (passage.section, passage.portfolios) else 0
            above = passage.section, passage.portfolios
            headings, portfolios = "", ""
            keys: list[int] = []
            if not back:
                headings = HEADING_END.join(map(fold, passage.section))
                portfolios = join_names(passage.portfolios)
                keys = _hash_words(
                    "headings",
                    (
                        word
                        for heading in passage.section
                        for word in self._tokenizer.cut_for_search(fold(heading))
                    ),
                )
            self._add_document(
                numbers=(
                    len(words) + len(parts),
                    len(passage.text),
                    back,
                    int(view.offsets is not None),
                ),
                text=view.text,
                words=words,
                parts=parts,
                keys=keys,
                heading_text=headings,
                portfolios=portfolios,
            )

    def _add_document(
        self,
        numbers: tuple[int, int, int, int] = (0, 0, 0, 0),
        text: str = "",
        words: Sequence[str] = (),
        parts: Sequence[str] = (),
        keys: Sequence[int] = (),
        title: str = "",
        whole: str = "",
        heading_text: str = "",
        portfolios: str = "",
        **others: object,
    ) -> None:
        """Add a document, which has a value in all columns that are read in one piece."""
        self._postings.add(text, words, parts, keys, title, whole)
        encoded = encode_text(text)
        self._writer.add_document(
            numbers=NUMBERS_STRUCT.pack(*numbers, len(encoded) // CODE_UNIT_SIZE),
            text=encoded,
            heading_text=encode_text(heading_text),
            portfolios=encode_text(portfolios),
            **others,
        )

    def restore(self, report_id: str) -> bool:
        """Write a damaged report again from what is stored of it; return False if that is lost."""
        before = self.repaired
        self._restore(lambda one, _: one == report_id)
        return self.repaired > before

    def restore_others(self) -> None:
        """Write all reports of damaged segments again that are not damaged themselves."""
        self._restore(lambda one, segment: one not in segment.damaged)

    def _restore(self, is_wanted: Callable[[str, DamagedSegment], bool]) -> None:
        """Write wanted reports of damaged segments again from what is stored of them."""
        for segment in self._damaged:
            for report, origin in segment.restore(self._writer.storage):
                if report.id not in self._added and is_wanted(report.id, segment):
                    self.add(report, origin)
                    self.repaired += 1

    def remove(self, report_id: str) -> None:
        """Remove a report, if there is one with this id."""
        place = self._view.report_documents.get(report_id)
        if place is None or report_id in self._removed:
            return
        self._removed.add(report_id)
        self.changed = True
        for document in (place.document, *place.passages):
            self._writer.delete_document(document)

    def store_officials(self) -> None:
        """Store who the official of each report is, if that has changed.

        It is not computed while searching, since it needs the metadata of all reports.
        """
        kept = (
            OfficialFacts.of(info)
            for name, info in self._view.infos.items()
            if name not in self._removed
        )
        labels = identify_officials([*kept, *self._added.values()])
        stored = self._view.officials
        if labels in stored.values():
            return
        for document in stored:
            self._writer.delete_document(document)
        body = json.dumps(labels, ensure_ascii=False).encode()
        self._add_document(keys=_hash_kind(OFFICIALS), body=zlib.compress(body, level=1))

    def keep_vocabularies(self, texts: Mapping[str, str]) -> None:
        """Store vocabularies by id, replacing all stored ones."""
        there = self._view.vocabularies
        kept = {name for name, (_, text) in there.items() if texts.get(name) == text}
        for name in there.keys() - kept:
            self.changed = True
            self._writer.delete_document(there[name][0])
        for name in sorted(texts.keys() - kept):
            self.changed = True
            self._add_document(
                keys=_hash_kind(VOCABULARY),
                id=name.encode(),
                body=zlib.compress(texts[name].encode()),
            )


def _hash_words(field: str, words: Iterable[str]) -> list[int]:
    """Return the keys of the different words in a field."""
    return sorted(hash_field_word(field, word) for word in set(words))


def _hash_kind(kind: str) -> list[int]:
    return [hash_field_word("kind", kind)]
