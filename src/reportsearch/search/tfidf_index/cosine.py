"""TF-IDF cosine over postings (Salton and Buckley 1988), the same to the last bit in any order.

A feature that occurs ``c`` times in a passage has the weight ``(1 + ln c) * idf``, with ``idf =
ln((1 + n) / (1 + df)) + 1``, where ``n`` passages are live and ``df`` of them contain the feature.
These are the weights of scikit-learn's ``TfidfVectorizer(sublinear_tf=True)``.

All summands are rounded to multiples of 2^-28. Sums of such numbers below 2^25 are exact in double
precision. So the order in which passages and features are added makes no difference, and scores do
not depend on which reports were added and removed before.
"""

from __future__ import annotations

import math

import numpy as np

from reportsearch.arrays import Floats, Ints
from reportsearch.search.postings.live import LivePostings
from reportsearch.search.postings.segment import PostingSegment, split_by_postings

_GRID = float(2**28)
"""Factor by which summands become whole numbers."""


def compute_norms(postings: LivePostings) -> Floats:
    """Return the norm of each passage's vector, 0 for those without a feature; also of dead ones.

    All of them are computed when the postings are loaded, since each commit changes all document
    frequencies. That takes less time than reading stored ones and keeping them up to date.
    """
    squares = [np.zeros(0)]
    frequencies = postings.count_passages_by_segment()
    for segment, frequency in zip(postings.segments, frequencies, strict=True):
        tf = _compute_term_weights(segment)
        idf = _compute_idf(postings.passages, frequency)
        own = np.zeros(segment.passages)
        lengths = np.diff(segment.starts)
        for part in split_by_postings(lengths):
            first, stop = int(segment.starts[part.start]), int(segment.starts[part.stop])
            weights = np.repeat(idf[part], lengths[part])
            weights *= tf.take(segment.values[first:stop])
            own += np.bincount(
                segment.rows[first:stop], np.rint(weights * weights * _GRID), segment.passages
            )
        squares.append(own)
    found: Floats = np.sqrt(np.concatenate(squares) / _GRID)
    return found


def compute_cosines(postings: LivePostings, norms: Floats, query: PostingSegment) -> Floats:
    """Return the cosine of a text and every passage, 0..1 with 6 decimals, even dead ones.

    ``query`` is the text as a segment of one passage. Features that occur in no passage still count
    towards its norm, with a document frequency of 0, as in a brute-force comparison.
    """
    scores = np.zeros(len(norms))
    idf = _compute_idf(postings.passages, postings.count_passages_with(query.keys))
    weights = _compute_term_weights(query)[query.values] * idf
    length = math.sqrt(math.fsum((weights * weights).tolist()))
    offset = 0
    for segment in postings.segments:
        own = scores[offset : offset + segment.passages]
        offset += segment.passages
        tf = _compute_term_weights(segment) * _GRID
        places, known = segment.find_keys(query.keys)
        for place, start, stop in zip(
            places.tolist(),
            segment.starts[known].tolist(),
            segment.starts[known + 1].tolist(),
            strict=True,
        ):
            table = np.rint(tf * (weights[place] * idf[place]))
            # Each passage occurs in it only once.
            rows = segment.rows[start:stop].astype(np.intp)
            own[rows] += table.take(segment.values[start:stop])
    with_any = (scores > 0) & (norms > 0)
    scores[with_any] /= _GRID * length * norms[with_any]
    return np.minimum(np.round(scores, 6), 1.0)


def _compute_term_weights(segment: PostingSegment) -> Floats:
    """Return ``1 + ln c`` for each value of a posting; see PostingSegment."""
    # A table of all 256 is quicker than finding the maximum.
    is_narrow = segment.values.itemsize == 1
    largest = 255 if is_narrow else int(segment.values.max(initial=0))
    found = [0.0, *(1 + math.log(count) for count in range(1, largest // 2 + 1))]
    return np.repeat(found, 2)


def _compute_idf(passages: int, frequencies: Ints) -> Floats:
    """Return the inverse document frequency for each document frequency."""
    # Use Python's logarithm, once per distinct number: numpy's depends on the processor.
    different = np.flatnonzero(np.bincount(frequencies))
    table = np.zeros(int(different[-1]) + 1 if len(different) else 0)
    level = 1 + math.log1p(passages)
    table[different] = [level - math.log1p(number) for number in different.tolist()]
    found: Floats = table[frequencies]
    return found
