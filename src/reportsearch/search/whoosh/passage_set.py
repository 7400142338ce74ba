"""Sets of passages, as sorted numbers or as a mask over all documents, whichever is cheaper."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportsearch.arrays import Bools, Ints

_SPARSE = 16
"""A set is looked up by bisection if the other one is this many times larger, else by a mask."""

Numbers = NDArray[Any]


class PassageSet:
    """A set of passages among ``count`` documents. Sets are never changed."""

    __slots__ = ("_count", "_documents", "_mask")

    def __init__(
        self, count: int, documents: Ints | None = None, mask: Bools | None = None
    ) -> None:
        """Create a set from sorted numbers or a mask."""
        self._count = count
        self._documents = documents
        self._mask = mask

    @property
    def documents(self) -> Ints:
        """Return the numbers in ascending order."""
        if self._documents is None:
            self._documents = np.flatnonzero(self._mask) if self._mask is not None else _NONE
        return self._documents

    @property
    def mask(self) -> Bools:
        """Return a boolean for each document."""
        if self._mask is None:
            self._mask = np.zeros(self._count, dtype=np.bool_)
            self._mask[self.documents] = True
        return self._mask

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self.documents)

    def __and__(self, other: PassageSet) -> PassageSet:
        """Return the passages in both sets."""
        if self._documents is None and other._documents is None:
            return PassageSet(self._count, mask=self.mask & other.mask)
        if self._documents is None or (
            other._documents is not None and len(other._documents) < len(self._documents)
        ):
            return other & self
        return PassageSet(self._count, self.documents[other.contains(self.documents)])

    def __or__(self, other: PassageSet) -> PassageSet:
        """Return the passages in either set."""
        known = self._documents is not None and other._documents is not None
        if known and _SPARSE * (len(self) + len(other)) < self._count:
            return PassageSet(self._count, np.union1d(self.documents, other.documents))
        return PassageSet(self._count, mask=self.mask | other.mask)

    def __sub__(self, other: PassageSet) -> PassageSet:
        """Return the passages that are not in the other set."""
        if self._documents is None:
            return PassageSet(self._count, mask=self.mask & ~other.mask)
        return PassageSet(self._count, self.documents[~other.contains(self.documents)])

    def contains(self, documents: Ints) -> Bools:
        """Return which of some documents are in the set."""
        if self._mask is None and _SPARSE * len(documents) < len(self.documents):
            at = np.searchsorted(self.documents, documents)
            at[at == len(self.documents)] = 0
            sparse: Bools = self.documents[at] == documents
            return sparse
        found: Bools = self.mask[documents]
        return found


_NONE: Ints = np.zeros(0, dtype=np.int64)


def unite(count: int, sets: Iterable[PassageSet]) -> PassageSet:
    """Return the passages in any of the sets."""
    return reduce(PassageSet.__or__, sets, PassageSet(count, _NONE))


def look_up(count: int, documents: Ints, rows: Ints, values: Numbers) -> Numbers:
    """Return the value of each of some documents, 0 for those not among ``rows``.

    ``documents`` and ``rows`` are in ascending order, among ``count``.
    """
    if not len(rows):
        return np.zeros(len(documents), dtype=values.dtype)
    if _SPARSE * len(documents) < len(rows):
        at = np.searchsorted(rows, documents)
        at[at == len(rows)] = 0
        return np.where(rows[at] == documents, values[at], values.dtype.type(0))
    everywhere = np.zeros(count, dtype=values.dtype)
    everywhere[rows] = values
    return everywhere[documents]
