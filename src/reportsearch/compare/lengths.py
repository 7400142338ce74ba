"""How much a group writes about each portfolio, beside the others."""

from __future__ import annotations

import numpy as np

from reportsearch.compare.selection import Selection
from reportsearch.models import PortfolioLength
from reportsearch.nlp.compare.occurrences import Ints
from reportsearch.nlp.compare.table import Floats
from reportsearch.portfolios.rows import rate


class Lengths:
    """Counts the characters of the passages of a selection by portfolio.

    As in the table of portfolios blanks do not count, and a passage about several counts for each.
    """

    def __init__(self, selection: Selection) -> None:
        self._names = sorted({name for own in selection.portfolios for name in own})
        number = {name: place for place, name in enumerate(self._names)}
        pairs = [
            (row, number[name]) for row, own in enumerate(selection.portfolios) for name in own
        ]
        self._pairs: Ints = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        self._size = selection.size
        self._unit = selection.table.unit
        chosen = np.flatnonzero(selection.table.chosen)
        units = int(self._unit.max(initial=-1)) + 1
        self._all, self._about = self._counted(chosen, np.arange(units))

    def _counted(self, rows: Ints, units: Ints) -> tuple[Ints, Ints]:
        """Of some rows the characters of each of the units, and of each by portfolio."""
        place = np.searchsorted(units, self._unit)
        marked = np.zeros(len(self._unit), dtype=np.bool_)
        marked[rows] = True
        row, name = self._pairs[marked[self._pairs[:, 0]]].T
        shape = len(units), len(self._names)
        all_ = np.bincount(place[rows], self._size[rows], len(units))
        keys = place[row] * shape[1] + name
        about = np.bincount(keys, self._size[row], shape[0] * shape[1])
        # Sums of whole numbers below 2^53 are exact.
        return all_.astype(np.int64), about.astype(np.int64).reshape(shape)

    def of(self, rows: Ints) -> tuple[PortfolioLength, ...]:
        """Those of a group, by name; of the others the mean of their officials' shares."""
        units = np.unique(self._unit[rows])
        all_, about = self._counted(rows, units)
        # Only the officials of the group have less outside of it.
        rest, rest_about = self._all.copy(), self._about.copy()
        rest[units] -= all_
        rest_about[units] -= about
        others = max(int(np.count_nonzero(rest)), 1)
        shares: Floats = (rest_about / np.maximum(rest, 1)[:, None]).sum(axis=0) / others
        having = np.count_nonzero(rest_about, axis=0)
        chars = about.sum(axis=0)
        marked = np.zeros(len(self._unit), dtype=np.bool_)
        marked[rows] = True
        passages = np.bincount(
            self._pairs[marked[self._pairs[:, 0]], 1], minlength=len(self._names)
        )
        return tuple(
            PortfolioLength(
                portfolio=name,
                chars=int(chars[at]),
                share=rate(int(chars[at]), int(all_.sum())),
                passages=int(passages[at]),
                rest_share=round(float(shares[at]), 6),
                rest_units=int(having[at]),
            )
            for at, name in enumerate(self._names)
            if chars[at] or having[at]
        )
