"""Counts of the words in passages that topics can consist of."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reportsearch.analysis.terms.candidates import TermRules
from reportsearch.arrays import Ints
from reportsearch.comparable import Span

WordSpan = tuple[str, int, int]
"""A word and its span in the folded passage."""

_ROMAN = frozenset("ivx")
"""Letters of Roman numerals, folded: Ⅲ类, XII."""
_NO_WORD = -1
_PASSAGE_END = -2


@dataclass(frozen=True)
class WordCounts:
    """The words of passages.

    ``rows``, ``columns`` and ``counts`` give the number of occurrences of each word of ``words``
    (column) in each passage (row), sorted by row and column; ``passages`` is the number of rows.
    ``sequence`` has the words in order: columns, -1 between two that are not adjacent, -2 after
    each passage. ``distinct`` are the rows of passages with words, without duplicates.
    """

    words: tuple[str, ...]
    passages: int
    rows: Ints
    columns: Ints
    counts: Ints
    sequence: Ints
    distinct: Ints

    @cached_property
    def frequencies(self) -> Ints:
        """Return the number of distinct passages with each word."""
        is_first = np.zeros(self.passages, dtype=np.bool_)
        is_first[self.distinct] = True
        return np.bincount(self.columns[is_first[self.rows]], minlength=len(self.words))


class WordCounter:
    """Counts the words of passages one by one, classifying each word only once."""

    def __init__(self, rules: TermRules, is_name: Callable[[str], bool]) -> None:
        self._rules = rules
        self._is_name = is_name
        self._word_ids: dict[str, int] = {}
        self._sequence = array("q")
        self._passages = 0
        self._first_rows: dict[bytes, int] = {}

    @property
    def distinct(self) -> int:
        """Return the number of passages with words, without copies."""
        return len(self._first_rows)

    def add(self, word_spans: Iterable[WordSpan], set_phrases: Sequence[Span]) -> None:
        """Count a passage's words, without those inside one of the ``set_phrases`` spans."""
        reached = -1
        found = array("q")
        for word, start, end in word_spans:
            place = self._word_ids.get(word)
            if place is None:
                place = self._word_ids[word] = self._assign_id(word)
            if place < 0 or any(first <= start and end <= last for first, last in set_phrases):
                reached = -1
                continue
            if start != reached:
                found.append(_NO_WORD)
            found.append(place)
            reached = end
        if found:
            self._first_rows.setdefault(found.tobytes(), self._passages)
        self._sequence.extend(found)
        self._sequence.append(_PASSAGE_END)
        self._passages += 1

    def _assign_id(self, word: str) -> int:
        return len(self._word_ids) if self._is_content_word(word) else _NO_WORD

    def _is_content_word(self, word: str) -> bool:
        """Return whether a word can show what a passage is about."""
        rules = self._rules
        if len(word) < 2 or any(char.isdigit() for char in word) or rules.is_boundary(word):
            return False
        if _ROMAN.issuperset(word):
            return False
        if not rules.can_be_edge(word) or rules.is_boilerplate((word,)):
            return False
        return not self._is_name(word)

    def build_counts(self, min_passages: int) -> WordCounts:
        """Return the counts of words that occur in ``min_passages`` distinct passages.

        Words are sorted by their characters, so that the order of reading does not matter.
        """
        found = np.array(self._sequence, dtype=np.int64)
        passage = np.cumsum(found == _PASSAGE_END)
        is_word = found >= 0
        size = len(self._word_ids)
        keys, counts = np.unique(
            passage[is_word] * max(size, 1) + found[is_word], return_counts=True
        )
        rows, places = keys // max(size, 1), keys % max(size, 1)
        distinct = np.array(list(self._first_rows.values()), dtype=np.int64)
        is_first = np.zeros(self._passages, dtype=np.bool_)
        is_first[distinct] = True
        kept = np.bincount(places[is_first[rows]], minlength=size) >= min_passages
        words = sorted(word for word, place in self._word_ids.items() if place >= 0 and kept[place])
        # Two more entries, so that -1 and -2 map to themselves.
        columns = np.full(size + 2, _NO_WORD)
        columns[_PASSAGE_END] = _PASSAGE_END
        columns[[self._word_ids[word] for word in words]] = np.arange(len(words))
        stays = kept[places]
        rows, places, counts = rows[stays], columns[places[stays]], counts[stays]
        order = np.lexsort((places, rows))
        has_words = np.bincount(rows, minlength=self._passages) > 0
        return WordCounts(
            tuple(words),
            self._passages,
            rows[order],
            places[order],
            counts[order],
            columns[found],
            distinct[has_words[distinct]],
        )
