"""The evaluation of one query on one commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from reportsearch.engine import Page
from reportsearch.engine.highlight import passage_hit
from reportsearch.engine.ranking import Collection, score
from reportsearch.engine.whoosh.schema import names_in
from reportsearch.engine.whoosh.view import Place, View
from reportsearch.models import FacetValue, Hit, Matched, SearchResult
from reportsearch.query import And, Node, Not, Or, Query, ReportFilter, SectionFilter, Term


@dataclass(frozen=True, slots=True)
class _Group:
    """Passages of one report that are shown together, best first."""

    place: Place
    documents: list[int]
    score: float


class Search:
    """The evaluation of one query on one commit."""

    def __init__(self, view: View, query: Query, page: Page) -> None:
        self._view = view
        self._query = query
        self._page = page
        self._found: dict[str, set[int]] = {}

    def result(self) -> SearchResult:
        """The page of the answer that is asked for."""
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
        shown = [
            passage_hit(
                report.passages[document - group.place.passages.start], scores[document], terms
            )
            for document in group.documents[: self._page.passages]
        ]
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
            return {
                name
                for document in documents
                for name in names_in(bytes(column[document - segment.offset]))
            }
        value = getattr(info, facet)
        return () if value is None else (str(value),)
