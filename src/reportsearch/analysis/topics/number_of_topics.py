"""How many topics there are: as many as are found again, and whose words go together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from reportsearch.analysis.corpus import Progress, track
from reportsearch.analysis.topics import coherence
from reportsearch.analysis.topics.nmf import factorise, sample_evenly
from reportsearch.arrays import Ints
from reportsearch.models.topics import Weighing

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MAX_SEARCH_PASSAGES = 8_000
"""Passages that topics are found in to choose the number; of more, so many at even distances."""
SAMPLES = 5
"""Subsamples by which a number is judged."""
_PASSAGES_PER_TOPIC = 12
_MAX_TOPICS = 60
_PASSAGES_PER_MIN_TOPIC = 500
_MAX_MIN_TOPICS = 10
_MAX_DENSE_TOPICS = 6
_GRID_FACTOR = 4 / 3


def build_grid(passages: int, words: int) -> list[int]:
    """The numbers that are tried: up to one for 12 passages, and at most 60.

    All up to 6, then each about a third more than the last. Of thousands of passages no fewer than
    one for 500, at most 10: two or three topics are always found again, but tell nothing.
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
    """What each number of :func:`build_grid` scores; ``rows`` are the distinct passages.

    A topic scores the root of its stability (the agreement with topics of subsamples) times its
    NPMI, 0 where that is negative, times how far its first words are its own; a number scores what
    its topics do on average. ``error`` is the standard error of that average.
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
    """The largest number that is not worse than the best one by more than its standard error.

    The rule is that of Breiman, Friedman, Olshen and Stone, "Classification and regression trees",
    1984, but for the finer side: few topics are always found again, and tell little.
    """
    first = max(tried, key=lambda entry: entry.score)
    return max(entry.topics for entry in tried if entry.score >= first.score - first.error)
