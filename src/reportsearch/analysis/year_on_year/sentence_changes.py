"""The sentences of a text set against those of an earlier one: which were kept, which changed.

Two sentences are compared by the pairs of neighbouring characters that they have in common (Dice,
"Measures of the amount of ecologic association between species", 1945), the likest first, so that
each has at most one counterpart. A number is a number there: the same sentence with this year's
figures is a changed one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reportsearch.comparable import to_comparable

MIN_SIMILARITY = 0.45
"""The similarity from which on a sentence is a changed one, and no new one."""
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?%?|\*+")
_MAX_SENTENCES = 1_000
"""A pair of characters in more sentences than that tells nothing, and would take all the time."""


@dataclass(frozen=True, slots=True)
class FoldedSentence:
    """A folded sentence (see normalise.py), and whether it says what is to come."""

    folded: str
    is_plan: bool = False


@dataclass(frozen=True, slots=True)
class SentenceMatch:
    """Two sentences by their numbers; ``similarity`` is 1 where they are the same."""

    now: int
    before: int
    similarity: float


def match_sentences(
    now: Sequence[FoldedSentence], before: Sequence[FoldedSentence]
) -> list[SentenceMatch]:
    """Which sentence was which, by ``now``.

    Those with the same compared characters count first: the first time with the first, the second
    with the second. Others are compared with those of the same kind: what was planned and then
    done is another sentence.
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
    """How much of two folded sentences is the same, 0 to 1."""
    pairs = _count_bigrams(first), _count_bigrams(second)
    size = pairs[0].total() + pairs[1].total()
    return round(2 * (pairs[0] & pairs[1]).total() / size, 4) if size else float(first == second)


def _find_similar(
    now: dict[int, Counter[str]], before: dict[int, Counter[str]]
) -> list[SentenceMatch]:
    """Sentences that are alike, the likest first."""
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
    """The pairs of neighbouring characters, each number as one character."""
    frame = to_comparable(_NUMBER.sub("0", sentence))
    return Counter(frame[at : at + 2] for at in range(len(frame) - 1))
