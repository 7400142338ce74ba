"""The façade of the package: an archive of reports to index, search and analyse.

Each command of the command line is a method of the same name; a command with two kinds of answer is
two methods.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportsearch import lexicon, validation
from reportsearch.analysis.corpus import Corpus, bind_stage
from reportsearch.analysis.stages import READING_FIGURES, WRITING_METHOD_NOTE
from reportsearch.errors import (
    IndexDamagedError,
    QueryError,
    ReportSearchError,
    quote_value,
)
from reportsearch.files import resolve_path
from reportsearch.indexing import library_folder, staleness
from reportsearch.lexicon import Lexicon
from reportsearch.models.compare import PHRASES, TERM_KINDS, Comparison, Uses
from reportsearch.models.corrections import Correction, Corrections
from reportsearch.models.facts import FACT_KINDS, Facts, FactsFound
from reportsearch.models.keywords import GROUPING_FIELDS, Keywords
from reportsearch.models.method_note import MethodNote
from reportsearch.models.portfolios import (
    ROW_FIELDS,
    DeclaredPortfolio,
    OfficialSimilarity,
    Portfolios,
    SideBySide,
)
from reportsearch.models.progress import StagedProgress
from reportsearch.models.report import Exclusion, IndexSummary, Passage, Report, ReportInfo
from reportsearch.models.reuse import (
    DEFAULT_MIN_CHARS,
    LOWEST_MIN_CHARS,
    Draft,
    Reuse,
    ReusePairs,
    Whose,
)
from reportsearch.models.search import Concordance, SearchResult, Stats
from reportsearch.models.similar import SimilarResult
from reportsearch.models.summary import DEFAULT_SUMMARY_CHARS, Summary
from reportsearch.models.topics import AUTO, Topics
from reportsearch.models.verification import Verification
from reportsearch.models.year_on_year import YearOnYear
from reportsearch.search import concordance, query, statistics
from reportsearch.search.engine import GROUPS, SORTS, Engine, SearchOptions
from reportsearch.search.explain import explain_query, suggest_query
from reportsearch.search.open_engine import erase_index, open_engine
from reportsearch.search.portfolio_filter import find_portfolio_filter
from reportsearch.tokenizer import Tokenizer

if TYPE_CHECKING:
    from reportsearch.analysis.groups import GroupBy
    from reportsearch.indexing.indexer import Indexer


class Archive:
    """A collection of reports and its index.

    >>> archive = Archive.in_memory()
    >>> summary = archive.index(["corpus"])
    >>> for hit in archive.search("文旅 产业园", limit=5).hits:
    ...     print(hit.report.title, hit.passages[0].text)

    A ``progress`` callback receives the amount done, the total (0 if unknown) and the name of the
    stage.
    """

    def __init__(
        self, engine: Engine, folder: Path | None, words: Lexicon, tokenizer: Tokenizer
    ) -> None:
        """Wire the parts together; use the class methods instead. ``folder`` is None in memory."""
        self._engine = engine
        self._folder = folder
        # Paths of files are relative to this folder, so that reports and index can move together.
        self._base = folder.parent if folder else Path.cwd()
        self._lexicon = words
        self._tokenizer = tokenizer
        self._corpus = Corpus(engine, self._base, words, tokenizer)

    @classmethod
    def open(cls, path: str | Path = "index", *, repair: bool = False) -> Archive:
        """Open the index in a folder; with ``repair``, leave out what is damaged (see `index`).

        A file ``reportsearch.toml`` next to the folder adds words, synonyms, stop words and
        portfolios. Raises IndexMissingError, IndexOutdatedError or IndexDamagedError, and
        LexiconError if that file is invalid.
        """
        return cls._open_on_disk(Path(path), create=False, repair=repair)

    @classmethod
    def create(
        cls, path: str | Path = "index", *, rebuild: bool = False, folder: str | Path | None = None
    ) -> Archive:
        """Open the index in a folder, or create one; ``rebuild`` replaces a damaged one.

        ``folder`` becomes the library's folder of originals, see :attr:`folder`.
        """
        try:
            opened = cls._open_on_disk(Path(path), create=True)
        except IndexDamagedError:
            if not rebuild:
                raise
            erase_index(Path(path))
            opened = cls._open_on_disk(Path(path), create=True)
        if folder is not None:
            library_folder.keep_folder(resolve_path(path), Path(folder))
        return opened

    @classmethod
    def _open_on_disk(cls, path: Path, *, create: bool, repair: bool = False) -> Archive:
        user_file = resolve_path(path).parent / lexicon.USER_FILE
        words = lexicon.load(user_file if os.path.lexists(user_file) else None)
        tokenizer = Tokenizer(words)
        try:
            engine = open_engine(path, tokenizer, create=create, repair=repair)
        except (FileExistsError, NotADirectoryError, PermissionError) as error:
            raise ReportSearchError(
                "the index cannot be in {path}: {strerror}", path=path, strerror=error.strerror
            ) from error
        return cls(engine, resolve_path(path), words, tokenizer)

    @classmethod
    def in_memory(cls, vocabulary: str | Path | None = None) -> Archive:
        """Create an empty archive in memory: slow, but the reference for all other engines.

        ``vocabulary`` is a file in the format of ``reportsearch.toml``.
        """
        words = lexicon.load(resolve_path(vocabulary) if vocabulary else None)
        tokenizer = Tokenizer(words)
        return cls(open_engine(None, tokenizer), None, words, tokenizer)

    def close(self) -> None:
        """Close the files of the index."""
        self._engine.close()

    def __enter__(self) -> Archive:
        """Return the archive for use in a ``with`` block, which closes it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the archive."""
        self.close()

    @property
    def folder(self) -> Path:
        """Return the library's folder of originals, which may not exist yet.

        Files added through the page are saved there. It is kept in the index: the folder given to
        :meth:`create`, or the one that all reports were read from when the index was made. If there
        is neither, it is ``INDEX-originals`` beside the index.
        """
        if self._folder is None:
            return self._base / library_folder.FIRST_FOLDER
        kept = library_folder.read_folder(self._folder)
        if kept is not None:
            return kept
        return library_folder.choose_folder(self._folder, self._list_sources())

    @staticmethod
    def default_path(index: str | Path = "index") -> Path:
        """Return what :meth:`index` reads if no path is given, also for an index to be made.

        This is the folder of originals that the index keeps, or else ``corpus`` beside the index.
        """
        place = Path(index)
        return library_folder.read_folder(place) or place.parent / library_folder.FIRST_FOLDER

    def _list_sources(self) -> list[str]:
        return [origin.path for origin in self._engine.origins().values()]

    def _keep_folder(self, paths: Sequence[str | Path]) -> None:
        """Keep the folder of originals after a run on these paths, unless one is kept."""
        if self._folder is None or library_folder.read_folder(self._folder) is not None:
            return
        if library_folder.find_damage(self._folder):
            library_folder.keep_folder(self._folder, self.folder)
            return
        roots = [resolve_path(path) for path in paths]
        sources = self._list_sources()
        if len(roots) == 1 and roots[0].is_dir():
            if library_folder.are_below(self._folder, sources, roots[0]):
                library_folder.keep_folder(self._folder, roots[0])
        elif roots and all(root.is_relative_to(self.folder) for root in roots):
            library_folder.keep_folder(self._folder, self.folder)

    def index(
        self,
        paths: str | Path | Sequence[str | Path] | None = None,
        *,
        rebuild: bool = False,
        prune: bool = False,
        purge: bool = False,
        progress: StagedProgress | None = None,
    ) -> IndexSummary:
        """Index files, folders and row files (with one report per row) in a single commit.

        Without ``paths``, the library's folder is read, see :meth:`default_path`.

        Only new and changed reports are read again, or all of them with ``rebuild``. If the archive
        was opened for ``repair``, damaged reports are read again as well, first; ``paths`` may then
        be empty. ``prune`` drops reports below the paths whose file or row no longer exists.
        ``purge`` also erases the text of dropped and replaced reports from disk. A file that cannot
        be read is listed in ``failed`` and does not stop the rest. ``progress`` receives the bytes
        read so far, the total bytes and the name of the current file.

        Raises IndexBusyError while another process writes, and ExtractError if a path does not
        exist or a metadata.csv cannot be read.
        """
        if paths is None:
            paths = self.default_path(self._folder or "index")
        given = [paths] if isinstance(paths, str | Path) else paths
        indexer = self._make_indexer()
        # With prune, a path with indexed reports may have been deleted.
        validation.check_paths(
            [path for path in given if not (prune and indexer.has_reports_below(path))]
        )
        summary = indexer.index(
            given,
            rebuild=rebuild,
            prune=prune,
            purge=purge,
            progress=progress,
        )
        self._keep_folder(given)
        return summary

    def _make_indexer(self) -> Indexer:
        from reportsearch.indexing.indexer import Indexer

        originals = self.folder if self._folder else None
        return Indexer(
            self._engine, self._base, self._lexicon, self._tokenizer, self._folder, originals
        )

    def correct(self, report: str, values: Mapping[str, str]) -> ReportInfo:
        """Correct the metadata of a report manually and read the report again.

        ``values`` maps fields (title, kind, year, reported_year, date, post, level, region,
        official, source, or their Chinese names) to corrected values; an empty value removes a
        correction. Corrections are saved in the metadata.csv of the folder that the report was read
        from, so they survive later indexing; the rest of that file is left unchanged. Returns the
        updated ReportInfo.

        Raises NotFoundError, IndexBusyError, and CorrectionError if a value is not valid, the
        report is a row of a file, or the metadata.csv cannot be changed.
        """
        return self._corpus.find_report(self._make_indexer().correct(report, values)).info

    def correct_many(
        self,
        values: Mapping[str, Mapping[str, str]],
        *,
        dry_run: bool = False,
        progress: StagedProgress | None = None,
    ) -> Corrections:
        """Correct the metadata of many reports in a single commit.

        ``values`` maps the id of each report to its values, as for :meth:`correct`. All values that
        can be saved are saved, in every metadata.csv or in none; the answer lists the others with
        the reason. With ``dry_run`` nothing is saved, and the answer is what would happen.

        Raises IndexBusyError, and CorrectionError if a metadata.csv cannot be changed.
        """
        from reportsearch.indexing.batch_corrections import WantedCorrection

        wanted = [WantedCorrection(report, given) for report, given in values.items()]
        return self._make_indexer().correct_many(wanted, dry_run=dry_run, progress=progress)

    def correct_where(
        self,
        where: query.Where,
        values: Mapping[str, str],
        *,
        dry_run: bool = False,
        progress: StagedProgress | None = None,
    ) -> Corrections:
        """Give the reports that match the filters the same values; see :meth:`correct_many`.

        Raises QueryError if there is no filter, and CorrectionError if a value is not valid.
        """
        from reportsearch.indexing import corrections

        matching = self._corpus.matching_passages(where)
        if matching is None:
            raise QueryError(
                "name the reports to correct with where, for example {example}",
                example="region=甲县",
            )
        checked = corrections.check_values(values)
        return self.correct_many(
            {info.id: checked for info in self._corpus.find_report_infos(matching)},
            dry_run=dry_run,
            progress=progress,
        )

    def correct_table(
        self,
        table: str | Path | Draft,
        *,
        dry_run: bool = False,
        progress: StagedProgress | None = None,
    ) -> Corrections:
        """Take over a table of metadata that was edited; see :meth:`correct_many`.

        It is a CSV with the columns of a metadata.csv and one row for each report, such as
        ``correct --export`` writes. Only values that differ from the known ones are saved; an empty
        cell changes nothing.

        Raises ExtractError if the table cannot be read.
        """
        from reportsearch.indexing import batch_corrections

        name, wanted, refused = batch_corrections.read_wanted(table)
        found = self._make_indexer().correct_many(
            wanted, refused, dry_run=dry_run, progress=progress
        )
        refused = sorted(found.refused, key=lambda one: one.line or 0)
        return replace(found, table=name, refused=tuple(refused))

    def lost_corrections(self) -> tuple[Correction, ...]:
        """Return the corrections that were made here and that no metadata.csv has any more.

        A spreadsheet that saves an older copy of a metadata.csv undoes what :meth:`correct` and
        :meth:`remove` have written, and the next :meth:`index` reads it so. ``before`` is the value
        now, ``after`` that of the lost correction; a removal has the field ``exclude``.
        """
        return self._make_indexer().find_lost()

    def put_back_corrections(
        self, *, dry_run: bool = False, progress: StagedProgress | None = None
    ) -> Corrections:
        """Write lost corrections into the metadata.csv again; see :meth:`correct_many`."""
        return self._make_indexer().put_back(dry_run=dry_run, progress=progress)

    def accept_lost(self) -> tuple[Correction, ...]:
        """Accept that corrections are lost, and return them; they are not listed again.

        Raises IndexBusyError.
        """
        return self._make_indexer().accept_lost()

    def remove(self, report: str) -> Exclusion:
        """Remove a report from the index permanently and erase its text from disk.

        The report is marked in the column ``exclude`` (排除) of the metadata.csv in the folder that
        it was read from, so that later indexing skips it. Undo this with :meth:`restore` or in a
        spreadsheet. The file of the report itself is left unchanged.

        Raises NotFoundError, IndexBusyError, and CorrectionError if the metadata.csv cannot be
        written.
        """
        return self._make_indexer().remove(report)

    def excluded(
        self, paths: str | Path | Sequence[str | Path] | None = None
    ) -> tuple[Exclusion, ...]:
        """List the reports that a metadata.csv excludes.

        Looks below ``paths``, by default the library's folder, and in the folders that reports of
        the index were read from.
        """
        from reportsearch.indexing import corrections

        places = validation.to_paths(self.folder if paths is None else paths)
        return corrections.list_exclusions(self._engine, self._base, places)

    def restore(
        self,
        report: str | Exclusion,
        paths: str | Path | Sequence[str | Path] | None = None,
    ) -> IndexSummary:
        """Undo :meth:`remove` for a report listed by :meth:`excluded`.

        ``report`` is its id, a part of the id, or an Exclusion returned by :meth:`excluded`. Its
        file is read at once; a row of a file is read by the next :meth:`index`.

        Raises CorrectionError, IndexBusyError.
        """
        places = validation.to_paths(self.folder if paths is None else paths)
        return self._make_indexer().restore(report, places)

    def is_source(self, path: str | Path) -> bool:
        """Return whether a report of the index was read from this file."""
        return bool(self._corpus.find_ids_of_file(path))

    @staticmethod
    def is_report_file(name: str) -> bool:
        """Return whether a file of this name can be a report, unlike a README or metadata.csv."""
        from reportsearch.extract import folder

        return folder.is_report_file(name)

    def verify(self, *, progress: StagedProgress | None = None) -> Verification:
        """Check all files of the index against the checksums made when they were written.

        ``progress`` receives the bytes checked so far, the total bytes and the name of the current
        file.

        Raises IndexDamagedError if even the table of contents is damaged.
        """
        from reportsearch.indexing import correction_journal

        found = self._engine.verify(progress)
        if self._folder is None:
            return found
        checks = (library_folder.find_damage, correction_journal.find_damage)
        others = [damage for check in checks if (damage := check(self._folder))]
        return replace(found, damaged=(*found.damaged, *others))

    def count_outdated(self) -> int:
        """Count the reports that the current word lists and program would read differently."""
        return len(staleness.find_stale(self._engine, self._lexicon))

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
        """Find the reports, or with ``group="passage"`` the passages, that match a query.

        ``limit`` and ``offset`` count reports or passages according to ``group``. With ``explain``
        the result shows how the query was understood. ``semantic`` reranks the first hits with a
        language model: True for the model of the extra ``reportsearch[semantic]``, or a folder or
        file with another one.

        Raises QueryError with the position and a remedy, and SentenceModelError without a usable
        model.
        """
        validation.check_choice("sort", sort, SORTS)
        validation.check_choice("group", group, GROUPS)
        names = validation.parse_facets(facets)
        validation.check_non_negative(limit=limit, offset=offset)
        parsed = self._parse_query(text, where)
        page = SearchOptions(limit, offset, sort, group, names)
        if semantic is False:
            result = self._engine.search(parsed, page)
        elif sort != "relevance":
            raise QueryError(
                "semantic cannot be combined with sort {sort}; omit one of them",
                sort=quote_value(sort),
            )
        else:
            from reportsearch.search import rerank

            result = rerank.search_reranked(
                self._engine, parsed, page, self._corpus.load_model(semantic)
            )
        if result.partial or not result.matched.reports:
            result = replace(result, suggestion=self._suggest_query(parsed))
        found = find_portfolio_filter(self._engine, parsed, self._lexicon)
        result = replace(result, portfolio=found)
        if explain:
            explanation = explain_query(self._engine, parsed, result, by_report=group == "report")
            result = replace(result, explain=explanation)
        return result

    def listing(
        self,
        where: query.Where = (),
        *,
        limit: int = 10,
        offset: int = 0,
        facets: str | Sequence[str] = (),
    ) -> SearchResult:
        """List the reports that match the filters, newest first; without filters list all reports.

        Each report comes with its first passages that match the filters. ``query`` of the result
        has the filters in query syntax. Raises QueryError.
        """
        validation.check_non_negative(limit=limit, offset=offset)
        names = validation.parse_facets(facets)
        filters = query.parse_filters(where, self._lexicon)
        written = " ".join(f"{condition.field}:{condition.value}" for condition in filters)
        asked = query.Query(written, query.And(filters))
        return self._engine.search(asked, SearchOptions(limit, offset, "date", "report", names))

    def _suggest_query(self, parsed: query.Query) -> str | None:
        def parse_query(text: str) -> query.Query:
            return query.parse(text, self._tokenizer, self._lexicon)

        return suggest_query(self._engine, parsed, parse_query, self._lexicon.known_strings)

    def _parse_query(self, text: str, where: query.Where) -> query.Query:
        parsed = query.parse(text, self._tokenizer, self._lexicon)
        filters = query.parse_filters(where, self._lexicon)
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
        """List every occurrence of the terms of a query in context (KWIC).

        Each line shows ``width`` characters on both sides, within the passage. ``sort`` is
        ``place`` (by report and passage), ``left`` or ``right`` (by context, read away from the
        match). In a passage that matches the query, each highlight is one line. ``matched`` counts
        all lines.

        Raises QueryError with the position and a remedy.
        """
        validation.check_choice("sort", sort, concordance.SORTS)
        validation.check_non_negative(
            width=width, limit=0 if limit is None else limit, offset=offset
        )
        parsed = self._parse_query(text, where)
        return concordance.build_concordance(
            self._engine, parsed, width=width, sort=sort, limit=limit, offset=offset
        )

    def highlights(self, report: str, text: str) -> dict[int, tuple[tuple[int, int], ...]]:
        """Find the terms of a query in a report: spans of its text by passage number.

        Terms are marked as in a search, in every passage, even one that does not match the whole
        query. Filters are ignored. If no term occurs in the report, the words of the terms are
        marked instead. Raises NotFoundError, and QueryError with the position and a remedy.
        """
        return concordance.find_in_report(self.show(report), self._parse_query(text, ()))

    def reuse(
        self,
        report: str | None = None,
        *,
        against: str | Path | Draft | None = None,
        official: str | None = None,
        min_chars: int = DEFAULT_MIN_CHARS,
        formula_officials: int | None = None,
        progress: StagedProgress | None = None,
    ) -> Reuse:
        """Measure how much of a report also occurs elsewhere in the index (查重).

        ``report`` is in the index; ``against`` is a file, or a Draft in memory, that is compared
        without being added, and ``official`` is its author. Runs of at least ``min_chars`` (5 or
        more) compared characters count. Strings that occur in reports of ``formula_officials``
        officials are formulae; the default is the square root of the number of officials, but at
        least 4.

        Raises NotFoundError, QueryError, and ExtractError if the file cannot be read.
        """
        from reportsearch.analysis.reuse import find_reuse

        validation.check_at_least("min_chars", min_chars, LOWEST_MIN_CHARS)
        validation.check_formula_officials(formula_officials)
        found = self._corpus.require_report_or_draft("reuse", report, against, official)
        return find_reuse(
            self._corpus, found, min_chars, formula_officials, draft=against, progress=progress
        )

    def reuse_pairs(
        self,
        *,
        min_chars: int = DEFAULT_MIN_CHARS,
        formula_officials: int | None = None,
        limit: int = 20,
        progress: StagedProgress | None = None,
    ) -> ReusePairs:
        """Find the ``limit`` pairs of reports with most text in common, and as many formulae.

        The other parameters are those of :meth:`reuse`. Raises QueryError.
        """
        from reportsearch.analysis.reuse import find_reuse_pairs

        validation.check_at_least("min_chars", min_chars, LOWEST_MIN_CHARS)
        validation.check_formula_officials(formula_officials)
        validation.check_non_negative(limit=limit)
        return find_reuse_pairs(
            self._corpus, min_chars, formula_officials, limit=limit, progress=progress
        )

    def year_on_year(
        self,
        report: str | None = None,
        *,
        against: str | Path | Draft | None = None,
        official: str | None = None,
        previous: str | None = None,
    ) -> YearOnYear:
        """Compare a report with the previous one: sentences kept, changed, new and dropped.

        ``report`` is in the index; ``against`` is a file, or a Draft in memory, that is compared
        without being added, and ``official`` is its author. ``previous`` names the report to
        compare with; by default the same official's latest earlier one.

        Raises NotFoundError, with what is missing, if there is none; also ExtractError, QueryError.
        """
        from reportsearch.analysis.year_on_year import compare_with_previous

        found = self._corpus.require_report_or_draft("year_on_year", report, against, official)
        return compare_with_previous(self._corpus, found, previous, draft=against)

    def official_of_draft(self, draft: str | Path | Draft) -> Whose:
        """Identify the author of a file, or of a Draft in memory, from its text.

        Use the result as ``official`` of reuse and year_on_year if nobody stated it. Raises
        ExtractError.
        """
        from reportsearch.analysis.drafts import identify_official

        return identify_official(
            self._corpus.read_draft(draft, None), self._corpus.engine.report_infos()
        )

    def previous_reports(self, reports: Iterable[str]) -> dict[str, ReportInfo]:
        """Find the same official's latest earlier report for each of some reports, by id.

        Reports without one are left out, as are those with unknown official or year.
        """
        from reportsearch.analysis.year_on_year import find_previous_reports

        return find_previous_reports(self._corpus.engine.report_infos(), reports)

    def similar(
        self,
        passage: str | None = None,
        *,
        text: str | None = None,
        file: str | Path | None = None,
        where: query.Where = (),
        limit: int | None = None,
        include_own: bool = False,
        semantic: str | Path | bool = False,
        formula_officials: int | None = None,
        progress: StagedProgress | None = None,
    ) -> SimilarResult:
        """Find the passages most similar to a passage or text, and what they have in common.

        Give one of ``passage``, a passage (``REPORT#N``) or a whole report (``REPORT``) of the
        index; ``text``; or ``file``, a report that is not added to the index. Each passage or
        paragraph is compared separately. ``limit`` counts hits for each; it defaults to 10 for one
        passage and 3 for several. Passages of the same report, and of reports read from the same
        file, are left out unless ``include_own`` is set. ``semantic`` reranks the hits with a
        language model, as in :meth:`search`. ``formula_officials`` is that of :meth:`reuse`.

        Raises NotFoundError, ExtractError, QueryError, SentenceModelError.
        """
        from reportsearch.analysis.similar import find_similar, read_query

        if sum(given is not None for given in (passage, text, file)) != 1:
            raise QueryError("give exactly one of passage, text and file")
        validation.check_non_negative(limit=0 if limit is None else limit)
        validation.check_formula_officials(formula_officials)
        return find_similar(
            self._corpus,
            read_query(self._corpus, passage, text, file),
            where=where,
            limit=limit,
            include_own=include_own,
            semantic=semantic,
            formula_officials=formula_officials,
            progress=progress,
        )

    def keywords(
        self,
        reports: str | Sequence[str] = (),
        *,
        where: query.Where = (),
        query: str | None = None,
        by: str | None = None,
        top: int = 20,
        with_formulae: bool = False,
        progress: StagedProgress | None = None,
    ) -> Keywords:
        """Extract the terms that set reports, or a selection of passages, apart from the rest.

        ``reports`` are one or several ids or titles, each with its own keywords. Without them, the
        passages that match ``where`` and ``query`` are one selection, or with ``by`` (report,
        official, portfolio, year, decade, post, level, region, kind) one selection per value.
        ``top`` is the number of keywords for each. ``with_formulae`` also lists the excluded terms.

        Raises NotFoundError, QueryError.
        """
        from reportsearch.analysis.keywords import extract_keywords

        names = [reports] if isinstance(reports, str) else list(reports)
        validation.check_non_negative(top=top)
        if by is not None:
            by = validation.parse_field(by, GROUPING_FIELDS)
            if names:
                raise QueryError("by groups passages; omit it when you name reports")
        return extract_keywords(
            self._corpus,
            names,
            where=where,
            text=query,
            by=by,
            top=top,
            with_formulae=with_formulae,
            progress=progress,
        )

    def topics(
        self,
        topics: int | str = AUTO,
        *,
        where: query.Where = (),
        query: str | None = None,
        by: str = "report",
        progress: StagedProgress | None = None,
    ) -> Topics:
        """Find the topics of all passages, or of those that match filters and a query.

        ``topics`` is the number of topics, 2 to 200, or ``auto`` to choose the number by the
        stability of topics across subsamples and by their coherence. Weights are summed ``by``
        report, official, portfolio, year, decade, post, level, region or kind. With fewer than 50
        distinct passages no topics are modelled and the passages are grouped by portfolio.

        Raises QueryError.
        """
        from reportsearch.analysis.topics import find_topics

        return find_topics(
            self._corpus,
            validation.parse_topics(topics),
            where=where,
            text=query,
            by=validation.parse_field(by, GROUPING_FIELDS),
            progress=progress,
        )

    def summary(
        self,
        report: str | None = None,
        *,
        file: str | Path | None = None,
        where: query.Where = (),
        chars: int = DEFAULT_SUMMARY_CHARS,
        progress: StagedProgress | None = None,
    ) -> Summary:
        """Summarise a report in at most ``chars`` characters, in its own words.

        ``report`` is in the index, ``file`` is not added to it. Without either, one summary covers
        all reports that match ``where``; filters by section or portfolio restrict it to those
        sections. It takes turns between officials, or between the reports of a single official.
        ``missing`` lists what did not fit.

        Raises NotFoundError, QueryError, and ExtractError if the file cannot be read.
        """
        from reportsearch.analysis.summary import summarise_all, summarise_report

        validation.check_at_least("chars", chars, 1)
        if where and not (report is None and file is None):
            raise QueryError(
                "where selects reports in the index; it cannot be combined with a report or file"
            )
        found = self._corpus.find_report_or_draft(report, file, None)
        if found is None:
            return summarise_all(self._corpus, where, chars, progress)
        return summarise_report(self._corpus, found, chars, draft=file, progress=progress)

    def facts(
        self,
        report: str | None = None,
        *,
        file: str | Path | None = None,
        kinds: str | Sequence[str] = FACT_KINDS,
    ) -> Facts:
        """Extract the figures, documents, projects and periods that a report states.

        ``report`` is in the index, ``file`` is not added to it. ``kinds`` are ``indicators``,
        ``citations``, ``projects`` and ``periods``.

        Raises NotFoundError, QueryError, and ExtractError if the file cannot be read.
        """
        from reportsearch.analysis.facts import extract_from_report

        wanted = validation.parse_fact_kinds(kinds)
        found = self._corpus.require_report_or_draft("facts", report, file, None)
        return extract_from_report(self._corpus, found, wanted, is_draft=file is not None)

    def facts_of_all(
        self,
        *,
        query: str | None = None,
        where: query.Where = (),
        kinds: str | Sequence[str] = FACT_KINDS,
        progress: StagedProgress | None = None,
    ) -> FactsFound:
        """Extract the facts stated in all reports, or in passages that match filters and a query.

        ``kinds`` are those of :meth:`facts`. Raises QueryError.
        """
        from reportsearch.analysis.facts import extract_from_corpus

        wanted = validation.parse_fact_kinds(kinds)
        reading = bind_stage(progress, READING_FIGURES)
        return extract_from_corpus(self._corpus, query, where, wanted, reading)

    def compare(
        self,
        by: str,
        *,
        values: str | Sequence[str] = (),
        where: query.Where = (),
        query: str | None = None,
        pairwise: bool = False,
        terms: str = PHRASES,
        top: int = 10,
        progress: StagedProgress | None = None,
    ) -> Comparison:
        """Find the terms that set groups of passages apart, and those that they share.

        Groups are the values of ``by`` (report, official, portfolio, year, decade, post, level,
        region, kind), or those named in ``values``, where part of a name will do and years can be a
        range, ``2018..2022``. Each group is compared with everything else that matches ``where``
        and ``query``, or with ``pairwise`` two values with each other. ``terms`` is ``words``, or
        ``phrases`` to include phrases of up to four words; ``top`` is the number of terms per
        group.

        Raises QueryError, and NotFoundError if ``values`` name an unknown report.
        """
        from reportsearch.analysis.compare import compare_groups

        validation.check_non_negative(top=top)
        validation.check_choice("terms", terms, TERM_KINDS)
        return compare_groups(
            self._corpus,
            self._build_groups(by, values),
            (where, query),
            pairwise=pairwise,
            terms=terms,
            top=top,
            progress=progress,
        )

    def uses(
        self,
        terms: str | Sequence[str],
        by: str = "year",
        *,
        values: str | Sequence[str] = (),
        where: query.Where = (),
        query: str | None = None,
        progress: StagedProgress | None = None,
    ) -> Uses:
        """Count how often terms are used in each group, such as each year; find their first use.

        A term is counted as a string, as a search for ``"term"`` finds it. Groups are those of
        :meth:`compare`.

        Raises QueryError, and NotFoundError if ``values`` name an unknown report.
        """
        from reportsearch.analysis.compare import count_term_use

        named = [terms] if isinstance(terms, str) else list(terms)
        groups = self._build_groups(by, values)
        return count_term_use(self._corpus, groups, named, (where, query), progress)

    def _build_groups(
        self, by: str, values: str | Sequence[str], *, with_unnamed: bool = False
    ) -> GroupBy:
        from reportsearch.analysis.groups import GroupBy

        named = [values] if isinstance(values, str) else list(values)
        by = validation.parse_field(by, GROUPING_FIELDS)
        return GroupBy.of(self._corpus, by, named, with_unnamed=with_unnamed)

    def post_set_of(self, post: str | None) -> str | None:
        """Return the name of the set of posts of equal rank that a post belongs to.

        The sets are in ``data/post_sets.toml``.
        """
        found = self._corpus.lexicon.find_post_set(post)
        return found.name if found else None

    def declared_portfolios(self, report: str) -> tuple[DeclaredPortfolio, ...]:
        """List how a report treats each portfolio that it declares. Raises NotFoundError."""
        from reportsearch.analysis.portfolios.declared import list_declared_portfolios

        return list_declared_portfolios(self._corpus, self._corpus.find_report(report))

    def post_sets(self) -> dict[str, tuple[str, ...]]:
        """Return the sets of posts of equal rank, by name, with their posts in the index."""
        posts = sorted({info.post for info in self._corpus.engine.report_infos() if info.post})
        sets = {
            one.name: tuple(
                post for post in posts if self._corpus.lexicon.find_post_set(post) == one
            )
            for one in self._corpus.lexicon.posts
        }
        return {name: of for name, of in sets.items() if of}

    def method_note(
        self,
        command: str,
        /,
        *,
        result: object = None,
        progress: StagedProgress | None = None,
        **parameters: Any,
    ) -> MethodNote:
        """Describe how a result was obtained: question, reports, word lists, versions, method.

        ``command`` is the name of an analysis method (``keywords``, ``year_on_year``, ...), and
        ``parameters`` are the keyword arguments of its call. ``result`` is what it returned, or a
        list of several results; with it the note lists the formulae and terms that the result
        reports as excluded. For ``reuse``, ``against`` may be several files. The same question to
        the same reports gives the same note in any index.

        Raises NotFoundError, QueryError, and ExtractError if a file cannot be read.
        """
        from reportsearch.analysis.method_note import build_note, read_methods

        validation.check_choice("command", command, tuple(read_methods()))
        given = validation.bind_parameters(getattr(self, command), parameters)
        writing = bind_stage(progress, WRITING_METHOD_NOTE)
        return build_note(self._corpus, command, given, result, writing)

    def portfolios(
        self,
        *,
        where: query.Where = (),
        by: str = "official",
        values: str | Sequence[str] = (),
        progress: StagedProgress | None = None,
    ) -> Portfolios:
        """Measure what officials declare to be in charge of, and its share of their reports.

        ``by`` is the field that defines a row: official, report, year, decade, post, level, region
        or kind. ``values`` selects rows by name or part of a name; by default all rows. ``where``
        selects whole reports: ``portfolio=文旅`` those that report on the portfolio or declare it.

        Raises QueryError.
        """
        from reportsearch.analysis.portfolios.table import build_portfolio_table

        by = validation.parse_field(by, ROW_FIELDS)
        groups = self._build_groups(by, values, with_unnamed=True)
        return build_portfolio_table(self._corpus, where, groups, progress)

    def portfolio(
        self,
        portfolio: str,
        *,
        where: query.Where = (),
        by: str = "official",
        values: str | Sequence[str] = (),
        progress: StagedProgress | None = None,
    ) -> SideBySide:
        """Compare side by side those who have a portfolio, which any of its names identifies.

        Each comes with its terms, figures, documents, projects, shared text, weaknesses and plans.
        The other parameters are those of :meth:`portfolios`. Raises QueryError.
        """
        from reportsearch.analysis.portfolios.side_by_side import compare_officials

        by = validation.parse_field(by, ROW_FIELDS)
        groups = self._build_groups(by, values, with_unnamed=True)
        return compare_officials(self._corpus, portfolio, where, groups, progress)

    def official_similarity(
        self,
        *,
        where: query.Where = (),
        progress: StagedProgress | None = None,
    ) -> OfficialSimilarity:
        """Measure the similarity of all pairs of officials' reports, with and without formulae.

        The measure is the cosine similarity of tf–idf vectors of the words of the passages that
        match ``where``. At most 500 officials are compared.

        Raises QueryError.
        """
        from reportsearch.analysis.portfolios.official_similarity import compare_officials

        return compare_officials(self._corpus, where, progress)

    def refresh(self) -> None:
        """Switch to the newest commit, if another process has made one.

        Until then all methods answer from the commit that was opened. Raises IndexDamagedError.
        """
        if self._engine.is_outdated():
            self._engine.refresh()

    def commit(self) -> str:
        """Return the name of the current commit: results are the same as long as it is."""
        return self._engine.commit_id()

    def is_empty(self) -> bool:
        """Return whether the index has no reports."""
        return not self._engine.origins()

    def infos(self, where: query.Where = ()) -> Sequence[ReportInfo]:
        """Return the metadata of each report, or of those that match the filters, by id.

        Raises QueryError.
        """
        return self._corpus.find_report_infos(self._corpus.matching_passages(where))

    def reports(self) -> Iterator[Report]:
        """Iterate over all reports with their sections and passages, by id."""
        return self._engine.reports()

    def show(self, report: str) -> Report:
        """Return the report whose id or title is ``report``, or contains it.

        Raises NotFoundError if there is none, or more than one.
        """
        return self._corpus.find_report(report)

    def passage(self, passage: str) -> Passage:
        """Return the passage ``REPORT#N``. Raises NotFoundError."""
        return self._corpus.find_passage(passage)

    def stats(self) -> Stats:
        """Count the contents of the index."""
        return replace(statistics.count_reports(self._engine), folder=str(self.folder))
