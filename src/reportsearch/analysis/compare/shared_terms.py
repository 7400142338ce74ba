"""Terms that all groups use about as often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from reportsearch.analysis.compare.frequency_table import SubcorpusCounts
from reportsearch.analysis.compare.keyness import per_10k, without_nested_terms
from reportsearch.analysis.compare.selection import PassageSelection
from reportsearch.arrays import Ints
from reportsearch.models.compare import GroupRate, SharedTerm

_MAX_RATE_RATIO = 2.0
"""Maximum ratio of the highest to the lowest rate."""
_MIN_UNIT_SHARE = 0.5
"""Minimum share of each group's officials that must use the term."""


class SharedTermFinder:
    """Collects groups one by one and finds the terms that they share."""

    def __init__(self, terms: int) -> None:
        self._min_rates = np.full(terms, np.inf)
        self._max_rates = np.zeros(terms)
        self._groups: list[tuple[str, Ints, int]] = []

    def add(self, value: str, rows: Ints, side: SubcorpusCounts) -> None:
        """Add a group, with its counts by unit."""
        terms = len(self._min_rates)
        rates = side.counts.sum_by_term(terms) / max(side.all_words, 1)
        rates[side.counts.count_units(terms) < _MIN_UNIT_SHARE * side.units] = 0.0
        self._min_rates = np.minimum(self._min_rates, rates)
        self._max_rates = np.maximum(self._max_rates, rates)
        self._groups.append((value, rows, side.all_words))

    def find_terms(self, selection: PassageSelection, top: int) -> Iterator[SharedTerm]:
        """Yield the terms of all groups, by their lowest rate in any group."""
        if len(self._groups) < 2:
            return
        texts = selection.table.term_occurrences.terms
        alike = (
            (self._min_rates > 0)
            & (self._max_rates <= _MAX_RATE_RATIO * self._min_rates)
            & selection.is_eligible
        )
        found = np.flatnonzero(alike).tolist()
        order = sorted(found, key=lambda term: (-self._min_rates[term], texts[term]))
        for term in list(without_nested_terms(order, texts, self._min_rates))[:top]:
            rates, written = zip(*self._iter_group_rates(selection, term), strict=True)
            yield SharedTerm(written[0], tuple(rates))

    def _iter_group_rates(
        self, selection: PassageSelection, term: int
    ) -> Iterator[tuple[GroupRate, str]]:
        """Yield the rate of a term in each group, and its spelling there."""
        table = selection.table
        for value, rows, words in self._groups:
            places = table.select_rows(rows)
            places = places[table.term_occurrences.term[places] == term]
            reports = np.unique(table.report[table.term_occurrences.passage[places]])
            written, example = selection.find_example(term, rows)
            rate = per_10k(len(places), words)
            yield GroupRate(value, len(places), rate, len(reports), example), written


def exclude_common_rows(first: Ints, second: Ints) -> tuple[Ints, Ints, int]:
    """Return the rows of two groups without those of both, and the number of these."""
    both = np.intersect1d(first, second)
    return np.setdiff1d(first, both), np.setdiff1d(second, both), len(both)


def build_mask(length: int, rows: Sequence[Ints]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return a mask of some rows."""
    marks = np.zeros(length, dtype=np.bool_)
    for some in rows:
        marks[some] = True
    return marks
