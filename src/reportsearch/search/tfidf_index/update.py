"""Updating a TF-IDF index from one commit to the next, which processes only what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import reduce

import numpy as np

from reportsearch.arrays import Bools
from reportsearch.models.progress import Progress
from reportsearch.search.engine import Engine
from reportsearch.search.tfidf_index.cosine import LiveSegments, NormSums
from reportsearch.search.tfidf_index.features import extract_features
from reportsearch.search.tfidf_index.postings import PostingSegment, SegmentMerge, build_segment
from reportsearch.search.tfidf_index.state import (
    ReportRows,
    SegmentManifest,
    StoredSegment,
    TfidfIndexState,
    find_alive,
)

BLOCK = 20_000
"""Number of passages that are cut and counted at once."""
GROWTH = 2
"""Segments are merged until each is this many times as large as all smaller ones together."""

SegmentWriter = Callable[[SegmentMerge], tuple[PostingSegment, SegmentManifest]]
"""A function that writes a merge as one segment and returns it with its manifest."""


def merge_in_memory(merge: SegmentMerge) -> tuple[PostingSegment, SegmentManifest]:
    """Merge segments without any file."""
    return merge.to_segment(), {}


def update_state(
    state: TfidfIndexState,
    engine: Engine,
    cut_words: Callable[[str], Iterable[str]],
    write_segment: SegmentWriter,
    progress: Progress | None = None,
) -> TfidfIndexState:
    """Return the state of the commit that ``engine`` has in view.

    ``cut_words`` cuts a folded text into words. ``progress`` is called with the passages done and
    their total.
    """
    reading = _SegmentBuilder(len(state.parts), cut_words, write_segment)
    known = {entry.report: entry for entry in state.entries}
    done, passages = 0, engine.passage_count()
    for report_id, text in engine.texts():
        reading.add_report(report_id, text, known.get(report_id))
        done += text.count("\n")
        if progress:
            progress(done, passages)
    added = reading.finish_segment()
    new = replace(state, commit=engine.commit_id(), entries=tuple(reading.entries))
    if added is None and new.entries == state.entries:
        return TfidfIndexState(new.commit, state.parts, state.entries)
    return _merge_segments(_update_sums(state, new, added), write_segment)


class _SegmentBuilder:
    """A builder of the new segment, which separates unchanged reports from those to process."""

    def __init__(
        self, number: int, cut_words: Callable[[str], Iterable[str]], write_segment: SegmentWriter
    ) -> None:
        """``number`` is the number of the segment that the new passages will form."""
        self.entries: list[ReportRows] = []
        self._number = number
        self._cut_words = cut_words
        self._write_segment = write_segment
        self._waiting: list[str] = []
        self._blocks: list[tuple[PostingSegment, SegmentManifest]] = []
        self._passages = 0

    def add_report(self, report_id: str, text: str, known: ReportRows | None) -> None:
        """Add a report by its folded text."""
        digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        if known and known.digest == digest:
            self.entries.append(known)
            return
        passages = text.split("\n")[:-1]
        number = self._number if passages else -1
        first = self._passages if passages else 0
        self.entries.append(ReportRows(report_id, digest, number, first, len(passages)))
        self._passages += len(passages)
        self._waiting += passages
        while len(self._waiting) >= BLOCK:
            self._write_block(BLOCK)

    def _write_block(self, passages: int) -> None:
        block, self._waiting = self._waiting[:passages], self._waiting[passages:]
        segment = build_segment(*extract_features(block, self._cut_words), len(block))
        self._blocks.append(self._write_segment(SegmentMerge.of([segment])))

    def finish_segment(self) -> tuple[PostingSegment, SegmentManifest] | None:
        """Return the segment of the new passages, or None if there are none."""
        if self._waiting:
            self._write_block(len(self._waiting))
        if len(self._blocks) > 1:
            self._blocks = [
                self._write_segment(SegmentMerge.of([segment for segment, _ in self._blocks]))
            ]
        return self._blocks[0] if self._blocks else None


def _update_sums(
    old: TfidfIndexState, new: TfidfIndexState, added: tuple[PostingSegment, SegmentManifest] | None
) -> TfidfIndexState:
    """Return the new state with the added segment, and updated sums."""
    segments = [part.segment for part in old.parts]
    changed = [added[0].features] if added else []
    alive = find_alive(segments, [entry for entry in new.entries if entry.segment < len(segments)])
    for segment, before, now in zip(segments, old.alive, alive, strict=True):
        died = _find_died(before, now)
        if died is not None:
            changed.append(segment.features[segment.find_features_in(died)])
    keys = reduce(np.union1d, changed, np.zeros(0, dtype=np.uint64))
    fresh = [added[0]] if added else []
    earlier = old.live_segments.count_passages_with(keys)
    later = LiveSegments(
        [*segments, *fresh], [*alive, *(None for _ in fresh)], new.passages
    ).count_passages_with(keys)
    other = earlier != later
    parts = []
    for part in old.parts:
        sums = NormSums(part.sums.copy())
        places, features = part.segment.find_features(keys[other])
        sums.update_frequencies(
            part.segment, features, earlier[other][places], later[other][places]
        )
        parts.append(replace(part, sums=sums.values))
    if added:
        segment, files = added
        own = later[np.searchsorted(keys, segment.features)]
        parts.append(StoredSegment(segment, files, NormSums.of(segment, own).values))
    return TfidfIndexState(new.commit, tuple(parts), new.entries)


def _find_died(before: Bools | None, now: Bools | None) -> Bools | None:
    """Return a mask of the passages that are no longer live, or None if there are none."""
    if now is None:
        return None
    died: Bools = ~now if before is None else before & ~now
    return died if died.any() else None


def _merge_segments(state: TfidfIndexState, write_segment: SegmentWriter) -> TfidfIndexState:
    """Return the state with few segments, none of them mostly dead."""
    live = [
        part.segment.passages if alive is None else int(alive.sum())
        for part, alive in zip(state.parts, state.alive, strict=True)
    ]
    chosen = _choose_segments(live, [part.segment.passages for part in state.parts])
    if not chosen:
        return state
    places, total = {}, 0
    for number in chosen:
        alive = state.alive[number]
        if alive is None:
            alive = np.ones(state.parts[number].segment.passages, dtype=np.bool_)
        places[number] = np.where(alive, np.cumsum(alive) - 1 + total, -1)
        total += live[number]
    stay = [number for number in range(len(state.parts)) if number not in places]
    parts = [state.parts[number] for number in stay]
    if total:
        old = [state.parts[number] for number in chosen]
        segment, files = write_segment(
            SegmentMerge([part.segment for part in old], [places[number] for number in chosen])
        )
        sums = [part.sums[:, places[number] >= 0] for part, number in zip(old, chosen, strict=True)]
        parts.append(StoredSegment(segment, files, np.concatenate(sums, axis=1)))
    renumbered = {number: place for place, number in enumerate(stay)}
    entries = [
        entry._replace(segment=renumbered[entry.segment])
        if entry.segment in renumbered
        else entry._replace(segment=len(stay), first=int(places[entry.segment][entry.first]))
        if entry.passages
        else entry
        for entry in state.entries
    ]
    return TfidfIndexState(state.commit, tuple(parts), tuple(entries))


def _choose_segments(live: list[int], passages: list[int]) -> list[int]:
    """Return the numbers of the segments to merge into one, or none if all can stay.

    ``live`` and ``passages`` have the number of live passages and of all passages of each segment.
    """
    order = sorted(range(len(live)), key=lambda number: (-live[number], number))
    start, smaller = len(order), 0
    for place in range(len(order) - 1, -1, -1):
        smaller += live[order[place]]
        if place and live[order[place - 1]] < GROWTH * smaller:
            start = place - 1
    dead = {number for number in order if 2 * live[number] < passages[number]}
    return sorted(dead.union(order[start:]))
