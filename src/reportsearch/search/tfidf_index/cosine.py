"""TF-IDF cosine over postings (Salton and Buckley 1988), the same to the last bit in any order.

A feature that occurs ``c`` times in a passage has the weight ``(1 + ln c) * idf``, with ``idf =
ln((1 + n) / (1 + df)) + 1``, where ``n`` passages are live and ``df`` of them contain the feature.
These are the weights of scikit-learn's ``TfidfVectorizer(sublinear_tf=True)``.

All summands are rounded to multiples of 2^-28. Sums of such numbers below 2^25 are exact in double
precision. So the order in which passages and features are added makes no difference, nor does a
summand that was removed and added again.

With ``g = ln(1 + df)`` and ``L = 1 + ln(1 + n)`` the squared norm of a passage is ``A L² - 2 B L +
C``, where ``A``, ``B`` and ``C`` are the sums of ``tf²``, ``tf² g`` and ``tf² g²``. When a report
is added, ``L`` changes for all passages, but ``g`` only for the report's own features. Therefore
the sums are stored, and only the summands of these features are added again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reportsearch.arrays import Bools, Floats, Ints
from reportsearch.search.tfidf_index.features import Keys
from reportsearch.search.tfidf_index.postings import PostingSegment

_GRID = float(2**28)
"""Factor by which summands become whole numbers."""
LONG = 64
"""Number of postings from which a feature is processed separately, by a table of weights."""
_MAX_TABLE_SIZE = 256


def term_frequencies(largest: int) -> Floats:
    """Return ``1 + ln c`` for each count up to the largest, and 0 for 0."""
    return np.array([0.0, *(1 + math.log(count) for count in range(1, largest + 1))])


def _find_largest_count(segment: PostingSegment) -> int:
    # A table of all 256 is quicker than finding the maximum.
    return 255 if segment.counts.itemsize == 1 else int(segment.counts.max(initial=0))


def _log_frequencies(frequencies: Ints) -> Floats:
    """Return ``ln(1 + df)`` of each document frequency."""
    # Use Python's logarithm, once per distinct number: numpy's depends on the processor.
    different = np.flatnonzero(np.bincount(frequencies))
    table = np.zeros(int(different[-1]) + 1 if len(different) else 0)
    table[different] = [math.log1p(number) for number in different.tolist()]
    found: Floats = table[frequencies]
    return found


class NormSums:
    """``A``, ``B`` and ``C`` of the passages of one segment, an array of 3 x passages."""

    def __init__(self, values: Floats) -> None:
        self.values = values

    @classmethod
    def of(cls, segment: PostingSegment, frequencies: Ints) -> NormSums:
        """Compute the sums from postings; ``frequencies`` has each feature's document frequency."""
        found = cls(np.zeros((3, segment.passages)))
        found._add(segment, np.arange(len(segment.features)), None, frequencies)
        return found

    def update_frequencies(
        self, segment: PostingSegment, features: Ints, before: Ints, after: Ints
    ) -> None:
        """Update the sums to new document frequencies of some features, given by their places."""
        self._add(segment, features, before, after)

    def _add(
        self, segment: PostingSegment, features: Ints, before: Ints | None, after: Ints
    ) -> None:
        """Add the summands of some features, minus the former ones if they counted before."""
        squares = term_frequencies(_find_largest_count(segment)) ** 2
        new = _log_frequencies(after)
        old = None if before is None else _log_frequencies(before)
        long = segment.count_postings(features) >= LONG
        if len(squares) > _MAX_TABLE_SIZE:
            long[:] = False
        short = np.flatnonzero(~long)
        for place in np.flatnonzero(long).tolist():
            tables = _iter_changes(squares, None if old is None else old[place], new[place])
            start, stop = segment.starts[features[place] : features[place] + 2].tolist()
            # Each passage occurs in it only once.
            rows = segment.rows[start:stop].astype(np.intp)
            counts = segment.counts[start:stop]
            for line, table in tables:
                self.values[line][rows] += table.take(counts)
        lengths = segment.count_postings(features[short])
        for part, postings in segment.iter_pieces(features[short]):
            size, which = lengths[part], short[part]
            tables = _iter_changes(
                squares[segment.counts[postings]],
                None if old is None else np.repeat(old[which], size),
                np.repeat(new[which], size),
            )
            rows = segment.rows[postings].astype(np.intp)
            for line, change in tables:
                np.add.at(self.values[line], rows, change)

    def compute_norms(self, passages: int) -> Floats:
        """Compute the norm of each passage's vector with ``passages`` live ones; 0 if empty."""
        level = 1 + math.log1p(passages)
        a, b, c = self.values
        # Not below 0, even if a file is damaged.
        found: Floats = np.sqrt(np.maximum((a * level - 2 * b) * level + c, 0) / _GRID)
        return found


def _iter_changes(squares: Floats, old: Floats | None, new: Floats) -> Iterator[tuple[int, Floats]]:
    """Iterate over the changes of the three sums for squared term frequencies.

    ``old`` and ``new`` are logarithms of document frequencies. Without an old one, the summands are
    new.
    """
    if old is None:
        yield 0, np.rint(squares * _GRID)
    # A product instead of a power, since that of a scalar may differ from that of an array in the
    # last bit.
    levels = ((new, old), (new * new, None if old is None else old * old))
    for line, (now, before) in enumerate(levels, 1):
        change = np.rint(squares * (now * _GRID))
        if before is not None:
            change -= np.rint(squares * (before * _GRID))
        yield line, change


@dataclass(frozen=True)
class LiveSegments:
    """Consecutive segments, with the live passages of each.

    ``alive`` has an array of booleans, one per passage, for each segment, or None if all are live.
    ``passages`` is the number of live ones.
    """

    segments: Sequence[PostingSegment]
    alive: Sequence[Bools | None]
    passages: int

    def count_passages_with(self, keys: Keys) -> Ints:
        """Return the number of live passages in which each feature occurs."""
        found = np.zeros(len(keys), dtype=np.int64)
        for segment, alive in zip(self.segments, self.alive, strict=True):
            places, features = segment.find_features(keys)
            found[places] += segment.count_live_passages(features, alive)
        return found

    def count_occurrences(self, keys: Keys) -> Ints:
        """Return the number of occurrences of each feature in live passages."""
        found = np.zeros(len(keys), dtype=np.int64)
        for segment, alive in zip(self.segments, self.alive, strict=True):
            places, features = segment.find_features(keys)
            found[places] += segment.count_live_occurrences(features, alive)
        return found

    def cosines(self, query: PostingSegment, norms: Floats) -> Floats:
        """Return the cosine of a text and every passage, 0..1 with 6 decimals, even dead ones.

        ``query`` is the text as a segment of one passage. Features that occur in no passage still
        count towards its norm, with a document frequency of 0, as in a brute-force comparison.
        """
        scores = np.zeros(len(norms))
        idf = (
            1
            + math.log1p(self.passages)
            - _log_frequencies(self.count_passages_with(query.features))
        )
        weights = term_frequencies(_find_largest_count(query))[query.counts] * idf
        length = math.sqrt(math.fsum((weights * weights).tolist()))
        offset = 0
        for segment in self.segments:
            own = scores[offset : offset + segment.passages]
            offset += segment.passages
            tf = term_frequencies(_find_largest_count(segment)) * _GRID
            places, features = segment.find_features(query.features)
            for place, start, stop in zip(
                places.tolist(),
                segment.starts[features].tolist(),
                segment.starts[features + 1].tolist(),
                strict=True,
            ):
                table = np.rint(tf * (weights[place] * idf[place]))
                # Each passage occurs in it only once.
                rows = segment.rows[start:stop].astype(np.intp)
                own[rows] += table.take(segment.counts[start:stop])
        with_any = (scores > 0) & (norms > 0)
        scores[with_any] /= _GRID * length * norms[with_any]
        return np.minimum(np.round(scores, 6), 1.0)
