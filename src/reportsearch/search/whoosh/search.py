"""Evaluation of a query on one commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from reportsearch.arrays import Floats, Ints
from reportsearch.models.search import FacetValue, Hit, Matched, SearchResult
from reportsearch.search.engine import SearchOptions
from reportsearch.search.highlight import build_passage_hit, order_for_display
from reportsearch.search.query import FreeText, Node, Query, Term, iter_positive_terms
from reportsearch.search.ranking import (
    HEADING_WEIGHT,
    K1,
    MIN_IDF_SHARE,
    TIERS,
    TITLE_WEIGHT,
    B,
    CollectionStatistics,
    RankingField,
    combine_score,
    list_passage_fields,
    list_report_fields,
)
from reportsearch.search.whoosh.facets import build_timeline, count_facet
from reportsearch.search.whoosh.index_view import IndexView
from reportsearch.search.whoosh.matching import NodeMatcher
from reportsearch.search.whoosh.passage_set import PassageSet, look_up, unite


@dataclass(slots=True)
class _MatchedPassages:
    """The passages of the answer, in order, and their data in arrays of equal length."""

    documents: Ints
    exact: Ints
    """Number of the query's terms that each passage contains literally."""
    relevance: Floats
    scores: Floats
    masks: Ints
    """Parts of the query that each passage matches, as bits."""
    tiers: Ints
    """Positions in TIERS."""


@dataclass(frozen=True, slots=True)
class _HitGroups:
    """Groups of passages shown together, at positions ``starts`` to ``ends`` in the answer."""

    starts: Ints
    ends: Ints
    scores: Floats
    order: Ints
    """The groups in the order of the answer."""


class WhooshSearch:
    """The evaluation of one query on one commit."""

    def __init__(self, view: IndexView, query: Query, options: SearchOptions) -> None:
        self._view = view
        self._query = query
        self._options = options
        self._matcher = NodeMatcher(view)
        conditions, terms = query.split_conditions()
        self._base = reduce(
            PassageSet.__and__, map(self._matcher.match_node, conditions), view.passages
        )
        self._parts = tuple(map(self._loosen, terms))
        self._is_loosened = self._parts != terms
        found = (term for part in self._parts for term in iter_positive_terms(part))
        self._terms = tuple(dict.fromkeys(found))
        self._ranking = tuple(dict.fromkeys(w for term in self._terms for w in term.ranking))

    def _loosen(self, part: Node) -> Node:
        """Turn a bare term without matches into a text, whose words need not all occur."""
        if isinstance(part, Term) and part.loose and not len(self._matcher.match_node(part)):
            return part.to_free_text()
        return part

    def run(self) -> SearchResult:
        """Return the requested page of the answer."""
        answer = self._find_passages()
        groups = self._group_passages(answer)
        first = self._options.offset
        page = groups.order[first : first + self._options.limit]
        owners = self._view.report_ranks[answer.documents]
        apart = np.unique(owners[answer.tiers == 1])
        return SearchResult(
            query=self._query.text,
            matched=Matched(len(np.unique(owners)), int((answer.tiers != 1).sum()), len(apart)),
            hits=self._build_hits(answer, groups, page),
            facets={
                name: self._count_facet(name, answer.documents) for name in self._options.facets
            },
            partial=bool((answer.tiers == 2).any()),
        )

    def _count_facet(self, name: str, documents: Ints) -> tuple[FacetValue, ...]:
        if name == "year":
            return build_timeline(
                self._view, documents, self._base.documents, self._terms, self._matcher.check_time
            )
        return count_facet(self._view, name, documents)

    def _find_passages(self) -> _MatchedPassages:
        matches = self._match_parts(MIN_IDF_SHARE)
        found = reduce(PassageSet.__and__, matches, self._base)
        tier = 0
        apart = PassageSet(self._view.count)
        if self._options.group == "report" and len(self._parts) > 1:
            apart = self._find_scattered(matches, found)
        if not len(found) and not len(apart):
            matches = self._match_parts(0.0)
            found, tier = unite(self._view.count, matches), 2
        documents = (found | apart).documents
        tiers = np.where(apart.contains(documents), 1, tier)
        if self._is_loosened:
            # A term without matches was loosened into a text, so nothing matches the full query.
            tiers[:] = 2
        masks = np.zeros(len(documents), dtype=np.int64)
        for place, matched in enumerate(matches):
            masks[matched.contains(documents)] += 1 << place
        exact, relevance = self._compute_relevance(documents)
        scores: Floats = combine_score(exact, relevance)
        return _MatchedPassages(documents, exact, relevance, scores, masks, tiers)

    def _match_parts(self, share: float) -> list[PassageSet]:
        """Return the passages that match each part of the query, and its conditions."""
        return [self._matcher.match_node(part, share) & self._base for part in self._parts]

    def _find_scattered(self, matches: list[PassageSet], found: PassageSet) -> PassageSet:
        """Return the passages of reports that match the parts only in different passages."""
        ranks = self._view.report_ranks
        apart = np.ones(len(self._view.ranked), dtype=np.bool_)
        apart[ranks[found.documents]] = False
        for matched in matches:
            holding = np.zeros_like(apart)
            holding[ranks[matched.documents]] = True
            apart &= holding
        if not apart.any():
            return PassageSet(self._view.count)
        among = (matched.documents for matched in matches)
        return unite(
            self._view.count,
            (self._view.make_set(documents[apart[ranks[documents]]]) for documents in among),
        )

    def _compute_relevance(self, documents: Ints) -> tuple[Ints, Floats]:
        """Compute for each passage the number of literally matched terms, and the relevance."""
        exact = np.zeros(len(documents), dtype=np.int64)
        for term in self._terms:
            exact += self._matcher.find_string(term.string).contains(documents)
        collection = self._matcher.compute_statistics(self._ranking)
        relevance = self._compute_bm25(documents, collection)
        for text in (term for term in self._terms if isinstance(term, FreeText)):
            relevance += self._score_passages(documents, text)
        return exact, relevance

    def _compute_gain(
        self,
        text: FreeText,
        field: RankingField,
        statistics: CollectionStatistics[Any],
        lengths: Ints,
        count: Callable[[Any], Ints],
    ) -> Floats:
        """Compute what a field adds for a text to passages or reports of some lengths.

        ``count`` returns how often each of them contains a term.
        """
        bound = self._matcher.compute_statistics(text.ranking).compute_bound(text.ranking)
        norms = 1 - B + B * lengths / statistics.mean_length
        total = np.zeros(len(lengths))
        for term in field.terms:
            share = count(term) / norms
            total += statistics.idf(term) * (K1 + 1) * share / (share + K1)
        return field.weight * bound * (total / statistics.compute_bound(field.terms))

    def _score_passages(self, documents: Ints, text: FreeText) -> Floats:
        """Compute what the pairs of a text add to the relevance of passages."""
        found = np.zeros(len(documents))

        def count(key: Any) -> Ints:
            return look_up(self._view.count, documents, *self._matcher.read_key(key))

        for field in list_passage_fields(text):
            statistics = self._matcher.compute_passage_statistics(field)
            lengths = self._view.char_counts[documents]
            found += self._compute_gain(text, field, statistics, lengths, count)
        return found

    def _compute_bm25(self, documents: Ints, statistics: CollectionStatistics[str]) -> Floats:
        """Compute BM25F of each passage, adding in the order of :class:`CollectionStatistics`."""
        view = self._view
        lengths = 1 - B + B * view.lengths[documents] / statistics.mean_length
        starts = view.section_start[documents]
        total = np.zeros(len(documents))
        for word in self._ranking:
            rows, counts = self._matcher.read_postings(word)
            weight = look_up(view.count, documents, rows, counts) / lengths
            lacking = np.flatnonzero(weight == 0)
            headings = self._matcher.find_in_field("headings", word)
            weight[lacking[headings.contains(starts[lacking])]] = HEADING_WEIGHT
            total += statistics.idf(word) * (K1 + 1) * weight / (weight + K1)
        return total

    def _group_passages(self, answer: _MatchedPassages) -> _HitGroups:
        view, page = self._view, self._options
        owners = view.report_ranks[answer.documents]
        count = len(answer.documents)
        if page.group == "passage":
            starts = np.arange(count)
        else:
            starts = np.flatnonzero(np.diff(owners, prepend=-1))
        ends = np.append(starts[1:], count)
        ranks, tiers = owners[starts], answer.tiers[starts]
        scores, met = np.zeros(0), np.zeros(0, dtype=np.int64)
        if count:
            best = _find_first_best(answer.scores, starts, ends)
            relevance = answer.relevance[best]
            if page.group == "report":
                relevance = relevance + self._score_reports(ranks, answer.documents[best])
            scores = combine_score(answer.exact[best], relevance)
            masks = np.bitwise_or.reduceat(answer.masks, starts)
            met = np.array([int(mask).bit_count() for mask in masks]) if 2 in tiers else 0 * starts
        keys: list[Ints | Floats] = [answer.documents[starts], ranks]
        if page.sort == "relevance":
            keys += [-scores, np.where(tiers == 2, -met, 0)]
        elif page.sort == "date":
            keys.append(-self._rank_dates(ranks))
        if page.sort != "place":
            keys.append(tiers)
        return _HitGroups(starts, ends, scores, np.lexsort(keys))

    def _score_reports(self, ranks: Ints, best: Ints) -> Floats:
        """Compute what is added to the relevance of each report's best passage."""
        words = [w for term in self._terms if isinstance(term, Term) for w in term.ranking]
        found = TITLE_WEIGHT * self._score_titles(list(dict.fromkeys(words)), ranks, best)
        for text in (term for term in self._terms if isinstance(term, FreeText)):
            for field in list_report_fields(text):
                found += self._score_whole_reports(text, field, ranks)
        return found

    def _score_whole_reports(self, text: FreeText, field: RankingField, ranks: Ints) -> Floats:
        """Compute what a field of a text adds to the relevance of reports."""
        view = self._view
        lengths = view.lengths if field.kind == "words" else view.char_counts
        return self._compute_gain(
            text,
            field,
            self._matcher.compute_report_statistics(field),
            lengths[view.report_starts[ranks]],
            lambda term: self._matcher.count_in_reports(field.kind, term)[ranks],
        )

    def _score_titles(self, words: Sequence[str], ranks: Ints, best: Ints) -> Floats:
        """Compute the idf of the words in each report's title that its best passage lacks."""
        view = self._view
        collection = self._matcher.compute_statistics(words)
        documents = view.report_starts[ranks]
        starts = view.section_start[best]
        found = np.zeros(len(ranks))
        for word in words:
            titles = self._matcher.find_in_field("title", word)
            lacking = np.flatnonzero(titles.contains(documents))
            if not len(lacking):
                continue
            passages = view.make_set(self._matcher.read_postings(word)[0])
            lacking = lacking[~passages.contains(best[lacking])]
            headings = self._matcher.find_in_field("headings", word)
            lacking = lacking[~headings.contains(starts[lacking])]
            found[lacking] += collection.idf(word)
        return found

    def _rank_dates(self, ranks: Ints) -> Ints:
        """Return the rank of each report's date."""
        dates = [info.sort_date for info in self._view.ranked_infos]
        order = {date: number for number, date in enumerate(sorted(set(dates)))}
        return np.array([order[date] for date in dates], dtype=np.int64)[ranks]

    def _build_hits(
        self, answer: _MatchedPassages, groups: _HitGroups, shown: Ints
    ) -> tuple[Hit, ...]:
        ranked = [self._rank_passages(answer, groups, int(group)) for group in shown]
        chosen = [
            best[order_for_display(answer.masks[best].tolist())[: self._options.passages]]
            for best in ranked
        ]
        documents = answer.documents[np.concatenate([np.zeros(0, dtype=np.int64), *chosen])]
        passages = dict(self._view.iter_passages(np.unique(documents)))
        hits = []
        for group, best, positions in zip(shown.tolist(), ranked, chosen, strict=True):
            owner = int(self._view.report_ranks[answer.documents[best[0]]])
            info = self._view.read_info(self._view.ranked[owner])
            shown_passages = tuple(
                build_passage_hit(
                    passages[int(answer.documents[position])],
                    float(answer.scores[position]),
                    self._terms,
                    info.year,
                )
                for position in positions
            )
            score = round(float(groups.scores[group]), 6)
            tier = TIERS[int(answer.tiers[best[0]])]
            hits.append(Hit(info, score, len(best), shown_passages, tier))
        return tuple(hits)

    def _rank_passages(self, answer: _MatchedPassages, groups: _HitGroups, group: int) -> Ints:
        """Return the positions of a group's passages, best first."""
        positions = np.arange(groups.starts[group], groups.ends[group])
        best: Ints = positions[np.lexsort((positions, -answer.scores[positions]))]
        return best


def _find_first_best(scores: Floats, starts: Ints, ends: Ints) -> Ints:
    """Return the position of the first of the highest scores in each group."""
    highest = np.repeat(np.maximum.reduceat(scores, starts), ends - starts)
    places = np.flatnonzero(scores == highest)
    return places[np.searchsorted(places, starts)]
