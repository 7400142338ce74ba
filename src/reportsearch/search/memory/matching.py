"""Which passages meet a node of a query: each is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportsearch.models.report import Passage, ReportInfo
from reportsearch.normalise import fold
from reportsearch.search.query import And, Node, Not, Or, ReportFilter, SectionFilter, Term, Text
from reportsearch.search.ranking import SHARE, Collection


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage with all that is asked of it."""

    info: ReportInfo
    passage: Passage
    folded: str
    counts: Counter[str]
    headings: frozenset[str]
    title: frozenset[str]

    @property
    def key(self) -> tuple[str, int]:
        """By which ties are broken."""
        return self.info.id, self.passage.number


class Scan:
    """The evaluation of one query on all passages."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.words = sum(entry.counts.total() for entry in entries)
        self._holding: dict[str, int] = {}
        self._weights: dict[Text, dict[str, float]] = {}

    def collection(self, words: Iterable[str]) -> Collection:
        """The statistics that BM25 needs for some words."""
        return Collection(
            passages=len(self.entries),
            words=self.words,
            holding={word: self.holding(word) for word in words},
        )

    def holding(self, word: str) -> int:
        """The number of passages that hold a word."""
        if word not in self._holding:
            self._holding[word] = sum(word in entry.counts for entry in self.entries)
        return self._holding[word]

    def meets(self, node: Node, entry: Entry, share: float = SHARE) -> bool:
        """Whether one passage of a report meets a part of a query."""
        if isinstance(node, Term):
            return _meets_term(node, entry)
        if isinstance(node, Text):
            return node.string in entry.folded or self._is_near(node, entry, share)
        if isinstance(node, ReportFilter):
            return node.met_by(entry.info)
        if isinstance(node, SectionFilter):
            if node.field == "portfolio":
                return node.value in entry.passage.portfolios
            return any(node.value in fold(heading) for heading in entry.passage.section)
        if isinstance(node, And):
            return all(self.meets(part, entry, share) for part in node.parts)
        if isinstance(node, Or):
            return any(self.meets(part, entry, share) for part in node.parts)
        if isinstance(node, Not):
            return not self.meets(node.part, entry)
        raise TypeError(node)

    def _is_near(self, text: Text, entry: Entry, share: float) -> bool:
        """Whether the words of a text that a passage holds weigh enough."""
        if text not in self._weights:
            idf = self.collection(text.words).selecting(text.words)
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

    def loosened(self, part: Node) -> Node:
        """A bare term that nothing meets is a text: its words need not all occur."""
        if isinstance(part, Term) and part.loose:
            met = any(self.meets(part, entry) for entry in self.entries)
            return part if met else part.as_text()
        return part


def _meets_term(term: Term, entry: Entry) -> bool:
    """See the docstring of Term."""
    if term.string in entry.folded:
        return True
    for synonym in term.synonyms:
        counts = synonym.counts_in(entry.info.year)
        if counts and all(string in entry.folded for string in synonym.strings):
            return True
    return bool(term.words) and all(word in entry.folded for word in term.words)
