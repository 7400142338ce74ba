"""The engine that is obviously right: every query is answered by looking at every passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from reportsearch.engine import Origin, Page, Writer
from reportsearch.engine.highlight import passage_hit
from reportsearch.engine.ranking import Collection, score
from reportsearch.models import (
    FacetValue,
    Hit,
    Matched,
    Passage,
    Report,
    ReportInfo,
    SearchResult,
)
from reportsearch.normalise import fold
from reportsearch.query import And, Node, Not, Or, Query, ReportFilter, SectionFilter, Term
from reportsearch.tokens import Tokenizer


def meets_term(term: Term, folded: str) -> bool:
    """Whether a passage with this folded text meets a term; see the docstring of Term."""
    if term.string in folded:
        return True
    if any(synonym in folded for synonym in term.synonyms):
        return True
    return bool(term.words) and all(word in folded for word in term.words)


def meets(node: Node, passage: Passage, info: ReportInfo) -> bool:
    """Whether one passage of a report meets a query."""
    if isinstance(node, Term):
        return meets_term(node, fold(passage.text))
    if isinstance(node, ReportFilter):
        return node.met_by(info)
    if isinstance(node, SectionFilter):
        if node.field == "portfolio":
            return node.value in passage.portfolios
        return any(node.value in fold(heading) for heading in passage.section)
    if isinstance(node, And):
        return all(meets(part, passage, info) for part in node.parts)
    if isinstance(node, Or):
        return any(meets(part, passage, info) for part in node.parts)
    if isinstance(node, Not):
        return not meets(node.part, passage, info)
    raise TypeError(node)


def facet_values(facet: str, passage: Passage, info: ReportInfo) -> tuple[str, ...]:
    """The values of a facet that a matching passage contributes."""
    if facet == "portfolio":
        return passage.portfolios
    if facet == "declared":
        return info.declared
    value = getattr(info, facet)
    return () if value is None else (str(value),)


@dataclass(frozen=True, slots=True)
class _Match:
    info: ReportInfo
    passage: Passage
    score: float


class MemoryEngine:
    """Keeps everything in a dict and scans it."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._stored: dict[str, tuple[Report, Origin]] = {}

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """One commit; see :class:`reportsearch.engine.Engine`."""
        pending = _Pending(dict(self._stored))
        yield pending
        self._stored = pending.stored

    def close(self) -> None:
        """Nothing to do: there are no files."""

    def refresh(self) -> None:
        """Nothing to do: there is one view."""

    def purge(self) -> None:
        """Nothing to do: what is removed is gone."""

    def origins(self) -> dict[str, Origin]:
        """Each stored report's id and origin."""
        return {report_id: origin for report_id, (_, origin) in self._stored.items()}

    def infos(self) -> Sequence[ReportInfo]:
        """What is known about each report, by id."""
        return [report.info for report in self.reports()]

    def report(self, report_id: str) -> Report:
        """A stored report. Raises KeyError."""
        return self._stored[report_id][0]

    def reports(self) -> Iterator[Report]:
        """All stored reports, by id."""
        for report_id in sorted(self._stored):
            yield self._stored[report_id][0]

    def passage_count(self) -> int:
        """The number of passages of all reports."""
        return sum(len(report.passages) for report in self.reports())

    def search(self, query: Query, page: Page) -> SearchResult:
        """The reports or passages that meet ``query``, best first."""
        matches = self._matches(query)
        by_report: dict[str, list[_Match]] = {}
        for match in matches:
            by_report.setdefault(match.info.id, []).append(match)
        groups = list(by_report.values())
        if page.group == "passage":
            groups = [[match] for match in matches]
        groups = [sorted(group, key=lambda m: (-m.score, m.passage.number)) for group in groups]
        if page.sort == "date":
            groups.sort(key=_by_id)
            groups.sort(key=lambda group: group[0].info.dated, reverse=True)
        else:
            groups.sort(key=lambda group: (-group[0].score, *_by_id(group)))
        shown = groups[page.offset : page.offset + page.limit]
        return SearchResult(
            query=query.text,
            matched=Matched(len(by_report), len(matches)),
            hits=tuple(self._hit(group, query, page) for group in shown),
            facets={facet: self._facet(facet, matches) for facet in page.facets},
        )

    def _matches(self, query: Query) -> list[_Match]:
        terms = query.terms()
        ranking = tuple(dict.fromkeys(word for term in terms for word in term.ranking))
        everything = [
            (report.info, passage, Counter(self._tokenizer.search_words(fold(passage.text))))
            for report in self.reports()
            for passage in report.passages
        ]
        collection = Collection(
            passages=len(everything),
            words=sum(counts.total() for _, _, counts in everything),
            holding={word: sum(word in counts for _, _, counts in everything) for word in ranking},
        )
        matches = []
        for info, passage, counts in everything:
            if meets(query.node, passage, info):
                exact = sum(term.string in fold(passage.text) for term in terms)
                bm25 = collection.bm25(ranking, counts, counts.total())
                matches.append(_Match(info, passage, score(exact, bm25)))
        return matches

    def _hit(self, group: list[_Match], query: Query, page: Page) -> Hit:
        return Hit(
            report=group[0].info,
            score=round(group[0].score, 6),
            matched=len(group),
            passages=tuple(
                passage_hit(match.passage, match.score, query.terms())
                for match in group[: page.passages]
            ),
        )

    def _facet(self, facet: str, matches: list[_Match]) -> tuple[FacetValue, ...]:
        reports: dict[str, set[str]] = {}
        for match in matches:
            for value in facet_values(facet, match.passage, match.info):
                reports.setdefault(value, set()).add(match.info.id)
        counted = [FacetValue(value, len(ids)) for value, ids in reports.items()]
        return tuple(sorted(counted, key=lambda entry: (-entry.count, entry.value)))


@dataclass(slots=True)
class _Pending:
    stored: dict[str, tuple[Report, Origin]]

    def put(self, report: Report, origin: Origin) -> None:
        """Add a report, in place of one with the same id."""
        self.stored[report.id] = (report, origin)

    def remove(self, report_id: str) -> None:
        """Drop a report."""
        self.stored.pop(report_id, None)


def _by_id(group: list[_Match]) -> tuple[str, int]:
    return group[0].info.id, group[0].passage.number
