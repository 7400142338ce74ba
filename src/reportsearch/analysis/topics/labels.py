"""Topic labels: the first words of a topic, extended to phrases with their neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from reportsearch.analysis.topics.word_counts import WordCounts
from reportsearch.arrays import Floats, Ints

MAX_PHRASES = 3
"""Phrases per label."""
_MAX_SEEDS = 20
"""Words of a topic from which a label is built."""
_NON_NAME_WEIGHT = 0.5
_MIN_LONGER_WEIGHT = 0.4
"""Minimum weight of a longer word relative to the contained word that it replaces."""
_MAX_WORDS = 3
_MAX_CHARS = 8
_MIN_COUNT = 3
"""Minimum occurrences of a phrase in the topic."""
_MIN_COOCCURRENCE = 0.4
"""Minimum share of a phrase's occurrences that an added word must be next to.

For a word that is also a seed of the topic, _MIN_SEED_COOCCURRENCE is enough if this share of its
own occurrences is next to the phrase.
"""
_MIN_SEED_COOCCURRENCE = 0.08

Phrase = tuple[int, ...]
"""The columns of adjacent words."""


def label_topics(
    word_counts: WordCounts,
    association: Floats,
    strongest: Ints,
    reports: Ints,
    is_name: Callable[[str], bool],
) -> list[list[Phrase]]:
    """Return the phrases that label each topic, reusing none while a topic has others.

    ``strongest`` is each passage's topic, -1 for none; ``reports`` is each passage's report.
    ``is_name`` decides whether a word can name something; others have half the weight. Words that
    few reports use also weigh less.
    """
    names = np.array([1.0 if is_name(word) else _NON_NAME_WEIGHT for word in word_counts.words])
    of_word = np.repeat(strongest, _count_entries(word_counts.sequence))
    used: set[Phrase] = set()
    found = []
    for topic, row in enumerate(association):
        is_own = strongest[word_counts.rows] == topic
        spread = _count_reports(
            word_counts.columns[is_own], reports[word_counts.rows[is_own]], len(row)
        )
        weights = row * np.log1p(spread) * names
        order = np.argsort(-weights, kind="stable")[:_MAX_SEEDS]
        seeds = [int(place) for place in order if weights[place] > 0]
        own = word_counts.sequence[of_word == topic]
        rather = _prefer_longer_words(seeds, weights, word_counts.words)
        phrases = list(_TopicPhraseFinder(own, rather, word_counts.words, names).iter_phrases())
        new = [phrase for phrase in phrases if phrase not in used] or phrases
        used.update(new[:MAX_PHRASES])
        found.append(new[:MAX_PHRASES])
    return found


def _count_reports(columns: Ints, reports: Ints, words: int) -> Ints:
    """Return the number of reports with each word."""
    pairs = np.unique(columns + reports * words)
    return np.bincount(pairs % words, minlength=words)


def _prefer_longer_words(seeds: Sequence[int], weights: Floats, words: Sequence[str]) -> list[int]:
    """Replace words by longer ones that contain them: 教育 by 义务教育."""
    found = []
    for seed in seeds:
        longer = [
            other
            for other in seeds
            if words[seed] in words[other] and weights[other] >= _MIN_LONGER_WEIGHT * weights[seed]
        ]
        found.append(max(longer, key=lambda other: (len(words[other]), weights[other])))
    return list(dict.fromkeys(found))


def _count_entries(sequence: Ints) -> Ints:
    """Return the number of entries of each passage in the sequence."""
    return np.diff(np.flatnonzero(sequence == -2), prepend=-1)


class _TopicPhraseFinder:
    """The words of a topic's passages in sequence; ``seeds`` are its distinctive words."""

    def __init__(
        self, own: Ints, seeds: Sequence[int], words: Sequence[str], names: Floats
    ) -> None:
        self._sequence = own
        self._seeds = seeds
        self._words = words
        self._names = names

    def iter_phrases(self) -> Iterator[Phrase]:
        """Yield the phrases of its words, skipping words contained in an earlier one."""
        covered: set[int] = set()
        for seed in self._seeds:
            if seed in covered or any(self._words[seed] in self._words[other] for other in covered):
                continue
            phrase = self._extend_phrase(seed)
            if covered.isdisjoint(phrase):
                covered.update(phrase)
                yield phrase

    def _extend_phrase(self, seed: int) -> Phrase:
        """Extend a word by its usual neighbours, without adding a verb in front."""
        phrase: Phrase = (seed,)
        places = np.flatnonzero(self._sequence == seed)
        while len(phrase) < _MAX_WORDS:
            longer = [
                (count, before, other)
                for before in (True, False)
                for other, count in self._count_words_at(
                    self._get_neighbour_places(places, phrase, before=before)
                )
                if self._is_part(phrase, other, count, len(places))
                and (not before or self._names[other] == 1)
            ]
            if not longer:
                break
            _, before, other = max(longer, key=lambda entry: (entry[0], entry[1], -entry[2]))
            neighbours = np.clip(
                self._get_neighbour_places(places, phrase, before=before),
                0,
                len(self._sequence) - 1,
            )
            places = places[self._sequence[neighbours] == other] - int(before)
            phrase = (other, *phrase) if before else (*phrase, other)
        return phrase

    @staticmethod
    def _get_neighbour_places(places: Ints, phrase: Phrase, *, before: bool) -> Ints:
        return places - 1 if before else places + len(phrase)

    def _count_words_at(self, places: Ints) -> Iterator[tuple[int, int]]:
        """Yield the words at some positions, and the count of each."""
        inside = places[(places >= 0) & (places < len(self._sequence))]
        found, counts = np.unique(self._sequence[inside], return_counts=True)
        for other, count in zip(found.tolist(), counts.tolist(), strict=True):
            if other >= 0:
                yield other, count

    def _is_part(self, phrase: Phrase, other: int, count: int, places: int) -> bool:
        """Return whether a word is part of a phrase, given how often it is next to it."""
        if count < _MIN_COUNT or other in phrase:
            return False
        if sum(len(self._words[part]) for part in (*phrase, other)) > _MAX_CHARS:
            return False
        if count >= _MIN_COOCCURRENCE * places:
            return True
        often = count >= _MIN_COOCCURRENCE * int(np.count_nonzero(self._sequence == other))
        return other in self._seeds and often and count >= _MIN_SEED_COOCCURRENCE * places
