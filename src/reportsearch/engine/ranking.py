"""The order of hits: which passages come first, and why. Shared by all engines.

A passage's score is ``exact + bm25 / (1 + bm25)``: the number of the query's terms whose very
string it contains, and, in the decimals, BM25 over the query's words. So passages that contain the
string itself always stand before those that contain a synonym or the string's words apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009): the
# customary values.
K1 = 1.2
B = 0.75


@dataclass(frozen=True, slots=True)
class Collection:
    """What BM25 needs to know of all live passages; lengths are in indexed words."""

    passages: int
    words: int
    holding: Mapping[str, int]
    """Word -> number of passages that hold it."""

    def bm25(self, ranking: Iterable[str], counts: Mapping[str, int], length: int) -> float:
        """BM25 of a passage of ``length`` words that holds each word ``counts`` times."""
        mean = self.words / self.passages if self.passages else 1.0
        total = 0.0
        for word in ranking:
            count = counts.get(word, 0)
            if count:
                holding = self.holding[word]
                idf = math.log(1 + (self.passages - holding + 0.5) / (holding + 0.5))
                damped = count + K1 * (1 - B + B * length / mean)
                total += idf * count * (K1 + 1) / damped
        return total


def score(exact: int, bm25: float) -> float:
    """Combine the number of terms found literally with BM25."""
    return exact + bm25 / (1 + bm25)
