"""How much a group writes about each portfolio, beside the others."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np

from reportsearch.analysis.compare.frequency_table import Floats
from reportsearch.analysis.compare.portfolio_holders import InCharge
from reportsearch.analysis.compare.selection import Selection
from reportsearch.analysis.portfolios.rows import rate
from reportsearch.analysis.terms.occurrences import Ints
from reportsearch.models.compare import ALL, PortfolioLength


class Lengths:
    """Counts the characters of the passages of a selection by portfolio.

    As in the table of portfolios blanks do not count. A passage about several counts for each, and
    a second time in equal parts. Groups that are one person's are compared with who is in charge of
    the same (``is_personal``).
    """

    def __init__(self, selection: Selection, *, is_personal: bool) -> None:
        self._names = sorted({name for own in selection.portfolios for name in own})
        number = {name: place for place, name in enumerate(self._names)}
        pairs = [
            (row, number[name], len(own))
            for row, own in enumerate(selection.portfolios)
            for name in own
        ]
        self._row, self._name, self._shared = np.array(pairs, dtype=np.int64).reshape(-1, 3).T
        self._size = selection.size
        self._unit = selection.table.unit
        units = np.arange(int(self._unit.max(initial=-1)) + 1)
        chosen = np.flatnonzero(selection.table.chosen)
        self._all, self._about = self._counted(chosen, units)
        self._report = selection.report
        self._in_charge = None
        if is_personal:
            every = np.arange(len(selection.infos))
            counted = self._counted(chosen, every, selection.report)
            self._in_charge = InCharge(selection, self._names, *counted)

    def _pairs(self, rows: Ints) -> Ints:
        """Where in the list of rows and portfolios some rows are."""
        marked = np.zeros(len(self._unit), dtype=np.bool_)
        marked[rows] = True
        return np.flatnonzero(marked[self._row])

    def _counted(self, rows: Ints, units: Ints, belongs: Ints | None = None) -> tuple[Ints, Floats]:
        """Of some rows the characters of each of the units, and those of each about each portfolio:
        of shape (2, units, portfolios), whole and divided. Units are officials, or what each row
        ``belongs`` to.
        """
        place = np.searchsorted(units, self._unit if belongs is None else belongs)
        pairs = self._pairs(rows)
        row = self._row[pairs]
        width = len(self._names)
        keys, size = place[row] * width + self._name[pairs], self._size[row]
        counted = [
            np.bincount(keys, weights, len(units) * width).reshape(len(units), width)
            for weights in (size, size / self._shared[pairs])
        ]
        all_: Ints = np.bincount(place[rows], self._size[rows], len(units)).astype(np.int64)
        return all_, np.stack(counted)

    def untold(self, rows: Ints) -> int:
        """Of a person's group: how many others do not tell what they are in charge of."""
        return self._in_charge.untold(np.unique(self._report[rows])) if self._in_charge else 0

    def of(self, rows: Ints) -> tuple[PortfolioLength, ...]:
        """Those of a group, by name; of the others the mean of their officials' shares."""
        units = np.unique(self._unit[rows])
        all_, about = self._counted(rows, units)
        # Only the officials of the group have less outside of it.
        rest, rest_about = self._all.copy(), self._about.copy()
        rest[units] -= all_
        rest_about[:, units] = np.maximum(rest_about[:, units] - about, 0.0)
        others = max(int(np.count_nonzero(rest)), 1)
        shares = (rest_about / np.maximum(rest, 1)[:, None]).sum(axis=1) / others
        having = np.count_nonzero(rest_about[0], axis=0)
        chars, divided = about.sum(axis=1)
        passages = np.bincount(self._name[self._pairs(rows)], minlength=len(self._names))
        size = int(all_.sum())
        reports = np.unique(self._report[rows])
        charge = self._in_charge
        if charge is not None and not charge.is_told(reports):
            charge = None
        lengths = (
            PortfolioLength(
                portfolio=name,
                chars=int(chars[at]),
                share=rate(int(chars[at]), size),
                divided=rate(float(divided[at]), size),
                passages=int(passages[at]),
                rest_share=round(float(shares[0, at]), 6),
                rest_divided=round(float(shares[1, at]), 6),
                rest_units=int(having[at]),
                beside=ALL,
                declared=0,
                own_share=rate(int(chars[at]), size),
                own_divided=rate(float(divided[at]), size),
                beside_share=round(float(shares[0, at]), 6),
                beside_divided=round(float(shares[1, at]), 6),
                beside_units=int(np.count_nonzero(rest)),
            )
            for at, name in enumerate(self._names)
            if chars[at] or having[at]
        )
        if charge is None:
            return tuple(lengths)
        return tuple(
            replace(one, **asdict(charge.of(reports, self._names.index(one.portfolio))))
            for one in lengths
        )
