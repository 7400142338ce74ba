"""Strings of words that are terms though their parts of speech do not tell: 一站式, 双减.

Words that stand together far more often than chance would have it (normalised pointwise mutual
information; Bouma, "Normalized (pointwise) mutual information in collocation extraction", 2009),
and beside which different characters stand (entropy of the neighbours).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

MIN_COLLOCATION_COUNT = 2
MIN_NPMI = 0.3
"""1 is of words that never stand apart, 0 of chance."""
_MIN_NEIGHBOUR_ENTROPY = 0.5
"""Bits on each side: two neighbours, one of which is ten times as frequent, have .44."""


def npmi(together: int, apart: Sequence[int], size: float) -> float:
    """The normalised mutual information of words, at most 1.

    They stand together so often, each so often at all, in a text of ``size`` words.
    """
    if not together or together >= size:
        return 0.0
    surprise = math.log(size / together)
    chance = math.fsum(math.log(size / max(count, 1)) for count in apart)
    return (chance - surprise) / (surprise * (len(apart) - 1))


def has_varied_neighbours(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether different characters stand on both sides of a string."""
    return min(entropy(left), entropy(right)) >= _MIN_NEIGHBOUR_ENTROPY


def entropy(values: Iterable[str]) -> float:
    """The entropy of some values, in bits."""
    counts = Counter(values)
    total = counts.total()
    return -math.fsum(n / total * math.log2(n / total) for n in counts.values()) if total else 0.0
