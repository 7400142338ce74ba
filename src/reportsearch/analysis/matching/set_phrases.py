"""Where set phrases stand in passages, whatever marks stand between their characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from reportsearch.analysis.matching.formulae import SetPhraseIndex
from reportsearch.comparable import ComparableText, to_comparable

Span = tuple[int, int]


def find_set_phrases(
    phrases: SetPhraseIndex, passages: Sequence[str]
) -> list[list[tuple[int, Span]]]:
    """The set phrases in each folded passage, by number, without those inside longer ones."""
    found: list[list[tuple[int, Span]]] = [[] for _ in passages]
    texts = [to_comparable(folded) for folded in passages]
    begins = [0, *accumulate(len(text) + 1 for text in texts)]
    places: dict[int, list[tuple[int, int]]] = {}
    # All at once: to look through each by itself takes longer. No phrase has a line end.
    for place, phrase in phrases.find("\n".join(texts)):
        number = bisect_right(begins, place) - 1
        places.setdefault(number, []).append((place - begins[number], phrase))
    for number, of_passage in places.items():
        view = ComparableText.of(passages[number])
        spans = [
            (phrase, view.map_to_original(place, place + len(phrases.phrases[phrase])))
            for place, phrase in of_passage
        ]
        found[number] = [
            (phrase, (start, end))
            for phrase, (start, end) in spans
            if not any(
                first <= start and end <= last and last - first > end - start
                for _, (first, last) in spans
            )
        ]
    return found
