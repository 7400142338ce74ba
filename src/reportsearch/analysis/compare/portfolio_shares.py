"""The share that a group writes about each portfolio, compared with the others."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np

from reportsearch.analysis.compare.portfolio_holders import PortfolioHolders
from reportsearch.analysis.compare.selection import PassageSelection
from reportsearch.analysis.shares import compute_share
from reportsearch.arrays import Floats, Ints
from reportsearch.models.compare import ALL, PortfolioLength


class PortfolioShares:
    """Counts the characters of the passages of a selection by portfolio.

    As in the table of portfolios, white space does not count. A passage about several portfolios
    counts for each, and separately in equal parts. With ``is_personal``, each group is one person
    and is compared with those in charge of the same portfolio.
    """

    def __init__(self, selection: PassageSelection, *, is_personal: bool) -> None:
        self._names = sorted({name for own in selection.portfolios for name in own})
        number = {name: place for place, name in enumerate(self._names)}
        pairs = [
            (row, number[name], len(own))
            for row, own in enumerate(selection.portfolios)
            for name in own
        ]
        self._row, self._name, self._portfolios_per_pair = (
            np.array(pairs, dtype=np.int64).reshape(-1, 3).T
        )
        self._size = selection.size
        self._unit = selection.table.unit
        units = np.arange(int(self._unit.max(initial=-1)) + 1)
        chosen = np.flatnonzero(selection.table.is_included)
        self._all, self._about = self._count_chars(chosen, units)
        self._report = selection.report
        self._holders = None
        if is_personal:
            every = np.arange(len(selection.infos))
            counted = self._count_chars(chosen, every, selection.report)
            self._holders = PortfolioHolders(selection, self._names, *counted)

    def _find_pairs(self, rows: Ints) -> Ints:
        """Return the positions of some rows among the pairs of row and portfolio."""
        marked = np.zeros(len(self._unit), dtype=np.bool_)
        marked[rows] = True
        return np.flatnonzero(marked[self._row])

    def _count_chars(
        self, rows: Ints, units: Ints, group_ids: Ints | None = None
    ) -> tuple[Ints, Floats]:
        """Count the characters of some rows by unit, and those about each portfolio.

        The latter have shape (2, units, portfolios): whole and divided. Units are officials, or the
        ``group_ids`` of the rows.
        """
        place = np.searchsorted(units, self._unit if group_ids is None else group_ids)
        pairs = self._find_pairs(rows)
        row = self._row[pairs]
        width = len(self._names)
        keys, size = place[row] * width + self._name[pairs], self._size[row]
        counted = [
            np.bincount(keys, weights, len(units) * width).reshape(len(units), width)
            for weights in (size, size / self._portfolios_per_pair[pairs])
        ]
        all_: Ints = np.bincount(place[rows], self._size[rows], len(units)).astype(np.int64)
        return all_, np.stack(counted)

    def count_others_without_duties(self, rows: Ints) -> int:
        """Count, for a person's group, the others who do not state their duties."""
        return (
            self._holders.count_others_without_duties(np.unique(self._report[rows]))
            if self._holders
            else 0
        )

    def compute_shares(self, rows: Ints) -> tuple[PortfolioLength, ...]:
        """Return the shares of a group by name, and the mean of the other officials' shares."""
        units = np.unique(self._unit[rows])
        all_, about = self._count_chars(rows, units)
        # Only the officials of the group have less outside it.
        rest, rest_about = self._all.copy(), self._about.copy()
        rest[units] -= all_
        rest_about[:, units] = np.maximum(rest_about[:, units] - about, 0.0)
        others = max(int(np.count_nonzero(rest)), 1)
        shares = (rest_about / np.maximum(rest, 1)[:, None]).sum(axis=1) / others
        having = np.count_nonzero(rest_about[0], axis=0)
        chars, divided = about.sum(axis=1)
        passages = np.bincount(self._name[self._find_pairs(rows)], minlength=len(self._names))
        size = int(all_.sum())
        reports = np.unique(self._report[rows])
        charge = self._holders
        if charge is not None and not charge.has_declared_duties(reports):
            charge = None
        lengths = (
            PortfolioLength(
                portfolio=name,
                chars=int(chars[at]),
                share=compute_share(int(chars[at]), size),
                divided=compute_share(float(divided[at]), size),
                passages=int(passages[at]),
                rest_share=round(float(shares[0, at]), 6),
                rest_divided=round(float(shares[1, at]), 6),
                rest_units=int(having[at]),
                reference_group=ALL,
                declared=0,
                own_share=compute_share(int(chars[at]), size),
                own_divided=compute_share(float(divided[at]), size),
                reference_share=round(float(shares[0, at]), 6),
                reference_divided=round(float(shares[1, at]), 6),
                reference_units=int(np.count_nonzero(rest)),
            )
            for at, name in enumerate(self._names)
            if chars[at] or having[at]
        )
        if charge is None:
            return tuple(lengths)
        return tuple(
            replace(one, **asdict(charge.compare_shares(reports, self._names.index(one.portfolio))))
            for one in lengths
        )
