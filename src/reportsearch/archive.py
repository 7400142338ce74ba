"""The façade: an archive of reports that can be indexed, searched and read.

Every command of the command line is a method of the same name here.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, overload

from reportsearch import arguments, concordance, lexicon, lookup, query, staleness
from reportsearch import explain as explaining
from reportsearch.engine import GROUPS, SORTS, Engine, Origin, Page
from reportsearch.errors import (
    IndexDamagedError,
    NotFoundError,
    QueryError,
    ReportSearchError,
    shown,
)
from reportsearch.lexicon import Lexicon
from reportsearch.models import (
    Concordance,
    Hit,
    IndexSummary,
    Passage,
    Report,
    ReportInfo,
    Reuse,
    ReusePairs,
    SearchResult,
    Stats,
    YearOnYear,
)
from reportsearch.tokens import Tokenizer

if TYPE_CHECKING:
    from reportsearch.collection import Collection
    from reportsearch.semantic import SentenceModel

_FETCHED = 2_000


class Archive:
    """A collection of reports and its index.

    >>> archive = Archive.in_memory()
    >>> summary = archive.index(["corpus"])
    >>> for hit in archive.search("文旅 产业园", limit=5).hits:
    ...     print(hit.report.title, hit.passages[0].text)
    """

    def __init__(
        self, engine: Engine, folder: Path | None, words: Lexicon, tokenizer: Tokenizer
    ) -> None:
        """Wire the parts; see the class methods. ``folder`` is the index, None in memory."""
        self._engine = engine
        self._folder = folder
        # Paths of files are kept relative to this, so that reports and index can move together.
        self._base = folder.parent if folder else Path.cwd()
        self._lexicon = words
        self._tokenizer = tokenizer
        self._models: dict[str | None, SentenceModel] = {}
        self._collected: Collection | None = None

    @classmethod
    def open(cls, path: str | Path = "index") -> Archive:
        """Open the index in a folder.

        A file ``reportsearch.toml`` beside the folder adds words, synonyms, stop words and
        portfolios. Raises IndexMissingError, IndexOutdatedError, IndexDamagedError or, for that
        file, LexiconError.
        """
        return cls._on_disk(Path(path), create=False)

    @classmethod
    def create(cls, path: str | Path = "index", *, rebuild: bool = False) -> Archive:
        """Open the index in a folder, or make an empty one; with ``rebuild`` a damaged one too."""
        try:
            return cls._on_disk(Path(path), create=True)
        except IndexDamagedError:
            if not rebuild:
                raise
        from reportsearch.engine import whoosh

        whoosh.erase(Path(path))
        return cls._on_disk(Path(path), create=True)

    @classmethod
    def _on_disk(cls, path: Path, *, create: bool) -> Archive:
        from reportsearch.engine.whoosh import WhooshEngine

        user_file = path.resolve().parent / lexicon.USER_FILE
        words = lexicon.load(user_file if user_file.exists() else None)
        tokenizer = Tokenizer(words)
        try:
            engine = WhooshEngine(path, tokenizer, create=create)
        except (FileExistsError, NotADirectoryError, PermissionError) as error:
            raise ReportSearchError(f"the index cannot be in {path}: {error.strerror}") from error
        return cls(engine, path.resolve(), words, tokenizer)

    @classmethod
    def in_memory(cls, vocabulary: str | Path | None = None) -> Archive:
        """An empty archive that keeps nothing on disk: slow, and the measure of all others.

        ``vocabulary`` is a file like ``reportsearch.toml``.
        """
        from reportsearch.engine.memory import MemoryEngine

        words = lexicon.load(Path(vocabulary) if vocabulary else None)
        tokenizer = Tokenizer(words)
        return cls(MemoryEngine(tokenizer), None, words, tokenizer)

    def close(self) -> None:
        """Let go of the files of the index."""
        self._engine.close()

    def __enter__(self) -> Archive:
        """Use the archive in a ``with`` block, which closes it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the archive."""
        self.close()

    def index(
        self,
        paths: str | Path | Sequence[str | Path] = ("corpus",),
        *,
        rebuild: bool = False,
        prune: bool = False,
        purge: bool = False,
        progress: Callable[[int, int, str], None] | None = None,
    ) -> IndexSummary:
        """Read files, folders and files with a report a row into the index, in one commit.

        Only what is new or has changed is read again, with ``rebuild`` everything. ``prune`` drops
        reports below the paths whose file or row is gone; ``purge`` also erases the text of
        dropped and replaced reports from disk. A file that cannot be read is listed in ``failed``
        and does not stop the rest. ``progress`` is called with the bytes read so far, the bytes in
        all, and the name of what is read.

        Raises IndexBusyError while another process writes, ExtractError when a path does not
        exist or a metadata.csv cannot be read.
        """
        from reportsearch.indexing import Run

        if isinstance(paths, str | Path):
            paths = [paths]
        if prune:
            origins = self._engine.origins()
            arguments.paths([path for path in paths if not self._held_below(path, origins)])
        else:
            arguments.paths(paths)
        started = time.monotonic()
        with self._engine.writer() as writer:
            run = Run(
                writer,
                self._engine.origins(),
                staleness.stale(self._engine, self._lexicon),
                self._base,
                self._lexicon,
                self._tokenizer,
                self._folder,
                rebuild=rebuild,
                progress=progress,
            )
            for path in paths:
                run.add(path)
            run.read()
            if prune:
                run.prune()
            writer.keep_vocabularies(
                staleness.vocabularies(self._engine, self._lexicon, run.stale, run.written)
            )
        if purge:
            self._engine.purge()
        return IndexSummary(
            added=run.added,
            updated=run.updated,
            unchanged=run.unchanged,
            removed=run.removed,
            failed=tuple(run.failed),
            unsure=tuple(run.unsure),
            reports=len(self._engine.origins()),
            passages=self._engine.passage_count(),
            seconds=round(time.monotonic() - started, 3),
        )

    def _held_below(self, path: str | Path, origins: Mapping[str, Origin]) -> bool:
        """Whether the index holds a report from this file, or from below this folder."""
        if not str(path).strip():
            return False
        root = Path(path).resolve()
        kept = ((self._base / origin.path).resolve() for origin in origins.values())
        return any(place == root or place.is_relative_to(root) for place in kept)

    def is_source(self, path: str | Path) -> bool:
        """Whether a report of the index was read from this file."""
        return bool(self._read_from(Path(path)))

    def outdated(self) -> int:
        """How many reports would be read otherwise with today's word lists and program."""
        return len(staleness.stale(self._engine, self._lexicon))

    def search(
        self,
        text: str,
        *,
        where: query.Where = (),
        limit: int = 10,
        offset: int = 0,
        sort: str = "relevance",
        group: str = "report",
        facets: str | Sequence[str] = (),
        explain: bool = False,
        semantic: str | Path | bool = False,
    ) -> SearchResult:
        """Find the reports, or with ``group="passage"`` the passages, that meet a query.

        ``limit`` and ``offset`` count what ``group`` names. With ``explain`` the answer tells how
        the query was understood. ``semantic`` has a language model order the first hits anew: the
        one that comes with the extra ``reportsearch[semantic]``, or one in a folder or file.

        Raises QueryError with the place and the remedy, SentenceModelError when there is no model.
        """
        arguments.one_of("sort", sort, SORTS)
        arguments.one_of("group", group, GROUPS)
        names = tuple(
            arguments.facet(facet) for facet in ([facets] if isinstance(facets, str) else facets)
        )
        arguments.whole(limit=limit, offset=offset)
        parsed = self._parsed(text, where)
        page = Page(limit, offset, sort, group, names)
        if semantic is False:
            result = self._engine.search(parsed, page)
        elif sort != "relevance":
            raise QueryError(f"semantic does not go with sort {shown(sort)}; leave one out")
        else:
            from reportsearch import meaning

            result = meaning.search(self._engine, parsed, page, self._model(semantic))
        if result.partial or not result.matched.reports:
            result = replace(result, suggestion=self._suggestion(parsed))
        if explain:
            explanation = explaining.explain(
                self._engine, parsed, result, by_report=group == "report"
            )
            result = replace(result, explain=explanation)
        return result

    def _suggestion(self, asked: query.Query) -> str | None:
        def parse(text: str) -> query.Query:
            return query.parse(text, self._tokenizer, self._lexicon)

        return explaining.suggest(self._engine, asked, parse, self._lexicon.known)

    def _model(self, named: str | Path | bool) -> SentenceModel:
        """The model for semantic, kept once it is loaded."""
        from reportsearch import semantic

        if named == "":
            raise QueryError("the model for semantic has no name; give its folder or file")
        name = None if named is True else str(named)
        if name not in self._models:
            self._models[name] = semantic.load(name)
        return self._models[name]

    def _parsed(self, text: str, where: query.Where) -> query.Query:
        parsed = query.parse(text, self._tokenizer, self._lexicon)
        filters = query.filters(where, self._lexicon)
        if not filters:
            return parsed
        return replace(parsed, node=query.And((parsed.node, *filters)))

    def kwic(
        self,
        text: str,
        *,
        where: query.Where = (),
        width: int = 20,
        sort: str = "place",
        limit: int | None = 100,
        offset: int = 0,
    ) -> Concordance:
        """Every occurrence of what a query asks for, with ``width`` characters on both sides.

        A line's context does not reach over the passage. ``sort`` is ``place`` (report and
        passage), ``left`` or ``right`` (the context, read away from the match). Of a passage that
        meets the query, each highlight is a line; ``matched`` counts all lines.

        Raises QueryError with the place and the remedy.
        """
        arguments.one_of("sort", sort, concordance.SORTS)
        arguments.whole(width=width, limit=0 if limit is None else limit, offset=offset)
        last = sys.maxsize if limit is None else min(offset + limit, sys.maxsize)
        offset = min(offset, last)
        parsed = self._parsed(text, where)
        # The lines are fetched by place; all of them are only counted.
        counted = ("year",) if sort == "place" else ()
        first = self._engine.search(parsed, Page(0, facets=counted, group="passage"))
        if first.partial or not parsed.terms():
            return Concordance(text, 0, ())
        lines = concordance.lines(self._passages(parsed), width)
        if sort == "place":
            matched = sum(year.occurrences or 0 for year in first.facets["year"])
            return Concordance(text, matched, tuple(islice(lines, offset, last)))
        ordered = concordance.ordered(lines, sort)
        return Concordance(text, len(ordered), tuple(ordered[offset:last]))

    def _passages(self, asked: query.Query) -> Iterator[Hit]:
        """The passages of an answer by place, fetched some at a time."""
        offset = 0
        while True:
            page = Page(_FETCHED, offset, "place", "passage")
            hits = self._engine.search(asked, page).hits
            yield from hits
            offset += len(hits)
            if len(hits) < _FETCHED:
                return

    @overload
    def reuse(
        self,
        report: None = None,
        *,
        against: None = None,
        official: None = None,
        min_chars: int = 13,
        formula_officials: int | None = None,
        limit: int = 20,
        progress: Callable[[int, int], None] | None = None,
    ) -> ReusePairs: ...

    @overload
    def reuse(
        self,
        report: str | None = None,
        *,
        against: str | Path | None = None,
        official: str | None = None,
        min_chars: int = 13,
        formula_officials: int | None = None,
        limit: int = 20,
        progress: Callable[[int, int], None] | None = None,
    ) -> Reuse: ...

    def reuse(
        self,
        report: str | None = None,
        *,
        against: str | Path | None = None,
        official: str | None = None,
        min_chars: int = 13,
        formula_officials: int | None = None,
        limit: int = 20,
        progress: Callable[[int, int], None] | None = None,
    ) -> Reuse | ReusePairs:
        """How much of a report also stands elsewhere in the index (查重).

        ``report`` is one of the index, ``against`` a file that is compared without being added, and
        ``official`` whose it is. Without either: the ``limit`` pairs of reports with most text in
        common, and as many formulae. Runs of at least ``min_chars`` characters count. Strings in
        reports of ``formula_officials`` officials are formulae; by default the square root of
        the number of officials, and at least 4. ``progress`` is called with the reports read
        and all.

        Raises NotFoundError, ExtractError when the file cannot be read, QueryError.
        """
        from reportsearch import reuse as reusing

        arguments.at_least("min_chars", min_chars, 2)
        arguments.at_least(
            "formula_officials", 2 if formula_officials is None else formula_officials, 2
        )
        arguments.whole(limit=limit)
        found = self._report_or_file(report, against, official)
        collection = self._collection(progress)
        threshold = formula_officials or collection.formula_officials
        if found is None:
            return reusing.of_all(
                self._engine,
                collection,
                min_chars=min_chars,
                formula_officials=threshold,
                phrases=self._lexicon.set_phrases,
                limit=limit,
            )
        return reusing.of_report(
            self._engine,
            collection,
            found,
            min_chars=min_chars,
            formula_officials=threshold,
            phrases=self._lexicon.set_phrases,
            is_draft=against is not None,
            left_out=self._read_from(Path(against)) if against is not None else (),
        )

    def year_on_year(
        self,
        report: str | None = None,
        *,
        against: str | Path | None = None,
        official: str | None = None,
        previous: str | None = None,
    ) -> YearOnYear:
        """What an official kept, changed and dropped of the report before, sentence by sentence.

        ``report`` is one of the index, or ``against`` a file that is compared without being added,
        and ``official`` whose it is. ``previous`` names the report before; by default it is the
        same official's latest earlier one.

        Raises NotFoundError, with what is missing, when there is none; ExtractError, QueryError.
        """
        from reportsearch import yearly

        found = self._report_or_file(report, against, official)
        if found is None:
            raise QueryError(
                "name the report, or a file, that is to be compared with the one before"
            )
        if previous is None:
            before = yearly.previous_of(found.info, self.infos(), is_draft=against is not None).id
        else:
            before = lookup.report_id(self.infos(), previous)
        if report is not None and before == found.id:
            raise QueryError(f"{before} cannot be compared with itself; name another report")
        return yearly.compare(found, self._engine.report(before), self._lexicon)

    def _report_or_file(
        self, report: str | None, file: str | Path | None, official: str | None
    ) -> Report | None:
        """The report of the index, or the one in a file, that is asked about; None for neither."""
        from reportsearch import drafts

        if report is not None and file is not None:
            raise QueryError("give a report of the index or a file, not both")
        if official is not None and file is None:
            raise QueryError(
                "official tells whose a file is; for a report of the index leave it out"
            )
        drafts.check_official(official)
        if report is not None:
            return self.show(report)
        if file is not None:
            return drafts.read(Path(file), self._lexicon, self._tokenizer, official=official)
        return None

    def _collection(self, progress: Callable[[int, int], None] | None) -> Collection:
        """The compared characters of all reports, kept as long as the commit is the same."""
        from reportsearch.collection import Collection

        if self._collected is None or self._collected.commit != self._engine.commit():
            self._collected = Collection.of(self._engine, progress)
        return self._collected

    def _read_from(self, path: Path) -> tuple[str, ...]:
        """The ids of the reports that were read from a file."""
        wanted = path.resolve()
        return tuple(
            report_id
            for report_id, origin in sorted(self._engine.origins().items())
            if (self._base / origin.path).resolve() == wanted
        )

    def is_empty(self) -> bool:
        """Whether there is no report in the index."""
        return not self._engine.origins()

    def infos(self) -> Sequence[ReportInfo]:
        """What is known about each report, by id."""
        return self._engine.infos()

    def reports(self) -> Iterator[Report]:
        """All reports with their sections and passages, by id."""
        return self._engine.reports()

    def show(self, report: str) -> Report:
        """The report whose id or title is ``report``, or contains it.

        Raises NotFoundError when there is none, or more than one.
        """
        return self._engine.report(lookup.report_id(self._engine.infos(), report))

    def passage(self, passage: str) -> Passage:
        """The passage ``REPORT#N``. Raises NotFoundError."""
        name, number = lookup.passage(passage)
        found = self.show(name)
        if not 1 <= number <= len(found.passages):
            raise NotFoundError(
                f"{found.id} has no passage {number}; it has 1 to {len(found.passages)}"
            )
        return found.passages[number - 1]

    def stats(self) -> Stats:
        """What the index holds."""
        infos = self._engine.infos()
        return Stats(
            reports=len(infos),
            passages=self._engine.passage_count(),
            chars=sum(info.chars for info in infos),
            officials=len({info.official or info.id for info in infos}),
            years=_counts(str(info.year or "") for info in infos),
            kinds=_counts(info.kind for info in infos),
            regions=_counts(info.region or "" for info in infos),
            portfolios=_counts(name for info in infos for name in info.portfolios),
        )


def _counts(values: Iterable[str]) -> dict[str, int]:
    """Values and how often they occur, most frequent first; without what is empty."""
    counted = Counter(value for value in values if value)
    return dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))
