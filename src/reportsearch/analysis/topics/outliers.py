"""Outliers: passages of which the topics explain no more than of random words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportsearch.analysis.topics.nmf import Factors, compute_weights, explained_share, tfidf
from reportsearch.analysis.topics.word_counts import WordCounts
from reportsearch.arrays import Bools, Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_CHANCE_QUANTILE = 0.75
"""Quantile of random passages that sets the threshold.

One in four random passages fits, since they also contain words of topics. Of the State Council's
passages with words, half fit none of 30 topics at .95, a third at .75, a sixth at .5.
"""
_SAMPLES_PER_LENGTH = 400
"""Random passages drawn for each length."""
_LENGTHS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)
"""Distinct words per passage; lengths in between use the threshold of the lower one."""


def find_fitting_passages(matrix: csr_matrix, word_counts: WordCounts, factors: Factors) -> Bools:
    """Return whether each passage fits a topic.

    A passage fits if the topics explain more of it (see ``explained_share``) than of three in four
    random passages with as many distinct words, in which each word is drawn independently by its
    document frequency. The threshold for long and short passages is thus measured, not set. A
    passage without words does not fit.
    """
    lengths = np.diff(matrix.indptr)
    thresholds = _compute_thresholds(word_counts, factors)
    of_length = np.searchsorted(_LENGTHS, lengths, side="right") - 1
    enough = explained_share(matrix, factors) > thresholds[np.maximum(of_length, 0)]
    return np.asarray(enough & (lengths > 0))


def _compute_thresholds(word_counts: WordCounts, factors: Factors) -> Floats:
    """Return the share explained by chance for each of _LENGTHS."""
    drawn = tfidf(
        _draw_passages(word_counts.frequencies, len(word_counts.words)),
        word_counts.frequencies,
        len(word_counts.distinct),
    )
    chance = Factors(compute_weights(drawn, factors.words), factors.words, factors.association)
    of_length = explained_share(drawn, chance).reshape(len(_LENGTHS), _SAMPLES_PER_LENGTH)
    return np.quantile(of_length, _CHANCE_QUANTILE, axis=1)


def _draw_passages(frequencies: Ints, words: int) -> WordCounts:
    random = np.random.default_rng(0)
    chances = np.cumsum(frequencies) / max(int(frequencies.sum()), 1)
    rows, columns = [], []
    for number, length in enumerate(_LENGTHS):
        # Words drawn twice count once.
        found = np.searchsorted(chances, random.random((_SAMPLES_PER_LENGTH, length)), side="right")
        rows.append(
            np.repeat(np.arange(_SAMPLES_PER_LENGTH) + number * _SAMPLES_PER_LENGTH, length)
        )
        columns.append(np.minimum(found, words - 1).ravel())
    size = max(words, 1)
    keys = np.unique(np.concatenate(rows) * size + np.concatenate(columns))
    counts = np.ones(len(keys), dtype=np.int64)
    total = _SAMPLES_PER_LENGTH * len(_LENGTHS)
    nothing = np.zeros(0, dtype=np.int64)
    return WordCounts((), total, keys // size, keys % size, counts, nothing, np.arange(total))
