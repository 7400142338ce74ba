"""Keyness of the terms of one group against the rest, or against another group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reportsearch.analysis.compare import statistics
from reportsearch.analysis.compare.frequency_table import FrequencyTable, SubcorpusCounts
from reportsearch.analysis.compare.selection import PassageSelection
from reportsearch.analysis.matching.source_texts import get_official_key
from reportsearch.arrays import Bools, Floats, Ints
from reportsearch.models.compare import ComparedGroup, ComparedTerm

_MIN_COUNT = 2
"""Minimum occurrences of a term that sets a group apart, and of officials if there are several."""
_MIN_REST_SHARE = 0.5
"""Minimum share of the others who use a term that a group lacks."""
_CANDIDATES_PER_TERM = 10
"""Candidate terms per requested term, since some are nested in others."""
_NESTED_SHARE = 0.8
"""Share of occurrences inside a longer term at which a term is redundant."""


@dataclass(frozen=True)
class SignificanceTests:
    """G², p and q of all terms; p and q are NaN for a term too rare to be tested."""

    g2: Floats
    p: Floats
    q: Floats


class Keyness:
    """A group, ``rows`` of a table, and the rest of the table, term by term.

    Only the terms that ``is_eligible`` marks are tested and can set the group apart; by default
    all.
    """

    def __init__(self, table: FrequencyTable, rows: Ints, is_eligible: Bools | None = None) -> None:
        self._table = table
        self._is_eligible = (
            np.ones(table.terms, dtype=np.bool_) if is_eligible is None else is_eligible
        )
        self.rows = rows
        self.here = table.count_terms(rows, table.unit)
        # If nothing is tested, only its terms and those of most others are needed.
        self._candidate_terms = self._select_candidates() if self.here.units < 2 else None
        self.rest = self._subtract(table.by_unit, self.here)
        self.by_section = self.here.units < 2 or self.rest.units < 2

    def _select_candidates(self) -> Ints:
        fewest = _compute_min_units(max(self._table.by_unit.units - self.here.units, 0))
        most = self._table.by_unit.counts.count_units(self._table.terms) >= fewest
        return np.union1d(self.here.counts.term, np.flatnonzero(most))

    def _subtract(self, all_: SubcorpusCounts, here: SubcorpusCounts) -> SubcorpusCounts:
        if self._candidate_terms is not None:
            all_ = all_.select_terms(self._candidate_terms)
        return all_.subtract(here)

    @cached_property
    def _terms(self) -> int:
        return self._table.terms

    @cached_property
    def count(self) -> Ints:
        """Return the number of occurrences of each term in the group."""
        return self.here.counts.sum_by_term(self._terms)

    @cached_property
    def rest_count(self) -> Ints:
        """Return the number of occurrences of each term in the rest."""
        return self.rest.counts.sum_by_term(self._terms)

    @cached_property
    def units(self) -> Ints:
        """Return the number of officials of the group who use each term."""
        return self.here.counts.count_units(self._terms)

    @cached_property
    def rest_units(self) -> Ints:
        """Return the number of officials of the rest who use each term."""
        return self.rest.counts.count_units(self._terms)

    @cached_property
    def reports(self) -> SubcorpusCounts:
        """Return the counts of the group by report."""
        return self._table.count_terms(self.rows, self._table.report)

    @cached_property
    def rest_reports(self) -> SubcorpusCounts:
        """Return the counts of the rest by report."""
        return self._subtract(self._table.by_report, self.reports)

    @cached_property
    def clusters(self) -> SubcorpusCounts:
        """Return the sample of the group: its officials, or the sections of a single one."""
        if self.here.units > 1:
            return self.here
        return self._table.count_terms(self.rows, self._table.section)

    @cached_property
    def rest_clusters(self) -> SubcorpusCounts:
        """Return the sample of the rest."""
        if self.rest.units > 1:
            return self.rest
        by_section = self._table.count_terms(self.rows, self._table.section)
        return self._subtract(self._table.by_section, by_section)

    @cached_property
    def log_ratios(self) -> Floats:
        """Return the log ratio of each term."""
        return statistics.log_ratios(
            self.count, self.here.all_words, self.rest_count, self.rest.all_words
        )

    @cached_property
    def intervals(self) -> tuple[Floats, Floats]:
        """Return the lower and upper ends of the confidence intervals of the log ratios."""
        variances = self.clusters.variances(self._terms)
        rest = self.rest_clusters.variances(self._terms)
        return statistics.intervals(
            self.count,
            self.here.all_words,
            statistics.design_effects(self.count, variances),
            self.rest_count,
            self.rest.all_words,
            statistics.design_effects(self.rest_count, rest),
        )

    @cached_property
    def bounds(self) -> Floats:
        """Return the end of each interval that is nearest to zero."""
        return statistics.bounds(*self.intervals)

    @cached_property
    def significance_tests(self) -> SignificanceTests | None:
        """Return the tests; None if one side is a single official."""
        if self.by_section:
            return None
        units, others = self.here.units, self.rest.units
        g2 = statistics.log_likelihood(self.units, units, self.rest_units, others)
        able = self._is_eligible.copy()
        able[able] = statistics.find_testable_terms(
            self.units[able], self.rest_units[able], units, others
        )
        p = np.where(able, statistics.rank_sum_p_values(self.here, self.rest, self._terms), np.nan)
        q = np.full(len(p), np.nan)
        q[able] = statistics.benjamini_hochberg(p[able])
        return SignificanceTests(g2, p, q)

    def overused(self) -> Bools:
        """Return which terms set the group apart.

        These are significantly more frequent in the group and, if it has several officials, occur
        in the reports of more than one.
        """
        fewest = 1 if self.here.units < 2 else _MIN_COUNT
        often = (self.count >= _MIN_COUNT) & (self.units >= fewest)
        return often & (self.bounds > 0) & self._is_eligible

    def underused(self) -> Bools:
        """Return which terms are significantly less frequent here, though most others use them."""
        often = (self.rest_count >= _MIN_COUNT) & (
            self.rest_units >= _compute_min_units(self.rest.units)
        )
        return often & (self.bounds < 0) & self._is_eligible

    @property
    def candidates(self) -> int:
        """Return the number of testable terms, or of the group's terms if nothing can be tested."""
        tested = self.significance_tests
        able = self._is_eligible & (self.count > 0) if tested is None else ~np.isnan(tested.p)
        return int(np.count_nonzero(able))

    def most_overused(self, terms: list[str], top: int) -> list[int]:
        """Return the terms that set the group apart most, by bound.

        Ties are broken by log ratio, count and term.
        """
        order = sorted(
            np.flatnonzero(self.overused()).tolist(),
            key=lambda t: (-self.bounds[t], -self.log_ratios[t], -self.count[t], terms[t]),
        )
        return _take_first(order, terms, self.count, top)

    def most_underused(self, terms: list[str], top: int) -> list[int]:
        """Return the terms that the group lacks most, by bound.

        Ties are broken by log ratio, count in the rest and term. A term that occurs inside a longer
        one of the group is not lacking: a group that uses 乡村振兴, a single word, also uses 乡村.
        """
        own = "\n".join(["", *(terms[t] for t in np.unique(self.here.counts.term).tolist()), ""])
        found = np.flatnonzero(self.underused()).tolist()
        order = sorted(
            (t for t in found if own.count(terms[t]) == own.count(f"\n{terms[t]}\n")),
            key=lambda t: (self.bounds[t], self.log_ratios[t], -self.rest_count[t], terms[t]),
        )
        return _take_first(order, terms, self.rest_count, top)


def _take_first(order: list[int], terms: list[str], count: Ints, top: int) -> list[int]:
    """Return the first ``top`` terms in order that are not nested in longer ones."""
    found = without_nested_terms(order[: top * _CANDIDATES_PER_TERM], terms, count)
    return list(found)[:top]


def _compute_min_units(others: int) -> float:
    """Return how many of the others must use a term that a group lacks."""
    return max(_MIN_REST_SHARE * others, _MIN_COUNT if others > 1 else 1)


def without_nested_terms(found: list[int], terms: list[str], count: Ints | Floats) -> Iterator[int]:
    """Yield the terms except those that nearly always occur inside a longer one of them."""
    longer: dict[str, float] = {}
    for term in found:
        text = terms[term]
        for start in range(len(text)):
            for stop in range(start + 2, len(text) + 1):
                part = text[start:stop]
                if part != text:
                    longer[part] = max(longer.get(part, 0.0), float(count[term]))
    for term in found:
        if longer.get(terms[term], 0.0) < _NESTED_SHARE * count[term]:
            yield term


def build_compared_group(
    selection: PassageSelection, keyness: Keyness, value: str, other: str, top: int
) -> ComparedGroup:
    """Build a group with its distinctive terms; ``other`` is empty for all the rest."""
    table, here, rest = selection.table, keyness.here, keyness.rest
    tested = keyness.significance_tests
    significant = 0
    if tested is not None:
        is_significant = tested.q < statistics.SIGNIFICANCE_LEVEL
        significant = int((is_significant & (keyness.log_ratios > 0)).sum())
    best = keyness.most_overused(table.term_occurrences.terms, top)
    least = keyness.most_underused(table.term_occurrences.terms, top)
    chosen = np.count_nonzero(table.is_included)
    others = np.setdiff1d(np.flatnonzero(table.is_included), keyness.rows)
    reports, rest_reports = table.count_reports(keyness.rows)
    units, rest_units = table.count_units(keyness.rows)
    return ComparedGroup(
        value=value,
        against=other,
        reports=reports,
        units=units,
        passages=len(keyness.rows),
        chars=int(selection.chars[keyness.rows].sum()),
        words=here.all_words,
        rest_reports=rest_reports,
        rest_units=rest_units,
        rest_passages=int(chosen) - len(keyness.rows),
        rest_words=rest.all_words,
        by_section=keyness.by_section,
        candidates=keyness.candidates,
        significant=significant,
        terms=tuple(_build_terms(selection, keyness, best, keyness.rows, keyness.clusters)),
        less=tuple(_build_terms(selection, keyness, least, others, keyness.rest_clusters)),
        rest_posts=_list_posts(selection, others),
        rest_others=len(
            np.setdiff1d(np.unique(table.unit[others]), np.unique(table.unit[keyness.rows]))
        ),
        years=_list_years(selection, keyness.rows),
        rest_years=_list_years(selection, others),
    )


def _list_years(selection: PassageSelection, rows: Ints) -> tuple[int, ...]:
    """Return the years of the reports of some rows."""
    infos = [selection.infos[number] for number in np.unique(selection.report[rows]).tolist()]
    return tuple(sorted({info.year for info in infos if info.year is not None}))


def _list_posts(selection: PassageSelection, rows: Ints) -> tuple[str, ...]:
    """Return the posts in the reports of some rows, that of most officials first."""
    infos = [selection.infos[number] for number in np.unique(selection.report[rows]).tolist()]
    holders = {(get_official_key(info), info.post) for info in infos if info.post}
    counted = Counter(post for _, post in holders)
    return tuple(sorted(counted, key=lambda post: (-counted[post], post)))


def _build_terms(
    selection: PassageSelection,
    keyness: Keyness,
    best: list[int],
    example_rows: Ints,
    cluster_counts: SubcorpusCounts,
) -> Iterator[ComparedTerm]:
    """Yield terms with all measures, with an example and the dispersion in some rows."""
    table, here, rest = selection.table, keyness.here, keyness.rest
    reports = keyness.reports.counts.count_units(table.terms)
    rest_reports = keyness.rest_reports.counts.count_units(table.terms)
    dispersion = cluster_counts.dispersion(table.terms)
    low, high = keyness.intervals
    tests = keyness.significance_tests
    for term in best:
        count, rest_count = int(keyness.count[term]), int(keyness.rest_count[term])
        written, example = selection.find_example(term, example_rows)
        yield ComparedTerm(
            term=written,
            count=count,
            reports=int(reports[term]),
            units=int(keyness.units[term]),
            per_10k=per_10k(count, here.all_words),
            rest_count=rest_count,
            rest_reports=int(rest_reports[term]),
            rest_units=int(keyness.rest_units[term]),
            rest_per_10k=per_10k(rest_count, rest.all_words),
            log_ratio=round(float(keyness.log_ratios[term]), 3),
            interval=(_round_finite(low[term]), _round_finite(high[term])),
            bound=round(float(keyness.bounds[term]), 3),
            g2=None if tests is None else round(float(tests.g2[term]), 2),
            p=None if tests is None else _round_probability(tests.p[term]),
            q=None if tests is None else _round_probability(tests.q[term]),
            dispersion=round(float(dispersion[term]), 3),
            example=example,
        )


def per_10k(count: int, words: int) -> float:
    """Return the rate per 10,000 words."""
    return round(10_000 * count / max(words, 1), 2)


def _round_finite(value: float) -> float | None:
    return round(float(value), 3) if np.isfinite(value) else None


def _round_probability(value: float) -> float | None:
    """Round to three significant digits; None for what was not tested."""
    return None if np.isnan(value) else float(f"{value:.3g}")
