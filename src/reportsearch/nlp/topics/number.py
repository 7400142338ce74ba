"""How many topics there are: as many as are found again, and whose words go together."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from reportsearch.models.topics import Weighing
from reportsearch.nlp.topics import quality
from reportsearch.nlp.topics.factors import factorise, spread
from reportsearch.nlp.topics.words import Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MOST_SEARCHED = 5_000
"""Passages that are looked at for the number; of more, so many at even distances."""
SAMPLES = 5
"""Subsamples by which a number is judged."""
_PER_TOPIC = 12
_MOST = 60
_FEW = 10
_STEP = 1.35
NEAR = 0.9
"""Of the best score; a larger number that comes so near tells more."""


def grid(passages: int, words: int) -> list[int]:
    """The numbers that are tried: up to one for 12 passages, and at most 60.

    All from 2 where there are at most 10, else from 4 on, each about a third more than the last.
    """
    most = min(max(passages // _PER_TOPIC, 3), _MOST, int(quality.SHARE * passages), words)
    if most <= _FEW:
        return list(range(2, most + 1))
    found = [4]
    while (after := math.ceil(found[-1] * _STEP)) <= most:
        found.append(after)
    return found


def weigh(
    matrix: csr_matrix, rows: Ints, progress: Callable[[int, int], None] | None = None
) -> list[Weighing]:
    """What each number of :func:`grid` scores; ``rows`` are the distinct passages.

    The score is the geometric mean of the stability (the agreement with the topics of subsamples)
    and the NPMI, which is taken for 0 where it is negative.
    """
    some = matrix[spread(rows, MOST_SEARCHED)]
    numbers = grid(*some.shape)
    found = []
    for done, number in enumerate(numbers):
        if progress:
            progress(done, len(numbers))
        tops = quality.top_words(factorise(some, number).association)
        npmi = float(np.mean(quality.npmi(some, tops))) if tops else 0.0
        stability = float(np.mean(quality.stability(some, tops, number, SAMPLES))) if tops else 0.0
        score = math.sqrt(max(npmi, 0.0) * stability)
        found.append(Weighing(number, round(stability, 3), round(npmi, 3), round(score, 3)))
    return found


def best(tried: list[Weighing]) -> int:
    """The largest number whose score is nine tenths of the best one's, or more.

    Few topics are always found again, and tell little.
    """
    most = max(entry.score for entry in tried)
    return max(entry.topics for entry in tried if entry.score >= NEAR * most)
