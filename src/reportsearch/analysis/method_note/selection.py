"""Which passages an analysis is about, and with which it compares them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportsearch.analysis import year_on_year as yearly
from reportsearch.analysis.corpus import Holdings
from reportsearch.analysis.method_note.hashing import Digest
from reportsearch.analysis.portfolios.rows import Asked
from reportsearch.errors import NotFoundError, QueryError
from reportsearch.models.method_note import MethodSelection, NamedReport
from reportsearch.models.report import Passage, Report
from reportsearch.search import query
from reportsearch.search.query import ReportFilter, SectionFilter, Where

PARTS = frozenset(
    ("reports", "report", "passage", "text", "query", "file", "against", "previous", "where")
)
"""Parameters that make the selection, by the names that they have in the archive's methods."""
_QUERIES = {"search": "text", "kwic": "text"}
"""What a query is called where it is not ``query``."""
_LAST_YEAR = 9999
"""Stands for no last year, as 0 for no first one."""


@dataclass
class Chosen:
    """Passages of the index by report, and reports read from files; takes in the index's reports.

    ``numbers`` has the reports' passages, None for all of a report; it is itself None for all of
    the index but ``without``. Of these only reports count for which ``counts`` holds.
    """

    numbers: Mapping[str, Sequence[int] | None] | None
    without: Collection[str] = ()
    counts: Callable[[Report], bool] = lambda _: True
    drafts: tuple[Report, ...] = ()
    names: tuple[str, ...] = ()
    passage: str | None = None
    text: str | None = None
    where: tuple[str, ...] = ()
    query: str | None = None
    _named: dict[str, NamedReport] = field(default_factory=dict)
    _counted: list[int] = field(default_factory=lambda: [0, 0, 0])
    _digest: Digest = field(default_factory=Digest)

    def __post_init__(self) -> None:
        """Take in the drafts."""
        for draft in self.drafts:
            self._count(draft, draft.passages)

    def add(self, report: Report) -> Sequence[Passage]:
        """Take in a report of the index; returns its passages that are chosen."""
        if report.id in self.names:
            self._named[report.id] = _named(report, is_file=False)
        passages = self._of(report)
        if passages:
            self._count(report, passages)
        return passages

    def _of(self, report: Report) -> Sequence[Passage]:
        if report.id in self.without or not self.counts(report):
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
            self._counted[at] += more
        numbers = [passage.number for passage in passages]
        self._digest.add((report.id, report.info.sha256, numbers))

    def result(self) -> MethodSelection:
        """What was chosen of the reports that were taken in."""
        reports, passages, chars = self._counted
        return MethodSelection(
            named=(
                *(self._named[name] for name in self.names),
                *(_named(draft, is_file=True) for draft in self.drafts),
            ),
            passage=self.passage,
            text=self.text,
            where=self.where,
            query=self.query,
            reports=reports,
            passages=passages,
            chars=chars,
            sha256=self._digest.hex(),
        )


def _named(report: Report, *, is_file: bool) -> NamedReport:
    info = report.info
    return NamedReport(info.id, info.title, info.chars, info.sha256, is_file)


def chosen(
    held: Holdings, command: str, given: Mapping[str, Any], drafts: tuple[Report, ...]
) -> tuple[Chosen, Chosen | None]:
    """What ``command`` is about, called with ``given``, and what that is compared with.

    Raises NotFoundError, QueryError.
    """
    if command == "similar":
        return _similar(held, given, drafts)
    if command == "portfolios":
        return _whole_reports(held, given), None
    names = _names(held, given)
    text = given.get(_QUERIES.get(command, "query"))
    where = given.get("where", ())
    about = Chosen(
        _numbers(held, names, where, text, drafts),
        drafts=drafts,
        names=names,
        where=_filters(held, where),
        query=text,
    )
    if command == "reuse" and (names or drafts):
        return about, Chosen(None, without=(*names, *_own(held, given)))
    if command == "year_on_year":
        if not (names or drafts):
            raise QueryError("name the report, or the file, to be compared with the one before")
        before = _previous(held, given, names, drafts)
        return about, Chosen({before: None}, names=(before,))
    return about, None


def _whole_reports(held: Holdings, given: Mapping[str, Any]) -> Chosen:
    """Portfolios are shares of whole reports, of which filters by portfolio choose some."""
    asked = Asked.of(held, given["where"], given["portfolio"])
    return Chosen(
        dict.fromkeys(asked.ids), counts=asked.counts, where=_filters(held, given["where"])
    )


def _names(held: Holdings, given: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the reports that are named, each once, in the order given."""
    names = given.get("reports") or given.get("report") or ()
    names = (names,) if isinstance(names, str) else names
    return tuple(dict.fromkeys(held.show(name).id for name in names))


def _numbers(
    held: Holdings, names: Sequence[str], where: Where, text: str | None, drafts: Sequence[Report]
) -> Mapping[str, Sequence[int] | None] | None:
    """The passages that are asked for, by report."""
    if drafts:
        return {}
    meeting = held.meeting(where, text)
    if not names:
        return meeting
    return {
        name: None if meeting is None else meeting[name]
        for name in names
        if meeting is None or name in meeting
    }


def _similar(
    held: Holdings, given: Mapping[str, Any], drafts: tuple[Report, ...]
) -> tuple[Chosen, Chosen]:
    """Filters choose what is compared with; its own reports are left out of that."""
    name, where = given.get("passage"), given.get("where", ())
    about, own = Chosen({}, drafts=drafts, text=given.get("text")), _own(held, given)
    if name is not None:
        report, number = _passage(held, name)
        about = Chosen(
            {report: None if number is None else [number]},
            names=(report,),
            passage=None if number is None else f"{report}#{number}",
        )
        own = (report,)
    without = () if given.get("include_own") else own
    return about, Chosen(held.meeting(where), without=without, where=_filters(held, where))


def _passage(held: Holdings, name: str) -> tuple[str, int | None]:
    """The report that is asked about, and the number where it is one of its passages."""
    try:
        return held.show(name).id, None
    except NotFoundError:
        # As similar itself does it: a report's own id may have a # in it.
        found = held.passage(name)
        return found.report, found.number


def files(given: Mapping[str, Any]) -> tuple[Any, ...]:
    """The files that are to be read."""
    named = given.get("file") or given.get("against") or ()
    return tuple(named) if isinstance(named, list | tuple) else (named,)


def _own(held: Holdings, given: Mapping[str, Any]) -> tuple[str, ...]:
    """The reports of the index that were read from the files."""
    return tuple(name for file in files(given) for name in held.read_from(file))


def _previous(
    held: Holdings, given: Mapping[str, Any], names: Sequence[str], drafts: Sequence[Report]
) -> str:
    """The id of the report before: the one that is named, or the official's latest earlier one."""
    if given.get("previous") is not None:
        return held.show(given["previous"]).id
    if drafts:
        info, own = drafts[0].info, _own(held, given)
    else:
        info, own = held.engine.report(names[0]).info, (names[0],)
    return yearly.previous_of(info, held.engine.infos(), own, is_draft=bool(drafts)).id


def _filters(held: Holdings, where: Where) -> tuple[str, ...]:
    """Filters as they are understood: the same however they are written, and in whatever order."""
    return tuple(sorted({_filter(node) for node in query.filters(where, held.words)}))


def _filter(node: ReportFilter | SectionFilter) -> str:
    if isinstance(node, ReportFilter) and node.years is not None:
        first, last = node.years
        low, high = ("" if year in {0, _LAST_YEAR} else str(year) for year in node.years)
        return f"year={first}" if first == last else f"year={low}..{high}"
    return f"{node.field}={node.value}"
