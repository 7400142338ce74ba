"""Which passages fit the topics: more of them is explained than of words drawn by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from reportsearch.analysis.topics.nmf import Factors, explained, tfidf, weigh
from reportsearch.analysis.topics.word_counts import Counted, Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_CHANCE = 0.75
"""Of four passages of words drawn by chance one fits: they have words of topics, too. Of the State
Council's passages with words a half fit none of 30 topics with .95, a third with .75, a sixth with
.5."""
_DRAWN = 400
"""Passages that are drawn for each length."""
_LENGTHS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)
"""Different words of a passage; the threshold between two of these is that of the lower."""


def fits(matrix: csr_matrix, counted: Counted, factors: Factors) -> NDArray[np.bool_]:
    """Whether each passage fits a topic.

    It does where the topics explain more of it (see ``explained``) than of three in four passages
    with as many different words, drawn by chance: each word as often as passages have it, but none
    for the sake of another. So what a long passage and a short one need is measured, not set.
    A passage without a word fits none.
    """
    lengths = np.diff(matrix.indptr)
    thresholds = _thresholds(counted, factors)
    of_length = np.searchsorted(_LENGTHS, lengths, side="right") - 1
    enough = explained(matrix, factors) > thresholds[np.maximum(of_length, 0)]
    return np.asarray(enough & (lengths > 0))


def _thresholds(counted: Counted, factors: Factors) -> Floats:
    """What chance explains of passages of each of _LENGTHS."""
    drawn = tfidf(
        _drawn(counted.frequencies, len(counted.words)), counted.frequencies, len(counted.distinct)
    )
    chance = Factors(weigh(drawn, factors.words), factors.words, factors.association)
    of_length = explained(drawn, chance).reshape(len(_LENGTHS), _DRAWN)
    return np.quantile(of_length, _CHANCE, axis=1)


def _drawn(frequencies: Ints, words: int) -> Counted:
    random = np.random.default_rng(0)
    chances = np.cumsum(frequencies) / max(int(frequencies.sum()), 1)
    rows, columns = [], []
    for number, length in enumerate(_LENGTHS):
        # Some words come twice: they count once.
        found = np.searchsorted(chances, random.random((_DRAWN, length)), side="right")
        rows.append(np.repeat(np.arange(_DRAWN) + number * _DRAWN, length))
        columns.append(np.minimum(found, words - 1).ravel())
    size = max(words, 1)
    keys = np.unique(np.concatenate(rows) * size + np.concatenate(columns))
    counts = np.ones(len(keys), dtype=np.int64)
    total = _DRAWN * len(_LENGTHS)
    nothing = np.zeros(0, dtype=np.int64)
    return Counted((), total, keys // size, keys % size, counts, nothing, np.arange(total))
