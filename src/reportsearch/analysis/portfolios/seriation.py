"""Similarity of bags of words, and an order that places similar ones next to each other.

Similarity is the cosine of tf–idf vectors (Salton and Buckley 1988): a word that occurs ``c`` times
has the weight ``(1 + ln c) * idf``. Weights are rounded to multiples of 2^-10, so all sums are
exact and identical on every machine.

The order is that of the leaves of a cluster tree. Average linkage joins the two most similar groups
(Sokal and Michener 1958), and each join turns the groups so that the adjacent ends are as similar
as possible (Gruvaeus and Wainer, "Two additions to hierarchical cluster analysis", 1972).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from reportsearch.analysis.terms.idf import tf_idf
from reportsearch.arrays import Floats

_WEIGHT_SCALE = 2**10
_WORDS_PER_BATCH = 4_096
"""Number of words whose weights are multiplied at once."""


def compute_weights(counts: Mapping[str, int], idf_by_word: Mapping[str, float]) -> dict[str, int]:
    """Return the weight of each word in multiples of the grid, without zero weights."""
    found = {
        word: round(tf_idf(count, idf_by_word[word]) * _WEIGHT_SCALE)
        for word, count in counts.items()
    }
    return {word: weight for word, weight in found.items() if weight > 0}


def compute_similarities(vectors: Sequence[Mapping[str, int]]) -> Floats:
    """Return all pairwise cosine similarities as a symmetric array with 4 decimals.

    The diagonal is 1. A vector without words has similarity 0 to all others.
    """
    size = len(vectors)
    words = sorted({word for vector in vectors for word in vector})
    numbers = {word: number for number, word in enumerate(words)}
    owners = np.repeat(np.arange(size), [len(vector) for vector in vectors])
    columns = np.array([numbers[word] for vector in vectors for word in vector], dtype=np.int64)
    values = np.array([one for vector in vectors for one in vector.values()], dtype=np.float64)
    order = np.argsort(columns, kind="stable")
    owners, columns, values = owners[order], columns[order], values[order]
    products = np.zeros((size, size))
    for first in range(0, len(words), _WORDS_PER_BATCH):
        begin, end = np.searchsorted(columns, [first, first + _WORDS_PER_BATCH])
        part = np.zeros((size, _WORDS_PER_BATCH))
        part[owners[begin:end], columns[begin:end] - first] = values[begin:end]
        products += part @ part.T
    norms = np.sqrt(np.diag(products))
    norms[norms == 0] = 1
    found: Floats = np.round(products / np.outer(norms, norms), 4)
    np.fill_diagonal(found, 1)
    return np.minimum(found, 1)


def find_shared_words(
    vector: Mapping[str, int], other: Mapping[str, int], max_words: int
) -> tuple[str, ...]:
    """Return the words that contribute most to the cosine of two vectors, in descending order."""
    both = [(-weight * other[word], word) for word, weight in vector.items() if word in other]
    return tuple(word for _, word in sorted(both)[:max_words])


def find_nearest(
    vectors: Sequence[Mapping[str, int]], others: Sequence[Mapping[str, int]]
) -> tuple[int, int] | None:
    """Return the positions of the most similar pair, one from each side.

    None means that no pair shares a word.
    """
    best: tuple[float, int, int] | None = None
    norms = [_norm(other) for other in others]
    holding: dict[str, list[tuple[int, int]]] = {}
    for number, other in enumerate(others):
        for word, weight in other.items():
            holding.setdefault(word, []).append((number, weight))
    for at, vector in enumerate(vectors):
        products: dict[int, int] = {}
        for word, weight in vector.items():
            for number, other_weight in holding.get(word, ()):
                products[number] = products.get(number, 0) + weight * other_weight
        norm = _norm(vector)
        for number, product in sorted(products.items()):
            cosine = round(product / (norm * norms[number]), 6)
            if best is None or cosine > best[0]:
                best = cosine, at, number
    return None if best is None else best[1:]


def _norm(vector: Mapping[str, int]) -> float:
    return math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0


def seriate(similar: Floats) -> list[int]:
    """Return an order of all rows that keeps similar rows together; ties go by number."""
    size = len(similar)
    groups: dict[int, list[int]] = {number: [number] for number in range(size)}
    # Sums over pairs of members, as whole numbers, so that equal averages compare equal.
    sums = np.rint(similar * 10_000)
    sizes = np.ones(size)
    means = sums.copy()
    np.fill_diagonal(means, -1)
    for _ in range(size - 1):
        one, other = divmod(int(np.argmax(means)), size)
        groups[one] = _join_groups(groups[one], groups.pop(other), similar)
        sums[one] += sums[other]
        sums[:, one] += sums[:, other]
        sizes[one] += sizes[other]
        means[other] = means[:, other] = -1
        left = np.array(sorted(groups), dtype=np.int64)
        means[one, left] = means[left, one] = sums[one, left] / (sizes[one] * sizes[left])
        means[one, one] = -1
    order = groups[min(groups)] if groups else []
    return order[::-1] if order and order[-1] < order[0] else order


def _join_groups(one: list[int], other: list[int], similar: Floats) -> list[int]:
    """Join two ordered groups, turned so that the adjacent ends are most similar."""
    ways = [(first, second) for first in (one, one[::-1]) for second in (other, other[::-1])]
    first, second = max(ways, key=lambda way: float(similar[way[0][-1], way[1][0]]))
    return [*first, *second]
