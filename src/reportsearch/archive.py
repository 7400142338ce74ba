"""The façade: an archive of reports that can be indexed, searched and read.

The commands of the command line are methods of the same name here; what one command answers in two
ways is two methods.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportsearch import lexicon, validation
from reportsearch.analysis.corpus import Corpus, StagedProgress, bind_stage
from reportsearch.errors import (
    IndexDamagedError,
    QueryError,
    ReportSearchError,
    quote_value,
)
from reportsearch.files import resolve_path
from reportsearch.indexing import staleness
from reportsearch.lexicon import Lexicon
from reportsearch.models.compare import PHRASES, TERM_KINDS, Comparison, Uses
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
from reportsearch.models.year_on_year import YearOnYear
from reportsearch.search import concordance, query, statistics
from reportsearch.search.engine import GROUPS, SORTS, Engine, SearchOptions
from reportsearch.search.explain import explain_query, suggest_query
from reportsearch.search.open_engine import erase_index, open_engine
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

    Where a method takes ``progress``, that is called with what is done, all (0 where it is not
    known), and what is being done.
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
        self._corpus = Corpus(engine, self._base, words, tokenizer)

    @classmethod
    def open(cls, path: str | Path = "index") -> Archive:
        """Open the index in a folder.

        A file ``reportsearch.toml`` beside the folder adds words, synonyms, stop words and
        portfolios. Raises IndexMissingError, IndexOutdatedError, IndexDamagedError or, for that
        file, LexiconError.
        """
        return cls._open_on_disk(Path(path), create=False)

    @classmethod
    def create(cls, path: str | Path = "index", *, rebuild: bool = False) -> Archive:
        """Open the index in a folder, or make an empty one; with ``rebuild`` a damaged one too."""
        try:
            return cls._open_on_disk(Path(path), create=True)
        except IndexDamagedError:
            if not rebuild:
                raise
        erase_index(Path(path))
        return cls._open_on_disk(Path(path), create=True)

    @classmethod
    def _open_on_disk(cls, path: Path, *, create: bool) -> Archive:
        user_file = resolve_path(path).parent / lexicon.USER_FILE
        words = lexicon.load(user_file if user_file.exists() else None)
        tokenizer = Tokenizer(words)
        try:
            engine = open_engine(path, tokenizer, create=create)
        except (FileExistsError, NotADirectoryError, PermissionError) as error:
            raise ReportSearchError(
                "the index cannot be in {path}: {strerror}", path=path, strerror=error.strerror
            ) from error
        return cls(engine, resolve_path(path), words, tokenizer)

    @classmethod
    def in_memory(cls, vocabulary: str | Path | None = None) -> Archive:
        """Create an empty archive in memory: slow, and the measure of all others.

        ``vocabulary`` is a file like ``reportsearch.toml``.
        """
        words = lexicon.load(Path(vocabulary) if vocabulary else None)
        tokenizer = Tokenizer(words)
        return cls(open_engine(None, tokenizer), None, words, tokenizer)

    def close(self) -> None:
        """Close the files of the index."""
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
        progress: StagedProgress | None = None,
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
        given = [paths] if isinstance(paths, str | Path) else paths
        indexer = self._make_indexer()
        # What is pruned may be gone.
        validation.check_paths(
            [path for path in given if not (prune and indexer.has_reports_below(path))]
        )
        return indexer.index(
            given,
            rebuild=rebuild,
            prune=prune,
            purge=purge,
            progress=progress,
        )

    def _make_indexer(self) -> Indexer:
        from reportsearch.indexing.indexer import Indexer

        return Indexer(self._engine, self._base, self._lexicon, self._tokenizer, self._folder)

    def correct(self, report: str, values: Mapping[str, str]) -> ReportInfo:
        """Correct by hand what was recognised in a report, and read it again at once.

        ``values`` are by field: title, kind, year, date, post, level, region, official, source, or
        their Chinese names; an empty value takes a correction away. They are kept in the
        metadata.csv of the folder that the report was read from, so that no indexing loses them;
        all else in that file stays. Returns what is known of the report then.

        Raises NotFoundError, CorrectionError (a value that reading would not take; a report that
        is a row of a file; a metadata.csv that cannot be changed), IndexBusyError.
        """
        return self._corpus.find_report(self._make_indexer().correct(report, values)).info

    def remove(self, report: str) -> Exclusion:
        """Take a report out of the index for good, and erase its text from disk.

        The metadata.csv of the folder that it was read from says in a column ``exclude``
        (排除) that it is left out: so no later indexing brings it back, and :meth:`restore` or a
        spreadsheet undoes it. Its file stays as it is.

        Raises NotFoundError, CorrectionError when that cannot be written, IndexBusyError.
        """
        return self._make_indexer().remove(report)

    def excluded(
        self, paths: str | Path | Sequence[str | Path] = ("corpus",)
    ) -> tuple[Exclusion, ...]:
        """List what a metadata.csv excludes, below the paths and where reports were read from."""
        from reportsearch.indexing import corrections

        return corrections.list_exclusions(self._engine, self._base, validation.to_paths(paths))

    def restore(
        self, report: str | Exclusion, paths: str | Path | Sequence[str | Path] = ("corpus",)
    ) -> IndexSummary:
        """Undo :meth:`remove`: take a report in again that :meth:`excluded` names.

        ``report`` is its id or a part of it, or what :meth:`excluded` returned for it.
        Its file is read at once; a row of a file is read by the next :meth:`index`.

        Raises CorrectionError, IndexBusyError.
        """
        return self._make_indexer().restore(report, validation.to_paths(paths))

    def is_source(self, path: str | Path) -> bool:
        """Return whether a report of the index was read from this file."""
        return bool(self._corpus.find_ids_of_file(path))

    @staticmethod
    def is_report_file(name: str) -> bool:
        """Return whether a file of this name can be a report: no README, no metadata.csv."""
        from reportsearch.extract import folder

        return folder.is_report_file(name)

    def count_outdated(self) -> int:
        """Count the reports that today's word lists and program would read otherwise."""
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
        """Find the reports, or with ``group="passage"`` the passages, that meet a query.

        ``limit`` and ``offset`` count what ``group`` names. With ``explain`` the answer tells how
        the query was understood. ``semantic`` has a language model order the first hits anew: the
        one that comes with the extra ``reportsearch[semantic]``, or one in a folder or file.

        Raises QueryError with the place and the remedy, SentenceModelError when there is no model.
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
                "semantic does not go with sort {sort}; leave one out", sort=quote_value(sort)
            )
        else:
            from reportsearch.search import rerank

            result = rerank.search_reranked(
                self._engine, parsed, page, self._corpus.load_model(semantic)
            )
        if result.partial or not result.matched.reports:
            result = replace(result, suggestion=self._suggest_query(parsed))
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
        """List the reports that meet filters, the newest first; all of them where there are none.

        Of each come the first passages that meet the filters. ``query`` of the answer has the
        filters as a query would. Raises QueryError.
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
        """List every occurrence of what a query asks for, with ``width`` characters on both sides.

        A line's context does not reach over the passage. ``sort`` is ``place`` (report and
        passage), ``left`` or ``right`` (the context, read away from the match). Of a passage that
        meets the query, each highlight is a line; ``matched`` counts all lines.

        Raises QueryError with the place and the remedy.
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
        """Mark what a query asks for in a report: spans of its text by passage number.

        Its terms are marked as a search marks them, in every passage, whether that meets all of
        the query or not; filters are not looked at. Where none of the terms stands in the report
        their words are marked. Raises NotFoundError; QueryError with the place and the remedy.
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
        """Measure how much of a report also stands elsewhere in the index (查重).

        ``report`` is one of the index, or ``against`` a file, or a Draft in memory, that is
        compared without being added, and ``official`` whose it is. Runs of at least ``min_chars``
        characters count, 5 or more. Strings in reports of ``formula_officials`` officials are
        formulae; by default the square root of the number of officials, and at least 4.

        Raises NotFoundError, ExtractError when the file cannot be read, QueryError.
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
        """Compare a report with the one before: what was kept, changed and dropped, by sentence.

        ``report`` is one of the index, or ``against`` a file, or a Draft in memory, that is
        compared without being added, and ``official`` whose it is. ``previous`` names the report
        before; by default it is the same official's latest earlier one.

        Raises NotFoundError, with what is missing, when there is none; ExtractError, QueryError.
        """
        from reportsearch.analysis.year_on_year import compare_with_previous

        found = self._corpus.require_report_or_draft("year_on_year", report, against, official)
        return compare_with_previous(self._corpus, found, previous, draft=against)

    def official_of_draft(self, draft: str | Path | Draft) -> Whose:
        """Identify whose a file, or a Draft in memory, says that it is.

        For ``official`` of reuse and year_on_year, where nobody tells. Raises ExtractError.
        """
        from reportsearch.analysis.drafts import identify_official

        return identify_official(
            self._corpus.read_draft(draft, None), self._corpus.engine.report_infos()
        )

    def previous_reports(self, reports: Iterable[str]) -> dict[str, ReportInfo]:
        """Find the same official's latest earlier report of each of some reports, by id.

        Those that have none are left out, as are those of an unknown official or year.
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
        """Find the passages that are most like one, and what each has in common with it.

        Asked about is a ``passage`` of the index (``REPORT#N``) or all of a report (``REPORT``), a
        ``text``, or the report in a ``file``; each passage or paragraph by itself. ``limit`` hits
        for each, by default 10, or 3 where there are several. Passages of the same report are left
        out, and of reports that were read from the same file; not with ``include_own``.
        ``semantic`` has a language model order the hits anew, as in :meth:`search`.
        ``formula_officials`` is that of :meth:`reuse`.

        Raises NotFoundError, ExtractError, QueryError, SentenceModelError.
        """
        from reportsearch.analysis.similar import find_similar, read_query

        if sum(given is not None for given in (passage, text, file)) != 1:
            raise QueryError("give one of a passage, a text or a file")
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
        """Extract what reports, or passages that meet filters, are about that others are not.

        ``reports`` are one or several by id or title, each with its keywords; without, all passages
        that meet ``where`` and ``query`` are one selection, or with ``by`` (report, official,
        portfolio, year, decade, post, level, region, kind) one for each value. ``top`` keywords for
        each. ``with_formulae`` tells what was set aside.

        Raises NotFoundError, QueryError.
        """
        from reportsearch.analysis.keywords import extract_keywords

        names = [reports] if isinstance(reports, str) else list(reports)
        validation.check_non_negative(top=top)
        if by is not None:
            by = validation.parse_field(by, GROUPING_FIELDS)
            if names:
                raise QueryError("by groups passages; leave it out where reports are named")
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
        """Find what all passages, or those that meet filters and a query, are about.

        ``topics`` is how many to look for, 2 to 200, or ``auto``: as many as are found again in
        parts of the passages and have words that go together. The passages' topics are summed
        ``by`` report, official, portfolio, year, decade, post, level, region or kind. Of fewer than
        50 different passages no topics are found, but portfolios are told.

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

        ``report`` is one of the index, ``file`` one that is not added to it. Without either one
        summary of all reports that meet ``where``, of which filters by section or portfolio
        take those sections alone; of one official the reports are heard in turn, else the
        officials. What there is no room for is told in ``missing``.

        Raises NotFoundError, ExtractError when the file cannot be read, QueryError.
        """
        from reportsearch.analysis.summary import summarise_all, summarise_report

        validation.check_at_least("chars", chars, 1)
        if where and not (report is None and file is None):
            raise QueryError("where chooses among the reports of the index; give it alone")
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
        """Extract the figures, documents, projects and times that a report states.

        ``report`` is one of the index, ``file`` one that is not added to it. ``kinds`` are
        ``indicators``, ``citations``, ``projects`` and ``periods``.

        Raises NotFoundError, ExtractError when the file cannot be read, QueryError.
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
        """Extract what all reports, or the passages that meet ``query`` and ``where``, state.

        ``kinds`` are those of :meth:`facts`. Raises QueryError.
        """
        from reportsearch.analysis.facts import extract_from_corpus

        wanted = validation.parse_fact_kinds(kinds)
        reading = bind_stage(progress, "reading the facts")
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
        region, kind), or those named in ``values``, of which a part may be given; a value of year
        can be a range, ``2018..2022``. Each is compared with all else that meets ``where`` and
        ``query``, or with ``pairwise`` two values with each other. ``terms`` are ``words``, or
        ``phrases`` of up to four words as well; ``top`` for each group.

        Raises QueryError; NotFoundError where ``values`` name a report that there is not.
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
        """Count how often terms are used in each group, over the years say, and where first.

        A term is counted as a string, as a search for ``"term"`` finds it; groups as in
        :meth:`compare`.

        Raises QueryError, and NotFoundError as there.
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
        """Return the name of the set of posts of like rank (``data/post_sets.toml``) of a post."""
        found = self._corpus.lexicon.find_post_set(post)
        return found.name if found else None

    def declared_portfolios(self, report: str) -> tuple[DeclaredPortfolio, ...]:
        """List how a report treats each portfolio that it declares. Raises NotFoundError."""
        from reportsearch.analysis.portfolios.declared import list_declared_portfolios

        return list_declared_portfolios(self._corpus, self._corpus.find_report(report))

    def post_sets(self) -> dict[str, tuple[str, ...]]:
        """List the sets of posts of like rank of which the index has some, by name, with these."""
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
        """Describe how an answer came about: question, reports, word lists, versions, method.

        ``command`` is the name of a method that analyses (``keywords``, ``year_on_year``, ...), and
        ``parameters`` are those of its call, by name. ``result`` is its answer, several in a list:
        the note then has the formulae and terms that it tells to have set aside. ``reuse`` takes
        several files of drafts here, as ``against``. The same question to the same reports has the
        same note, in whatever index they are.

        Raises NotFoundError, ExtractError when a file cannot be read, QueryError.
        """
        from reportsearch.analysis.method_note import build_note, read_methods

        validation.check_choice("command", command, tuple(read_methods()))
        given = validation.bind_parameters(getattr(self, command), parameters)
        writing = bind_stage(progress, "writing the method note")
        return build_note(self._corpus, command, given, result, writing)

    def portfolios(
        self,
        *,
        where: query.Where = (),
        by: str = "official",
        values: str | Sequence[str] = (),
        progress: StagedProgress | None = None,
    ) -> Portfolios:
        """Measure what officials declare to be in charge of, and their reports' share about it.

        ``by`` is what a row is: official, report, year, decade, post, level, region or kind,
        ``values`` the rows that are asked for, of whose names a part will do; all without.
        ``where`` chooses whole reports; those with ``portfolio=文旅`` report on it or declare it.

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
        """Set those who have a portfolio, by any of its names, side by side.

        Of each its terms, figures, documents, projects, shared text, weaknesses and plans. The
        other parameters are those of :meth:`portfolios`. Raises QueryError.
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
        """Measure how alike officials' reports are, each with each, with and without formulae.

        Compared are the passages that meet ``where``, by the cosine of TF-IDF over their words; of
        500 officials at most.

        Raises QueryError.
        """
        from reportsearch.analysis.portfolios.official_similarity import compare_officials

        return compare_officials(self._corpus, where, progress)

    def refresh(self) -> None:
        """Go over to the newest commit, if another process has made one.

        Until then all methods answer from the commit that was opened. Raises IndexDamagedError.
        """
        if self._engine.is_outdated():
            self._engine.refresh()

    def commit(self) -> str:
        """Return a name of the commit in view: as long as it is the same, so are all answers."""
        return self._engine.commit_id()

    def is_empty(self) -> bool:
        """Return whether there is no report in the index."""
        return not self._engine.origins()

    def infos(self) -> Sequence[ReportInfo]:
        """List what is known about each report, by id."""
        return self._engine.report_infos()

    def reports(self) -> Iterator[Report]:
        """Iterate over all reports with their sections and passages, by id."""
        return self._engine.reports()

    def show(self, report: str) -> Report:
        """Return the report whose id or title is ``report``, or contains it.

        Raises NotFoundError when there is none, or more than one.
        """
        return self._corpus.find_report(report)

    def passage(self, passage: str) -> Passage:
        """Return the passage ``REPORT#N``. Raises NotFoundError."""
        return self._corpus.find_passage(passage)

    def stats(self) -> Stats:
        """Count what the index holds."""
        return statistics.count_reports(self._engine)
