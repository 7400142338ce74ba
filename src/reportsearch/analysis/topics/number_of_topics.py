"""Choice of the number of topics by their stability and coherence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from reportsearch.analysis.corpus import track
from reportsearch.analysis.topics import coherence
from reportsearch.analysis.topics.nmf import factorise, sample_evenly
from reportsearch.arrays import Ints
from reportsearch.models.progress import Progress
from reportsearch.models.topics import Weighing

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MAX_SEARCH_PASSAGES = 8_000
"""Maximum passages used to choose the number of topics, sampled evenly."""
SAMPLES = 5
"""Subsamples per number of topics."""
_PASSAGES_PER_TOPIC = 12
_MAX_TOPICS = 60
_PASSAGES_PER_MIN_TOPIC = 500
_MAX_MIN_TOPICS = 10
_MAX_DENSE_TOPICS = 6
_GRID_FACTOR = 4 / 3


def build_grid(passages: int, words: int) -> list[int]:
    """Return the numbers to try: up to one topic per 12 passages, and at most 60.

    These are all numbers up to 6, then each about a third more than the last. With thousands of
    passages the minimum is one per 500, but at most 10: two or three topics are always stable, but
    say little.
    """
    most = min(
        max(passages // _PASSAGES_PER_TOPIC, 3),
        _MAX_TOPICS,
        int(coherence.SUBSAMPLE_SHARE * passages),
        words,
    )
    found = list(range(2, min(most, _MAX_DENSE_TOPICS) + 1))
    while (
        found and (after := round(found[-1] * _GRID_FACTOR)) <= most and after > _MAX_DENSE_TOPICS
    ):
        found.append(after)
    few = min(passages // _PASSAGES_PER_MIN_TOPIC, _MAX_MIN_TOPICS)
    return [number for number in found if number >= few] or found


def score_numbers(
    matrix: csr_matrix, rows: Ints, progress: Progress | None = None
) -> list[Weighing]:
    """Score each number of :func:`build_grid`; ``rows`` are the distinct passages.

    The score of a topic is the square root of the product of its stability (the agreement with
    topics of subsamples), its NPMI (0 if negative) and the distinctness of its first words. The
    score of a number is the mean over its topics; ``error`` is the standard error of that mean.
    """
    some = matrix[sample_evenly(rows, MAX_SEARCH_PASSAGES)]
    many = matrix[sample_evenly(rows, coherence.MAX_COHERENCE_PASSAGES)]
    numbers = build_grid(*some.shape)
    found = []
    for number in track(numbers, progress):
        tops = coherence.find_top_words(factorise(some, number, rough=True).association)
        if not tops:
            continue
        npmi = coherence.npmi(many, tops)
        stability = coherence.stability(some, tops, number, SAMPLES, rough=True)
        apart = coherence.topic_diversity(tops)
        scores = np.sqrt(np.maximum(npmi, 0) * stability * apart)
        found.append(
            Weighing(
                topics=number,
                stability=round(float(stability.mean()), 3),
                npmi=round(float(npmi.mean()), 3),
                apart=round(float(apart.mean()), 3),
                score=round(float(scores.mean()), 3),
                error=round(float(scores.std()) / math.sqrt(len(scores)), 3),
            )
        )
    return found


def choose_number(tried: list[Weighing]) -> int:
    """Return the largest number that scores within one standard error of the best.

    The rule is that of Breiman, Friedman, Olshen and Stone, "Classification and regression trees",
    1984, but favours the finer side: few topics are always stable, but say little.
    """
    first = max(tried, key=lambda entry: entry.score)
    return max(entry.topics for entry in tried if entry.score >= first.score - first.error)
