"""Evaluation of a query in plain Python: tiers, scores, groups and facets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportsearch.models.search import FacetValue, Hit, Matched, SearchResult
from reportsearch.search.engine import SearchOptions
from reportsearch.search.highlight import build_passage_hit, find_highlights, order_for_display
from reportsearch.search.memory.matching import (
    KeyedText,
    PassageEntry,
    PassageScan,
    compute_field_statistics,
)
from reportsearch.search.query import FreeText, Query, Term, iter_positive_terms
from reportsearch.search.ranking import (
    MIN_IDF_SHARE,
    TIERS,
    TITLE_WEIGHT,
    RankingField,
    combine_score,
    list_passage_fields,
    list_report_fields,
)


@dataclass(slots=True)
class _HitGroup:
    """Passages shown together, best first, and the number of query parts that they match."""

    tier: int
    met: int
    score: float
    entries: list[PassageEntry]


class MemorySearch:
    """The evaluation of one query on all passages. Dicts have passage ids as keys."""

    def __init__(self, scan: PassageScan, query: Query, options: SearchOptions) -> None:
        self._scan = scan
        self._query = query
        self._options = options
        conditions, terms = query.split_conditions()
        self._parts = tuple(scan.loosen(part) for part in terms)
        self._is_loosened = self._parts != terms
        self._base = [e for e in scan.entries if all(scan.matches(c, e) for c in conditions)]
        found = (term for part in self._parts for term in iter_positive_terms(part))
        self._terms = tuple(dict.fromkeys(found))
        self._ranking = tuple(dict.fromkeys(word for t in self._terms for word in t.ranking))
        self._statistics = scan.compute_statistics(self._ranking)
        self._masks = self._compute_masks(MIN_IDF_SHARE)
        self._tiers = self._assign_tiers()
        self._matches = [e for e in self._base if e.passage.id in self._tiers]
        self._relevance = self._compute_relevance()
        self._scores = {name: combine_score(*pair) for name, pair in self._relevance.items()}

    def run(self) -> SearchResult:
        """Return the requested page of the answer."""
        groups = self._group_passages()
        first = self._options.offset
        scattered = [e for e in self._matches if self._tiers[e.passage.id] == 1]
        return SearchResult(
            query=self._query.text,
            matched=Matched(
                reports=len({e.info.id for e in self._matches}),
                passages=len(self._matches) - len(scattered),
                apart=len({e.info.id for e in scattered}),
            ),
            hits=tuple(
                self._build_hit(group) for group in groups[first : first + self._options.limit]
            ),
            facets={name: self._count_facet(name) for name in self._options.facets},
            partial=2 in self._tiers.values(),
        )

    def _compute_masks(self, share: float) -> dict[str, int]:
        """Compute the parts of the query that each passage matches, as bits."""
        return {
            e.passage.id: sum(
                1 << place
                for place, part in enumerate(self._parts)
                if self._scan.matches(part, e, share)
            )
            for e in self._base
        }

    def _assign_tiers(self) -> dict[str, int]:
        """Return the passages of the answer with their positions in TIERS."""
        everything = (1 << len(self._parts)) - 1
        tiers = {e.passage.id: 0 for e in self._base if self._masks[e.passage.id] == everything}
        if self._options.group == "report":
            whole = {e.info.id for e in self._base if e.passage.id in tiers}
            between: dict[str, int] = {}
            for e in self._base:
                between[e.info.id] = between.get(e.info.id, 0) | self._masks[e.passage.id]
            for e in self._base:
                apart = between[e.info.id] == everything and e.info.id not in whole
                if apart and self._masks[e.passage.id]:
                    tiers[e.passage.id] = 1
        if not tiers:
            self._masks = self._compute_masks(0.0)
            tiers = {e.passage.id: 2 for e in self._base if self._masks[e.passage.id]}
        # A term without matches was loosened into a text, so nothing matches the full query.
        return dict.fromkeys(tiers, 2) if self._is_loosened else tiers

    def _compute_relevance(self) -> dict[str, tuple[int, float]]:
        """Compute for each passage the number of literally matched terms, and the relevance."""
        found = {}
        for e in self._matches:
            exact = sum(term.string in e.folded for term in self._terms)
            bm25 = self._statistics.bm25(self._ranking, e.counts, e.counts.total(), e.headings)
            found[e.passage.id] = exact, bm25
        for text in (term for term in self._terms if isinstance(term, FreeText)):
            fields = list_passage_fields(text)
            for e in self._matches:
                exact, relevance = found[e.passage.id]
                gain = self._compute_gain(text, fields, self._scan.passage_collection, e.keyed)
                found[e.passage.id] = exact, relevance + gain
        return found

    def _compute_gain(
        self,
        text: FreeText,
        fields: Sequence[RankingField],
        collection: Sequence[KeyedText],
        own: KeyedText,
    ) -> float:
        """Compute what the keys of a text add to a passage or report of a collection."""
        bound = self._scan.compute_statistics(text.ranking).compute_bound(text.ranking)
        gain = 0.0
        for field in fields:
            statistics = compute_field_statistics(collection, field)
            bm25 = statistics.bm25(field.terms, own.counts, own.get_length(field))
            gain += field.weight * bound * (bm25 / statistics.compute_bound(field.terms))
        return gain

    def _group_passages(self) -> list[_HitGroup]:
        by_key: dict[object, list[PassageEntry]] = {}
        for e in self._matches:
            key = e.info.id if self._options.group == "report" else e.passage.id
            by_key.setdefault(key, []).append(e)
        groups = [self._build_group(entries) for entries in by_key.values()]
        groups.sort(key=lambda group: group.entries[0].key)
        if self._options.sort == "relevance":
            groups.sort(key=lambda group: -group.score)
            groups.sort(key=lambda group: -group.met if group.tier == 2 else 0)
        elif self._options.sort == "date":
            groups.sort(key=lambda group: group.entries[0].info.sort_date, reverse=True)
        if self._options.sort != "place":
            groups.sort(key=lambda group: group.tier)
        return groups

    def _build_group(self, entries: list[PassageEntry]) -> _HitGroup:
        entries.sort(key=lambda e: (-self._scores[e.passage.id], e.passage.number))
        best = entries[0]
        mask = 0
        for e in entries:
            mask |= self._masks[e.passage.id]
        exact, relevance = self._relevance[best.passage.id]
        if self._options.group == "report":
            relevance += self._score_report(best)
        tier = self._tiers[best.passage.id]
        return _HitGroup(tier, mask.bit_count(), combine_score(exact, relevance), entries)

    def _score_report(self, best: PassageEntry) -> float:
        """Compute what is added to the relevance of a report's best passage."""
        words = (w for term in self._terms if isinstance(term, Term) for w in term.ranking)
        lacking = 0.0
        for word in dict.fromkeys(words):
            if word in best.title - best.headings - best.counts.keys():
                lacking += self._statistics.idf(word)
        found = TITLE_WEIGHT * lacking
        reports = self._scan.report_collection
        for text in (term for term in self._terms if isinstance(term, FreeText)):
            found += self._compute_gain(
                text, list_report_fields(text), list(reports.values()), reports[best.info.id]
            )
        return found

    def _build_hit(self, group: _HitGroup) -> Hit:
        info = group.entries[0].info
        order = order_for_display([self._masks[e.passage.id] for e in group.entries])
        shown = [group.entries[place].passage for place in order[: self._options.passages]]
        return Hit(
            report=info,
            score=round(group.score, 6),
            matched=len(group.entries),
            passages=tuple(
                build_passage_hit(passage, self._scores[passage.id], self._terms, info.year)
                for passage in shown
            ),
            met=TIERS[group.tier],
        )

    def _count_facet(self, name: str) -> tuple[FacetValue, ...]:
        reports: dict[str, set[str]] = {}
        for e in self._matches:
            for value in _list_facet_values(name, e):
                reports.setdefault(value, set()).add(e.info.id)
        without = {e.info.id for e in self._matches}.difference(*reports.values())
        if name == "year":
            return self._build_timeline(reports, without)
        counted = [FacetValue(value, len(ids)) for value, ids in reports.items()]
        counted.sort(key=lambda entry: (-entry.count, entry.value or ""))
        return (*counted, FacetValue(None, len(without))) if without else tuple(counted)

    def _build_timeline(
        self, reports: dict[str, set[str]], without: set[str]
    ) -> tuple[FacetValue, ...]:
        known = sorted({e.info.year for e in self._base if e.info.year is not None})
        years = [*known, None] if any(e.info.year is None for e in self._base) else [*known]
        values = []
        for year in years:
            count = len(without if year is None else reports.get(str(year), ()))
            chars = sum(len(e.passage.text) for e in self._base if e.info.year == year)
            found = sum(
                len(find_highlights(self._terms, e.passage.text, 0, year))
                for e in self._matches
                if e.info.year == year
            )
            rate = round(found / chars * 10_000, 4) if chars else None
            values.append(FacetValue(None if year is None else str(year), count, found, rate))
        return tuple(values)


def _list_facet_values(name: str, entry: PassageEntry) -> tuple[str, ...]:
    """Return the values of a facet that a passage of the answer contributes."""
    if name == "portfolio":
        return entry.passage.portfolios
    if name == "declared":
        return entry.info.declared
    value = entry.info.get_value(name)
    return () if value is None else (str(value),)
