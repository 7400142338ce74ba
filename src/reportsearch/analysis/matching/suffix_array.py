"""Numbering of equal strings: the windows of a long text, and its sorted suffixes.

Strings are never hashed. A few characters are packed into one number; longer windows are pairs of
shorter ones, whose ranks are sorted again (prefix doubling: Karp, Miller and Rosenberg, "Rapid
identification of repeated patterns in strings, trees and arrays", 1972; for suffixes Manber and
Myers, "Suffix arrays", 1993).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportsearch.arrays import Ints
from reportsearch.comparable import Codes

Numbers = NDArray[np.int32]
SEPARATOR = 0
"""A code that equals nothing; windows across it have no number."""
NOT_A_WINDOW = -1


def rank_values(keys: Ints) -> Numbers:
    """Return the rank of each number among the distinct ones, from 0."""
    if not len(keys):
        return np.zeros(0, dtype=np.int32)
    order = np.argsort(keys)
    fresh = np.diff(keys[order], prepend=keys[order[0]]) != 0
    numbers = np.empty(len(keys), dtype=np.int32)
    numbers[order] = np.cumsum(fresh, dtype=np.int32)
    return numbers


def compress_alphabet(codes: Codes) -> tuple[Numbers, int]:
    """Return codes as small numbers from 1, with SEPARATOR as 0, and the bits that they need."""
    there = np.zeros(int(codes.max(initial=0)) + 1, dtype=np.bool_)
    there[codes] = True
    there[SEPARATOR] = False
    small = np.cumsum(there, dtype=np.int32)
    small[SEPARATOR] = 0
    return small[codes], max(int(small[-1]).bit_length(), 1)


class WindowIndex:
    """The windows of a text of codes, numbered by length."""

    def __init__(self, codes: Codes) -> None:
        self._codes, bits = compress_alphabet(codes)
        self._packed = 63 // bits
        gaps = np.concatenate([np.zeros(1, dtype=np.int32), np.cumsum(codes == SEPARATOR)])
        self._gaps = gaps.astype(np.int32)

    def number_windows(self, length: int) -> Numbers:
        """Return the number of the window at each position, or NOT_A_WINDOW.

        Equal windows have equal numbers.
        """
        count = max(len(self._codes) - length + 1, 0)
        size = min(length, self._packed)
        keys = np.zeros(max(len(self._codes) - size + 1, 0), dtype=np.int64)
        bits = 63 // self._packed
        for at in range(size):
            keys = (keys << bits) | self._codes[at : at + len(keys)]
        numbers = rank_values(keys)
        while size < length:
            longer = min(2 * size, length)
            numbers = self._join_windows(numbers, longer - size)
            size = longer
        numbers = numbers[:count].copy()
        numbers[self._gaps[length:] != self._gaps[:count]] = NOT_A_WINDOW
        return numbers

    @staticmethod
    def _join_windows(numbers: Numbers, step: int) -> Numbers:
        """Return the numbers of windows ``step`` longer, from two that overlap or touch."""
        if len(numbers) <= step:
            return numbers[:0]
        keys = numbers[:-step].astype(np.int64) * (int(numbers.max()) + 1) + numbers[step:]
        return rank_values(keys)

    def extend_windows(self, numbers: Numbers, length: int, longer: int) -> tuple[Ints, Numbers]:
        """Return the positions of longer windows that may occur twice, and their numbers.

        ``numbers`` are those of the windows of ``length``. A window that occurs once cannot be part
        of a window that occurs twice.
        """
        if longer > len(self._codes):
            return np.zeros(0, dtype=np.int64), numbers[:0]
        count = len(self._codes) - longer + 1
        often = np.bincount(numbers[numbers >= 0], minlength=1) > 1
        repeated = (numbers >= 0) & often[numbers]
        places = np.flatnonzero(
            repeated[:count] & repeated[longer - length : longer - length + count]
        )
        places = places[self._gaps[places + longer] == self._gaps[places]]
        found = numbers[places].astype(np.int64)
        # Cover the window with overlapping parts, from left to right.
        for at in [*range(length, longer - length, length), longer - length]:
            if at <= 0 or not len(places):
                continue
            part = numbers[places + at]
            keep = part >= 0
            places, part, found = places[keep], part[keep], found[keep]
            found = rank_values(found * (int(numbers.max(initial=0)) + 1) + part).astype(np.int64)
        return places, found.astype(np.int32)


@dataclass(frozen=True)
class SuffixArray:
    """The suffixes of a text in order.

    ``order`` has their positions; ``lcp[i]`` is the length of the longest common prefix of the
    suffixes at ``order[i - 1]`` and ``order[i]``, up to a separator.
    """

    order: Ints
    lcp: Ints


def suffix_array(codes: Codes) -> SuffixArray:
    """Sort the suffixes of a text, except those that begin with a separator."""
    small, _ = compress_alphabet(codes)
    # Each separator gets a separate code, below all others, so that no string crosses it.
    alone = np.flatnonzero(small == 0)
    ranks = small.astype(np.int64) + len(alone)
    ranks[alone] = np.arange(len(alone))
    levels = [rank_values(ranks)]
    length = 1
    while len(codes) and int(levels[-1].max()) < len(codes) - 1:
        before = levels[-1].astype(np.int64)
        after = np.zeros(len(codes), dtype=np.int64)
        after[: len(codes) - length] = before[length:] + 1
        levels.append(rank_values(before * (len(codes) + 1) + after))
        length *= 2
    order = np.argsort(levels[-1]) if len(codes) else np.zeros(0, dtype=np.int64)
    order = order[len(alone) :]
    return SuffixArray(order, _compute_lcp(order, levels, len(codes)))


def _compute_lcp(order: Ints, levels: list[Numbers], size: int) -> Ints:
    common = np.zeros(len(order), dtype=np.int64)
    left, right = order[:-1].copy(), order[1:].copy()
    for level in range(len(levels) - 1, -1, -1):
        step = 1 << level
        inside = np.maximum(left, right) + step <= size
        ranks = levels[level]
        equal = inside & (ranks[np.minimum(left, size - 1)] == ranks[np.minimum(right, size - 1)])
        common[1:] += equal * step
        left += equal * step
        right += equal * step
    return common


class RangeMinimum:
    """Minimum values of ranges of an array, by a sparse table."""

    def __init__(self, values: Ints) -> None:
        self._levels = [values.astype(np.int32)]
        step = 1
        while 2 * step <= len(values):
            last = self._levels[-1]
            self._levels.append(np.minimum(last[:-step], last[step:]))
            step *= 2

    def query(self, firsts: Ints, stops: Ints) -> Ints:
        """Return the minimum of each range [first, stop); no range may be empty."""
        levels = np.frexp((stops - firsts).astype(np.float64))[1] - 1
        found = np.zeros(len(firsts), dtype=np.int64)
        for level, values in enumerate(self._levels):
            here = np.flatnonzero(levels == level)
            if len(here):
                right = values[stops[here] - (1 << level)]
                found[here] = np.minimum(values[firsts[here]], right)
        return found
