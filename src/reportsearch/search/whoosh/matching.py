"""Which passages meet a node of a query, on one commit."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from functools import reduce

import numpy as np

from reportsearch.errors import QueryError
from reportsearch.lexicon import Synonym
from reportsearch.search.query import And, Node, Not, Or, ReportFilter, SectionFilter, Term, Text
from reportsearch.search.ranking import SHARE, Collection
from reportsearch.search.whoosh.text_column import Ints, Truths
from reportsearch.search.whoosh.view import View

SECONDS = 20
"""The most that one search may take: far more than any takes that a person writes."""
_REMEMBERED = 64
"""Strings whose passages are kept: a value of truth for each document."""


class Matcher:
    """Which passages meet a node, on one commit. Raises QueryError when that takes too long."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._end = time.monotonic() + SECONDS
        self._containing: dict[str, Truths] = {}
        self._postings: dict[str, tuple[Ints, Ints]] = {}

    def check_time(self) -> None:
        """Raise QueryError when the search has taken too long."""
        if time.monotonic() > self._end:
            raise QueryError(f"the search is not done within {SECONDS} s; search for fewer words")

    def postings(self, word: str) -> tuple[Ints, Ints]:
        """The passages that hold a word, and how often."""
        if word not in self._postings:
            self._postings[word] = self._view.postings("words", word)
        return self._postings[word]

    def in_field(self, name: str, word: str) -> Truths:
        """The documents that hold a word in a field."""
        found = self._view.none()
        found[self._view.postings(name, word)[0]] = True
        return found

    def collection(self, words: Sequence[str]) -> Collection:
        """The statistics that BM25 needs for some words."""
        return Collection(
            passages=self._view.passage_count,
            words=self._view.words_in_all,
            holding={word: len(self.postings(word)[0]) for word in words},
        )

    def containing(self, string: str) -> Truths:
        """The passages whose folded text contains a string."""
        if string not in self._containing:
            self.check_time()
            if len(self._containing) >= _REMEMBERED:
                self._containing.clear()
            found: Truths = self._view.containing("text", string) & self._view.passages
            self._containing[string] = found
        return self._containing[string]

    def meet(self, node: Node, share: float = SHARE) -> Truths:
        """The passages that meet a part of a query."""
        view = self._view
        if isinstance(node, Term):
            return self._meet_term(node)
        if isinstance(node, Text):
            return self._meet_text(node, share)
        if isinstance(node, ReportFilter):
            return view.of_reports(node.met_by)
        if isinstance(node, SectionFilter):
            if node.field == "portfolio":
                return view.sections_containing("portfolios", f"\t{node.value}\t")
            return view.sections_containing("heading_text", node.value)
        if isinstance(node, And):
            return reduce(np.logical_and, (self.meet(part, share) for part in node.parts))
        if isinstance(node, Or):
            return reduce(np.logical_or, (self.meet(part, share) for part in node.parts))
        if isinstance(node, Not):
            return view.passages & ~self.meet(node.part)
        raise TypeError(node)

    def _meet_term(self, term: Term) -> Truths:
        met = self.containing(term.string).copy()
        for synonym in term.synonyms:
            holding = self._all_of(synonym.strings)
            if synonym.years:
                holding = holding & self._in_years(synonym)
            met |= holding
        if term.words:
            met |= self._all_of(term.words)
        return met

    def _in_years(self, synonym: Synonym) -> Truths:
        return self._view.of_reports(lambda info: synonym.counts_in(info.year))

    def _all_of(self, strings: Iterable[str]) -> Truths:
        found = self._view.passages
        for string in strings:
            found = found & self.containing(string)
            if not found.any():
                break
        return found

    def _meet_text(self, text: Text, share: float) -> Truths:
        idf = self.collection(text.words).selecting(text.words)
        weight = np.zeros(self._view.count)
        for word in idf:
            weight[self.postings(word)[0]] += idf[word]
        met: Truths = (weight > 0) & (weight >= share * weight.max(initial=0.0))
        return met | self.containing(text.string)


def reports_holding(view: View, strings: Iterable[str]) -> set[str]:
    """The ids of the reports whose folded text contains one of the strings."""
    held = view.none()
    for string in strings:
        held |= view.containing("text", string)
    held &= view.passages
    return {view.ranked[rank].id for rank in np.unique(view.owner[held])}
