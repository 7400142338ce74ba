"""What groups have in common: terms that all use, about as often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from reportsearch.analysis.compare.frequency_table import Side
from reportsearch.analysis.compare.keyness import outer, per_10k
from reportsearch.analysis.compare.selection import Selection
from reportsearch.analysis.terms.occurrences import Ints
from reportsearch.models.compare import GroupRate, SharedTerm

_MOST = 2.0
"""The greatest rate over the smallest."""
_UNITS = 0.5
"""The share of each group's officials that must have the term."""


class Shared:
    """Takes in groups one after another."""

    def __init__(self, terms: int) -> None:
        self._least = np.full(terms, np.inf)
        self._most = np.zeros(terms)
        self._groups: list[tuple[str, Ints, int]] = []

    def add(self, value: str, rows: Ints, side: Side) -> None:
        """Add a group, by unit."""
        terms = len(self._least)
        rates = side.counts.totals(terms) / max(side.all_words, 1)
        rates[side.counts.units(terms) < _UNITS * side.units] = 0.0
        self._least = np.minimum(self._least, rates)
        self._most = np.maximum(self._most, rates)
        self._groups.append((value, rows, side.all_words))

    def terms(self, selection: Selection, top: int) -> Iterator[SharedTerm]:
        """The terms of all groups, those first that every group uses most."""
        if len(self._groups) < 2:
            return
        texts = selection.table.found.terms
        alike = (self._least > 0) & (self._most <= _MOST * self._least) & selection.telling
        found = np.flatnonzero(alike).tolist()
        order = sorted(found, key=lambda term: (-self._least[term], texts[term]))
        for term in list(outer(order, texts, self._least))[:top]:
            rates, written = zip(*self._rates(selection, term), strict=True)
            yield SharedTerm(written[0], tuple(rates))

    def _rates(self, selection: Selection, term: int) -> Iterator[tuple[GroupRate, str]]:
        """How often each group uses a term, and how it is written there."""
        table = selection.table
        for value, rows, words in self._groups:
            places = table.occurrences(rows)
            places = places[table.found.term[places] == term]
            reports = np.unique(table.report[table.found.passage[places]])
            written, example = selection.example(term, rows)
            rate = per_10k(len(places), words)
            yield GroupRate(value, len(places), rate, len(reports), example), written


def rows_of_one(first: Ints, second: Ints) -> tuple[Ints, Ints, int]:
    """The rows of two groups without those of both, and the number of these."""
    both = np.intersect1d(first, second)
    return np.setdiff1d(first, both), np.setdiff1d(second, both), len(both)


def marked(length: int, rows: Sequence[Ints]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which of so many rows are among some."""
    marks = np.zeros(length, dtype=np.bool_)
    for some in rows:
        marks[some] = True
    return marks
