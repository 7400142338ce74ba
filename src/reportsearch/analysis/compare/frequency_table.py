"""Frequencies of each term in each unit, for a group and for what it is compared with.

A unit is what counts as one observation: an official with all reports. A unit can be on both sides
(with reports of several years, say); each side then counts what belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reportsearch.analysis.terms.occurrences import Occurrences
from reportsearch.arrays import Bools, Floats, Ints


@dataclass(frozen=True)
class TermCounts:
    """Non-zero counts of terms by unit, sorted by term, then by unit."""

    term: Ints
    unit: Ints
    count: Ints

    @classmethod
    def of(cls, term: Ints, unit: Ints) -> TermCounts:
        """Count occurrences, each given by its term and unit."""
        width = int(unit.max(initial=0)) + 1
        keys, counts = np.unique(term * width + unit, return_counts=True)
        return cls(keys // width, keys % width, counts)

    def sum_by_term(self, terms: int) -> Ints:
        """Return the number of occurrences of each term."""
        return _sum_by_index(self.term, self.count, terms)

    def count_units(self, terms: int) -> Ints:
        """Return the number of units with each term."""
        return np.bincount(self.term, minlength=terms)


def _sum_by_index(indices: Ints, values: Ints, length: int) -> Ints:
    # Sums of integers below 2^53 are exact.
    added = np.bincount(indices, weights=values.astype(np.float64), minlength=length)
    return added.astype(np.int64)


@dataclass(frozen=True)
class SubcorpusCounts:
    """Terms by unit on one side, and the number of words of each unit (0 for units not on it)."""

    counts: TermCounts
    words: Ints

    @property
    def units(self) -> int:
        """Return the number of units on this side."""
        return int(np.count_nonzero(self.words))

    @property
    def all_words(self) -> int:
        """Return the number of words of all units on this side."""
        return int(self.words.sum())

    def subtract(self, other: SubcorpusCounts) -> SubcorpusCounts:
        """Return this side without another one, which is part of it."""
        counts, less = self.counts, other.counts
        width = len(self.words)
        left = counts.count.copy()
        keys = counts.term * width + counts.unit
        left[np.searchsorted(keys, less.term * width + less.unit)] -= less.count
        kept = left > 0
        rest = TermCounts(counts.term[kept], counts.unit[kept], left[kept])
        return SubcorpusCounts(rest, self.words - other.words)

    def select_terms(self, terms: Ints) -> SubcorpusCounts:
        """Return the counts of some terms only, given in order."""
        starts = np.searchsorted(self.counts.term, terms)
        lengths = np.searchsorted(self.counts.term, terms, side="right") - starts
        ends = np.cumsum(lengths)
        rows = np.repeat(starts - ends + lengths, lengths) + np.arange(int(lengths.sum()))
        counts = self.counts
        return SubcorpusCounts(
            TermCounts(counts.term[rows], counts.unit[rows], counts.count[rows]), self.words
        )

    def variances(self, terms: int) -> Floats:
        """Return the variance of each term's count, with units as the sample.

        ``k / (k - 1)`` times the sum of ``(c - r n)²`` over ``k`` units, where ``c`` is a unit's
        count, ``n`` its words and ``r`` the rate of the side: the linearised variance of a ratio
        over clusters, close to that of the leave-one-unit-out jackknife. A single unit is one
        observation, however often it uses a term: its variance is the square of the count.
        """
        units = self.units
        counts = self.counts
        totals = counts.sum_by_term(terms)
        if units < 2:
            return totals.astype(np.float64) ** 2
        rate = totals / self.all_words
        c = counts.count.astype(np.float64)
        n = self.words.astype(np.float64)
        squares = np.bincount(counts.term, weights=c * c, minlength=terms)
        mixed = np.bincount(counts.term, weights=c * n[counts.unit], minlength=terms)
        found: Floats = squares - 2 * rate * mixed + rate * rate * float((n * n).sum())
        return np.maximum(found, 0.0) * units / (units - 1)

    def dispersion(self, terms: int) -> Floats:
        """Return the normalised DP of each term: 0 if spread like the words, up to 1 (Gries 2008).

        It is divided by its maximum (Lijffijt and Gries 2012). It is NaN if the term does not
        occur, 0 if there is a single unit.
        """
        shares = self.words / max(self.all_words, 1)
        totals = self.counts.sum_by_term(terms)
        own = self.counts.count / totals[self.counts.term]
        expected = shares[self.counts.unit]
        # A unit without the term differs by its whole share.
        differences = np.abs(own - expected) - expected
        summed = np.bincount(self.counts.term, weights=differences, minlength=terms) + 1.0
        least = float(shares[self.words > 0].min(initial=1.0))
        if least >= 1.0:
            return np.where(totals > 0, 0.0, np.nan)
        return np.where(totals > 0, np.clip(summed / 2 / (1 - least), 0.0, 1.0), np.nan)


@dataclass(frozen=True)
class FrequencyTable:
    """Term occurrences in the passages compared.

    ``unit``, ``report`` and ``section`` number what each passage belongs to. ``is_included`` marks
    the passages that take part.
    """

    term_occurrences: Occurrences
    unit: Ints
    report: Ints
    section: Ints
    is_included: Bools

    @property
    def terms(self) -> int:
        """Return the number of terms."""
        return len(self.term_occurrences.terms)

    @cached_property
    def _starts(self) -> Ints:
        """Return where the occurrences of each passage begin, and where the last one's end."""
        return np.searchsorted(self.term_occurrences.passage, np.arange(len(self.unit) + 1))

    @cached_property
    def by_unit(self) -> SubcorpusCounts:
        """Count the terms of all included passages by unit."""
        return self.count_terms(np.flatnonzero(self.is_included), self.unit)

    @cached_property
    def by_report(self) -> SubcorpusCounts:
        """Count the terms of all included passages by report."""
        return self.count_terms(np.flatnonzero(self.is_included), self.report)

    @cached_property
    def by_section(self) -> SubcorpusCounts:
        """Count the terms of all included passages by section."""
        return self.count_terms(np.flatnonzero(self.is_included), self.section)

    @cached_property
    def _passages_per_unit(self) -> Ints:
        return np.bincount(self.unit[self.is_included])

    @cached_property
    def _passages_per_report(self) -> Ints:
        return np.bincount(self.report[self.is_included])

    def count_units(self, passages: Ints) -> tuple[int, int]:
        """Count the units of some passages, and of the other included passages.

        This includes units whose passages have no word outside set phrases.
        """
        return _count_inside_and_outside(self.unit[passages], self._passages_per_unit)

    def count_reports(self, passages: Ints) -> tuple[int, int]:
        """Count the reports of some passages, and of the other included passages."""
        return _count_inside_and_outside(self.report[passages], self._passages_per_report)

    def select_rows(self, passages: Ints) -> Ints:
        """Return the rows of :attr:`term_occurrences` in some passages, given in order."""
        starts, lengths = self._starts[passages], np.diff(self._starts)[passages]
        ends = np.cumsum(lengths)
        return np.repeat(starts - ends + lengths, lengths) + np.arange(int(lengths.sum()))

    def count_terms(self, passages: Ints, group_ids: Ints) -> SubcorpusCounts:
        """Count the terms of some passages by what each belongs to: a unit, report or section."""
        rows = self.select_rows(passages)
        where = self.term_occurrences.passage[rows].astype(np.int64)
        counts = TermCounts.of(self.term_occurrences.term[rows].astype(np.int64), group_ids[where])
        size = int(group_ids.max(initial=-1)) + 1
        return SubcorpusCounts(
            counts, _sum_by_index(group_ids[passages], self.term_occurrences.words[passages], size)
        )


def _count_inside_and_outside(group_ids: Ints, all_: Ints) -> tuple[int, int]:
    here = np.bincount(group_ids, minlength=len(all_))
    return int(np.count_nonzero(here)), int(np.count_nonzero(all_ - here))
