"""The most similar passages to a text, by TF-IDF cosine, exact over all passages of an index.

Features are words and character bigrams. An inverted index (which passages contain a feature, and
how often) lies in a folder next to the index of the engine. It stores counts instead of weights,
because every commit changes all document frequencies. Weights are applied when a text is compared.
So a commit costs no more than its changed reports (``update.py``).

A report has changed if the hash of its folded text has. No other sign is as reliable, and hashing
20 million characters takes less than 0.2 s. Changed reports become a new segment. Segments are
merged until each is twice as large as all smaller ones together, so that a posting is rewritten
only a few times. Postings of removed reports stay until then, but are not counted.

All summands are multiples of a small number, so that sums are exact (``cosine.py``). Therefore
scores do not depend on which reports were added and removed before, and a passage's norm can be
stored as three sums, of which a new report changes only what depends on its own features.

A process writes under a lock of the operating system, publishes its files by replacing
``manifest.json``, and deletes those of the last commit (``files.py``). The manifest has the length
and checksum of each file; if anything is wrong, everything is rebuilt. If the folder cannot be
written, or the lock is not free within a minute, the same index is built in memory. The files
belong to one commit. A process with an older commit in view reverts them to that commit, at the
cost of the reports that differ. ``--purge`` deletes the folder, because the hashes of words reveal
something about a report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from reportsearch import fingerprint
from reportsearch.arrays import Bools, Ints
from reportsearch.models.verification import Verification
from reportsearch.normalise import fold
from reportsearch.search.engine import Engine
from reportsearch.search.tfidf_index import features
from reportsearch.search.tfidf_index.cosine import NormSums
from reportsearch.search.tfidf_index.files import TfidfIndexFiles, find_damaged_files
from reportsearch.search.tfidf_index.postings import build_segment
from reportsearch.search.tfidf_index.state import TfidfIndexState
from reportsearch.search.tfidf_index.update import merge_in_memory, update_state
from reportsearch.tokenizer import Tokenizer

FOLDER_NAME = "vectors"
"""Name of the folder, passed to the engine."""
LOCK_TIMEOUT = 60.0
"""Seconds to wait for a process that is updating the TF-IDF index."""


@dataclass(frozen=True, slots=True)
class NearPassage:
    """A similar passage: its report, its number from 1, and the cosine similarity, 0..1."""

    report: str
    number: int
    score: float


class TfidfIndex:
    """All passages of one commit, for comparison with texts."""

    def __init__(self, state: TfidfIndexState, cut_words: Callable[[str], Iterable[str]]) -> None:
        self.commit_id = state.commit
        self.passage_count = state.passages
        self._cut_words = cut_words
        self._segments = state.live_segments
        self._norms = np.concatenate(
            [
                np.zeros(0),
                *(NormSums(part.sums).compute_norms(state.passages) for part in state.parts),
            ]
        )
        offsets = state.offsets
        self._rows = {
            entry.report: range(start := int(offsets[entry.segment]) + entry.first,
                                start + entry.passages)
            for entry in state.entries
            if entry.passages
        }  # fmt: skip
        self._reports = sorted(self._rows)
        self._report_ranks = np.full(int(offsets[-1]), -1, dtype=np.int64)
        for rank, report in enumerate(self._reports):
            rows = self._rows[report]
            self._report_ranks[rows.start : rows.stop] = rank

    @classmethod
    def of(
        cls,
        engine: Engine,
        tokenizer: Tokenizer,
        progress: Callable[[int, int], None] | None = None,
        *,
        wait: float = LOCK_TIMEOUT,
    ) -> TfidfIndex:
        """Return the index of the commit that ``engine`` has in view.

        Updates the stored index first; ``progress`` is called with the passages done and their
        total. If nothing can be stored (no folder, a read-only or full disk, another process that
        holds the lock for more than ``wait`` seconds), the index stays in memory.
        """
        folder = engine.derived_folder(FOLDER_NAME)
        state = _load_current_state(folder, engine, tokenizer, progress, wait) if folder else None
        if state is None:
            base = (
                TfidfIndexFiles(folder, _compute_mark(tokenizer)).read() if folder else None
            ) or TfidfIndexState("")
            state = update_state(base, engine, _build_cutter(tokenizer), merge_in_memory, progress)
        return cls(state, _build_cutter(tokenizer))

    def close(self) -> None:
        """Release the files. The index cannot be used afterwards."""
        del self._segments

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
        keys, rows = features.extract_features([fold(text)], self._cut_words)
        scores = self._segments.cosines(build_segment(keys, rows, 1), self._norms)
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
        keys = features.to_pair_keys(string)
        owners: dict[int, set[int]] = {}
        # Of several segments, each may have too few, but all together enough.
        in_each = min_reports if len(self._segments.segments) == 1 else 1
        offset = 0
        for segment in self._segments.segments:
            for start, rows in segment.find_windows(keys, length - 1, in_each):
                owners.setdefault(start, set()).update(self._report_ranks[rows + offset].tolist())
            offset += segment.passages
        return {
            start: [self._reports[rank] for rank in sorted(ranks - {-1})]
            for start, ranks in sorted(owners.items())
            if len(ranks - {-1}) >= min_reports
        }

    def count_passages_with(self, words: Sequence[str]) -> list[int]:
        """Count the passages that contain each of some folded words of at least two characters."""
        keys = np.array([features.hash_word(word) for word in words], dtype=np.uint64)
        return [int(number) for number in self._segments.count_passages_with(keys)]

    def count_occurrences(self, words: Sequence[str]) -> list[int]:
        """Count the occurrences in all passages of some folded words of at least two characters."""
        keys = np.array([features.hash_word(word) for word in words], dtype=np.uint64)
        return [int(number) for number in self._segments.count_occurrences(keys)]

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


def verify_files(engine: Engine, found: Verification) -> Verification:
    """Add to what a check of an index has found the files of its TF-IDF index."""
    folder = engine.derived_folder(FOLDER_NAME)
    if folder is None:
        return found
    checked, size, damaged = find_damaged_files(folder)
    return replace(
        found,
        files=found.files + checked,
        bytes=found.bytes + size,
        damaged=(*found.damaged, *damaged),
    )


def remove_leftovers(engine: Engine, tokenizer: Tokenizer) -> None:
    """Delete what a killed run has left of a TF-IDF index, unless another process updates it."""
    folder = engine.derived_folder(FOLDER_NAME)
    if folder is None or not folder.is_dir():
        return
    files = TfidfIndexFiles(folder, _compute_mark(tokenizer))
    with suppress(OSError), files.hold_lock(0.0) as taken:
        if taken:
            files.delete_unused()


def _load_current_state(
    folder: Path,
    engine: Engine,
    tokenizer: Tokenizer,
    progress: Callable[[int, int], None] | None,
    wait: float,
) -> TfidfIndexState | None:
    """Return the stored state after updating it, or None if it cannot be updated."""
    files = TfidfIndexFiles(folder, _compute_mark(tokenizer))
    state = files.read()
    if state and state.commit == engine.commit_id():
        return state
    with suppress(OSError), files.hold_lock(wait) as taken:
        if not taken:
            return None
        # Another process may have updated it in the meantime.
        state = files.read()
        if state and state.commit == engine.commit_id():
            return state
        try:
            state = update_state(
                state or TfidfIndexState(""),
                engine,
                _build_cutter(tokenizer),
                files.write_segment,
                progress,
            )
            files.publish(state)
        except BaseException:
            with suppress(OSError):
                files.delete_unused()
            raise
        return state
    return None


def _build_cutter(tokenizer: Tokenizer) -> Callable[[str], Iterable[str]]:
    return lambda folded: [token.text for token in tokenizer.cut(folded)]


def _compute_mark(tokenizer: Tokenizer) -> str:
    """Compute a hash of everything that determines the features of a text."""
    parts = (str(features.FEATURES_VERSION), fingerprint.compute_version(), *tokenizer.words)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
