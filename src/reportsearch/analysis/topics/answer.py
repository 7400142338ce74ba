"""What was found, as the answer that a user gets: rounded, and with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from reportsearch.analysis.corpus import Holdings
from reportsearch.analysis.topics.examples import Evidence
from reportsearch.analysis.topics.labels import Phrase
from reportsearch.analysis.topics.nmf import Factors
from reportsearch.analysis.topics.passages import Passages
from reportsearch.analysis.topics.word_counts import Counted, Floats, Ints
from reportsearch.models.topics import (
    Topic,
    TopicPassage,
    Topics,
    TopicTerm,
    TopicWeights,
    Weighing,
)

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

TERMS = 20
"""Terms of a topic that are told."""
_EXAMPLES = 3
_UNFIT = 5


@dataclass(frozen=True)
class Found:
    """Topics by share, and the passages' weights.

    ``shares`` (passages x topics) add up to 1 where a passage fits, ``strongest`` is its topic or
    -1. Topics that are portfolios have ``names``, others ``phrases`` for a label.
    """

    counted: Counted
    matrix: csr_matrix
    factors: Factors
    shares: Floats
    strongest: Ints
    names: tuple[str, ...] | None
    phrases: Sequence[Sequence[Phrase]]
    npmi: Floats | None
    stability: Floats | None
    distinct: int
    asked: int | None
    tried: tuple[Weighing, ...]

    @cached_property
    def _by_word(self) -> Any:
        by_word = self.matrix.tocsc()
        by_word.sort_indices()
        return by_word

    def having(self, column: int) -> Ints:
        """The passages that have a word."""
        start, end = self._by_word.indptr[column : column + 2]
        return np.asarray(self._by_word.indices[start:end])

    def columns(self, topic: int) -> list[int]:
        """The words that set a topic apart, the first before."""
        row = self.factors.association[topic]
        return [int(at) for at in np.argsort(-row, kind="stable")[:TERMS] if row[at] > 0]

    def by_weight(self, rows: Ints, topic: int) -> Ints:
        """Passages by how much of a topic is in them; those whose strongest topic it is first.

        A longer passage has more of it: the weights are those of passages of the same length 1.
        """
        own = self.strongest[rows] == topic
        sizes = np.diff(self.matrix.indptr)[rows]
        amount = (self.factors.weights[rows, topic] * np.sqrt(sizes)).round(9)
        return rows[np.lexsort((rows, -amount, ~own))]


def topics_of(held: Holdings, passages: Passages, found: Found, by: str) -> Topics:
    """The answer."""
    evidence = Evidence(held, passages)
    unfit = np.flatnonzero(found.strongest < 0)
    return Topics(
        reports=len(passages.titles),
        passages=len(passages.places),
        distinct=found.distinct,
        terms=len(found.counted.words),
        by=by,
        asked=found.asked,
        too_few=found.names is not None,
        unfit=_rounded(len(unfit) / max(len(passages.places), 1)),
        npmi=_mean(found.npmi),
        stability=_mean(found.stability),
        topics=tuple(
            _topic(evidence, passages, found, topic) for topic in range(found.shares.shape[1])
        ),
        groups=tuple(_groups(passages, found, by)),
        tried=found.tried,
        unfit_examples=tuple(
            TopicPassage(evidence.name(row), 0.0, evidence.beginning(row))
            for row in _spread(_telling(found, unfit))
        ),
    )


def _topic(evidence: Evidence, passages: Passages, found: Found, topic: int) -> Topic:
    own = np.flatnonzero(found.strongest == topic)
    is_distinct = np.isin(own, found.counted.distinct)
    first = found.by_weight(own[is_distinct], topic)[:_EXAMPLES].tolist()
    return Topic(
        id=topic + 1,
        label=found.names[topic] if found.names else _label(evidence, found, topic),
        share=_rounded(found.shares[:, topic].sum() / max(found.shares.sum(), 1)),
        passages=len(own),
        reports=len({passages.places[row][0] for row in own.tolist()}),
        npmi=None if found.npmi is None else _rounded(found.npmi[topic], 3),
        stability=None if found.stability is None else _rounded(found.stability[topic], 3),
        terms=tuple(_terms(evidence, found, topic)),
        examples=tuple(
            TopicPassage(
                evidence.name(row), _rounded(found.shares[row, topic]), evidence.beginning(row)
            )
            for row in first
        ),
    )


def _label(evidence: Evidence, found: Found, topic: int) -> str:
    """The phrases of a topic as its strongest passages write them."""
    pieces = []
    for phrase in found.phrases[topic]:
        rows = found.having(phrase[0])
        for column in phrase[1:]:
            rows = np.intersect1d(rows, found.having(column))
        words = [found.counted.words[column] for column in phrase]
        pieces.append(evidence.first(found.by_weight(rows, topic).tolist(), words).written)
    return "、".join(pieces)


def _terms(evidence: Evidence, found: Found, topic: int) -> Iterator[TopicTerm]:
    row = found.factors.association[topic]
    columns = found.columns(topic)
    for column in columns:
        having = found.having(column)
        rows = found.by_weight(having, topic).tolist()
        place = evidence.first(rows, [found.counted.words[column]])
        weight = _rounded(row[column] / row[columns[0]])
        yield TopicTerm(place.written, weight, len(having), place.example)


def _groups(passages: Passages, found: Found, by: str) -> Iterator[TopicWeights]:
    """The passages' shares summed by what they are grouped by, by value."""
    rows: dict[str, list[int]] = {}
    for row, values in enumerate(passages.values):
        for value in values:
            rows.setdefault(value, []).append(row)
    for value in sorted(rows):
        own = np.array(rows[value])
        total = found.shares[own].sum(axis=0)
        yield TopicWeights(
            value=value,
            title=passages.titles[value] if by == "report" else value,
            passages=len(own),
            unfit=_rounded((found.strongest[own] < 0).mean()),
            weights=tuple(_rounded(weight / max(total.sum(), 1e-12)) for weight in total),
        )


def _telling(found: Found, rows: Ints) -> Ints:
    """Those of some passages that say most: they have as many words as half of them, or more."""
    sizes = np.diff(found.matrix.indptr)[rows]
    return rows[sizes >= np.median(sizes)] if len(rows) else rows


def _spread(rows: Ints) -> list[int]:
    """Some of the rows, at even distances."""
    if len(rows) <= _UNFIT:
        return [int(row) for row in rows]
    return [int(row) for row in rows[np.linspace(0, len(rows) - 1, _UNFIT).round().astype(int)]]


def _mean(values: Floats | None) -> float | None:
    return None if values is None or not len(values) else _rounded(values.mean(), 3)


def _rounded(value: float, digits: int = 4) -> float:
    """Rounded, so that the last bits of a processor's arithmetic are in no answer; never -0."""
    return round(float(value), digits) + 0.0
