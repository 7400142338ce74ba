"""One commit of the index, opened for reading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from typing import Any

from whoosh import reading

from reportsearch.engine import Origin
from reportsearch.engine.record import unpack, unpack_info
from reportsearch.models import Report, ReportInfo


class Strings:
    """A column's values in one piece, for finding strings. Values are apart by a zero byte."""

    def __init__(self, values: list[bytes]) -> None:
        self._data = b"\0".join([*values, b""])
        self._starts = list(accumulate((len(value) + 1 for value in values), initial=0))

    def find(self, string: str) -> list[int]:
        """The positions of the values that contain ``string``, in order."""
        needle = string.encode()
        found = []
        at = self._data.find(needle)
        while at >= 0:
            position = bisect_right(self._starts, at) - 1
            found.append(position)
            at = self._data.find(needle, self._starts[position + 1])
        return found


class Segment:
    """One of Whoosh's segments, numbered from ``offset``."""

    def __init__(self, reader: Any, offset: int) -> None:
        self.reader = reader
        self.offset = offset
        self.count: int = reader.doc_count_all()
        numbers = range(self.count) if reader.has_deletions() else ()
        self.deleted = frozenset(number for number in numbers if reader.is_deleted(number))
        self.reports: list[int] = sorted(
            number for number, _ in self._postings("is_report", "1") if number not in self.deleted
        )
        self._strings: dict[str, Strings] = {}
        self._columns: dict[str, Any] = {}

    def column(self, name: str) -> Any:
        """Whoosh's reader of a column; making one reads the lengths of all its values."""
        if name not in self._columns:
            self._columns[name] = self.reader.column_reader(name, translate=False)
        return self._columns[name]

    def value(self, name: str, number: int) -> bytes:
        """A document's value of a column."""
        return bytes(self.column(name)[number])

    @cached_property
    def lengths(self) -> list[int]:
        """Words of each document; none for reports and for what is deleted."""
        lengths = list(self.column("length"))
        for number in self.deleted:
            lengths[number] = 0
        return lengths

    def _postings(self, name: str, word: str) -> Iterator[tuple[int, int]]:
        try:
            matcher = self.reader.postings(name, word)
        except reading.TermNotFound:
            return
        while matcher.is_active():
            yield matcher.id(), int(matcher.weight())
            matcher.next()

    def postings(self, word: str) -> Iterator[tuple[int, int]]:
        """The live passages that hold a word, and how often."""
        for number, count in self._postings("words", word):
            if number not in self.deleted:
                yield number + self.offset, count

    def containing(self, name: str, string: str) -> Iterator[int]:
        """The live documents whose value of a column contains a string."""
        if name not in self._strings:
            self._strings[name] = Strings([bytes(value) for value in self.column(name)])
        for number in self._strings[name].find(string):
            if number not in self.deleted:
                yield number + self.offset


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report lies: its document, and the numbers of its passages' documents."""

    id: str
    segment: Segment
    number: int
    passages: range


class View:
    """One commit, opened for reading. Document numbers run over all segments."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        leaves = [] if reader.doc_count_all() == 0 else reader.leaf_readers()
        self.segments = [Segment(leaf, offset) for leaf, offset in leaves]

    @cached_property
    def places(self) -> dict[str, Place]:
        """Each report's id and place, by id."""
        found = {}
        for segment in self.segments:
            ids = segment.column("id")
            # A deleted report's passages are deleted with it: a live report's passages go on
            # until the next report or the next deleted document.
            ends = sorted({*segment.reports, *segment.deleted, segment.count})
            for number in segment.reports:
                end = ends[bisect_right(ends, number)]
                passages = range(number + 1 + segment.offset, end + segment.offset)
                report_id = bytes(ids[number]).decode()
                found[report_id] = Place(report_id, segment, number, passages)
        return dict(sorted(found.items()))

    @cached_property
    def _starts(self) -> tuple[list[int], list[Place]]:
        places = sorted(self.places.values(), key=lambda place: place.passages.start)
        return [place.passages.start for place in places], places

    def place_of(self, document: int) -> Place:
        """The report to which a passage's document belongs."""
        starts, places = self._starts
        return places[bisect_right(starts, document) - 1]

    @cached_property
    def passages(self) -> set[int]:
        """The documents of all live passages."""
        return set(chain.from_iterable(place.passages for place in self.places.values()))

    @cached_property
    def origins(self) -> dict[str, Origin]:
        """Each report's id and origin."""
        found = {}
        for report_id, place in self.places.items():
            path, stamp = place.segment.value("origin", place.number).decode().rsplit("\n", 1)
            found[report_id] = Origin(path, stamp)
        return found

    @cached_property
    def infos(self) -> dict[str, ReportInfo]:
        """What is known about each report, by id."""
        return {name: self.info(place) for name, place in self.places.items()}

    def info(self, place: Place) -> ReportInfo:
        """What is known about a report."""
        return unpack_info(place.segment.value("info", place.number))

    def report(self, place: Place) -> Report:
        """A report with all its parts."""
        return unpack(self.info(place), place.segment.value("report", place.number))

    def length(self, document: int) -> int:
        """The number of indexed words of a passage."""
        segment = self.place_of(document).segment
        return segment.lengths[document - segment.offset]

    def containing(self, name: str, string: str) -> set[int]:
        """The documents whose value of a column contains a string."""
        return {
            document for segment in self.segments for document in segment.containing(name, string)
        }

    def close(self) -> None:
        """Let go of the files."""
        self.reader.close()
