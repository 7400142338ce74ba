"""Expected frequencies of words and phrases in general Chinese and in the rest of an index.

The rate in the rest is smoothed with that of general Chinese (Dirichlet prior; Zhai and Lafferty,
"A study of smoothing methods for language models", 2004), so that general Chinese decides in a
small index, and the index itself in a large one. The expected rate is the geometric mean of both: a
keyword is more frequent than in general writing and than in similar reports.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reportsearch.tokenizer import Dictionary

SMOOTHING = 30_000
"""Words of general Chinese added to the rest of the index."""
WORDS_PER_CHARACTER = 0.4
"""Approximate number of words of two or more characters per character of text."""
_PLACEHOLDER_COUNT = 3
_UNKNOWN_WORD_RATE = math.exp(-16.0)
"""The rate of a word missing from the dictionary: about that of its rarest."""


def word_rate(count: float, chars: int) -> float:
    """Return a rate per word in a text of ``chars`` characters."""
    return count / (max(chars, 1) * WORDS_PER_CHARACTER)


@dataclass(frozen=True)
class ReferenceCorpus:
    """The corpus that a selection is compared with; the rest has ``chars`` characters."""

    dictionary: Dictionary
    chars: int

    def general_rate(self, words: Sequence[str]) -> float:
        """Return the rate of a word, or the geometric mean for a phrase, in general Chinese."""
        logarithms = [self._general_log_rate(word) for word in words]
        return math.exp(math.fsum(logarithms) / len(logarithms))

    def _general_log_rate(self, word: str) -> float:
        """Return the logarithm of a word's rate.

        Half of the dictionary has a count of 3, which only means that the word exists; the parts of
        such a word are more informative.
        """
        count = self.dictionary.counts.get(word, 0)
        if count > _PLACEHOLDER_COUNT:
            return math.log((count + 1) / self.dictionary.total)
        parts = [
            (self.dictionary.counts.get(word[:at], 0), self.dictionary.counts.get(word[at:], 0))
            for at in range(2, len(word) - 1)
        ]
        of_parts = [
            math.log((first + 1) * (last + 1)) / 2 - math.log(self.dictionary.total)
            for first, last in parts
            if first > _PLACEHOLDER_COUNT and last > _PLACEHOLDER_COUNT
        ]
        return max(of_parts, default=math.log(_UNKNOWN_WORD_RATE))

    def smoothed_rest_rate(self, count: int, general: float) -> float:
        """Return the smoothed rate of what occurs ``count`` times in the rest of the index."""
        words = self.chars * WORDS_PER_CHARACTER
        return (count + SMOOTHING * general) / (words + SMOOTHING)

    def expected_rate(self, count: int, general: float) -> float:
        """Return the rate that the selection's rate is compared with."""
        return math.sqrt(general * self.smoothed_rest_rate(count, general))
