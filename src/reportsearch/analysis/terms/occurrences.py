"""Occurrences of words and phrases in passages, as numbers in arrays, since there are millions.

Words inside set phrases are excluded from all counts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportsearch.analysis.terms.candidates import TermRules
from reportsearch.arrays import Ints
from reportsearch.comparable import Span
from reportsearch.tokenizer import Tokenizer

Int32s = NDArray[np.int32]

MAX_WORDS = 4
"""Maximum words of a phrase."""
MIN_PHRASE_COUNT = 2
"""Minimum occurrences of a phrase; one more per _WORDS_PER_MIN_COUNT words of text."""
_WORDS_PER_MIN_COUNT = 30_000


@dataclass(frozen=True)
class Occurrences:
    """Every occurrence of every term, passage by passage.

    ``terms`` are folded strings, ``lengths`` their numbers of words. ``term``, ``passage`` and
    ``place`` give, for each occurrence, the numbers of its term and passage, and its position in
    the folded passage. ``words`` counts the words of each passage outside set phrases.
    """

    terms: list[str]
    lengths: list[int]
    term: Int32s
    passage: Int32s
    place: Int32s
    words: Ints


class OccurrenceCollector:
    """Reads folded passages one by one."""

    def __init__(self, tokenizer: Tokenizer, rules: TermRules) -> None:
        self._tokenizer = tokenizer
        self._rules = rules
        self._word_ids: dict[str, int] = {}
        self._is_boundary: list[bool] = []
        self._word = array("i")
        self._passage = array("i")
        self._place = array("i")
        self._follows_previous = array("b")
        self._word_counts = array("q")

    def add(self, folded: str, set_phrases: Sequence[Span]) -> None:
        """Add a passage; ``set_phrases`` are the spans of its set phrases, by start."""
        number = len(self._word_counts)
        reached, counted = -1, 0
        for token in self._tokenizer.cut(folded):
            if set_phrases and any(start <= token.start < end for start, end in set_phrases):
                reached = -1
                continue
            counted += 1
            place = self._word_ids.setdefault(token.text, len(self._word_ids))
            if place == len(self._is_boundary):
                self._is_boundary.append(self._rules.is_boundary(token.text))
            if self._is_boundary[place]:
                reached = -1
                continue
            self._word.append(place)
            self._passage.append(number)
            self._place.append(token.start)
            self._follows_previous.append(token.start == reached)
            reached = token.end
        self._word_counts.append(counted)

    def collect_words(self) -> Occurrences:
        """Return the occurrences of single words that can name something."""
        word = np.array(self._word, dtype=np.int32)
        return self._build_occurrences([(1, np.arange(len(word)), word)])

    def collect_phrases(self) -> Occurrences:
        """Return the occurrences of words and of phrases of up to MAX_WORDS words.

        A string of words is considered only if both strings that are one word shorter are frequent
        enough (Agrawal and Srikant, "Fast algorithms for mining association rules", 1994).
        """
        return self._build_occurrences(list(self._iter_strings()))

    def _iter_strings(self) -> Iterator[tuple[int, Ints, Int32s]]:
        """Yield, for each length, the rows at which strings begin and the strings' numbers."""
        word = np.array(self._word, dtype=np.int32)
        joined = np.array(self._follows_previous, dtype=np.bool_)
        rows = np.arange(len(word))
        yield 1, rows, word
        least = MIN_PHRASE_COUNT + len(word) // _WORDS_PER_MIN_COUNT
        # The number of the string one word shorter that begins at a row; -1 for a rare one.
        shorter = np.where(np.bincount(word, minlength=1)[word] >= least, word, -1).astype(np.int64)
        for length in range(2, MAX_WORDS + 1):
            last = rows + length - 1
            rows = rows[last < len(word)]
            rows = rows[joined[rows + length - 1]]
            rows = rows[(shorter[rows] >= 0) & (shorter[rows + 1] >= 0)]
            if not len(rows):
                return
            keys = shorter[rows] * (int(shorter.max()) + 1) + shorter[rows + 1]
            _, number, counts = np.unique(keys, return_inverse=True, return_counts=True)
            number = number.reshape(-1)
            kept = counts[number] >= least
            rows, number = rows[kept], number[kept]
            if not len(rows):
                return
            yield length, rows, number.astype(np.int32)
            shorter = np.full(len(word), -1, dtype=np.int64)
            shorter[rows] = number

    def _build_occurrences(self, strings: Sequence[tuple[int, Ints, Int32s]]) -> Occurrences:
        terms: list[str] = []
        lengths: list[int] = []
        all_rows: list[Ints] = []
        numbers: list[Ints] = []
        words = list(self._word_ids)
        for length, rows, number in strings:
            _, first, inverse = np.unique(number, return_index=True, return_inverse=True)
            named = np.full(len(first), -1, dtype=np.int64)
            for place, row in enumerate(rows[first].tolist()):
                string = tuple(words[self._word[row + at]] for at in range(length))
                if self._is_term(string):
                    named[place] = len(terms)
                    terms.append("".join(string))
                    lengths.append(length)
            found = named[inverse.reshape(-1)]
            all_rows.append(rows[found >= 0])
            numbers.append(found[found >= 0])
        row, named = np.concatenate(all_rows), np.concatenate(numbers)
        terms, lengths, term = _merge_by_string(terms, lengths, named)
        order = np.argsort(row, kind="stable")
        row = row[order]
        return Occurrences(
            terms,
            lengths,
            term[order].astype(np.int32),
            np.array(self._passage, dtype=np.int32)[row],
            np.array(self._place, dtype=np.int32)[row],
            np.array(self._word_counts, dtype=np.int64),
        )

    def _is_term(self, words: tuple[str, ...]) -> bool:
        rules = self._rules
        if sum(map(len, words)) < 2 or rules.is_boilerplate(words):
            return False
        return rules.can_be_term(words)


def _merge_by_string(
    terms: Sequence[str], lengths: Sequence[int], term: Ints
) -> tuple[list[str], list[int], Ints]:
    """Assign one number to each string, which may have been segmented in several ways."""
    known: dict[str, int] = {}
    kept: list[int] = []
    for text, length in zip(terms, lengths, strict=True):
        if text not in known:
            known[text] = len(known)
            kept.append(length)
    places = np.array([known[text] for text in terms], dtype=np.int64)
    return list(known), kept, places[term] if len(term) else term
