"""The folded text of some passages, and where strings stand in it as words do."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportsearch.tokenizer import Token, Tokenizer

Ints = NDArray[np.int64]
Truths = NDArray[np.bool_]
Span = tuple[int, int]

LONGEST = 4
"""Words of a phrase."""


@dataclass(frozen=True)
class Strings:
    """Strings of neighbouring words: their words, and how often each occurs; by first place."""

    words: list[tuple[str, ...]]
    counts: list[int]


class Text:
    """Folded passages, one on a line, with spans of each that are set phrases, and headings.

    ``parts`` tells of a word whether no string of words reaches over it.
    """

    def __init__(
        self,
        passages: Sequence[str],
        hollow: Iterable[Sequence[Span]],
        headings: Iterable[Sequence[Span]],
        tokenizer: Tokenizer,
        parts: Callable[[str], bool],
    ) -> None:
        self.text = "\n".join(passages)
        self._begins = np.cumsum([0, *(len(passage) + 1 for passage in passages)])[:-1]
        self._hollow = self._marks(hollow)
        self._headings = self._marks(headings)
        self._starts = np.zeros(len(self.text) + 1, dtype=np.bool_)
        self._ends = np.zeros(len(self.text) + 1, dtype=np.bool_)
        self._known: dict[str, int] = {}
        self._parting: list[bool] = []
        # Not lists: a large index has millions of words.
        self._words = array("q")
        self._joined = array("b")
        for begin, passage in zip(self._begins.tolist(), passages, strict=True):
            tokens = tokenizer.cut(passage)
            starts, ends = tokenizer.edges_of(tokens)
            self._starts[[begin + start for start in starts]] = True
            self._ends[[begin + end for end in ends]] = True
            self._add(tokens, parts)

    def _add(self, tokens: Iterable[Token], parts: Callable[[str], bool]) -> None:
        reached = -1
        for token in tokens:
            place = self._known.setdefault(token.text, len(self._known))
            if place == len(self._parting):
                self._parting.append(parts(token.text))
            if self._parting[place]:
                reached = -1
                continue
            self._words.append(place)
            self._joined.append(token.start == reached)
            reached = token.end

    def _marks(self, spans: Iterable[Sequence[Span]]) -> Truths:
        marks = np.zeros(len(self.text) + 1, dtype=np.bool_)
        for begin, of_passage in zip(self._begins.tolist(), spans, strict=True):
            for start, end in of_passage:
                marks[begin + start : begin + end] = True
        return marks

    def strings(self, least: Callable[[int], int]) -> Strings:
        """All strings of up to LONGEST neighbouring words.

        ``least`` tells, of the number of words, how often a string has to occur.
        """
        words = list(self._known)
        number = np.array(self._words, dtype=np.int64)
        joined = np.array(self._joined, dtype=np.bool_)
        found = Strings([], [])
        for length, first, counts in _grams(number, joined, len(words)):
            kept = counts >= least(len(number))
            for row, count in zip(first[kept].tolist(), counts[kept].tolist(), strict=True):
                found.words.append(tuple(words[place] for place in number[row : row + length]))
                found.counts.append(count)
        return found

    def find(self, term: str) -> list[Span]:
        """Where a string begins and ends as words do, set phrases left out: passages and places.

        The place is the string's in its folded passage.
        """
        return [self._place(at) for at in self.all_places(term) if not self._is_hollow(at, term)]

    def is_heading(self, passage: int, place: int) -> bool:
        """Whether a place in a passage is part of a heading."""
        return bool(self._headings[int(self._begins[passage]) + place])

    def all_places(self, term: str) -> Iterator[int]:
        """Where in :attr:`text` a string stands as words do, in set phrases, too."""
        at = self.text.find(term)
        while at >= 0:
            if self._starts[at] and self._ends[at + len(term)]:
                yield at
                at = self.text.find(term, at + len(term))
            else:
                at = self.text.find(term, at + 1)

    def _is_hollow(self, at: int, term: str) -> bool:
        return bool(self._hollow[at : at + len(term)].all())

    def _place(self, at: int) -> Span:
        passage = int(np.searchsorted(self._begins, at, side="right")) - 1
        return passage, at - int(self._begins[passage])


def _grams(number: Ints, joined: Truths, words: int) -> Iterator[tuple[int, Ints, Ints]]:
    """For each length, the first row of each different string of so many words, and its count."""
    rows = np.arange(len(number))
    keys = number
    for length in range(1, LONGEST + 1):
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
