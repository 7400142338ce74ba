"""The order of hits: which passages come first, and why. Shared by all engines.

A passage's score is a whole number and a fraction. The whole number counts the query's terms whose
very string the passage contains, so that such passages stand before those that contain a synonym
or the string's words apart. The fraction is the relevance, mapped to [0, 1): BM25F over the query's
words, to which the headings above the passage add the words that it lacks; for texts, the best
passages then gain by the pairs of characters and the single characters that they share with the
text. A report's score is that of its best passage; what the title adds counts once.

The constants of texts were chosen on natural questions; see benchmarks/README.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection as Container
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportsearch.search.query import FreeText

# Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009): the
# customary values, and BM25F, in which a field's frequencies are weighted before they saturate.
K1 = 1.2
B = 0.75
HEADING_WEIGHT = 0.5
"""What a word in a heading above counts, in occurrences in a passage that lacks it. (A heading
stands in the text of the first passage under it: there it would count twice.)"""
TITLE_WEIGHT = 0.5
"""What a word of the title adds, in idf, that the report's best passage lacks."""

COMMON_SHARE = 0.2
MIN_COMMON_PASSAGES = 10
"""A word in more than this share of the passages, and in more than a few, selects nothing for a
text, while rarer ones are there."""
MIN_IDF_SHARE = 0.25
"""A passage meets a text when its words weigh, by idf, at least this share of what those of the
best passage weigh. (A share of all words of the text would often be met by none: half of a
question's words, by idf, is what its best passage holds.)"""
MAX_CANDIDATES = 200
"""How many of the best passages for a text are compared with it character by character."""

TIERS = ("passage", "report", "part")
"""What meets the whole query, in the order of the answer: one passage, several of a report
between them, or nothing, so that a part of the query has to do."""

_RUN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class CollectionStatistics:
    """What BM25 needs to know of all live passages; lengths are in indexed words."""

    passage_count: int
    word_count: int
    document_frequencies: Mapping[str, int]
    """Word -> number of passages that hold it."""

    @property
    def mean_length(self) -> float:
        """Words in a passage."""
        return self.word_count / self.passage_count if self.word_count else 1.0

    def idf(self, word: str) -> float:
        """Inverse document frequency over passages; 0 for a word that none holds."""
        holding = self.document_frequencies[word]
        return _idf(self.passage_count, holding) if holding else 0.0

    def bm25(
        self,
        ranking: Iterable[str],
        counts: Mapping[str, int],
        length: int,
        headings: Container[str] = (),
    ) -> float:
        """BM25F of a passage of ``length`` words that holds each word ``counts`` times."""
        mean = self.mean_length
        total = 0.0
        for word in ranking:
            weight = counts.get(word, 0) / (1 - B + B * length / mean)
            if not weight and word in headings:
                weight = HEADING_WEIGHT
            total += self.idf(word) * (K1 + 1) * weight / (weight + K1)
        return total

    def select_words(self, ranking: Iterable[str]) -> dict[str, float]:
        """The words of a text that select passages, in order, and their idf."""
        known = [word for word in ranking if self.document_frequencies[word]]
        most = max(COMMON_SHARE * self.passage_count, MIN_COMMON_PASSAGES)
        rare = [word for word in known if self.document_frequencies[word] <= most]
        return {word: self.idf(word) for word in rare or known}


def _idf(passages: int, holding: int) -> float:
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


def score_grams(
    texts: Sequence[FreeText],
    passages: Sequence[str],
    lengths: Sequence[int],
    statistics: CollectionStatistics,
) -> list[float]:
    """What each candidate for some texts gains by the characters that it shares with them.

    BM25 over pairs of characters, then over single characters, with document frequencies among
    the candidates; ``passages`` are their folded texts, ``lengths`` their lengths in words.
    """
    runs = [run for text in texts for run in _RUN.findall(text.string)]
    grams = dict.fromkeys(
        run[at : at + size] for size in (2, 1) for run in runs for at in range(len(run) - size + 1)
    )
    mean = statistics.mean_length
    norms = [K1 * (1 - B + B * length / mean) for length in lengths]
    gained = [0.0] * len(passages)
    for gram in grams:
        counts = [passage.count(gram) for passage in passages]
        holding = len(counts) - counts.count(0)
        if not holding:
            continue
        idf = _idf(len(passages), holding)
        for place, count in enumerate(counts):
            if count:
                gained[place] += idf * count * (K1 + 1) / (count + norms[place])
    return gained


def combine_score(exact: Any, relevance: Any) -> Any:
    """Combine the number of terms found literally with the relevance; numbers or arrays."""
    return exact + relevance / (1 + relevance)
