"""How good topics are: whether their words go together, and whether others would be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportsearch.analysis.topics.nmf import factorise
from reportsearch.arrays import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

TOP_WORD_COUNT = 10
"""Words of a topic that are looked at."""
MAX_COHERENCE_PASSAGES = 50_000
"""Passages in which it is counted whether words meet: in few, rarer ones never do."""
SUBSAMPLE_SHARE = 0.8
"""Of the passages are in a subsample."""


def find_top_words(association: Floats) -> list[Ints]:
    """The first ten words of each topic; ties by column; fewer where no more set it apart."""
    order = np.argsort(-association, axis=1, kind="stable")[:, :TOP_WORD_COUNT]
    return [row[values[row] > 0] for row, values in zip(order, association, strict=True)]


def npmi(matrix: csr_matrix, tops: list[Ints]) -> Floats:
    """The coherence of each topic's words: the mean over all pairs, from -1 to 1.

    Normalised pointwise mutual information of two words in one passage of ``matrix`` (Bouma 2009;
    Lau, Newman and Baldwin, "Machine reading tea leaves", 2014): 1 where they never stand apart, 0
    where they meet as often as chance has it, -1 where they never meet.
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
    """How far the first words of each topic are its own: 1 where no other has one of them.

    A word of several topics counts for each in equal parts (after the topic diversity of Dieng,
    Ruiz and Blei, "Topic modeling in embedding spaces", 2020). Topics that are cut in two are
    coherent, and are found again: only this tells.
    """
    first_words = np.concatenate(tops) if tops else np.zeros(0, dtype=np.int64)
    words, counts = np.unique(first_words, return_counts=True)
    shared = dict(zip(words.tolist(), counts.tolist(), strict=True))
    return np.array(
        [np.mean([1 / shared[word] for word in top.tolist()]) if len(top) else 0.0 for top in tops]
    )


def agreement(tops: list[Ints], others: list[Ints]) -> Floats:
    """Of each topic the share of its first words that its counterpart among others has.

    Counterparts are one to one, so that most words agree in all (Greene, O'Callaghan and
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
    """The mean agreement of each topic with those of subsamples of 80 % of the passages.

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
    """The same passages each time that the same number is asked for."""
    return np.sort(np.random.default_rng(number).permutation(passages)[:size])
