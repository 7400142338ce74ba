"""TF-IDF cosine over postings (Salton and Buckley 1988), the same to the last bit in any order.

A feature that occurs ``c`` times in a passage weighs ``(1 + ln c) * idf``, with
``idf = ln((1 + n) / (1 + df)) + 1``, where ``n`` passages are live and ``df`` of them hold the
feature. These are the weights of scikit-learn's ``TfidfVectorizer(sublinear_tf=True)``.

All summands are rounded to multiples of 2^-28. Sums of such numbers below 2^25 are exact in double
precision, so it makes no difference in which order passages and features are added, or whether a
summand was there, went and came back.

With ``g = ln(1 + df)`` and ``L = 1 + ln(1 + n)`` the squared norm of a passage is
``A L² - 2 B L + C``, where ``A``, ``B`` and ``C`` are the sums of ``tf²``, ``tf² g`` and
``tf² g²``. When a report is added, ``L`` changes for all, but ``g`` only for its own features: the
sums are kept, and only what depends on these is added anew.
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
"""Summands are whole numbers after multiplication by it."""
LONG = 64
"""From so many postings a feature is looked at by itself: a table of its weights is quicker."""
_MAX_TABLE_SIZE = 256


def term_frequencies(largest: int) -> Floats:
    """``1 + ln c`` for each count up to the largest; 0 for 0."""
    return np.array([0.0, *(1 + math.log(count) for count in range(1, largest + 1))])


def _find_largest_count(segment: PostingSegment) -> int:
    # A table of all 256 is quicker than a look at all counts.
    return 255 if segment.counts.itemsize == 1 else int(segment.counts.max(initial=0))


def _log_frequencies(frequencies: Ints) -> Floats:
    """``ln(1 + df)`` of each document frequency."""
    # Python's, one for each different number: numpy's depends on the processor.
    different = np.flatnonzero(np.bincount(frequencies))
    table = np.zeros(int(different[-1]) + 1 if len(different) else 0)
    table[different] = [math.log1p(number) for number in different.tolist()]
    found: Floats = table[frequencies]
    return found


class NormSums:
    """``A``, ``B`` and ``C`` of the passages of one segment: an array of 3 x passages."""

    def __init__(self, values: Floats) -> None:
        self.values = values

    @classmethod
    def of(cls, segment: PostingSegment, frequencies: Ints) -> NormSums:
        """From the postings; ``frequencies`` is the document frequency of each feature."""
        found = cls(np.zeros((3, segment.passages)))
        found._add(segment, np.arange(len(segment.features)), None, frequencies)
        return found

    def update_frequencies(
        self, segment: PostingSegment, features: Ints, before: Ints, after: Ints
    ) -> None:
        """Go over to other document frequencies of some features, given by their places."""
        self._add(segment, features, before, after)

    def _add(
        self, segment: PostingSegment, features: Ints, before: Ints | None, after: Ints
    ) -> None:
        """Add what depends on some features; where they counted before, less what it was."""
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
            # No passage stands there twice.
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
        """The length of each passage's vector when so many passages are live; 0 of an empty one."""
        level = 1 + math.log1p(passages)
        a, b, c = self.values
        # Not below 0, whatever lies in a damaged file.
        found: Floats = np.sqrt(np.maximum((a * level - 2 * b) * level + c, 0) / _GRID)
        return found


def _iter_changes(squares: Floats, old: Floats | None, new: Floats) -> Iterator[tuple[int, Floats]]:
    """Which of the three sums changes, and how, for squared term frequencies.

    ``old`` and ``new`` are logarithms of document frequencies; without an old one all is new.
    """
    if old is None:
        yield 0, np.rint(squares * _GRID)
    # A product, not a power: that of one number may differ from that of an array in the last bit.
    levels = ((new, old), (new * new, None if old is None else old * old))
    for line, (now, before) in enumerate(levels, 1):
        change = np.rint(squares * (now * _GRID))
        if before is not None:
            change -= np.rint(squares * (before * _GRID))
        yield line, change


@dataclass(frozen=True)
class LiveSegments:
    """Segments one after the other, with what is alive of them.

    ``alive`` has for each segment a truth value for each passage, or None when all are live.
    ``passages`` is the number of live ones.
    """

    segments: Sequence[PostingSegment]
    alive: Sequence[Bools | None]
    passages: int

    def count_passages_with(self, keys: Keys) -> Ints:
        """In how many live passages each feature occurs."""
        found = np.zeros(len(keys), dtype=np.int64)
        for segment, alive in zip(self.segments, self.alive, strict=True):
            places, features = segment.find_features(keys)
            found[places] += segment.count_live_passages(features, alive)
        return found

    def count_occurrences(self, keys: Keys) -> Ints:
        """How often each feature occurs in live passages."""
        found = np.zeros(len(keys), dtype=np.int64)
        for segment, alive in zip(self.segments, self.alive, strict=True):
            places, features = segment.find_features(keys)
            found[places] += segment.count_live_occurrences(features, alive)
        return found

    def cosines(self, query: PostingSegment, norms: Floats) -> Floats:
        """The cosine of a text and every passage, 0..1 with 6 decimals, dead ones included.

        ``query`` is the text as a segment of one passage. What occurs in no passage still counts
        in its length, with a document frequency of 0, as in a comparison by brute force.
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
                # No passage stands there twice.
                rows = segment.rows[start:stop].astype(np.intp)
                own[rows] += table.take(segment.counts[start:stop])
        with_any = (scores > 0) & (norms > 0)
        scores[with_any] /= _GRID * length * norms[with_any]
        return np.minimum(np.round(scores, 6), 1.0)
