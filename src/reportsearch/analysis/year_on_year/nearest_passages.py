"""Nearest neighbours among a few texts by tf–idf cosine similarity over character n-grams.

For as many texts as a report has passages; ``search/tfidf_index`` compares those of an index.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from reportsearch.analysis.terms.idf import idf, tf_idf
from reportsearch.comparable import to_comparable

_GRAM_LENGTHS = (2, 3)


def find_nearest(
    queries: Sequence[str], texts: Sequence[str], limit: int
) -> list[list[tuple[int, float]]]:
    """Return the numbers and cosine similarities of the nearest texts for each query, best first.

    All texts are folded (see normalise.py). Document frequencies are those in ``texts``; term
    counts are weighted logarithmically.
    """
    counted = [_count_grams(text) for text in texts]
    frequency = Counter(gram for counts in counted for gram in counts)

    def compute_weights(counts: Counter[str]) -> dict[str, float]:
        found = {
            gram: tf_idf(count, idf(frequency[gram], len(texts))) for gram, count in counts.items()
        }
        norm = math.sqrt(sum(weight * weight for weight in found.values())) or 1.0
        return {gram: weight / norm for gram, weight in found.items()}

    vectors = [compute_weights(counts) for counts in counted]
    answers = []
    for query in queries:
        wanted = compute_weights(_count_grams(query))
        scores = [
            round(sum(weight * vector.get(gram, 0.0) for gram, weight in wanted.items()), 4)
            for vector in vectors
        ]
        order = sorted(range(len(texts)), key=lambda number: (-scores[number], number))
        answers.append([(number, scores[number]) for number in order[:limit] if scores[number]])
    return answers


def _count_grams(text: str) -> Counter[str]:
    kept = to_comparable(text)
    return Counter(
        kept[at : at + length] for length in _GRAM_LENGTHS for at in range(len(kept) - length + 1)
    )
