"""The fitted topics, and the result built from them: rounded, and with evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from reportsearch.analysis.corpus import Corpus
from reportsearch.analysis.topics.examples import TopicExampleFinder
from reportsearch.analysis.topics.labels import Phrase
from reportsearch.analysis.topics.nmf import Factors
from reportsearch.analysis.topics.passages import Passages
from reportsearch.analysis.topics.word_counts import WordCounts
from reportsearch.arrays import Floats, Ints
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

MAX_TERMS = 20
"""Terms listed per topic."""
_MAX_EXAMPLES = 3
_MAX_UNFIT_EXAMPLES = 5


@dataclass(frozen=True)
class TopicModel:
    """Topics by share, and the passages' weights.

    ``shares`` (passages x topics) add up to 1 for a passage that fits; ``strongest`` is its topic,
    or -1 if none. Topics that are portfolios have ``names``, others ``phrases`` for a label.
    """

    counted: WordCounts
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

    def find_rows_with(self, column: int) -> Ints:
        """Return the passages that contain a word."""
        start, end = self._by_word.indptr[column : column + 2]
        return np.asarray(self._by_word.indices[start:end])

    def find_top_columns(self, topic: int) -> list[int]:
        """Return the words that set a topic apart, the most distinctive first."""
        row = self.factors.association[topic]
        return [int(at) for at in np.argsort(-row, kind="stable")[:MAX_TERMS] if row[at] > 0]

    def sort_by_weight(self, rows: Ints, topic: int) -> Ints:
        """Sort passages by the amount of a topic, those whose strongest topic it is first.

        The amount grows with length: weights, which belong to passages scaled to length 1, are
        multiplied by the root of the number of words.
        """
        own = self.strongest[rows] == topic
        sizes = np.diff(self.matrix.indptr)[rows]
        amount = (self.factors.weights[rows, topic] * np.sqrt(sizes)).round(9)
        return rows[np.lexsort((rows, -amount, ~own))]


def build_topics(corpus: Corpus, passages: Passages, model: TopicModel, by: str) -> Topics:
    """Build the result."""
    examples = TopicExampleFinder(corpus, passages)
    unfit = np.flatnonzero(model.strongest < 0)
    return Topics(
        reports=len(passages.titles),
        passages=len(passages.places),
        distinct=model.distinct,
        terms=len(model.counted.words),
        by=by,
        asked=model.asked,
        too_few=model.names is not None,
        unfit=_round_stable(len(unfit) / max(len(passages.places), 1)),
        npmi=_round_mean(model.npmi),
        stability=_round_mean(model.stability),
        topics=tuple(
            _build_topic(examples, passages, model, topic) for topic in range(model.shares.shape[1])
        ),
        groups=tuple(_iter_groups(passages, model, by)),
        tried=model.tried,
        unfit_examples=tuple(
            TopicPassage(examples.get_passage_id(row), 0.0, examples.get_beginning(row))
            for row in _sample_evenly(_select_long_passages(model, unfit))
        ),
    )


def _build_topic(
    examples: TopicExampleFinder, passages: Passages, model: TopicModel, topic: int
) -> Topic:
    own = np.flatnonzero(model.strongest == topic)
    is_distinct = np.isin(own, model.counted.distinct)
    first = model.sort_by_weight(own[is_distinct], topic)[:_MAX_EXAMPLES].tolist()
    return Topic(
        id=topic + 1,
        label=model.names[topic] if model.names else _format_label(examples, model, topic),
        share=_round_stable(model.shares[:, topic].sum() / max(model.shares.sum(), 1)),
        passages=len(own),
        reports=len({passages.places[row][0] for row in own.tolist()}),
        npmi=None if model.npmi is None else _round_stable(model.npmi[topic], 3),
        stability=None if model.stability is None else _round_stable(model.stability[topic], 3),
        terms=tuple(_iter_terms(examples, model, topic)),
        examples=tuple(
            TopicPassage(
                examples.get_passage_id(row),
                _round_stable(model.shares[row, topic]),
                examples.get_beginning(row),
            )
            for row in first
        ),
    )


def _format_label(examples: TopicExampleFinder, model: TopicModel, topic: int) -> str:
    """Return the phrases of a topic as spelt in its strongest passages."""
    pieces = []
    for phrase in model.phrases[topic]:
        rows = model.find_rows_with(phrase[0])
        for column in phrase[1:]:
            rows = np.intersect1d(rows, model.find_rows_with(column))
        words = [model.counted.words[column] for column in phrase]
        pieces.append(
            examples.find_first(model.sort_by_weight(rows, topic).tolist(), words).written
        )
    return "、".join(pieces)


def _iter_terms(examples: TopicExampleFinder, model: TopicModel, topic: int) -> Iterator[TopicTerm]:
    row = model.factors.association[topic]
    columns = model.find_top_columns(topic)
    for column in columns:
        having = model.find_rows_with(column)
        rows = model.sort_by_weight(having, topic).tolist()
        place = examples.find_first(rows, [model.counted.words[column]])
        weight = _round_stable(row[column] / row[columns[0]])
        yield TopicTerm(place.written, weight, len(having), place.example)


def _iter_groups(passages: Passages, model: TopicModel, by: str) -> Iterator[TopicWeights]:
    """Yield the passages' shares summed by group, sorted by value."""
    rows: dict[str, list[int]] = {}
    for row, values in enumerate(passages.values):
        for value in values:
            rows.setdefault(value, []).append(row)
    for value in sorted(rows):
        own = np.array(rows[value])
        total = model.shares[own].sum(axis=0)
        yield TopicWeights(
            value=value,
            title=passages.titles[value] if by == "report" else value,
            passages=len(own),
            unfit=_round_stable((model.strongest[own] < 0).mean()),
            weights=tuple(_round_stable(weight / max(total.sum(), 1e-12)) for weight in total),
        )


def _select_long_passages(model: TopicModel, rows: Ints) -> Ints:
    """Return the passages with at least the median number of words, which are most informative."""
    sizes = np.diff(model.matrix.indptr)[rows]
    return rows[sizes >= np.median(sizes)] if len(rows) else rows


def _sample_evenly(rows: Ints) -> list[int]:
    """Return some of the rows, evenly spaced."""
    if len(rows) <= _MAX_UNFIT_EXAMPLES:
        return [int(row) for row in rows]
    return [
        int(row)
        for row in rows[np.linspace(0, len(rows) - 1, _MAX_UNFIT_EXAMPLES).round().astype(int)]
    ]


def _round_mean(values: Floats | None) -> float | None:
    return None if values is None or not len(values) else _round_stable(values.mean(), 3)


def _round_stable(value: float, digits: int = 4) -> float:
    """Round so that the last bits of floating-point results do not show; never return -0."""
    return round(float(value), digits) + 0.0
