"""One group against the rest, or against another one: every measure of every term, and the best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reportsearch.analysis.compare import statistics as measures
from reportsearch.analysis.compare.frequency_table import Floats, Side, Table
from reportsearch.analysis.compare.selection import Selection
from reportsearch.analysis.matching.source_texts import official_of
from reportsearch.analysis.terms.occurrences import Ints, Truths
from reportsearch.models.compare import ComparedGroup, ComparedTerm

_FEWEST = 2
"""Occurrences of a term that sets a group apart; in as many officials, where there are several."""
_MOST = 0.5
"""The share of the others who have a term that a group has less."""
_LOOKED_AT = 10
"""Terms that are looked at for each that is asked for: some stand inside others."""
_INSIDE = 0.8
"""The share of a term's occurrences inside a longer one, from which on it says nothing more."""


@dataclass(frozen=True)
class Tested:
    """Of all terms: G2, p and q; NaN where a term is too rare to be tested."""

    g2: Floats
    p: Floats
    q: Floats


class Against:
    """A group, ``rows`` of a table, and the rest of it, term by term.

    Only the terms that ``telling`` marks are tested and can set it apart; all without it.
    """

    def __init__(self, table: Table, rows: Ints, telling: Truths | None = None) -> None:
        self._table = table
        self._telling = np.ones(table.terms, dtype=np.bool_) if telling is None else telling
        self.rows = rows
        self.here = table.side(rows, table.unit)
        # Where nothing is tested, only its terms and those of most others are looked at.
        self._only = self._looked_at() if self.here.units < 2 else None
        self.rest = self._without(table.by_unit, self.here)
        self.by_section = self.here.units < 2 or self.rest.units < 2

    def _looked_at(self) -> Ints:
        others = max(self._table.by_unit.units - self.here.units, 0)
        most = self._table.by_unit.counts.units(self._table.terms) >= _fewest(others)
        found: Ints = np.union1d(self.here.counts.term, np.flatnonzero(most))
        return found

    def _without(self, all_: Side, here: Side) -> Side:
        return (all_ if self._only is None else all_.only(self._only)).without(here)

    @cached_property
    def _terms(self) -> int:
        return self._table.terms

    @cached_property
    def count(self) -> Ints:
        """The occurrences of each term in the group."""
        return self.here.counts.totals(self._terms)

    @cached_property
    def rest_count(self) -> Ints:
        """The occurrences of each term in the rest."""
        return self.rest.counts.totals(self._terms)

    @cached_property
    def units(self) -> Ints:
        """The officials of the group who have each term."""
        return self.here.counts.units(self._terms)

    @cached_property
    def rest_units(self) -> Ints:
        """The officials of the rest who have each term."""
        return self.rest.counts.units(self._terms)

    @cached_property
    def reports(self) -> Side:
        """The group by report."""
        return self._table.side(self.rows, self._table.report)

    @cached_property
    def rest_reports(self) -> Side:
        """The rest by report."""
        return self._without(self._table.by_report, self.reports)

    @cached_property
    def clusters(self) -> Side:
        """What was drawn of the group: its officials, or of a single one the sections."""
        return (
            self.here if self.here.units > 1 else self._table.side(self.rows, self._table.section)
        )

    @cached_property
    def rest_clusters(self) -> Side:
        """The same of the rest."""
        if self.rest.units > 1:
            return self.rest
        by_section = self._table.side(self.rows, self._table.section)
        return self._without(self._table.by_section, by_section)

    @cached_property
    def log_ratios(self) -> Floats:
        """The log ratio of each term."""
        return measures.log_ratios(
            self.count, self.here.all_words, self.rest_count, self.rest.all_words
        )

    @cached_property
    def intervals(self) -> tuple[Floats, Floats]:
        """The lower and upper ends of their intervals."""
        variances = self.clusters.variances(self._terms)
        rest = self.rest_clusters.variances(self._terms)
        return measures.intervals(
            self.count,
            self.here.all_words,
            measures.effects(self.count, variances),
            self.rest_count,
            self.rest.all_words,
            measures.effects(self.rest_count, rest),
        )

    @cached_property
    def bounds(self) -> Floats:
        """Of each interval the end nearest to zero."""
        return measures.bounds(*self.intervals)

    @cached_property
    def tested(self) -> Tested | None:
        """The tests; None where one side is a single official."""
        if self.by_section:
            return None
        units, others = self.here.units, self.rest.units
        g2 = measures.log_likelihood(self.units, units, self.rest_units, others)
        able = self._telling.copy()
        able[able] = measures.testable(self.units[able], self.rest_units[able], units, others)
        p = np.where(able, measures.rank_sums(self.here, self.rest, self._terms), np.nan)
        q = np.full(len(p), np.nan)
        q[able] = measures.false_discovery(p[able])
        return Tested(g2, p, q)

    def apart(self) -> Truths:
        """Which terms set the group apart: more frequent, for certain, and of no single
        official."""
        fewest = 1 if self.here.units < 2 else _FEWEST
        often = (self.count >= _FEWEST) & (self.units >= fewest)
        return often & (self.bounds > 0) & self._telling

    def lacking(self) -> Truths:
        """Which terms the group has less, for certain, though most of the others have them."""
        often = (self.rest_count >= _FEWEST) & (self.rest_units >= _fewest(self.rest.units))
        return often & (self.bounds < 0) & self._telling

    @property
    def candidates(self) -> int:
        """How many terms can be tested, or where nothing can the group has."""
        tested = self.tested
        able = self._telling & (self.count > 0) if tested is None else ~np.isnan(tested.p)
        return int(np.count_nonzero(able))

    def best(self, terms: list[str], top: int) -> list[int]:
        """The terms that set the group apart most, by bound; ties by ratio, count and term."""
        found = np.flatnonzero(self.apart())
        order = sorted(
            found.tolist(),
            key=lambda t: (-self.bounds[t], -self.log_ratios[t], -self.count[t], terms[t]),
        )
        return list(outer(order[: top * _LOOKED_AT], terms, self.count))[:top]

    def least(self, terms: list[str], top: int) -> list[int]:
        """The terms that it lacks most, by bound; ties by ratio, count in the rest and term.

        Who says 乡村振兴, which is one word, says 乡村: what stands in longer terms is not lacked.
        """
        own = "\n".join(["", *(terms[t] for t in np.unique(self.here.counts.term).tolist()), ""])
        lacking = np.flatnonzero(self.lacking()).tolist()
        found = np.array(
            [t for t in lacking if own.count(terms[t]) == own.count(f"\n{terms[t]}\n")], dtype=int
        )
        order = sorted(
            found.tolist(),
            key=lambda t: (self.bounds[t], self.log_ratios[t], -self.rest_count[t], terms[t]),
        )
        return list(outer(order[: top * _LOOKED_AT], terms, self.rest_count))[:top]


def _fewest(others: int) -> float:
    """How many of the others have to have a term that a group has less."""
    return max(_MOST * others, _FEWEST if others > 1 else 1)


def outer(found: list[int], terms: list[str], count: Ints | Floats) -> Iterator[int]:
    """Without what nearly always stands inside a longer one of them."""
    longer: dict[str, float] = {}
    for term in found:
        text = terms[term]
        for start in range(len(text)):
            for stop in range(start + 2, len(text) + 1):
                part = text[start:stop]
                if part != text:
                    longer[part] = max(longer.get(part, 0.0), float(count[term]))
    for term in found:
        if longer.get(terms[term], 0.0) < _INSIDE * count[term]:
            yield term


def compared(
    selection: Selection, against: Against, value: str, other: str, top: int
) -> ComparedGroup:
    """A group with the terms that set it apart; ``other`` is empty for all the rest."""
    table, here, rest = selection.table, against.here, against.rest
    tested = against.tested
    significant = 0
    if tested is not None:
        significant = int(((tested.q < measures.FALSE) & (against.log_ratios > 0)).sum())
    best = against.best(table.found.terms, top)
    least = against.least(table.found.terms, top)
    chosen = np.count_nonzero(table.chosen)
    others = np.setdiff1d(np.flatnonzero(table.chosen), against.rows)
    reports, rest_reports = table.reports_of(against.rows)
    units, rest_units = table.units_of(against.rows)
    return ComparedGroup(
        value=value,
        against=other,
        reports=reports,
        units=units,
        passages=len(against.rows),
        chars=int(selection.chars[against.rows].sum()),
        words=here.all_words,
        rest_reports=rest_reports,
        rest_units=rest_units,
        rest_passages=int(chosen) - len(against.rows),
        rest_words=rest.all_words,
        by_section=against.by_section,
        candidates=against.candidates,
        significant=significant,
        terms=tuple(_terms(selection, against, best, against.rows, against.clusters)),
        less=tuple(_terms(selection, against, least, others, against.rest_clusters)),
        rest_posts=_posts(selection, others),
        rest_others=len(
            np.setdiff1d(np.unique(table.unit[others]), np.unique(table.unit[against.rows]))
        ),
        years=_years(selection, against.rows),
        rest_years=_years(selection, others),
    )


def _years(selection: Selection, rows: Ints) -> tuple[int, ...]:
    """The years of the reports of some rows."""
    infos = [selection.infos[number] for number in np.unique(selection.report[rows]).tolist()]
    return tuple(sorted({info.year for info in infos if info.year is not None}))


def _posts(selection: Selection, rows: Ints) -> tuple[str, ...]:
    """The posts in the reports of some rows, that of most officials first."""
    infos = [selection.infos[number] for number in np.unique(selection.report[rows]).tolist()]
    holders = {(official_of(info), info.post) for info in infos if info.post}
    counted = Counter(post for _, post in holders)
    return tuple(sorted(counted, key=lambda post: (-counted[post], post)))


def _terms(
    selection: Selection, against: Against, best: list[int], shown: Ints, spread: Side
) -> Iterator[ComparedTerm]:
    """Terms with all measures, each with an example from some rows and how it is spread there."""
    table, here, rest = selection.table, against.here, against.rest
    reports = against.reports.counts.units(table.terms)
    rest_reports = against.rest_reports.counts.units(table.terms)
    dispersion = spread.dispersion(table.terms)
    low, high = against.intervals
    for term in best:
        count, rest_count = int(against.count[term]), int(against.rest_count[term])
        written, example = selection.example(term, shown)
        yield ComparedTerm(
            term=written,
            count=count,
            reports=int(reports[term]),
            units=int(against.units[term]),
            per_10k=per_10k(count, here.all_words),
            rest_count=rest_count,
            rest_reports=int(rest_reports[term]),
            rest_units=int(against.rest_units[term]),
            rest_per_10k=per_10k(rest_count, rest.all_words),
            log_ratio=round(float(against.log_ratios[term]), 3),
            interval=(_finite(low[term]), _finite(high[term])),
            bound=round(float(against.bounds[term]), 3),
            g2=None if against.tested is None else round(float(against.tested.g2[term]), 2),
            p=_probability(None if against.tested is None else against.tested.p[term]),
            q=_probability(None if against.tested is None else against.tested.q[term]),
            dispersion=round(float(dispersion[term]), 3),
            example=example,
        )


def per_10k(count: int, words: int) -> float:
    """How often something occurs in 10,000 words."""
    return round(10_000 * count / max(words, 1), 2)


def _finite(value: float) -> float | None:
    return round(float(value), 3) if np.isfinite(value) else None


def _probability(value: float | None) -> float | None:
    """Three digits that count; None for what was not tested."""
    return None if value is None or np.isnan(value) else float(f"{value:.3g}")
