"""The most similar passages to a text, by TF-IDF cosine, exact over all passages of an index.

Features are words of two or more characters and pairs of characters. Their postings are those of
the engine (``search/postings``), which have counts and no weights, because every commit changes all
document frequencies. Weights are applied when a text is compared, and the norms of all passages are
computed when the postings are loaded (``cosine.py``).

Words and pairs have the same weight. On the questions of STARD (58,090 articles of statutes, 308
questions, cosine of TF-IDF, nDCG@10): words .280, pairs .301, both **.307**; with character
trigrams as well .295, with trigrams at half the weight .304, words at 1.4 times the weight .303,
pairs at 1.4 times .304.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reportsearch.arrays import Bools, Ints
from reportsearch.normalise import fold
from reportsearch.search.engine import Engine
from reportsearch.search.postings import keys
from reportsearch.search.postings.segment import build_segment
from reportsearch.search.tfidf_index.cosine import compute_cosines, compute_norms
from reportsearch.tokenizer import Tokenizer


@dataclass(frozen=True, slots=True)
class NearPassage:
    """A similar passage: its report, its number from 1, and the cosine similarity, 0..1."""

    report: str
    number: int
    score: float


class TfidfIndex:
    """All passages of the commit that an engine has in view, for comparison with texts."""

    def __init__(self, engine: Engine, tokenizer: Tokenizer) -> None:
        self.commit_id = engine.commit_id()
        self._tokenizer = tokenizer
        self._postings = engine.postings().select_features()
        self._norms = compute_norms(self._postings)
        self.passage_count = self._postings.passages
        self._rows = self._postings.rows
        self._reports = sorted(self._rows)
        self._report_ranks = np.full(self._postings.row_count, -1, dtype=np.int64)
        for rank, report in enumerate(self._reports):
            rows = self._rows[report]
            self._report_ranks[rows.start : rows.stop] = rank

    def find_nearest(
        self,
        text: str,
        *,
        limit: int,
        candidates: Mapping[str, Collection[int]] | None = None,
        without: Collection[str] = (),
    ) -> list[NearPassage]:
        """Return the passages most similar to an original text, ties by report and number.

        ``candidates`` has the numbers of the passages to compare by report id; None means all.
        Reports in ``without`` are excluded. A passage that has nothing in common with the text is
        not returned.
        """
        folded = fold(text)
        words = [token.text for token in self._tokenizer.cut(folded)]
        query = build_segment(
            keys.extract_occurrences([folded], [words], [()], [()], [""], [""]), 1
        )
        scores = compute_cosines(self._postings, self._norms, query.select_features())
        scores[~self._build_candidate_mask(candidates, without)] = 0
        found = np.flatnonzero(scores)
        if limit < 1 or not len(found):
            return []
        if limit < len(found):
            least = np.partition(scores[found], -limit)[-limit]
            found = found[scores[found] >= least]
        # The rows of a report are contiguous and in the order of its passages.
        best = found[np.lexsort((found, self._report_ranks[found], -scores[found]))][:limit]
        near = []
        for row in best.tolist():
            report = self._reports[self._report_ranks[row]]
            number = row - self._rows[report].start + 1
            near.append(NearPassage(report, number, round(float(scores[row]), 6)))
        return near

    def find_common_windows(
        self, string: str, length: int, min_reports: int
    ) -> dict[int, list[str]]:
        """Return the reports that may contain a substring, by the start of the substring.

        ``string`` consists of compared characters, and substrings have the given ``length``. The
        ids include all reports with the substring inside a passage, and also others with all its
        character bigrams in one passage. Substrings with fewer than ``min_reports`` reports are
        omitted.
        """
        pairs = keys.to_pair_keys(string)
        owners: dict[int, set[int]] = {}
        # Of several segments, each may have too few, but all together enough.
        in_each = min_reports if len(self._postings.segments) == 1 else 1
        offset = 0
        for segment in self._postings.segments:
            for start, rows in segment.find_windows(pairs, length - 1, in_each):
                owners.setdefault(start, set()).update(self._report_ranks[rows + offset].tolist())
            offset += segment.passages
        return {
            start: [self._reports[rank] for rank in sorted(ranks - {-1})]
            for start, ranks in sorted(owners.items())
            if len(ranks - {-1}) >= min_reports
        }

    def count_passages_with(self, words: Sequence[str]) -> list[int]:
        """Count the passages that contain each of some folded words of at least two characters."""
        found = self._postings.count_passages_with(_hash_words(words))
        return [int(number) for number in found]

    def count_occurrences(self, words: Sequence[str]) -> list[int]:
        """Count the occurrences in all passages of some folded words of at least two characters."""
        found = self._postings.count_occurrences(_hash_words(words))
        return [int(number) for number in found]

    def count_candidates(
        self,
        *,
        candidates: Mapping[str, Collection[int]] | None = None,
        without: Collection[str] = (),
    ) -> int:
        """Return the number of passages that :meth:`find_nearest` compares."""
        return int(self._build_candidate_mask(candidates, without).sum())

    def _build_candidate_mask(
        self, candidates: Mapping[str, Collection[int]] | None, without: Collection[str]
    ) -> Bools:
        allowed: Bools = self._report_ranks >= 0
        if candidates is not None:
            allowed = np.zeros(len(self._report_ranks), dtype=np.bool_)
            for report, numbers in candidates.items():
                rows = self._rows.get(report, range(0))
                wanted: Ints = np.fromiter(numbers, dtype=np.int64, count=len(numbers))
                wanted = wanted[(wanted >= 1) & (wanted <= len(rows))]
                allowed[wanted + rows.start - 1] = True
        for report in without:
            rows = self._rows.get(report, range(0))
            allowed[rows.start : rows.stop] = False
        return allowed


def _hash_words(words: Sequence[str]) -> keys.Keys:
    return np.array([keys.hash_word(word) for word in words], dtype=np.uint64)
