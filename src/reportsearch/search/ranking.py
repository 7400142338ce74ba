"""Ranking of passages and reports, shared by all engines.

A passage's score is a whole number and a fraction. The whole number counts the query's terms whose
exact string the passage contains, so that such passages rank before those that contain a synonym or
only the words of the string. The fraction is the relevance, mapped to [0, 1). It is BM25F over the
query's words, to which the headings above the passage contribute words that the passage lacks. For
texts, BM25 over pairs of characters is added. A report's score is that of its best passage, plus
what the title adds, counted once; for texts, BM25 of the whole report with its title, over words,
pairs and characters. Each BM25 is divided by its upper bound for the text and multiplied by that of
the words, so that all have the same scale, which does not depend on what else is found.

The constants for texts were chosen on natural questions; see benchmarks/README.md.
"""

from __future__ import annotations

import math
from collections.abc import Collection as Container
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from reportsearch.search.postings.keys import list_character_keys, list_pair_keys
from reportsearch.search.query import FreeText

# Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009): the
# customary values, and BM25F, which weights a field's frequencies before they saturate.
K1 = 1.2
B = 0.75
HEADING_WEIGHT = 0.5
"""Weight of a word in a heading above a passage that lacks it, in occurrences.

The first passage under a heading contains the heading's text, where the word would count twice.
"""
TITLE_WEIGHT = 0.5
"""Share of its idf that a word of the title adds if the report's best passage lacks it."""

COMMON_SHARE = 0.2
MIN_COMMON_PASSAGES = 10
"""Limits above which a word is too common to select passages for a text with rarer words.

Such a word occurs in more than this share of the passages, and in more than this number.
"""
MIN_IDF_SHARE = 0.25
"""Share of the best passage's idf weight that a passage needs to match a text.

A share of all words of the text would often exclude every passage: the best passage for a question
typically contains half of its words, by idf.
"""
PAIR_WEIGHT = 2.0
CHARACTER_WEIGHT = 1.0
"""Weights of a text's pairs of characters and of its characters, relative to its words."""

Term = TypeVar("Term", str, int)

TIERS = ("passage", "report", "part")
"""The tiers of an answer, in order.

A single passage matches the whole query, several passages of a report together do, or nothing does.
In the last case, passages that match part of the query are returned.
"""


@dataclass(frozen=True, slots=True)
class CollectionStatistics(Generic[Term]):
    """The statistics of all live passages that BM25 needs.

    Lengths are in indexed words, or for characters and their pairs in characters.
    """

    passage_count: int
    word_count: int
    document_frequencies: Mapping[Term, int]
    """Number of passages that contain each term: a word, or the key of characters."""

    @property
    def mean_length(self) -> float:
        """Return the mean number of words in a passage."""
        return self.word_count / self.passage_count if self.word_count else 1.0

    def idf(self, word: Term) -> float:
        """Return the inverse document frequency over passages, or 0 for an unknown word."""
        holding = self.document_frequencies[word]
        return _idf(self.passage_count, holding) if holding else 0.0

    def bm25(
        self,
        ranking: Iterable[Term],
        counts: Mapping[Term, int],
        length: int,
        headings: Container[Term] = (),
    ) -> float:
        """Return BM25F of a passage of ``length`` words, given its word counts."""
        mean = self.mean_length
        total = 0.0
        for word in ranking:
            weight = counts.get(word, 0) / (1 - B + B * length / mean)
            if not weight and word in headings:
                weight = HEADING_WEIGHT
            total += self.idf(word) * (K1 + 1) * weight / (weight + K1)
        return total

    def compute_bound(self, ranking: Iterable[Term]) -> float:
        """Return what BM25 stays below for any passage; unknown words count."""
        total = 0.0
        for word in ranking:
            total += _idf(self.passage_count, self.document_frequencies[word]) * (K1 + 1)
        return total

    def select_words(self, ranking: Iterable[Term]) -> dict[Term, float]:
        """Return the words of a text that select passages, in order, with their idf."""
        known = [word for word in ranking if self.document_frequencies[word]]
        most = max(COMMON_SHARE * self.passage_count, MIN_COMMON_PASSAGES)
        rare = [word for word in known if self.document_frequencies[word] <= most]
        return {word: self.idf(word) for word in rare or known}


def _idf(passages: int, holding: int) -> float:
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


@dataclass(frozen=True, slots=True)
class RankingField:
    """What a text is compared by: ``words``, or keys of ``pairs`` or ``characters``.

    ``weight`` is relative to the words of a passage. The lengths of words are in words, those of
    the others in characters. See ``search/postings/keys.py`` for the keys.
    """

    kind: str
    weight: float
    terms: Sequence[str] | Sequence[int]


def list_passage_fields(text: FreeText) -> list[RankingField]:
    """Return by what, besides words, passages are ranked for a text."""
    return _drop_empty(RankingField("pairs", PAIR_WEIGHT, list_pair_keys(text.string)))


def list_report_fields(text: FreeText) -> list[RankingField]:
    """Return by what whole reports are ranked for a text."""
    return _drop_empty(
        RankingField("words", 1.0, text.ranking),
        RankingField("pairs", PAIR_WEIGHT, list_pair_keys(text.string)),
        RankingField("characters", CHARACTER_WEIGHT, list_character_keys(text.string)),
    )


def _drop_empty(*fields: RankingField) -> list[RankingField]:
    return [field for field in fields if field.terms]


def combine_score(exact: Any, relevance: Any) -> Any:
    """Combine the number of literally matched terms with the relevance, as numbers or arrays."""
    return exact + relevance / (1 + relevance)
