"""The passages an analysis is about, and those it compares them with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportsearch.analysis import year_on_year
from reportsearch.analysis.corpus import REPORT_NEEDED, Corpus
from reportsearch.analysis.method_note.hashing import Digest
from reportsearch.analysis.portfolios.rows import RowSelection
from reportsearch.errors import NotFoundError, QueryError
from reportsearch.models.method_note import MethodSelection, NamedReport
from reportsearch.models.report import Passage, Report
from reportsearch.search import query
from reportsearch.search.query import ReportFilter, SectionFilter, Where

SELECTION_PARAMETERS = frozenset(
    ("reports", "report", "passage", "text", "query", "file", "against", "previous", "where")
)
"""Parameters that make up the selection, as named in the archive's methods."""
_QUERY_PARAMETERS = {"search": "text", "kwic": "text"}
"""Name of the query parameter where it is not ``query``."""
_NO_LAST_YEAR = 9999
"""Marks an open end of a range of years, as 0 marks an open beginning."""


@dataclass
class SelectedPassages:
    """Selected passages by report, collected while the reports of the index are added.

    ``numbers`` maps reports to passage numbers, None for all of a report; it is itself None for the
    whole index except ``excluded``. Only reports that satisfy ``is_counted`` are included.
    ``drafts`` are reports read from files.
    """

    numbers: Mapping[str, Sequence[int] | None] | None
    excluded: Collection[str] = ()
    is_counted: Callable[[Report], bool] = lambda _: True
    drafts: tuple[Report, ...] = ()
    names: tuple[str, ...] = ()
    passage: str | None = None
    text: str | None = None
    where: tuple[str, ...] = ()
    query: str | None = None
    _named_reports: dict[str, NamedReport] = field(default_factory=dict)
    _totals: list[int] = field(default_factory=lambda: [0, 0, 0])
    _digest: Digest = field(default_factory=Digest)

    def __post_init__(self) -> None:
        """Count the drafts."""
        for draft in self.drafts:
            self._count(draft, draft.passages)

    def add(self, report: Report) -> Sequence[Passage]:
        """Add a report of the index and return its selected passages."""
        if report.id in self.names:
            self._named_reports[report.id] = _describe_report(report, is_file=False)
        passages = self._select_passages(report)
        if passages:
            self._count(report, passages)
        return passages

    def _select_passages(self, report: Report) -> Sequence[Passage]:
        if report.id in self.excluded or not self.is_counted(report):
            return ()
        if self.numbers is None:
            return report.passages
        if report.id not in self.numbers:
            return ()
        numbers = self.numbers[report.id]
        if numbers is None:
            return report.passages
        return [report.passages[number - 1] for number in numbers]

    def _count(self, report: Report, passages: Sequence[Passage]) -> None:
        chars = sum(len("".join(passage.text.split())) for passage in passages)
        for at, more in enumerate((1, len(passages), chars)):
            self._totals[at] += more
        numbers = [passage.number for passage in passages]
        self._digest.add((report.id, report.info.sha256, numbers))

    def build_selection(self) -> MethodSelection:
        """Return the selection among the reports added."""
        reports, passages, chars = self._totals
        return MethodSelection(
            named=(
                *(self._named_reports[name] for name in self.names),
                *(_describe_report(draft, is_file=True) for draft in self.drafts),
            ),
            passage=self.passage,
            text=self.text,
            where=self.where,
            query=self.query,
            reports=reports,
            passages=passages,
            chars=chars,
            sha256=self._digest.hexdigest(),
        )


def _describe_report(report: Report, *, is_file: bool) -> NamedReport:
    info = report.info
    return NamedReport(info.id, info.title, info.chars, info.sha256, is_file)


def select_passages(
    corpus: Corpus, command: str, given: Mapping[str, Any], drafts: tuple[Report, ...]
) -> tuple[SelectedPassages, SelectedPassages | None]:
    """Return what ``command``, called with ``given``, is about, and what that is compared with.

    Raises NotFoundError, QueryError.
    """
    if command == "similar":
        return _select_for_similar(corpus, given, drafts)
    if command in {"portfolios", "portfolio"}:
        return _select_whole_reports(corpus, given), None
    names = _get_report_ids(corpus, given)
    text = given.get(_QUERY_PARAMETERS.get(command, "query"))
    where = given.get("where", ())
    about = SelectedPassages(
        _find_passage_numbers(corpus, names, where, text, drafts),
        drafts=drafts,
        names=names,
        where=_format_filters(corpus, where),
        query=text,
    )
    if command in REPORT_NEEDED and not (names or drafts):
        raise QueryError(
            "name the report or file {report_needed}", report_needed=REPORT_NEEDED[command]
        )
    if command == "reuse":
        return about, SelectedPassages(None, excluded=(*names, *_find_own_reports(corpus, given)))
    if command == "year_on_year":
        before = _find_previous(corpus, given, names, drafts)
        return about, SelectedPassages({before: None}, names=(before,))
    return about, None


def _select_whole_reports(corpus: Corpus, given: Mapping[str, Any]) -> SelectedPassages:
    """Select whole reports, because portfolios are shares of whole reports.

    Filters by portfolio choose among these reports.
    """
    row_selection = RowSelection.of(corpus, given["where"], given["portfolio"])
    return SelectedPassages(
        dict.fromkeys(row_selection.ids),
        is_counted=row_selection.includes,
        where=_format_filters(corpus, given["where"]),
    )


def _get_report_ids(corpus: Corpus, given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of the named reports without duplicates, in the order given."""
    names = given.get("reports") or given.get("report") or ()
    names = (names,) if isinstance(names, str) else names
    return tuple(dict.fromkeys(corpus.find_report(name).id for name in names))


def _find_passage_numbers(
    corpus: Corpus, names: Sequence[str], where: Where, text: str | None, drafts: Sequence[Report]
) -> Mapping[str, Sequence[int] | None] | None:
    """Return the selected passages by report."""
    if drafts:
        return {}
    meeting = corpus.matching_passages(where, text)
    if not names:
        return meeting
    return {
        name: None if meeting is None else meeting[name]
        for name in names
        if meeting is None or name in meeting
    }


def _select_for_similar(
    corpus: Corpus, given: Mapping[str, Any], drafts: tuple[Report, ...]
) -> tuple[SelectedPassages, SelectedPassages]:
    """Select for ``similar``: filters choose the passages that a query is compared with.

    The query's own reports are excluded from these, unless ``include_own`` is given.
    """
    name, where = given.get("passage"), given.get("where", ())
    about = SelectedPassages({}, drafts=drafts, text=given.get("text"))
    own = _find_own_reports(corpus, given)
    if name is not None:
        report, number = _find_passage(corpus, name)
        about = SelectedPassages(
            {report: None if number is None else [number]},
            names=(report,),
            passage=None if number is None else f"{report}#{number}",
        )
        own = (report,)
    without = () if given.get("include_own") else own
    return about, SelectedPassages(
        corpus.matching_passages(where), excluded=without, where=_format_filters(corpus, where)
    )


def _find_passage(corpus: Corpus, name: str) -> tuple[str, int | None]:
    """Return the report of a name, and the passage number if it names a passage."""
    try:
        return corpus.find_report(name).id, None
    except NotFoundError:
        # As in ``similar`` itself: a report's id may contain a #.
        found = corpus.find_passage(name)
        return found.report, found.number


def list_files(given: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the files to read."""
    named = given.get("file") or given.get("against") or ()
    return tuple(named) if isinstance(named, list | tuple) else (named,)


def _find_own_reports(corpus: Corpus, given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the reports of the index that were read from the files."""
    return tuple(name for file in list_files(given) for name in corpus.find_ids_of_file(file))


def _find_previous(
    corpus: Corpus, given: Mapping[str, Any], names: Sequence[str], drafts: Sequence[Report]
) -> str:
    """Return the id of the previous report: the named one, or the official's latest earlier one."""
    if given.get("previous") is not None:
        return corpus.find_report(given["previous"]).id
    if drafts:
        info, own = drafts[0].info, _find_own_reports(corpus, given)
    else:
        info, own = corpus.engine.report(names[0]).info, (names[0],)
    return year_on_year.find_previous(
        info, corpus.engine.report_infos(), own, is_draft=bool(drafts)
    ).id


def _format_filters(corpus: Corpus, where: Where) -> tuple[str, ...]:
    """Return filters in a canonical form, independent of spelling and order."""
    return tuple(
        sorted({_format_filter(node) for node in query.parse_filters(where, corpus.lexicon)})
    )


def _format_filter(node: ReportFilter | SectionFilter) -> str:
    if isinstance(node, ReportFilter) and node.years is not None:
        first, last = node.years
        low, high = ("" if year in {0, _NO_LAST_YEAR} else str(year) for year in node.years)
        return f"year={first}" if first == last else f"year={low}..{high}"
    return f"{node.field}={node.value}"
