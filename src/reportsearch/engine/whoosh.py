"""The engine that keeps an index on disk, with Whoosh; the only module that imports it.

For each report the index has a document with the report itself, followed by one for each of its
passages; Whoosh keeps that order when it merges. A passage has its words as postings, which rank,
and its folded text in a column, which decides what matches: a column lies in one piece, so that
every substring is found by a plain search of bytes, at no cost when indexing.
"""

from __future__ import annotations

import pickle
import struct
import time
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, TypeVar

from whoosh import columns, fields, formats, reading
from whoosh import index as whoosh_index
from whoosh.filedb.filetables import FileFormatError
from whoosh.reading import CorruptIndexError
from whoosh.writing import LockError

from reportsearch.engine import Origin, Page, Writer
from reportsearch.engine.highlight import highlights
from reportsearch.engine.postings import Postings
from reportsearch.engine.ranking import Collection, score
from reportsearch.engine.record import pack, pack_info, unpack, unpack_info
from reportsearch.engine.storage import (
    DurableStorage,
    clear_holder,
    create_folder,
    generations,
    other_formats,
    own_files,
    read_holder,
    write_holder,
)
from reportsearch.engine.unpickling import restrict_whoosh
from reportsearch.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    IndexOutdatedError,
)
from reportsearch.models import (
    FacetValue,
    Hit,
    Matched,
    PassageHit,
    Report,
    ReportInfo,
    SearchResult,
)
from reportsearch.normalise import fold
from reportsearch.query import And, Node, Not, Or, Query, ReportFilter, SectionFilter, Term
from reportsearch.tokens import Tokenizer

# Raise the number when the schema changes: an index of another number is built anew.
NAME = "reportsearch1"
_MOST_SEGMENTS = 8

restrict_whoosh()

_T = TypeVar("_T")
_Errors = tuple[type[Exception], ...]
# Whoosh checks nothing that it reads: a wrong byte in its tables can become any of these.
_DAMAGE: _Errors = (
    EOFError,
    OSError,
    IndexError,
    MemoryError,
    OverflowError,
    struct.error,
    zlib.error,
    CorruptIndexError,
    FileFormatError,
    ValueError,
    TypeError,
    KeyError,
    NameError,
    AttributeError,
    AssertionError,
    ImportError,
    pickle.UnpicklingError,
    whoosh_index.IndexError,
)


class _Words(fields.FieldType):  # type: ignore[misc]
    """A list of words as postings with frequencies, without Whoosh's analysis."""

    scorable = False
    stored = False
    column_type = None

    def __init__(self) -> None:
        # A posting's weight is the frequency; it needs no payload.
        super().__init__(formats.Existence(), None)

    def index(self, value: Iterable[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for word, count in Counter(value).items():
            yield word.encode(), count, float(count), b""

    def to_bytes(self, value: str | bytes) -> bytes:
        return value.encode() if isinstance(value, str) else value

    def from_bytes(self, data: bytes) -> str:
        return data.decode()


def _schema() -> Any:
    return fields.Schema(
        # Of the document of a report:
        is_report=_Words(),
        id=fields.COLUMN(columns.VarBytesColumn()),
        origin=fields.COLUMN(columns.VarBytesColumn()),
        info=fields.COLUMN(columns.VarBytesColumn()),
        report=fields.COLUMN(columns.VarBytesColumn()),
        # Of the document of a passage:
        words=_Words(),
        length=fields.COLUMN(columns.NumericColumn("I")),
        text=fields.COLUMN(columns.VarBytesColumn()),
        headings=fields.COLUMN(columns.VarBytesColumn()),
        portfolios=fields.COLUMN(columns.VarBytesColumn()),
    )


class _Strings:
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


class _Segment:
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
        self._strings: dict[str, _Strings] = {}

    def column(self, name: str) -> Any:
        return self.reader.column_reader(name, translate=False)

    def value(self, name: str, number: int) -> bytes:
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
            self._strings[name] = _Strings([bytes(value) for value in self.column(name)])
        for number in self._strings[name].find(string):
            if number not in self.deleted:
                yield number + self.offset


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a report lies: its document, and the numbers of its passages' documents."""

    id: str
    segment: _Segment
    number: int
    passages: range


class _View:
    """One commit, opened for reading. Document numbers run over all segments."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        leaves = [] if reader.doc_count_all() == 0 else reader.leaf_readers()
        self.segments = [_Segment(leaf, offset) for leaf, offset in leaves]

    @cached_property
    def places(self) -> dict[str, _Place]:
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
                found[report_id] = _Place(report_id, segment, number, passages)
        return dict(sorted(found.items()))

    @cached_property
    def _starts(self) -> tuple[list[int], list[_Place]]:
        places = sorted(self.places.values(), key=lambda place: place.passages.start)
        return [place.passages.start for place in places], places

    def place_of(self, document: int) -> _Place:
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

    def info(self, place: _Place) -> ReportInfo:
        return unpack_info(place.segment.value("info", place.number))

    def report(self, place: _Place) -> Report:
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
        self.reader.close()


class WhooshEngine:
    """An index in a folder; see :class:`reportsearch.engine.Engine`."""

    def __init__(self, folder: Path, tokenizer: Tokenizer, *, create: bool = False) -> None:
        """Open the index in ``folder``, or make an empty one there.

        Raises IndexMissingError, IndexOutdatedError or IndexDamagedError.
        """
        self._folder = folder
        self._tokenizer = tokenizer
        self._storage = DurableStorage(str(folder))
        if not generations(folder, NAME):
            if not create:
                raise self._missing()
            create_folder(folder)
            self._create()
        self._index = self._guarded(
            lambda: whoosh_index.FileIndex(self._storage, schema=_schema(), indexname=NAME)
        )
        self._view = self._open()

    def _create(self) -> None:
        """Make an empty index, unless another process is just doing so."""
        lock = self._storage.lock(f"{NAME}_WRITELOCK")
        while not generations(self._folder, NAME):
            if lock.acquire():
                try:
                    if not generations(self._folder, NAME):
                        whoosh_index.FileIndex.create(self._storage, _schema(), NAME)
                finally:
                    lock.release()
            else:
                time.sleep(0.02)

    def _missing(self) -> Exception:
        if other_formats(self._folder, NAME):
            return IndexOutdatedError(
                f"the index in {self._folder} was written by another version of reportsearch; "
                f"build it anew with: reportsearch index"
            )
        return IndexMissingError(
            f"there is no index in {self._folder}; make one with: reportsearch index FOLDER"
        )

    def _guarded(self, action: Callable[[], _T]) -> _T:
        try:
            return action()
        except _DAMAGE as error:
            self._storage.close_files()
            raise IndexDamagedError(
                f"the index in {self._folder} is damaged ({type(error).__name__}: {error}); build "
                f"it anew with: reportsearch index --rebuild"
            ) from error

    def _open(self) -> _View:
        return self._guarded(lambda: _View(self._index.reader()))

    def refresh(self) -> None:
        """Go over to the newest commit."""
        old = self._view
        self._view = self._open()
        old.close()

    def close(self) -> None:
        """Let go of the files."""
        self._view.close()

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """One commit: all changes made inside the block, or none when it is left by an error."""
        with self._locked() as writer:
            batch = _Batch(writer, self._view, self._tokenizer)
            yield batch
            if batch.changed:
                writer.commit(mergetype=_merge)
            else:
                writer.cancel()
        self.refresh()
        for path in other_formats(self._folder, NAME):
            path.unlink(missing_ok=True)

    @contextmanager
    def _locked(self) -> Iterator[Any]:
        try:
            writer = self._guarded(self._index.writer)
        except LockError as error:
            raise IndexBusyError(
                f"the index in {self._folder} is being written by {read_holder(self._folder)}; "
                f"wait until it is done, or end that process"
            ) from error
        try:
            write_holder(self._folder)
            self.refresh()
            yield writer
        finally:
            with suppress(OSError):
                clear_holder(self._folder)
            if not writer.is_closed:
                with suppress(OSError):
                    writer.cancel()

    def purge(self) -> None:
        """Erase from disk the text of reports that were removed or replaced."""
        with self._locked() as writer:
            writer.commit(optimize=True)
        self.refresh()

    def origins(self) -> dict[str, Origin]:
        """Each stored report's id and origin."""
        return self._guarded(lambda: self._view.origins)

    def infos(self) -> Sequence[ReportInfo]:
        """What is known about each report, by id."""
        return self._guarded(lambda: list(self._view.infos.values()))

    def report(self, report_id: str) -> Report:
        """A stored report. Raises KeyError."""
        place = self._guarded(lambda: self._view.places).get(report_id)
        if place is None:
            raise KeyError(report_id)
        return self._guarded(lambda: self._view.report(place))

    def reports(self) -> Iterator[Report]:
        """All stored reports, by id."""
        for report_id in self._guarded(lambda: self._view.places):
            yield self.report(report_id)

    def passage_count(self) -> int:
        """The number of passages of all reports."""
        places = self._guarded(lambda: self._view.places)
        return sum(len(place.passages) for place in places.values())

    def search(self, query: Query, page: Page) -> SearchResult:
        """The reports or passages that meet ``query``, best first."""
        return self._guarded(lambda: _Search(self._view, query, page).result())


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Keep the number of segments small: when there are many, all but the largest become one."""
    if len(segments) < _MOST_SEGMENTS:
        return segments
    ordered = sorted(segments, key=lambda segment: -segment.doc_count_all())
    for segment in ordered[1:]:
        reader = reading.SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return ordered[:1]


class _Batch:
    """The changes of one commit."""

    def __init__(self, writer: Any, view: _View, tokenizer: Tokenizer) -> None:
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
                portfolios=_listed(passage.portfolios),
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


def _listed(names: Iterable[str]) -> bytes:
    """Names so that each can be found whole."""
    return "".join(f"\t{name}\t" for name in names).encode()


@dataclass(frozen=True, slots=True)
class _Group:
    """Passages of one report that are shown together, best first."""

    place: _Place
    documents: list[int]
    score: float


class _Search:
    """The evaluation of one query on one commit."""

    def __init__(self, view: _View, query: Query, page: Page) -> None:
        self._view = view
        self._query = query
        self._page = page
        self._found: dict[str, set[int]] = {}

    def result(self) -> SearchResult:
        documents = self._meet(self._query.node)
        scores = self._scores(documents)
        by_report: dict[str, list[int]] = {}
        for document in sorted(documents):
            by_report.setdefault(self._view.place_of(document).id, []).append(document)
        groups = self._ordered(self._groups(by_report, scores))
        first = self._page.offset
        return SearchResult(
            query=self._query.text,
            matched=Matched(len(by_report), len(documents)),
            hits=tuple(
                self._hit(group, scores) for group in groups[first : first + self._page.limit]
            ),
            facets={facet: self._facet(facet, by_report) for facet in self._page.facets},
        )

    def _meet(self, node: Node) -> set[int]:
        """The passages that meet a part of the query."""
        if isinstance(node, Term):
            return self._meet_term(node)
        if isinstance(node, ReportFilter):
            met = (
                self._view.places[report_id].passages
                for report_id, info in self._view.infos.items()
                if node.met_by(info)
            )
            return set(chain.from_iterable(met))
        if isinstance(node, SectionFilter):
            if node.field == "portfolio":
                return self._view.containing("portfolios", f"\t{node.value}\t")
            return self._view.containing("headings", node.value)
        if isinstance(node, And):
            return set[int].intersection(*map(self._meet, node.parts))
        if isinstance(node, Or):
            return set[int].union(*map(self._meet, node.parts))
        if isinstance(node, Not):
            return self._view.passages - self._meet(node.part)
        raise TypeError(node)

    def _containing(self, string: str) -> set[int]:
        if string not in self._found:
            self._found[string] = self._view.containing("text", string)
        return self._found[string]

    def _meet_term(self, term: Term) -> set[int]:
        met = self._containing(term.string).union(*map(self._containing, term.synonyms))
        if term.words:
            met |= set[int].intersection(*map(self._containing, term.words))
        return met

    def _scores(self, documents: set[int]) -> dict[int, float]:
        terms = self._query.terms()
        ranking = tuple(dict.fromkeys(word for term in terms for word in term.ranking))
        counts: dict[int, dict[str, int]] = {document: {} for document in documents}
        holding: dict[str, int] = {}
        for word in ranking:
            postings = [
                posting for segment in self._view.segments for posting in segment.postings(word)
            ]
            holding[word] = len(postings)
            for document, count in postings:
                if document in counts:
                    counts[document][word] = count
        collection = Collection(
            passages=sum(len(place.passages) for place in self._view.places.values()),
            words=sum(sum(segment.lengths) for segment in self._view.segments) if ranking else 0,
            holding=holding,
        )
        exact = Counter(
            document for term in terms for document in self._containing(term.string) & documents
        )
        return {
            document: score(
                exact[document],
                collection.bm25(ranking, held, self._view.length(document)) if held else 0.0,
            )
            for document, held in counts.items()
        }

    def _groups(
        self, by_report: dict[str, list[int]], scores: dict[int, float]
    ) -> Iterator[_Group]:
        for report_id, documents in by_report.items():
            place = self._view.places[report_id]
            best = sorted(documents, key=lambda document: (-scores[document], document))
            if self._page.group == "passage":
                for document in best:
                    yield _Group(place, [document], scores[document])
            else:
                yield _Group(place, best, scores[best[0]])

    def _ordered(self, groups: Iterable[_Group]) -> list[_Group]:
        if self._page.sort == "date":
            ordered = sorted(groups, key=lambda group: (group.place.id, group.documents[0]))
            return sorted(
                ordered,
                key=lambda group: self._view.infos[group.place.id].dated,
                reverse=True,
            )
        return sorted(groups, key=lambda group: (-group.score, group.place.id, group.documents[0]))

    def _hit(self, group: _Group, scores: dict[int, float]) -> Hit:
        report = self._view.report(group.place)
        terms = self._query.terms()
        shown = []
        for document in group.documents[: self._page.passages]:
            passage = report.passages[document - group.place.passages.start]
            shown.append(
                PassageHit(
                    id=passage.id,
                    section=passage.section,
                    start=passage.start,
                    end=passage.end,
                    text=passage.text,
                    score=round(scores[document], 6),
                    highlights=highlights(terms, passage.text, passage.start),
                )
            )
        return Hit(report.info, round(group.score, 6), len(group.documents), tuple(shown))

    def _facet(self, facet: str, by_report: dict[str, list[int]]) -> tuple[FacetValue, ...]:
        counts: Counter[str] = Counter()
        for report_id, documents in by_report.items():
            counts.update(self._facet_values(facet, report_id, documents))
        values = [FacetValue(value, count) for value, count in counts.items()]
        return tuple(sorted(values, key=lambda entry: (-entry.count, entry.value)))

    def _facet_values(self, facet: str, report_id: str, documents: list[int]) -> Iterable[str]:
        info = self._view.infos[report_id]
        if facet == "declared":
            return info.declared
        if facet == "portfolio":
            segment = self._view.places[report_id].segment
            column = segment.column("portfolios")
            listed = (bytes(column[document - segment.offset]).decode() for document in documents)
            return {name for names in listed for name in names.split("\t") if name}
        value = getattr(info, facet)
        return () if value is None else (str(value),)


def erase(folder: Path) -> None:
    """Remove the index from ``folder``; other files stay."""
    for path in own_files(folder, NAME) + other_formats(folder, NAME):
        path.unlink(missing_ok=True)
