"""What a topic is called: the first of its words, with those beside which they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from reportsearch.nlp.topics.words import Counted, Floats, Ints

PIECES = 3
"""Phrases of a label."""
_SEEDS = 20
"""Words of a topic that a label is made of."""
_LONGEST = 3
_LONGEST_CHARS = 8
_FEWEST = 3
"""Times that a phrase has to occur in the topic."""
_JOINED = 0.4
"""Of the times that a word occurs it has to stand in the phrase."""

Phrase = tuple[int, ...]
"""The columns of neighbouring words."""


def labels(counted: Counted, association: Floats, strongest: Ints) -> list[list[Phrase]]:
    """For each topic the phrases that name it; no phrase names two topics while there are others.

    ``strongest`` is each passage's topic, -1 for none.
    """
    of_word = np.repeat(strongest, _sizes(counted.sequence))
    used: set[Phrase] = set()
    found = []
    for topic, row in enumerate(association):
        order = np.argsort(-row, kind="stable")[:_SEEDS]
        seeds = [int(place) for place in order if row[place] > 0]
        own = counted.sequence[of_word == topic]
        phrases = list(_phrases(own, seeds, counted.words))
        new = [phrase for phrase in phrases if phrase not in used] or phrases
        used.update(new[:PIECES])
        found.append(new[:PIECES])
    return found


def _sizes(sequence: Ints) -> Ints:
    """How many entries of the sequence are of each passage."""
    return np.diff(np.flatnonzero(sequence == -2), prepend=-1)


def _phrases(own: Ints, seeds: Sequence[int], words: Sequence[str]) -> Iterator[Phrase]:
    """The phrases of a topic's words, without a word that stands in one before."""
    told: set[int] = set()
    for seed in seeds:
        if seed in told or any(words[seed] in words[other] for other in told):
            continue
        phrase = _joined(own, seed, seeds, words)
        if told.isdisjoint(phrase):
            told.update(phrase)
            yield phrase


def _joined(own: Ints, seed: int, seeds: Sequence[int], words: Sequence[str]) -> Phrase:
    """A word with what mostly stands beside it in the topic."""
    phrase: Phrase = (seed,)
    places = np.flatnonzero(own == seed)
    while len(phrase) < _LONGEST:
        longer = [
            (count, before, other)
            for before in (True, False)
            for other, count in _beside(own, places - 1 if before else places + len(phrase))
            if _belongs(own, phrase, other, count, len(places), seeds)
            and sum(len(words[part]) for part in (*phrase, other)) <= _LONGEST_CHARS
        ]
        if not longer:
            break
        _, before, other = max(longer, key=lambda entry: (entry[0], entry[1], -entry[2]))
        beside = places - 1 if before else places + len(phrase)
        beside = np.clip(beside, 0, len(own) - 1)
        places = places[own[beside] == other] - int(before)
        phrase = (other, *phrase) if before else (*phrase, other)
    return phrase


def _beside(own: Ints, places: Ints) -> Iterator[tuple[int, int]]:
    """The words at some places, and how often each stands there."""
    inside = places[(places >= 0) & (places < len(own))]
    found, counts = np.unique(own[inside], return_counts=True)
    for other, count in zip(found.tolist(), counts.tolist(), strict=True):
        if other >= 0:
            yield other, count


def _belongs(
    own: Ints, phrase: Phrase, other: int, count: int, places: int, seeds: Sequence[int]
) -> bool:
    """Whether a word that stands beside a phrase so often is a part of it."""
    if count < _FEWEST or other in phrase:
        return False
    if count >= _JOINED * places:
        return True
    return other in seeds and count >= _JOINED * int(np.count_nonzero(own == other))
