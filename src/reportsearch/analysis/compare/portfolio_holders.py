"""Portfolio shares of a person's reports, compared with those in charge of the same portfolio."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportsearch.analysis.compare.selection import PassageSelection
from reportsearch.analysis.shares import compute_share
from reportsearch.arrays import Bools, Floats, Ints
from reportsearch.models.compare import DECLARING, NOBODY, WRITING
from reportsearch.structure.post_fields import is_head_of_government


@dataclass(frozen=True)
class HolderShares:
    """The portfolio shares that are compared; see ``PortfolioLength``."""

    reference_group: str
    declared: int
    own_share: float
    own_divided: float
    reference_share: float = 0.0
    reference_divided: float = 0.0
    reference_units: int = 0


class PortfolioHolders:
    """Compares a person's shares with those of others in charge of the same portfolio.

    ``size`` counts the characters of each report of a selection, ``about`` those about each of
    ``names``, with shape (2, reports, portfolios): whole and divided.
    """

    def __init__(
        self, selection: PassageSelection, names: list[str], size: Ints, about: Floats
    ) -> None:
        infos = selection.infos
        self._names = names
        self._size, self._about = size, about
        self._unit = np.zeros(len(infos), dtype=np.int64)
        self._unit[selection.report] = selection.table.unit
        self._declared = np.array(
            [[name in info.declared for name in names] for info in infos], dtype=np.bool_
        ).reshape(len(infos), len(names))
        # Heads of government are in charge of everything; without declared duties nobody can tell.
        self._has_duties: Bools = np.array(
            [bool(info.declared) and not is_head_of_government(info.post) for info in infos],
            dtype=np.bool_,
        )
        self._declaring = self._compute_unit_shares(self._declared)
        self._writing = self._compute_unit_shares(np.ones_like(self._declared))

    def _compute_unit_shares(self, counts: Bools) -> Floats:
        """Return each official's shares in the reports that count, NaN if none does."""
        units = int(self._unit.max(initial=-1)) + 1
        size = np.zeros((units, len(self._names)))
        about = np.zeros((2, *size.shape))
        np.add.at(size, self._unit, counts * self._size[:, None])
        for whole, of in zip(about, self._about, strict=True):
            np.add.at(whole, self._unit, counts * of)
        with np.errstate(invalid="ignore"):
            return np.where(size > 0, about / size, np.nan)

    def has_declared_duties(self, reports: Ints) -> bool:
        """Return whether some reports state the duties of their official."""
        return bool(self._has_duties[reports].any())

    def count_others_without_duties(self, reports: Ints) -> int:
        """Count the other officials who do not state their duties, or head a government."""
        known = set(self._unit[self._has_duties].tolist()) | set(self._unit[reports].tolist())
        return len(set(self._unit[self._size > 0].tolist()) - known)

    def compare_shares(self, reports: Ints, at: int) -> HolderShares:
        """Compare the shares of one official's reports in portfolio ``at`` with the others'."""
        declared = reports[self._declared[reports, at]]
        own = declared if len(declared) else reports
        size = int(self._size[own].sum())
        whole, divided = self._about[:, own, at].sum(axis=1).tolist()
        shares = compute_share(whole, size), compute_share(divided, size)
        others = np.ones(self._declaring.shape[1], dtype=np.bool_)
        others[self._unit[reports]] = False
        for group, found in ((DECLARING, self._declaring), (WRITING, self._writing)):
            theirs = found[:, others, at]
            counts = theirs[0] >= 0 if group == DECLARING else theirs[0] > 0
            if counts.any():
                mean = [round(float(one), 6) for one in theirs[:, counts].mean(axis=1)]
                units = int(np.count_nonzero(counts))
                return HolderShares(group, len(declared), *shares, mean[0], mean[1], units)
        return HolderShares(NOBODY, len(declared), *shares)
