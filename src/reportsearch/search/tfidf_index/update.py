"""A store from one commit to the next: only what changed is cut into features."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import reduce

import numpy as np

from reportsearch.search.engine import Engine
from reportsearch.search.tfidf_index.cosine import Field, Sums
from reportsearch.search.tfidf_index.features import occurrences
from reportsearch.search.tfidf_index.postings import Merge, Segment, Truths, counted
from reportsearch.search.tfidf_index.state import Described, Entry, Part, State, alive_in

BLOCK = 20_000
"""Passages that are cut and counted in one go."""
GROWTH = 2
"""Segments are merged until each is so many times as large as all smaller ones."""

Keep = Callable[[Merge], tuple[Segment, Described]]
"""Writes segments as one; returns it and what tells its files."""
Progress = Callable[[int, int], None]


def in_memory(merge: Merge) -> tuple[Segment, Described]:
    """Make segments one without any file."""
    return merge.done(), {}


def updated(
    state: State,
    engine: Engine,
    words: Callable[[str], Iterable[str]],
    keep: Keep,
    progress: Progress | None = None,
) -> State:
    """The state of the commit that ``engine`` has in view.

    ``words`` cuts a folded text; ``progress`` is called with the passages done and all.
    """
    reading = _Reading(len(state.parts), words, keep)
    known = {entry.report: entry for entry in state.entries}
    done, passages = 0, engine.passage_count()
    for report_id, text in engine.texts():
        reading.read(report_id, text, known.get(report_id))
        done += text.count("\n")
        if progress:
            progress(done, passages)
    added = reading.added()
    new = replace(state, commit=engine.commit(), entries=tuple(reading.entries))
    if added is None and new.entries == state.entries:
        return State(new.commit, state.parts, state.entries)
    return _merged(_summed(state, new, added), keep)


class _Reading:
    """Sorts the reports into those that are known and those that have to be cut."""

    def __init__(self, number: int, words: Callable[[str], Iterable[str]], keep: Keep) -> None:
        """``number`` is that of the segment which the new passages will be."""
        self.entries: list[Entry] = []
        self._number = number
        self._words = words
        self._keep = keep
        self._waiting: list[str] = []
        self._blocks: list[tuple[Segment, Described]] = []
        self._passages = 0

    def read(self, report_id: str, text: str, known: Entry | None) -> None:
        """Take a report's folded text."""
        digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        if known and known.digest == digest:
            self.entries.append(known)
            return
        passages = text.split("\n")[:-1]
        number = self._number if passages else -1
        first = self._passages if passages else 0
        self.entries.append(Entry(report_id, digest, number, first, len(passages)))
        self._passages += len(passages)
        self._waiting += passages
        while len(self._waiting) >= BLOCK:
            self._count(BLOCK)

    def _count(self, passages: int) -> None:
        block, self._waiting = self._waiting[:passages], self._waiting[passages:]
        segment = counted(*occurrences(block, self._words), len(block))
        self._blocks.append(self._keep(Merge.of([segment])))

    def added(self) -> tuple[Segment, Described] | None:
        """The segment of the new passages; None when there are none."""
        if self._waiting:
            self._count(len(self._waiting))
        if len(self._blocks) > 1:
            self._blocks = [self._keep(Merge.of([segment for segment, _ in self._blocks]))]
        return self._blocks[0] if self._blocks else None


def _summed(old: State, new: State, added: tuple[Segment, Described] | None) -> State:
    """The new state with the added segment, and the sums as they are now."""
    segments = [part.segment for part in old.parts]
    changed = [added[0].features] if added else []
    alive = alive_in(segments, [entry for entry in new.entries if entry.segment < len(segments)])
    for segment, before, now in zip(segments, old.alive, alive, strict=True):
        died = _died(before, now)
        if died is not None:
            changed.append(segment.features[segment.features_of(died)])
    keys = reduce(np.union1d, changed, np.zeros(0, dtype=np.uint64))
    fresh = [added[0]] if added else []
    earlier = old.field.frequencies(keys)
    later = Field([*segments, *fresh], [*alive, *(None for _ in fresh)], new.passages).frequencies(
        keys
    )
    other = earlier != later
    parts = []
    for part in old.parts:
        sums = Sums(part.sums.copy())
        asked, features = part.segment.find(keys[other])
        sums.move(part.segment, features, earlier[other][asked], later[other][asked])
        parts.append(replace(part, sums=sums.values))
    if added:
        segment, files = added
        own = later[np.searchsorted(keys, segment.features)]
        parts.append(Part(segment, files, Sums.of(segment, own).values))
    return State(new.commit, tuple(parts), new.entries)


def _died(before: Truths | None, now: Truths | None) -> Truths | None:
    """What was alive and is not; None when that is nothing."""
    if now is None:
        return None
    died: Truths = ~now if before is None else before & ~now
    return died if died.any() else None


def _merged(state: State, keep: Keep) -> State:
    """The state with few segments, none of them mostly dead."""
    live = [
        part.segment.passages if alive is None else int(alive.sum())
        for part, alive in zip(state.parts, state.alive, strict=True)
    ]
    chosen = _chosen(live, [part.segment.passages for part in state.parts])
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
        segment, files = keep(
            Merge([part.segment for part in old], [places[number] for number in chosen])
        )
        sums = [part.sums[:, places[number] >= 0] for part, number in zip(old, chosen, strict=True)]
        parts.append(Part(segment, files, np.concatenate(sums, axis=1)))
    renumbered = {number: place for place, number in enumerate(stay)}
    entries = [
        entry._replace(segment=renumbered[entry.segment])
        if entry.segment in renumbered
        else entry._replace(segment=len(stay), first=int(places[entry.segment][entry.first]))
        if entry.passages
        else entry
        for entry in state.entries
    ]
    return State(state.commit, tuple(parts), tuple(entries))


def _chosen(live: list[int], passages: list[int]) -> list[int]:
    """The segments that are to become one, by number; none when all may stay.

    ``live`` and ``passages`` tell how many live and how many passages each has.
    """
    order = sorted(range(len(live)), key=lambda number: (-live[number], number))
    start, smaller = len(order), 0
    for place in range(len(order) - 1, -1, -1):
        smaller += live[order[place]]
        if place and live[order[place - 1]] < GROWTH * smaller:
            start = place - 1
    dead = {number for number in order if 2 * live[number] < passages[number]}
    return sorted(dead.union(order[start:]))
