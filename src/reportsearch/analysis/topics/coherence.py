"""Measures of topic quality: coherence, diversity, and stability across subsamples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportsearch.analysis.topics.nmf import factorise
from reportsearch.arrays import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

TOP_WORD_COUNT = 10
"""Words per topic that are evaluated."""
MAX_COHERENCE_PASSAGES = 50_000
"""Maximum passages for counting co-occurrences; in few passages, rare words never co-occur."""
SUBSAMPLE_SHARE = 0.8
"""Share of the passages in a subsample."""


def find_top_words(association: Floats) -> list[Ints]:
    """Return the first ten words of each topic, fewer if no more set it apart; ties by column."""
    order = np.argsort(-association, axis=1, kind="stable")[:, :TOP_WORD_COUNT]
    return [row[values[row] > 0] for row, values in zip(order, association, strict=True)]


def npmi(matrix: csr_matrix, tops: list[Ints]) -> Floats:
    """Return the coherence of each topic's words: the mean NPMI over all pairs, from -1 to 1.

    Normalised pointwise mutual information of two words in one passage of ``matrix`` (Bouma 2009;
    Lau, Newman and Baldwin, "Machine reading tea leaves", 2014): 1 if they only occur together, 0
    if they co-occur as often as by chance, -1 if they never co-occur.
    """
    found = np.zeros(len(tops))
    for number, top in enumerate(tops):
        if len(top) < 2:
            continue
        has = matrix[:, top]
        has.data = np.ones_like(has.data)
        together = np.asarray((has.T @ has).todense()) / matrix.shape[0]
        apart = np.diag(together)
        left, right = np.triu_indices(len(top), 1)
        found[number] = float(np.mean(_npmi(together[left, right], apart[left] * apart[right])))
    return found


def _npmi(together: Floats, chance: Floats) -> Floats:
    found = np.full(len(together), -1.0)
    always = together >= 1
    found[always] = 1.0
    some = (together > 0) & ~always
    found[some] = np.log(together[some] / chance[some]) / -np.log(together[some])
    return found


def topic_diversity(tops: list[Ints]) -> Floats:
    """Return how distinct the first words of each topic are: 1 if no other topic has any of them.

    A word of several topics counts for each in equal parts (after the topic diversity of Dieng,
    Ruiz and Blei, "Topic modeling in embedding spaces", 2020). Only this measure detects topics
    split in two, which are coherent and stable.
    """
    first_words = np.concatenate(tops) if tops else np.zeros(0, dtype=np.int64)
    words, counts = np.unique(first_words, return_counts=True)
    shared = dict(zip(words.tolist(), counts.tolist(), strict=True))
    return np.array(
        [np.mean([1 / shared[word] for word in top.tolist()]) if len(top) else 0.0 for top in tops]
    )


def agreement(tops: list[Ints], others: list[Ints]) -> Floats:
    """Return the share of each topic's first words that its counterpart among others has.

    Topics are matched one to one so that the total agreement is highest (Greene, O'Callaghan and
    Cunningham, "How many topics? Stability analysis for topic models", 2014).
    """
    from scipy.optimize import linear_sum_assignment

    common = np.array(
        [[len(np.intersect1d(top, other)) / max(len(top), 1) for other in others] for top in tops]
    ).reshape(len(tops), len(others))
    rows, columns = linear_sum_assignment(-common)
    found = np.zeros(len(tops))
    found[rows] = common[rows, columns]
    return found


def stability(
    matrix: csr_matrix, tops: list[Ints], topics: int, samples: int, *, rough: bool = False
) -> Floats:
    """Return the mean agreement of each topic with those of subsamples of 80 % of the passages.

    ``rough`` is as in ``factorise``.
    """
    size = int(SUBSAMPLE_SHARE * matrix.shape[0])
    if min(size, matrix.shape[1]) < topics:
        return np.zeros(len(tops))
    found = [
        agreement(tops, find_top_words(factorise(matrix[rows], topics, rough=rough).association))
        for rows in (_draw_sample(matrix.shape[0], size, number) for number in range(samples))
    ]
    return np.asarray(np.mean(found, axis=0))


def _draw_sample(passages: int, size: int, number: int) -> Ints:
    """Draw a sample that depends only on ``number``."""
    return np.sort(np.random.default_rng(number).permutation(passages)[:size])
