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

from reportsearch import concordance, lexicon, query, staleness
from reportsearch import explain as explaining
from reportsearch.engine import FACETS, GROUPS, SORTS, Engine, Origin, Page
from reportsearch.errors import (
    ExtractError,
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
)
from reportsearch.normalise import fold
from reportsearch.tokens import Tokenizer

if TYPE_CHECKING:
    from reportsearch.collection import Collection
    from reportsearch.semantic import SentenceModel

_FETCHED = 2_000


def check_paths(paths: Sequence[str | Path]) -> None:
    """Raise ExtractError when a path to be indexed does not exist."""
    for path in paths:
        # An empty name would be the working directory: most often a variable that is not set.
        if not str(path).strip() or not Path(path).exists():
            raise ExtractError(
                f"there is no file or folder {str(path)!r}; name the folder of your reports"
            )


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
            check_paths([path for path in paths if not self._held_below(path, origins)])
        else:
            check_paths(paths)
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
        _check("sort", sort, SORTS)
        _check("group", group, GROUPS)
        names = tuple(_facet(facet) for facet in ([facets] if isinstance(facets, str) else facets))
        _check_whole(limit=limit, offset=offset)
        parsed = self._parsed(text, where)
        if semantic == "":
            raise QueryError("the model for semantic has no name; give its folder or file")
        if semantic and sort != "relevance":
            raise QueryError(f"semantic does not go with sort {shown(sort)}; leave one out")
        if semantic:
            result = self._by_meaning(parsed, Page(limit, offset, sort, group, names), semantic)
        else:
            result = self._engine.search(parsed, Page(limit, offset, sort, group, names))
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

    def _by_meaning(self, asked: query.Query, page: Page, model: str | Path | bool) -> SearchResult:
        """An answer whose first hits, those that meet the query equally, a model ordered anew."""
        from reportsearch import semantic

        name = None if model is True else str(model)
        if name not in self._models:
            self._models[name] = semantic.load(name)
        last = page.offset + page.limit
        result = self._engine.search(
            asked, replace(page, offset=0, limit=max(last, semantic.DEPTH))
        )
        hits = list(result.hits)
        # Where the terms are met only in part, more of them stay before fewer.
        some_are_better = result.partial and len(asked.terms()) > 1
        depth = 0 if some_are_better else semantic.DEPTH
        best = [hit for hit in hits[:depth] if hit.met == hits[0].met]
        wanted = " ".join(term.text for term in asked.terms()) or asked.text
        similarities = self._models[name].similarity(
            wanted, [f"{hit.report.title}\n{hit.passages[0].text}" for hit in best]
        )
        order = semantic.rerank(similarities)
        hits[: len(best)] = [best[place] for place in order]
        return replace(result, hits=tuple(hits[page.offset : last]))

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
        _check("sort", sort, concordance.SORTS)
        _check_whole(width=width, limit=0 if limit is None else limit, offset=offset)
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
        from reportsearch import drafts
        from reportsearch import reuse as reusing

        if report is not None and against is not None:
            raise QueryError("give a report of the index or a file, not both")
        if official is not None and against is None:
            raise QueryError("official tells whose a file is; give the file by against")
        _check_least("min_chars", min_chars, 2)
        _check_least("formula_officials", 2 if formula_officials is None else formula_officials, 2)
        _check_whole(limit=limit)
        drafts.check_official(official)
        found = draft = None
        if report is not None:
            found = self.show(report)
        if against is not None:
            path = Path(against)
            found = draft = drafts.read(path, self._lexicon, self._tokenizer, official=official)
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
            is_draft=draft is not None,
            left_out=self._read_from(Path(against)) if against is not None else (),
        )

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
        return self._engine.report(self._resolve(report))

    def passage(self, passage: str) -> Passage:
        """The passage ``REPORT#N``. Raises NotFoundError."""
        name, mark, number = passage.rpartition("#")
        if not mark or not number.isdecimal():
            raise NotFoundError(f"{shown(passage)} is no passage; write REPORT#N, as in a.txt#3")
        found = self.show(name)
        if not 1 <= int(number) <= len(found.passages):
            raise NotFoundError(
                f"{found.id} has no passage {number}; it has 1 to {len(found.passages)}"
            )
        return found.passages[int(number) - 1]

    def _resolve(self, report: str) -> str:
        infos = self._engine.infos()
        wanted = fold(report)
        tests: tuple[Callable[[ReportInfo], bool], ...] = (
            lambda info: info.id == report,
            lambda info: fold(info.id) == wanted or fold(info.title) == wanted,
            lambda info: wanted in fold(info.id) or wanted in fold(info.title),
        )
        for test in tests:
            found = [info.id for info in infos if test(info)]
            if len(found) == 1:
                return found[0]
            if found:
                listed = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
                raise NotFoundError(
                    f"{shown(report)} is part of {len(found)} reports: {listed}; write more of it"
                )
        raise NotFoundError(
            f"no report's id or title contains {shown(report)}; search for one of its words"
        )

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


def _check(name: str, value: str, valid: Sequence[str]) -> None:
    if value not in valid:
        raise QueryError(f"{name} must be one of {', '.join(valid)}, not {shown(value)}")


def _check_whole(**numbers: int) -> None:
    for name, number in numbers.items():
        if not isinstance(number, int) or number < 0:
            raise QueryError(f"{name} must be a whole number and must not be negative")


def _check_least(name: str, number: int, least: int) -> None:
    if not isinstance(number, int) or number < least:
        raise QueryError(f"{name} must be a whole number and at least {least}")


def _facet(name: str) -> str:
    known = query.FIELD_NAMES.get(fold(name), name)
    _check("facet", known, FACETS)
    return known


def _counts(values: Iterable[str]) -> dict[str, int]:
    """Values and how often they occur, most frequent first; without what is empty."""
    counted = Counter(value for value in values if value)
    return dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))
