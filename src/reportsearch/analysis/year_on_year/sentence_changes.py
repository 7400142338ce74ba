"""Matching of the sentences of a text with those of an earlier one: kept and changed ones.

Two sentences are compared by the pairs of adjacent characters that they have in common (Dice,
"Measures of the amount of ecologic association between species", 1945), the most similar first, so
that each has at most one counterpart. All numbers count as equal here: the same sentence with this
year's figures is a changed one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reportsearch.comparable import to_comparable

MIN_SIMILARITY = 0.45
"""Minimum similarity for a sentence to count as changed rather than new."""
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?%?|\*+")
_MAX_SENTENCES = 1_000
"""A pair of characters in more sentences is uninformative, and would take too long."""


@dataclass(frozen=True, slots=True)
class FoldedSentence:
    """A folded sentence (see normalise.py), and whether it states a plan."""

    folded: str
    is_plan: bool = False


@dataclass(frozen=True, slots=True)
class SentenceMatch:
    """Two sentences by their numbers; ``similarity`` is 1 if they are the same."""

    now: int
    before: int
    similarity: float


def match_sentences(
    now: Sequence[FoldedSentence], before: Sequence[FoldedSentence]
) -> list[SentenceMatch]:
    """Match sentences with earlier ones; return the matches by ``now``.

    Those with the same compared characters are matched first, in order of occurrence. Others are
    matched only within their kind, plans or not: what was planned and then done is another
    sentence.
    """
    same: dict[str, list[int]] = defaultdict(list)
    for number in range(len(before) - 1, -1, -1):
        same[to_comparable(before[number].folded)].append(number)
    found = {}
    for number, sentence in enumerate(now):
        if numbers := same.get(to_comparable(sentence.folded)):
            found[number] = SentenceMatch(number, numbers.pop(), 1.0)
    taken = {entry.before for entry in found.values()}
    likest: list[SentenceMatch] = []
    for kind in (True, False):
        rest, other = (
            {
                at: _count_bigrams(sentence.folded)
                for at, sentence in enumerate(side)
                if at not in done and sentence.is_plan is kind
            }
            for side, done in ((now, found.keys()), (before, taken))
        )
        likest += _find_similar(rest, other)
    for entry in likest:
        if entry.now not in found and entry.before not in taken:
            found[entry.now] = entry
            taken.add(entry.before)
    return [found[number] for number in sorted(found)]


def dice_coefficient(first: str, second: str) -> float:
    """Return the Dice coefficient of two folded sentences, 0 to 1."""
    pairs = _count_bigrams(first), _count_bigrams(second)
    size = pairs[0].total() + pairs[1].total()
    return round(2 * (pairs[0] & pairs[1]).total() / size, 4) if size else float(first == second)


def _find_similar(
    now: dict[int, Counter[str]], before: dict[int, Counter[str]]
) -> list[SentenceMatch]:
    """Return pairs of similar sentences, the most similar first."""
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, counts in before.items():
        for pair, count in counts.items():
            postings[pair].append((number, count))
    sizes = {number: counts.total() for number, counts in before.items()}
    found = []
    for number, counts in now.items():
        common: Counter[int] = Counter()
        for pair, count in counts.items():
            having = postings.get(pair, ())
            if len(having) <= _MAX_SENTENCES:
                for sentence, times in having:
                    common[sentence] += min(count, times)
        size = counts.total()
        for sentence, shared in common.items():
            alike = round(2 * shared / (size + sizes[sentence]), 4)
            if alike >= MIN_SIMILARITY:
                found.append(SentenceMatch(number, sentence, alike))
    return sorted(found, key=lambda entry: (-entry.similarity, entry.now, entry.before))


def _count_bigrams(sentence: str) -> Counter[str]:
    """Count the pairs of adjacent characters, with each number as one character."""
    frame = to_comparable(_NUMBER.sub("0", sentence))
    return Counter(frame[at : at + 2] for at in range(len(frame) - 1))
