"""The smoothed inverse document frequency, which measures how rare a word is among passages."""

from __future__ import annotations

import math


def idf(frequency: int, passages: int) -> float:
    """Return ``ln((1 + N) / (1 + n)) + 1`` for a word that n of N passages contain.

    An added passage that contains every word avoids division by zero; the added 1 keeps the weight
    of a word in all passages above 0.
    """
    return math.log((1 + passages) / (1 + frequency)) + 1


def tf_idf(count: int, word_idf: float) -> float:
    """Return ``1 + ln c`` times the idf for a word that occurs ``count`` times, at least once."""
    return (1 + math.log(count)) * word_idf
