"""Matching passages against a node of a query by looking at each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reportsearch.models.report import Passage, Report, ReportInfo
from reportsearch.normalise import fold
from reportsearch.search.postings.keys import to_pair_keys, to_report_key
from reportsearch.search.query import (
    And,
    FreeText,
    Node,
    Not,
    Or,
    ReportFilter,
    SectionFilter,
    Term,
)
from reportsearch.search.ranking import MIN_IDF_SHARE, CollectionStatistics, RankingField


@dataclass(frozen=True, slots=True)
class KeyedText:
    """How often words and keys occur in a passage or a whole report, and its lengths."""

    counts: Mapping[Any, int]
    words: int
    chars: int

    def get_length(self, field: RankingField) -> int:
        """Return the length by which the frequencies of a field are weighed."""
        return self.words if field.kind == "words" else self.chars


def compute_field_statistics(
    texts: Sequence[KeyedText], field: RankingField
) -> CollectionStatistics[Any]:
    """Compute the statistics that BM25 needs for some keys."""
    return CollectionStatistics(
        passage_count=len(texts),
        word_count=sum(text.get_length(field) for text in texts),
        document_frequencies={
            term: sum(term in text.counts for text in texts) for term in field.terms
        },
    )


@dataclass(frozen=True)
class PassageEntry:
    """A passage with everything that matching and ranking need."""

    info: ReportInfo
    passage: Passage
    folded: str
    counts: Counter[str]
    headings: frozenset[str]
    title: frozenset[str]

    @cached_property
    def keyed(self) -> KeyedText:
        """Return the passage's own pairs."""
        keys = Counter(to_pair_keys(self.folded).tolist())
        return KeyedText(keys, self.counts.total(), len(self.passage.text))

    @property
    def key(self) -> tuple[str, int]:
        """Return the key by which ties are broken."""
        return self.info.id, self.passage.number


class PassageScan:
    """The evaluation of one query on all passages."""

    def __init__(
        self,
        entries: Sequence[PassageEntry],
        reports: Sequence[Report],
        cut_words: Callable[[str], list[str]],
    ) -> None:
        self.entries = entries
        self._reports = reports
        self._cut_words = cut_words
        self.word_count = sum(entry.counts.total() for entry in entries)
        self._document_frequencies: dict[str, int] = {}
        self._weights: dict[FreeText, dict[str, float]] = {}

    @cached_property
    def passage_collection(self) -> list[KeyedText]:
        """Return the pairs of all passages."""
        return [entry.keyed for entry in self.entries]

    @cached_property
    def report_collection(self) -> dict[str, KeyedText]:
        """Return the words, pairs and characters of each whole report with its title, by id."""
        found = {}
        for report in self._reports:
            title, texts = fold(report.title), [fold(one.text) for one in report.passages]
            title_words = self._cut_words(title)
            words = [word for text in texts for word in self._cut_words(text)]
            counts: Counter[Any] = Counter([*words, *set(title_words)])
            for text in (title, *texts):
                counts.update(to_pair_keys(text).tolist())
                counts.update(to_report_key(ord(char)) for char in text if char.isalnum())
            chars = len(report.title) + sum(len(one.text) for one in report.passages)
            found[report.id] = KeyedText(counts, len(title_words) + len(words), chars)
        return found

    def compute_statistics(self, words: Iterable[str]) -> CollectionStatistics[str]:
        """Compute the statistics that BM25 needs for some words."""
        return CollectionStatistics(
            passage_count=len(self.entries),
            word_count=self.word_count,
            document_frequencies={word: self.document_frequency(word) for word in words},
        )

    def document_frequency(self, word: str) -> int:
        """Return the number of passages that contain a word."""
        if word not in self._document_frequencies:
            self._document_frequencies[word] = sum(word in entry.counts for entry in self.entries)
        return self._document_frequencies[word]

    def matches(self, node: Node, entry: PassageEntry, share: float = MIN_IDF_SHARE) -> bool:
        """Return whether a passage matches a part of a query."""
        if isinstance(node, Term):
            return _matches_term(node, entry)
        if isinstance(node, FreeText):
            return node.string in entry.folded or self._has_enough_words(node, entry, share)
        if isinstance(node, ReportFilter):
            return node.matches(entry.info)
        if isinstance(node, SectionFilter):
            if node.field == "portfolio":
                return node.value in entry.passage.portfolios
            return any(node.value in fold(heading) for heading in entry.passage.section)
        if isinstance(node, And):
            return all(self.matches(part, entry, share) for part in node.parts)
        if isinstance(node, Or):
            return any(self.matches(part, entry, share) for part in node.parts)
        if isinstance(node, Not):
            return not self.matches(node.part, entry)
        raise TypeError(node)

    def _has_enough_words(self, text: FreeText, entry: PassageEntry, share: float) -> bool:
        """Return whether the words of a text in a passage have enough weight."""
        if text not in self._weights:
            idf = self.compute_statistics(text.words).select_words(text.words)
            self._weights[text] = {}
            for other in self.entries:
                weight = 0.0
                for word in idf:
                    if word in other.counts:
                        weight += idf[word]
                self._weights[text][other.passage.id] = weight
        weights = self._weights[text]
        weight = weights[entry.passage.id]
        return weight > 0 and weight >= share * max(weights.values())

    def loosen(self, part: Node) -> Node:
        """Turn a bare term without matches into a text, whose words need not all occur."""
        if isinstance(part, Term) and part.loose:
            met = any(self.matches(part, entry) for entry in self.entries)
            return part if met else part.to_free_text()
        return part


def _matches_term(term: Term, entry: PassageEntry) -> bool:
    """Return whether a passage matches a term, as described in the docstring of Term."""
    if term.string in entry.folded:
        return True
    for synonym in term.synonyms:
        counts = synonym.applies_in(entry.info.year)
        if counts and all(string in entry.folded for string in synonym.strings):
            return True
    return bool(term.words) and all(word in entry.folded for word in term.words)
