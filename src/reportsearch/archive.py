"""The façade: an archive of reports that can be indexed, searched and read.

Every command of the command line is a method of the same name here.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from reportsearch import lexicon, query
from reportsearch.engine import FACETS, GROUPS, SORTS, Engine, Page
from reportsearch.errors import (
    ExtractError,
    IndexDamagedError,
    NotFoundError,
    QueryError,
    ReportSearchError,
)
from reportsearch.fingerprint import version
from reportsearch.lexicon import Lexicon
from reportsearch.models import IndexSummary, Passage, Report, ReportInfo, SearchResult, Stats
from reportsearch.normalise import fold
from reportsearch.tokens import Tokenizer

Where = Mapping[str, object] | Iterable[str]
"""Filters: ``{"year": 2023}``, ``"year=2023"`` or ``["year=2023", "portfolio=文旅"]``."""


def check_paths(paths: Sequence[str | Path]) -> None:
    """Raise ExtractError when a path to be indexed does not exist."""
    for path in paths:
        # An empty name would be the working directory: most often a variable that is not set.
        if not str(path).strip() or not Path(path).exists():
            raise ExtractError(f"there is no file or folder {str(path)!r}")


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

    @classmethod
    def open(cls, path: str | Path = "index") -> Archive:
        """Open the index in a folder.

        Raises IndexMissingError, IndexOutdatedError or IndexDamagedError.
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

        words = lexicon.load()
        tokenizer = Tokenizer(words)
        try:
            engine = WhooshEngine(path, tokenizer, create=create)
        except (FileExistsError, NotADirectoryError, PermissionError) as error:
            raise ReportSearchError(f"the index cannot be in {path}: {error.strerror}") from error
        return cls(engine, path.resolve(), words, tokenizer)

    @classmethod
    def in_memory(cls) -> Archive:
        """An empty archive that keeps nothing on disk: slow, and the measure of all others."""
        from reportsearch.engine.memory import MemoryEngine

        words = lexicon.load()
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
        check_paths(paths)
        started = time.monotonic()
        with self._engine.writer() as writer:
            run = Run(
                writer,
                self._engine.origins(),
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

    def outdated(self) -> int:
        """How many reports were read with other word lists or another version of the program."""
        current = version(self._lexicon)
        return sum(not origin.stamp.endswith(current) for origin in self._engine.origins().values())

    def search(
        self,
        text: str,
        *,
        where: Where = (),
        limit: int = 10,
        offset: int = 0,
        sort: str = "relevance",
        group: str = "report",
        facets: Sequence[str] = (),
    ) -> SearchResult:
        """Find the reports, or with ``group="passage"`` the passages, that meet a query.

        ``limit`` and ``offset`` count what ``group`` names. Raises QueryError with the place and
        the remedy.
        """
        _check("sort", sort, SORTS)
        _check("group", group, GROUPS)
        names = tuple(_facet(facet) for facet in facets)
        if limit < 0 or offset < 0:
            raise QueryError("limit and offset must not be negative")
        parsed = query.parse(text, self._tokenizer, self._lexicon)
        filters = tuple(self._filters(where))
        if filters:
            parsed = query.Query(text, query.And((parsed.node, *filters)))
        return self._engine.search(parsed, Page(limit, offset, sort, group, names))

    def _filters(self, where: Where) -> Iterator[query.Node]:
        if isinstance(where, str):
            where = [where]
        pairs = where.items() if isinstance(where, Mapping) else map(_pair, where)
        for name, value in pairs:
            known = query.FIELD_NAMES.get(fold(name))
            if known is None:
                valid = ", ".join(sorted(set(query.FIELD_NAMES.values())))
                raise QueryError(f"no field is called {name!r}; the fields are: {valid}")
            yield query.make_filter(known, str(value), self._lexicon)

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
            raise NotFoundError(f"{passage!r} is no passage; write REPORT#N, for example a.txt#3")
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
                shown = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
                raise NotFoundError(
                    f"{report!r} is part of {len(found)} reports: {shown}; write more of it"
                )
        raise NotFoundError(f"no report's id or title contains {report!r}; see: reportsearch stats")

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
        raise QueryError(f"{name} must be one of {', '.join(valid)}, not {value!r}")


def _facet(name: str) -> str:
    known = query.FIELD_NAMES.get(fold(name), name)
    _check("facet", known, FACETS)
    return known


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark:
        raise QueryError(f"{text!r} is no filter; write FIELD=VALUE, for example year=2023")
    return name, value


def _counts(values: Iterable[str]) -> dict[str, int]:
    """Values and how often they occur, most frequent first; without what is empty."""
    counted = Counter(value for value in values if value)
    return dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))
