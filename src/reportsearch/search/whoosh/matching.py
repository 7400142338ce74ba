"""Matching passages against a node of a query, on one commit."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

import numpy as np

from reportsearch.arrays import Ints
from reportsearch.errors import QueryError
from reportsearch.lexicon.models import Synonym
from reportsearch.search.postings.keys import hash_field_word, to_report_key
from reportsearch.search.query import (
    And,
    FreeText,
    Node,
    Not,
    Or,
    ReportFilter,
    SectionFilter,
    Term,
)
from reportsearch.search.ranking import MIN_IDF_SHARE, CollectionStatistics, RankingField
from reportsearch.search.whoosh.index_view import IndexView
from reportsearch.search.whoosh.passage_set import PassageSet, unite

TIMEOUT_SECONDS = 20
"""Time limit of a search, far above that of any query written by a person."""
_MAX_CACHED_STRINGS = 64
"""Limit on strings whose passages are cached."""


class NodeMatcher:
    """A matcher of nodes on one commit. Raises QueryError if the search takes too long."""

    def __init__(self, view: IndexView) -> None:
        self._view = view
        self._deadline = time.monotonic() + TIMEOUT_SECONDS
        self._strings: dict[str, PassageSet] = {}
        self._fields: dict[tuple[str, str], PassageSet] = {}
        self._in_reports: dict[tuple[str, Any], Ints] = {}
        self._keys: dict[int, tuple[Ints, Ints]] = {}
        self._postings: dict[str, tuple[Ints, Ints]] = {}

    def check_time(self) -> None:
        """Raise QueryError if the search has taken too long."""
        if time.monotonic() > self._deadline:
            raise QueryError(
                "the search took over {timeout_seconds} s; search for fewer words",
                timeout_seconds=TIMEOUT_SECONDS,
            )

    def read_postings(self, word: str) -> tuple[Ints, Ints]:
        """Return the passages that contain a word, with its frequencies."""
        if word not in self._postings:
            self._postings[word] = self._view.read_word(word)
        return self._postings[word]

    def find_in_field(self, name: str, word: str) -> PassageSet:
        """Return the documents that contain a word in a field."""
        if (name, word) not in self._fields:
            self._fields[name, word] = self._view.find_key(hash_field_word(name, word))
        return self._fields[name, word]

    def read_key(self, key: Any) -> tuple[Ints, Ints]:
        """Return the documents with a key, with its frequencies."""
        if key not in self._keys:
            self.check_time()
            rows, values = self._view.read_key(key)
            self._keys[key] = rows, values >> 1
        return self._keys[key]

    def count_in_reports(self, kind: str, term: Any) -> Ints:
        """Count a term of a RankingField in each whole report with its title, by rank."""
        if (kind, term) not in self._in_reports:
            view = self._view
            found = np.zeros(len(view.ranked), dtype=np.int64)
            if kind != "characters":
                read = self.read_postings if kind == "words" else self.read_key
                rows, counts = read(term)
                found += np.bincount(view.report_ranks[rows], counts, len(found)).astype(np.int64)
            is_word = kind == "words"
            key = hash_field_word("title", term) if is_word else to_report_key(term)
            rows, counts = self.read_key(key)
            found[view.find_ranks(rows)] += counts
            self._in_reports[kind, term] = found
        return self._in_reports[kind, term]

    def compute_passage_statistics(self, field: RankingField) -> CollectionStatistics[Any]:
        """Compute the statistics that BM25 of passages needs for some keys."""
        view = self._view
        return CollectionStatistics(
            passage_count=view.passage_count,
            word_count=view.char_count,
            document_frequencies={key: len(self.read_key(key)[0]) for key in field.terms},
        )

    def compute_report_statistics(self, field: RankingField) -> CollectionStatistics[Any]:
        """Compute the statistics that BM25 of whole reports needs for some terms."""
        view = self._view
        lengths = view.lengths if field.kind == "words" else view.char_counts
        return CollectionStatistics(
            passage_count=len(view.ranked),
            word_count=int(lengths[view.report_starts].sum()),
            document_frequencies={
                term: int(np.count_nonzero(self.count_in_reports(field.kind, term)))
                for term in field.terms
            },
        )

    def compute_statistics(self, words: Sequence[str]) -> CollectionStatistics[str]:
        """Compute the statistics that BM25 needs for some words."""
        return CollectionStatistics(
            passage_count=self._view.passage_count,
            word_count=self._view.word_count,
            document_frequencies={word: len(self.read_postings(word)[0]) for word in words},
        )

    def find_string(self, string: str) -> PassageSet:
        """Return the passages whose folded text contains a string."""
        if string not in self._strings:
            self.check_time()
            if len(self._strings) >= _MAX_CACHED_STRINGS:
                self._strings.clear()
            self._strings[string] = self._view.find_string(string)
        return self._strings[string]

    def match_node(self, node: Node, share: float = MIN_IDF_SHARE) -> PassageSet:
        """Return the passages that match a part of a query."""
        view = self._view
        if isinstance(node, Term):
            return self._match_term(node)
        if isinstance(node, FreeText):
            return self._match_text(node, share)
        if isinstance(node, ReportFilter):
            return view.filter_by_metadata(node)
        if isinstance(node, SectionFilter):
            if node.field == "portfolio":
                return view.find_sections_containing("portfolios", f"\t{node.value}\t")
            return view.find_sections_containing("heading_text", node.value)
        if isinstance(node, And):
            return reduce(PassageSet.__and__, (self.match_node(part, share) for part in node.parts))
        if isinstance(node, Or):
            return reduce(PassageSet.__or__, (self.match_node(part, share) for part in node.parts))
        if isinstance(node, Not):
            return view.passages - self.match_node(node.part)
        raise TypeError(node)

    def _match_term(self, term: Term) -> PassageSet:
        met = self.find_string(term.string)
        for synonym in term.synonyms:
            holding = self._match_all(synonym.strings)
            if synonym.years:
                holding &= self._match_years(synonym)
            met |= holding
        if term.words and term.words != (term.string,):
            met |= self._match_all(term.words)
        return met

    def _match_years(self, synonym: Synonym) -> PassageSet:
        return self._view.filter_by_report(lambda info: synonym.applies_in(info.year))

    def _match_all(self, strings: Iterable[str]) -> PassageSet:
        found = self._view.passages
        for string in strings:
            found = self.find_string(string) & found
            if not len(found):
                break
        return found

    def _match_text(self, text: FreeText, share: float) -> PassageSet:
        idf = self.compute_statistics(text.words).select_words(text.words)
        weight = np.zeros(self._view.count)
        for word in idf:
            weight[self.read_postings(word)[0]] += idf[word]
        least = max(share * weight.max(initial=0.0), np.finfo(float).tiny)
        return self._view.make_set(np.flatnonzero(weight >= least)) | self.find_string(text.string)


def find_reports_containing(view: IndexView, strings: Iterable[str]) -> set[str]:
    """Return the ids of the reports whose folded text contains one of the strings."""
    found = unite(view.count, map(view.find_string, strings)).documents
    return {view.ranked[rank].id for rank in np.unique(view.report_ranks[found])}
