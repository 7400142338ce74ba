"""Scores of clauses, sentences and passages for portfolios, by a linear model of their wording.

The model (``data/portfolio_model.npz``, made by ``scripts/make_portfolio_model.py``) is a logistic
regression over tf–idf of runs of two to four characters. It is applied with numpy alone. Digits and
blanks are skipped, so that 收购小麦6.8万吨 has 麦万吨; punctuation ends a run.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]

SIZES = (2, 3, 4)
"""Lengths of the runs of characters."""
NONE = "none"
"""The model's class of text about no portfolio."""
_HASH_BITS = 18
_LITTLE = 100.0
"""What is added to the squares of a text, so that one or two runs do not say as much as many."""
_SKIPPED, _BREAK = 0, 1
_CLAUSE, _SENTENCE = 1, 2
_SKIPPED_CHARS = "0123456789.%*‰\u3007_ \u201c\u201d\u2018\u2019\"'《》"
_CLAUSE_ENDS, _SENTENCE_ENDS = "。;!?,:", "。;!?"
_CHARS = ((0x3400, 0x9FFF), (ord("a"), ord("z")), (0xC0, 0x24F), (0x370, 0x3FF))


@dataclass(frozen=True, slots=True)
class Grams:
    """Runs of characters as numbers, with where they start and end in the text, by start."""

    keys: Keys
    starts: Ints
    ends: Ints


def find_grams(folded: str) -> Grams:
    """Return the runs of a folded text."""
    chars = _load_classes()[_find_codes(folded)]
    places = np.flatnonzero(chars != _SKIPPED)
    codes = chars[places].astype(np.uint64)
    whole = codes != _BREAK
    keys = codes
    found: list[tuple[Keys, Ints, Ints]] = []  # of each size
    for size in range(2, max(SIZES) + 1):
        keys = (keys[:-1] << np.uint64(16)) | codes[size - 1 :]
        whole = whole[:-1] & (codes[size - 1 :] != _BREAK)
        kept = np.flatnonzero(whole)
        found.append((keys[kept], places[kept], places[kept + size - 1] + 1))
        if not len(keys):
            break
    return Grams(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _find_codes(folded: str) -> NDArray[np.uint32]:
    """Return the code points; those beyond the first plane are one."""
    points = np.frombuffer(folded.encode("utf-32-le", "replace"), np.uint32)
    return np.minimum(points, np.uint32(0xFFFF))


def _hash(keys: Keys) -> Ints:
    shift = np.uint64(64 - _HASH_BITS)
    return ((keys * np.uint64(0x9E3779B97F4A7C15)) >> shift).astype(np.int64)


@cache
def _load_classes() -> NDArray[np.uint16]:
    """Return a table that maps a code point to itself, or to one of ``_SKIPPED`` and ``_BREAK``."""
    table = np.full(0x10000, _BREAK, np.uint16)
    for first, last in _CHARS:
        table[first : last + 1] = np.arange(first, last + 1)
    table[[ord(char) for char in _SKIPPED_CHARS]] = _SKIPPED
    return table


@cache
def _load_marks() -> NDArray[np.uint8]:
    """Return a table of the characters that end a clause, and of those that end a sentence."""
    table = np.zeros(0x10000, np.uint8)
    table[[ord(char) for char in _CLAUSE_ENDS]] = _CLAUSE
    table[[ord(char) for char in _SENTENCE_ENDS]] = _SENTENCE
    return table


@dataclass(frozen=True, eq=False)
class PortfolioModel:
    """The model: the known runs in order, and their weights for each portfolio and for none.

    ``weights`` are multiplied by the inverse document frequency and divided by ``scale``.
    ``squares`` are the squares of that frequency.
    """

    names: tuple[str, ...]
    keys: Keys
    weights: NDArray[np.int8]
    scale: float
    squares: Floats
    intercepts: Floats

    def score(self, folded: str) -> TextScores:
        """Return the scores of a folded text, in which each line ends with 。"""
        grams = find_grams(folded)
        known, ids = self._find_known(grams.keys)
        order = np.lexsort((grams.ends[known], grams.starts[known]))
        known = known[order]
        return TextScores(self, folded, ids[order], grams.starts[known], grams.ends[known])

    def _find_known(self, keys: Keys) -> tuple[Ints, Ints]:
        """Return which of some runs are known, and their numbers."""
        hashes = _hash(keys)
        order, first = self._by_hash
        at, stop = first[hashes], first[hashes + 1]
        left = np.flatnonzero(at < stop)
        known, ids = [left[:0]], [left[:0]]
        while len(left):
            numbers = order[at[left]]
            is_known = self.keys[numbers] == keys[left]
            known.append(left[is_known])
            ids.append(numbers[is_known])
            left = left[~is_known]
            at[left] += 1
            left = left[at[left] < stop[left]]
        return np.concatenate(known), np.concatenate(ids)

    @cached_property
    def _by_hash(self) -> tuple[Ints, NDArray[np.int32]]:
        """Return the runs in order of their hashes, and where the runs of each hash start."""
        hashes = _hash(self.keys)
        counts = np.bincount(hashes, minlength=(1 << _HASH_BITS) + 1)
        first = np.cumsum(counts) - counts
        return np.argsort(hashes, kind="stable"), first.astype(np.int32)


@cache
def load_model() -> PortfolioModel:
    """Return the model that ships with the package."""
    path = files("reportsearch") / "data" / "portfolio_model.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
        idf = data["idf"].astype(np.float32)
        return PortfolioModel(
            names=tuple(str(data["names"]).split()),
            keys=np.cumsum(data["steps"]).astype(np.uint64),
            weights=data["weights"],
            scale=float(data["scale"]),
            squares=idf * idf,
            intercepts=data["intercepts"].astype(np.float32),
        )


@dataclass(frozen=True, slots=True)
class _SpanClauses:
    """The numbers of the clauses in several spans, and the number of the span of each."""

    clauses: Ints
    spans: Ints


class TextScores:
    """The scores of the parts of one text. All rows have a column for each name of the model."""

    def __init__(
        self, model: PortfolioModel, folded: str, ids: Ints, starts: Ints, ends: Ints
    ) -> None:
        self._model = model
        self._ids, self._starts, self._ends = ids, starts, ends
        self._list_of_starts: list[int] = starts.tolist()
        marks = _load_marks()[_find_codes(folded)]
        clause_ends = np.flatnonzero(marks)
        self._sentence_ends = np.flatnonzero(marks == _SENTENCE)
        # The sums of each clause that has a known run, and where the clause starts.
        first = _find_first_of_groups(np.searchsorted(clause_ends, starts))
        self._clauses = starts[first]
        self._sums = np.zeros((len(first), len(model.names)), np.float32)
        self._squares = np.zeros(len(first), np.float32)
        if len(ids):
            weights = model.weights.take(ids, axis=0)
            self._sums[:] = np.add.reduceat(weights, first, dtype=np.int32)
            self._sums *= model.scale
            self._squares = np.add.reduceat(model.squares[ids], first)

    def score_spans(self, spans: Sequence[tuple[int, int]]) -> Floats:
        """Return the probabilities of each span as a whole; nothing known means none."""
        return self._score_parts(self._find_clauses(spans), len(spans), None)

    def score_best(self, spans: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
        """Return the probabilities of the best sentence and of the best clause of each span."""
        inside = self._find_clauses(spans)
        sentences = np.searchsorted(self._sentence_ends, self._clauses[inside.clauses])
        best_clause = self._score_parts(inside, len(spans), np.arange(len(inside.clauses)))
        return self._score_parts(inside, len(spans), sentences), best_clause

    def _find_clauses(self, spans: Sequence[tuple[int, int]]) -> _SpanClauses:
        """Return the clauses in each span, one span after the other."""
        first, last = np.searchsorted(self._clauses, np.array(spans, np.int64).reshape(-1, 2)).T
        counts = last - first
        of_span = np.repeat(np.arange(len(spans)), counts)
        places = np.arange(len(of_span)) - np.repeat(np.cumsum(counts) - counts, counts)
        return _SpanClauses(places + np.repeat(first, counts), of_span)

    def _score_parts(self, inside: _SpanClauses, size: int, groups: Ints | None) -> Floats:
        """Return the best probabilities of the groups of clauses in each span, else of all."""
        found = np.zeros((size, len(self._model.names)), np.float32)
        clauses, spans = inside.clauses, inside.spans
        if not len(clauses):
            return found
        is_new = np.ones(len(clauses), np.bool_)
        is_new[1:] = spans[1:] != spans[:-1]
        if groups is not None:
            is_new[1:] |= groups[1:] != groups[:-1]
        first = np.flatnonzero(is_new)
        sums = np.add.reduceat(self._sums[clauses], first)
        squares = np.add.reduceat(self._squares[clauses], first)
        margins = sums / np.sqrt(squares + _LITTLE)[:, None] + self._model.intercepts
        odds = np.exp(margins - margins.max(1, keepdims=True))
        odds /= odds.sum(1, keepdims=True)
        of_span = spans[first]
        starts = _find_first_of_groups(of_span)
        found[of_span[starts]] = np.maximum.reduceat(odds, starts)
        return found

    def find_strongest(self, start: int, end: int, name: str, count: int) -> list[tuple[int, int]]:
        """Return the spans of the runs that speak most for a portfolio, joined where they meet."""
        first = bisect_left(self._list_of_starts, start)
        last = bisect_left(self._list_of_starts, end, first)
        weights = self._model.weights[self._ids[first:last], self._model.names.index(name)]
        best = (-weights).argsort(kind="stable")[: 3 * count]
        spans: list[tuple[int, int]] = []
        for weight, at in zip(weights[best].tolist(), (best + first).tolist(), strict=True):
            if len(spans) == count or weight <= 0:
                break
            begin, stop = self._list_of_starts[at], int(self._ends[at])
            meeting = [one for one in spans if one[0] < stop and begin < one[1]]
            for one in meeting:
                spans.remove(one)
                begin, stop = min(begin, one[0]), max(stop, one[1])
            spans.append((begin, stop))
        return sorted(spans)


def _find_first_of_groups(groups: Ints) -> Ints:
    """Return where each run of equal numbers starts."""
    if not len(groups):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], groups[1:] != groups[:-1])))
