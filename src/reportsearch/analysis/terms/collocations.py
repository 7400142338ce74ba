"""Collocations: strings of words that are terms although their parts of speech do not show it.

一站式 and 双减 are such terms. Their words occur together far more often than by chance (normalised
pointwise mutual information; Bouma, "Normalized (pointwise) mutual information in collocation
extraction", 2009), and they have varied neighbours (entropy).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

MIN_COLLOCATION_COUNT = 2
MIN_NPMI = 0.3
"""1 means that words only occur together, 0 that they co-occur by chance."""
_MIN_NEIGHBOUR_ENTROPY = 0.5
"""Bits on each side; two neighbours, one ten times as frequent as the other, have .44."""


def npmi(together: int, apart: Sequence[int], size: float) -> float:
    """Return the normalised pointwise mutual information of words, at most 1.

    ``together`` counts their joint occurrences, ``apart`` all occurrences of each, in ``size``
    words.
    """
    if not together or together >= size:
        return 0.0
    surprise = math.log(size / together)
    chance = math.fsum(math.log(size / max(count, 1)) for count in apart)
    return (chance - surprise) / (surprise * (len(apart) - 1))


def has_varied_neighbours(left: Iterable[str], right: Iterable[str]) -> bool:
    """Return whether the characters on both sides of a string vary."""
    return min(entropy(left), entropy(right)) >= _MIN_NEIGHBOUR_ENTROPY


def entropy(values: Iterable[str]) -> float:
    """Return the entropy of some values, in bits."""
    counts = Counter(values)
    total = counts.total()
    return -math.fsum(n / total * math.log2(n / total) for n in counts.values()) if total else 0.0
