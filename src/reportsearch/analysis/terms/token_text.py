"""The folded text of some passages, and the occurrences of strings at word boundaries."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reportsearch.arrays import Bools, Ints
from reportsearch.comparable import Span
from reportsearch.tokenizer import Token, Tokenizer

MAX_WORDS = 4
"""Maximum words of a phrase."""


@dataclass(frozen=True)
class NGramCounts:
    """N-grams of adjacent words and their counts, by first occurrence."""

    words: list[tuple[str, ...]]
    counts: list[int]


class TokenText:
    """Folded passages, one per line, with spans of set phrases and headings.

    ``is_boundary`` decides whether strings of words cannot cross a word.
    """

    def __init__(
        self,
        passages: Sequence[str],
        set_phrases: Iterable[Sequence[Span]],
        headings: Iterable[Sequence[Span]],
        tokenizer: Tokenizer,
        is_boundary: Callable[[str], bool],
    ) -> None:
        self.text = "\n".join(passages)
        self._passage_starts = np.cumsum([0, *(len(passage) + 1 for passage in passages)])[:-1]
        self._in_set_phrase = self._mark_spans(set_phrases)
        self._in_heading = self._mark_spans(headings)
        self._starts = np.zeros(len(self.text) + 1, dtype=np.bool_)
        self._ends = np.zeros(len(self.text) + 1, dtype=np.bool_)
        self._word_ids: dict[str, int] = {}
        self._is_boundary: list[bool] = []
        # Arrays, since a large index has millions of words.
        self._words = array("q")
        self._follows_previous = array("b")
        for begin, passage in zip(self._passage_starts.tolist(), passages, strict=True):
            tokens = tokenizer.cut(passage)
            starts, ends = tokenizer.find_token_edges(tokens)
            self._starts[[begin + start for start in starts]] = True
            self._ends[[begin + end for end in ends]] = True
            self._add_tokens(tokens, is_boundary)

    def _add_tokens(self, tokens: Iterable[Token], is_boundary: Callable[[str], bool]) -> None:
        reached = -1
        for token in tokens:
            place = self._word_ids.setdefault(token.text, len(self._word_ids))
            if place == len(self._is_boundary):
                self._is_boundary.append(is_boundary(token.text))
            if self._is_boundary[place]:
                reached = -1
                continue
            self._words.append(place)
            self._follows_previous.append(token.start == reached)
            reached = token.end

    def _mark_spans(self, spans: Iterable[Sequence[Span]]) -> Bools:
        marks = np.zeros(len(self.text) + 1, dtype=np.bool_)
        for begin, of_passage in zip(self._passage_starts.tolist(), spans, strict=True):
            for start, end in of_passage:
                marks[begin + start : begin + end] = True
        return marks

    def count_ngrams(self, get_min_count: Callable[[int], int]) -> NGramCounts:
        """Count all strings of up to MAX_WORDS adjacent words.

        ``get_min_count`` returns the minimum count for a text of a given number of words.
        """
        words = list(self._word_ids)
        number = np.array(self._words, dtype=np.int64)
        joined = np.array(self._follows_previous, dtype=np.bool_)
        found = NGramCounts([], [])
        for length, first, counts in _iter_ngrams(number, joined, len(words)):
            kept = counts >= get_min_count(len(number))
            for row, count in zip(first[kept].tolist(), counts[kept].tolist(), strict=True):
                found.words.append(tuple(words[place] for place in number[row : row + length]))
                found.counts.append(count)
        return found

    def find(self, term: str) -> list[Span]:
        """Return the occurrences of a string at word boundaries, outside set phrases.

        Each is the number of a passage and the position in its folded text.
        """
        return [
            self._to_passage_place(at)
            for at in self.iter_places(term)
            if not self._is_set_phrase(at, term)
        ]

    def is_heading(self, passage: int, place: int) -> bool:
        """Return whether a position in a passage is part of a heading."""
        return bool(self._in_heading[int(self._passage_starts[passage]) + place])

    def iter_places(self, term: str) -> Iterator[int]:
        """Yield the positions in :attr:`text` of a string at word boundaries.

        Unlike :meth:`find`, this includes set phrases.
        """
        at = self.text.find(term)
        while at >= 0:
            if self._starts[at] and self._ends[at + len(term)]:
                yield at
                at = self.text.find(term, at + len(term))
            else:
                at = self.text.find(term, at + 1)

    def _is_set_phrase(self, at: int, term: str) -> bool:
        return bool(self._in_set_phrase[at : at + len(term)].all())

    def _to_passage_place(self, at: int) -> Span:
        passage = int(np.searchsorted(self._passage_starts, at, side="right")) - 1
        return passage, at - int(self._passage_starts[passage])


def _iter_ngrams(number: Ints, joined: Bools, words: int) -> Iterator[tuple[int, Ints, Ints]]:
    """Yield, for each length, the first row of each distinct n-gram, and its count."""
    rows = np.arange(len(number))
    keys = number
    for length in range(1, MAX_WORDS + 1):
        if length > 1:
            last = rows + length - 1
            kept = last < len(number)
            kept[kept] &= joined[last[kept]]
            rows = rows[kept]
            keys = keys[kept] * words + number[rows + length - 1]
        if not len(rows):
            return
        _, first, keys, counts = np.unique(
            keys, return_index=True, return_inverse=True, return_counts=True
        )
        keys = keys.reshape(-1)
        yield length, rows[first], counts
