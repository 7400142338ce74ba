"""A view of one commit of the index, with columns and postings as arrays.

Documents are numbered over all segments. Sets never contain deleted documents or the documents of
reports (``passage_set.py``).
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Sequence, Sized
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby
from typing import Any

import numpy as np

from reportsearch.arrays import Bools, Ints
from reportsearch.models.report import Passage, Report, ReportInfo
from reportsearch.search.engine import Origin
from reportsearch.search.postings.files import EXTENSIONS, StoredPostings
from reportsearch.search.postings.keys import hash_field_word, list_word_keys
from reportsearch.search.postings.live import LivePostings
from reportsearch.search.query.nodes import FilterValue, ReportFilter
from reportsearch.search.serialisation import StoredBody, unpack, unpack_info
from reportsearch.search.whoosh.damage_errors import DamageError, detect_damage
from reportsearch.search.whoosh.passage_set import PassageSet
from reportsearch.search.whoosh.schema import NUMBERS_STRUCT, OFFICIALS, REPORT, VOCABULARY
from reportsearch.search.whoosh.string_search import find_string
from reportsearch.search.whoosh.text_column import TextColumn


class WhooshSegment:
    """One of Whoosh's segments, whose documents are numbered from ``offset``."""

    def __init__(self, reader: Any, offset: int) -> None:
        self.reader = reader
        self.offset = offset
        self.count: int = reader.doc_count_all()
        self.alive = np.ones(self.count, dtype=np.bool_)
        self.has_deletions: bool = reader.has_deletions()
        if self.has_deletions:
            self.alive[sorted(reader.segment().deleted_docs())] = False
        self._texts: dict[str, TextColumn] = {}
        self._columns: dict[str, Any] = {}

    def open_column(self, name: str) -> Any:
        """Return Whoosh's reader of a column. Creating one reads the lengths of all its values."""
        if name not in self._columns:
            with detect_damage():
                self._columns[name] = self.reader.column_reader(name, translate=False)
        return self._columns[name]

    def read_value(self, name: str, number: int) -> bytes:
        """Return a document's value of a column."""
        column = self.open_column(name)
        with detect_damage():
            return bytes(column[number])

    def text_column(self, name: str) -> TextColumn:
        """Return a text column."""
        if name not in self._texts:
            column = self.open_column(name)
            lengths = self.numbers[:, 4] if name == "text" else None
            self._texts[name] = TextColumn(
                partial(_read_part, column),
                column._length,  # noqa: SLF001
                self.count,
                lengths,
            )
        return self._texts[name]

    def find_string(self, string: str) -> Ints:
        """Return the live documents whose folded text contains a string, in order."""
        with detect_damage():
            found = find_string(self.postings, self.text_column("text"), string)
        return self._keep_alive(found)

    @cached_property
    def numbers(self) -> Ints:
        """Return an array with a row for each document; see NUMBERS_STRUCT."""
        data = _read_part(self.open_column("numbers"), 0, self.count * NUMBERS_STRUCT.size)
        if len(data) != self.count * NUMBERS_STRUCT.size:
            raise DamageError("a column is truncated")
        numbers = np.frombuffer(data, dtype="<u4").reshape(self.count, -1).astype(np.int64)
        if (numbers[:, 2] > np.arange(self.count)).any():
            raise DamageError("a section starts before the first document")
        return numbers

    @cached_property
    def postings(self) -> StoredPostings:
        """Return the postings of the passages."""
        with detect_damage():
            storage, segment = self.reader.storage(), self.reader.segment()
            files = {name: segment.open_file(storage, f".{name}") for name in EXTENSIONS}
            return StoredPostings(files, self.count)

    def read_key(self, key: int) -> tuple[Ints, Ints]:
        """Return the live documents with a key of the postings, and its values."""
        with detect_damage():
            places = self.postings.locate(key)
            found, values = self.postings.read_rows(places), self.postings.read_values(places)
        if self.has_deletions:
            keep = self.alive[found]
            found, values = found[keep], values[keep]
        return found + self.offset if self.offset else found, values

    def find_key(self, key: int) -> Ints:
        """Return the live documents with a key of the postings."""
        with detect_damage():
            found = self.postings.read_rows(self.postings.locate(key))
        return self._keep_alive(found)

    def _keep_alive(self, found: Ints) -> Ints:
        """Return the live ones of some documents of the segment, numbered over all segments."""
        if self.has_deletions:
            found = found[self.alive[found]]
        return found + self.offset if self.offset else found

    def find_kind(self, kind: str) -> Ints:
        """Return the live documents of a kind."""
        return self.find_key(hash_field_word("kind", kind))


def _read_part(column: Any, position: int, length: int) -> bytes:
    """Read a part of the file of a column, which also has what Whoosh writes after the values."""
    with detect_damage():
        data: bytes = column._dbfile.get(column._basepos + position, length)  # noqa: SLF001
    return data


@dataclass(frozen=True, slots=True)
class ReportDocuments:
    """The location of a report: its segment and document, and those of its passages."""

    id: str
    segment: WhooshSegment
    document: int
    passages: range


class IndexView:
    """A view of one commit."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        leaves = [] if reader.doc_count_all() == 0 else reader.leaf_readers()
        # After everything has been purged, Whoosh leaves a segment without documents or columns.
        self.segments = [WhooshSegment(leaf, at) for leaf, at in leaves if leaf.doc_count_all()]
        self.count = sum(segment.count for segment in self.segments)
        self._infos: dict[str, ReportInfo] = {}
        self._values: dict[tuple[str, bool], tuple[list[FilterValue], Ints]] = {}

    @cached_property
    def report_documents(self) -> dict[str, ReportDocuments]:
        """Return the location of each report, sorted by id."""
        found = {}
        for segment in self.segments:
            reports = segment.find_kind(REPORT)
            others = np.concatenate([segment.find_kind(kind) for kind in (VOCABULARY, OFFICIALS)])
            dead = np.flatnonzero(~segment.alive) + segment.offset
            # A report's passages are deleted with it, so a live report's passages extend to the
            # next document of another kind or the next deleted one.
            limits = np.unique(
                np.concatenate([reports, others, dead, [segment.offset + segment.count]])
            )
            ends = limits[np.searchsorted(limits, reports, side="right")]
            for document, end in zip(reports.tolist(), ends.tolist(), strict=True):
                with detect_damage():
                    report_id = segment.read_value("id", document - segment.offset).decode()
                found[report_id] = ReportDocuments(
                    report_id, segment, document, range(document + 1, end)
                )
        return dict(sorted(found.items()))

    @cached_property
    def ranked(self) -> list[ReportDocuments]:
        """Return the locations by id, where a report's rank is its position."""
        return list(self.report_documents.values())

    @cached_property
    def report_starts(self) -> Ints:
        """Return the document of each report, by rank."""
        return np.array([place.document for place in self.ranked], dtype=np.int64)

    def find_ranks(self, documents: Ints) -> Ints:
        """Return the ranks of the reports with some documents."""
        at = np.searchsorted(self.report_starts[self._order_of_starts], documents)
        return self._order_of_starts[at]

    @cached_property
    def _order_of_starts(self) -> Ints:
        """Return the ranks of the reports in the order of their documents."""
        return np.argsort(self.report_starts)

    @cached_property
    def report_ranks(self) -> Ints:
        """Return the rank of each passage's report, or -1 for other documents."""
        owner = np.full(self.count, -1, dtype=np.int64)
        for rank, place in enumerate(self.ranked):
            owner[place.passages.start : place.passages.stop] = rank
        return owner

    @cached_property
    def passages(self) -> PassageSet:
        """Return the set of all live passages."""
        return PassageSet(self.count, mask=self.report_ranks >= 0)

    def make_set(self, documents: Ints) -> PassageSet:
        """Return a set of passages, given in order."""
        return PassageSet(self.count, documents)

    @cached_property
    def _numbers(self) -> Ints:
        empty = np.zeros((0, 5), dtype=np.int64)
        return np.concatenate([empty, *(segment.numbers for segment in self.segments)])

    @cached_property
    def lengths(self) -> Ints:
        """Return the number of indexed words of each document."""
        return np.ascontiguousarray(self._numbers[:, 0])

    @cached_property
    def char_counts(self) -> Ints:
        """Return the number of characters of each passage."""
        return self._numbers[:, 1]

    @cached_property
    def uneven(self) -> Bools:
        """Return the set of passages whose folded text has different offsets than the original."""
        found: Bools = self._numbers[:, 3] > 0
        return found

    @cached_property
    def section_start(self) -> Ints:
        """Return the first passage of each passage's section (see NUMBERS_STRUCT)."""
        return np.arange(self.count) - self._numbers[:, 2]

    @cached_property
    def word_count(self) -> int:
        """Return the number of indexed words of all live passages."""
        return int(self.lengths[self.passages.mask].sum())

    @cached_property
    def char_count(self) -> int:
        """Return the number of characters of all live passages."""
        return int(self.char_counts[self.passages.mask].sum())

    @cached_property
    def passage_count(self) -> int:
        """Return the number of live passages."""
        return len(self.passages)

    def find_key(self, key: int) -> PassageSet:
        """Return the live documents with a key of the postings."""
        found = [segment.find_key(key) for segment in self.segments]
        return self.make_set(_concatenate(found))

    def read_key(self, key: int) -> tuple[Ints, Ints]:
        """Return the live passages with a key in order, and its values; see PostingSegment."""
        found = [segment.read_key(key) for segment in self.segments]
        if len(found) == 1:
            return found[0]
        return _concatenate([rows for rows, _ in found]), _concatenate([many for _, many in found])

    def read_word(self, word: str) -> tuple[Ints, Ints]:
        """Return the live passages that contain a word in order, with its frequencies."""
        lists = [self.read_key(key) for key in list_word_keys(word)]
        (rows, values), *others = sorted(lists, key=lambda one: -len(one[0]))
        counts = values.astype(np.int64) >> 1
        for more, their_values in others:
            rows, counts = _merge_counts(rows, counts, more, their_values >> 1)
        return rows, counts

    def find_string(self, string: str) -> PassageSet:
        """Return the passages whose folded text contains a string."""
        found = [segment.find_string(string) for segment in self.segments]
        return self.make_set(_concatenate(found))

    def find_sections_containing(self, name: str, string: str) -> PassageSet:
        """Return the passages of sections whose value of a text column contains a string."""
        starts = np.zeros(self.count, dtype=np.bool_)
        for segment in self.segments:
            starts[segment.text_column(name).find_containing(string) + segment.offset] = True
        return PassageSet(self.count, mask=starts[self.section_start]) & self.passages

    def read_text(self, name: str, document: int) -> str:
        """Return a document's value of a text column."""
        segment = self.segments[0]
        for segment in self.segments:
            if document < segment.offset + segment.count:
                break
        return segment.text_column(name).read_value(document - segment.offset)

    def filter_by_report(self, test: Callable[[ReportInfo], bool]) -> PassageSet:
        """Return the passages of the reports that pass a test."""
        passed = np.array([*map(test, self.ranked_infos), False], dtype=np.bool_)
        # The last item is for documents without an owner, whose rank is -1.
        return PassageSet(self.count, mask=passed[self.report_ranks])

    def filter_by_metadata(self, condition: ReportFilter) -> PassageSet:
        """Return the passages of the reports that satisfy a condition.

        Each distinct value is looked at once, and the values are kept for the next condition.
        """
        key = condition.field, condition.years is None
        if key not in self._values:
            values = list(map(condition.get_value, self.ranked_infos))
            numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
            ranks = np.array([numbers[value] for value in values], dtype=np.int64)
            self._values[key] = list(numbers), ranks
        distinct, ranks = self._values[key]
        passed = np.array([*map(condition.matches_value, distinct), False], dtype=np.bool_)
        # The last item is for documents without an owner, whose rank is -1.
        by_report = np.append(passed[ranks], False)
        return PassageSet(self.count, mask=by_report[self.report_ranks])

    @cached_property
    def origins(self) -> dict[str, Origin]:
        """Return the origin of each report by its id."""
        found = {}
        for report_id, place in self.report_documents.items():
            number = place.document - place.segment.offset
            with detect_damage():
                path, stamp = place.segment.read_value("origin", number).decode().rsplit("\n", 1)
            found[report_id] = Origin(path, stamp)
        return found

    @cached_property
    def vocabularies(self) -> dict[str, tuple[int, str]]:
        """Return the document and the text of each vocabulary by its id."""
        found = {}
        for segment in self.segments:
            for document in segment.find_kind(VOCABULARY).tolist():
                number = document - segment.offset
                with detect_damage():
                    text = zlib.decompress(segment.read_value("body", number)).decode()
                    found[segment.read_value("id", number).decode()] = document, text
        return found

    @cached_property
    def officials(self) -> dict[int, dict[str, str]]:
        """Return the label of each report's official by report id, by the document with them."""
        found = {}
        for segment in self.segments:
            for document in segment.find_kind(OFFICIALS).tolist():
                with detect_damage():
                    data = segment.read_value("body", document - segment.offset)
                    found[document] = json.loads(zlib.decompress(data))
        return found

    @cached_property
    def persons(self) -> dict[str, str]:
        """Return the label of each report's official by report id."""
        return {name: label for labels in self.officials.values() for name, label in labels.items()}

    @cached_property
    def infos(self) -> dict[str, ReportInfo]:
        """Return the metadata of each report by its id."""
        return {name: self.read_info(place) for name, place in self.report_documents.items()}

    @cached_property
    def ranked_infos(self) -> list[ReportInfo]:
        """Return the metadata of each report by rank."""
        return list(self.infos.values())

    def read_info(self, place: ReportDocuments) -> ReportInfo:
        """Return the metadata of a report, which is read once."""
        if place.id not in self._infos:
            self._infos[place.id] = self._read_info(place)
        return self._infos[place.id]

    def _read_info(self, place: ReportDocuments) -> ReportInfo:
        with detect_damage():
            info = unpack_info(
                place.segment.read_value("info", place.document - place.segment.offset),
                self.persons.get(place.id),
            )
        if info.id != place.id:
            raise DamageError("{id} has the metadata of another report", id=place.id)
        return info

    def read_report(self, place: ReportDocuments) -> Report:
        """Read a report with all its parts."""
        number = place.document - place.segment.offset
        body, structure = (place.segment.read_value(name, number) for name in ("body", "structure"))
        with detect_damage():
            report = unpack(self.read_info(place), body, structure)
        _check_passages(place, report.passages)
        return report

    def read_texts(self, place: ReportDocuments) -> str:
        """Read the folded texts of a report's passages, each followed by a line end."""
        first, stop = place.passages.start, place.passages.stop
        offset = place.segment.offset
        return place.segment.text_column("text").read_values(first - offset, stop - offset)

    def group_numbers(self, passages: PassageSet) -> dict[str, list[int]]:
        """Return the numbers of a set's passages within their reports, by report id."""
        found: dict[str, list[int]] = {}
        documents = passages.documents
        owners = self.report_ranks[documents]
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        stops = [*starts[1:].tolist(), len(documents)] if len(documents) else []
        for start, stop in zip(starts.tolist(), stops, strict=True):
            place = self.ranked[int(owners[start])]
            found[place.id] = (documents[start:stop] - place.document).tolist()
        return dict(sorted(found.items()))

    def load_postings(self) -> LivePostings:
        """Read the postings of all passages."""
        with detect_damage():
            segments = [segment.postings.load() for segment in self.segments]
        alive = [None if segment.alive.all() else segment.alive for segment in self.segments]
        return LivePostings(segments, alive, {one.id: one.passages for one in self.ranked})

    @cached_property
    def commit_id(self) -> str:
        """Return a unique name of the commit, derived from its segments and deleted documents.

        It includes the reports, so that damage to their list makes derived data outdated.
        """
        parts = [
            f"{segment.reader.segment().segment_id()}:{np.flatnonzero(~segment.alive).tolist()}"
            for segment in self.segments
        ]
        parts += [f"{place.id}:{place.passages}" for place in self.ranked]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def iter_passages(self, documents: Ints) -> Iterator[tuple[int, Passage]]:
        """Read some passages, given in order, with their documents; each report is opened once."""
        for rank, numbers in groupby(documents.tolist(), lambda one: int(self.report_ranks[one])):
            place = self.ranked[rank]
            data = place.segment.read_value("body", place.document - place.segment.offset)
            with detect_damage():
                body = StoredBody(place.id, data)
                _check_passages(place, body)
                found = [(number, body.read_passage(number - place.document)) for number in numbers]
            yield from found

    def close(self) -> None:
        """Release the files."""
        self.reader.close()


def _check_passages(place: ReportDocuments, found: Sized) -> None:
    """Raise DamageError if a report has other passages than documents."""
    if len(found) != len(place.passages):
        raise DamageError("{id} does not have the expected passages", id=place.id)


def _merge_counts(rows: Ints, counts: Ints, more: Ints, their_counts: Ints) -> tuple[Ints, Ints]:
    """Add the counts of some documents to those of others, all in order."""
    if not len(more):
        return rows, counts
    at = np.searchsorted(rows, more)
    is_known = rows[np.minimum(at, len(rows) - 1)] == more
    counts = counts.copy()
    counts[at[is_known]] += their_counts[is_known]
    if is_known.all():
        return rows, counts
    rows = np.concatenate([rows, more[~is_known]])
    order = np.argsort(rows, kind="stable")
    return rows[order], np.concatenate([counts, their_counts[~is_known]])[order]


def _concatenate(arrays: Sequence[Ints]) -> Ints:
    return arrays[0] if len(arrays) == 1 else np.concatenate([*arrays, np.zeros(0, dtype=np.int64)])
