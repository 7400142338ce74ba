"""How groups of passages differ, straight from the definitions: slow, and plainly right.

Plain loops, no numpy. It was written before the code it judges was read.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

TEN_THOUSAND = 10_000


@dataclass(frozen=True)
class Piece:
    """A passage: its words in order, a run for each stretch without anything between them.

    A set phrase or a separator ends a run. ``official`` is who gave the report, or the report.
    """

    report: str
    official: str
    section: str
    values: frozenset[str]
    runs: tuple[tuple[str, ...], ...]


def words_in(piece: Piece) -> int:
    return sum(len(run) for run in piece.runs)


def times(piece: Piece, term: Sequence[str]) -> int:
    """How often some words stand next to each other, places that overlap too."""
    size = len(term)
    count = 0
    for run in piece.runs:
        for at in range(len(run) - size + 1):
            if run[at : at + size] == tuple(term):
                count += 1
    return count


def sides(pieces: Sequence[Piece], value: str, other: str = "") -> tuple[list[Piece], list[Piece]]:
    """A group, and the rest or the other group; passages of both of two are left out."""
    if not other:
        group = [piece for piece in pieces if value in piece.values]
        return group, [piece for piece in pieces if value not in piece.values]
    group = [piece for piece in pieces if value in piece.values and other not in piece.values]
    return group, [piece for piece in pieces if other in piece.values and value not in piece.values]


@dataclass(frozen=True)
class Counted:
    """A term in some passages."""

    count: int
    words: int
    reports: int
    officials: int
    all_officials: int

    @property
    def per_10k(self) -> float:
        return self.count / self.words * TEN_THOUSAND if self.words else 0.0


def counted(pieces: Sequence[Piece], term: Sequence[str]) -> Counted:
    having = [piece for piece in pieces if times(piece, term)]
    return Counted(
        count=sum(times(piece, term) for piece in pieces),
        words=sum(words_in(piece) for piece in pieces),
        reports=len({piece.report for piece in having}),
        officials=len({piece.official for piece in having}),
        all_officials=len({piece.official for piece in pieces}),
    )


def by_unit(
    pieces: Sequence[Piece], term: Sequence[str], *, sections: bool = False
) -> tuple[list[int], list[int]]:
    """The counts and the words of each official, or of each section of each report."""
    units: dict[tuple[str, ...], tuple[int, int]] = {}
    for piece in pieces:
        key = (piece.report, piece.section) if sections else (piece.official,)
        count, words = units.get(key, (0, 0))
        units[key] = count + times(piece, term), words + words_in(piece)
    return [count for count, _ in units.values()], [words for _, words in units.values()]


def log_ratio(count: float, words: float, rest_count: float, rest_words: float) -> float:
    """The binary logarithm of the ratio of the rates."""
    if count == 0 or rest_count == 0:
        count, rest_count = count + 0.5, rest_count + 0.5
    return math.log2((count / words) / (rest_count / rest_words))


def g2(having: int, all_: int, rest_having: int, rest_all: int) -> float:
    """Dunning's log-likelihood of the table of units with and without, never with a sign."""
    table = [[having, rest_having], [all_ - having, rest_all - rest_having]]
    total = all_ + rest_all
    found = 0.0
    for row in range(2):
        for column in range(2):
            observed = table[row][column]
            expected = sum(table[row]) * (table[0][column] + table[1][column]) / total
            if observed:
                found += 2 * observed * math.log(observed / expected)
    return max(found, 0.0)


def design_effect(counts: Sequence[int], words: Sequence[int]) -> float:
    """The variance of a count when units were drawn, over that of a Poisson; at least 1.

    A single unit is one observation, whatever it counts.
    """
    total = sum(counts)
    units = len(counts)
    if units < 2 or total == 0:
        return max(1.0, float(total))
    rate = total / sum(words)
    squares = 0.0
    for count, size in zip(counts, words, strict=True):
        squares += (count - rate * size) ** 2
    return max(1.0, units / (units - 1) * squares / total)


def beta_below(x: float, a: float, b: float) -> float:
    """The share of a beta distribution below ``x`` (continued fraction, Abramowitz 26.5.8)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_below(1 - x, b, a)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
        + a * math.log(x) + b * math.log1p(-x)
    )  # fmt: skip
    # From the inside out; sixty levels are more than enough for small numbers.
    fraction = 1.0
    for level in range(60, 0, -1):
        half, odd = divmod(level, 2)
        if odd:
            step = -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1))
        else:
            step = half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))
        fraction = 1 + step / fraction
    return front / (a * fraction)


def beta_point(share: float, a: float, b: float) -> float:
    """Where that share of a beta distribution is below, by halving."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if beta_below(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def interval(
    count: float, words: float, rest_count: float, rest_words: float, level: float = 0.95
) -> tuple[float, float]:
    """Clopper and Pearson's interval of the log ratio: the share of the group in all occurrences.

    Its ends are infinite where there is no bound. Counts may be fractions.
    """
    tail = (1 - level) / 2
    low, high = -math.inf, math.inf
    if count > 0:
        share = beta_point(tail, count, rest_count + 1)
        low = math.log2(share / (1 - share) * rest_words / words) if share > 0 else -math.inf
    if rest_count > 0:
        share = beta_point(1 - tail, count + 1, rest_count)
        high = math.log2(share / (1 - share) * rest_words / words) if share < 1 else math.inf
    return low, high


def drawn_interval(
    counts: Sequence[int],
    words: Sequence[int],
    rest_counts: Sequence[int],
    rest_words: Sequence[int],
) -> tuple[float, float]:
    """The interval after counts and words of each side were divided by their design effect.

    Of a side without the term nothing tells its effect, so it has that of the other.
    """
    here, there = design_effect(counts, words), design_effect(rest_counts, rest_words)
    if not sum(counts):
        here = there
    if not sum(rest_counts):
        there = here
    return interval(
        sum(counts) / here, sum(words) / here, sum(rest_counts) / there, sum(rest_words) / there
    )


def nearest_to_zero(low: float, high: float) -> float:
    """Evert's LRC."""
    if low <= 0 <= high:
        return 0.0
    return low if low > 0 else high


def dispersion(counts: Sequence[int], words: Sequence[int]) -> float:
    """Gries's DP, divided by the most that it can be (Lijffijt and Gries 2012)."""
    total, size = sum(counts), sum(words)
    if not total or len(counts) < 2:
        return 0.0
    apart = 0.0
    for count, part in zip(counts, words, strict=True):
        apart += abs(count / total - part / size)
    most = 1 - min(words) / size
    return apart / 2 / most if most else 0.0


def benjamini_hochberg(values: Sequence[float]) -> list[float]:
    """For each p the least rate of false discoveries at which it is called one."""
    found = []
    for mine in values:
        best = 1.0
        for p in values:
            if p >= mine:
                rank = sum(other <= p for other in values)
                best = min(best, p * len(values) / rank)
        found.append(best)
    return found


def ranks(values: Sequence[float]) -> list[float]:
    """1 for the least; equal ones share the mean of their ranks."""
    return [
        sum(other < value for other in values) + (sum(other == value for other in values) + 1) / 2
        for value in values
    ]


def exact_p(group: Sequence[float], rest: Sequence[float]) -> float:
    """How often a drawing of as many has a rank sum as far from the mean: all drawings tried."""
    everything = ranks([*group, *rest])
    size = len(group)
    mean = size * (len(everything) + 1) / 2
    mine = abs(sum(everything[:size]) - mean)
    drawings = list(combinations(everything, size))
    as_far = sum(abs(sum(drawn) - mean) >= mine - 1e-9 for drawn in drawings)
    return as_far / len(drawings)


def rates(counts: Iterable[int], words: Iterable[int]) -> list[float]:
    return [count / size for count, size in zip(counts, words, strict=True)]
