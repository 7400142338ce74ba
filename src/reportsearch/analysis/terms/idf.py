"""How rare a word is among passages: the smoothed inverse document frequency."""

from __future__ import annotations

import math


def idf(frequency: int, passages: int) -> float:
    """Return ``ln((1 + N) / (1 + n)) + 1`` of a word that n of N passages have.

    One passage that has every word is added, so that no word divides by zero, and 1, so that a
    word of all passages still counts.
    """
    return math.log((1 + passages) / (1 + frequency)) + 1


def tf_idf(count: int, word_idf: float) -> float:
    """Return the weight of a word that occurs ``count`` times, at least once: ``1 + ln c`` times
    its idf.
    """
    return (1 + math.log(count)) * word_idf
