"""Formulae of one text: strings that occur in the reports of many officials.

A string of at least MIN_FORMULA_CHARS characters is a formula if it occurs in reports of at least a
given number of officials. Strings with digits never are, since figures are the substance of a
report. The formulae listed for a text cannot be extended on either side where they occur.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from reportsearch.analysis.matching.exact_matches import GramIndex, MatchDiagonals
from reportsearch.arrays import Bools, Ints
from reportsearch.comparable import Codes, ComparableText, Span, to_code_points, to_comparable

MIN_FORMULA_CHARS = 8
"""Minimum compared characters of a formula that is not a set phrase."""
_PREFIX_CHARS = 4
"""Characters of a set phrase by which it is looked up."""
MIN_OFFICIALS = 4
"""Minimum number of officials for a formula."""


def compute_default_officials(official_count: int) -> int:
    """Return the default number of officials that makes a formula, for a collection.

    The square root: 4 of 14, 10 of 100, 71 of 5,000. In a small collection, text shared by a few
    neighbours is not a formula; in a large one, a formula need not occur in a tenth of it.
    """
    return max(MIN_OFFICIALS, round(math.sqrt(official_count)))


def is_digit(codes: Codes) -> Bools:
    """Return which code points are digits 0 to 9, the only digits left after folding."""
    return (codes >= ord("0")) & (codes <= ord("9"))


@dataclass(frozen=True, slots=True)
class FormulaMatch:
    """A formula at a position of a text, with the numbers of reports and officials that use it."""

    start: int
    end: int
    reports: int
    officials: int


class CommonStrings:
    """The lengths of the strings that a text shares with each report, by position."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        # The distance from each position to the next digit.
        digits = np.flatnonzero(is_digit(to_code_points(text)))
        after = np.append(digits, self._length)
        places = np.arange(self._length + 1)
        self._until_digit = after[np.searchsorted(digits, places)] - places
        self._places: list[Ints] = []
        self._sources: list[Ints] = []
        self._common: list[Ints] = []

    def add(self, found: MatchDiagonals) -> None:
        """Add the runs of some reports; those of one report must come together."""
        long = found.select_rows(found.lengths >= MIN_FORMULA_CHARS)
        if not len(long.starts):
            return
        counts = long.lengths - MIN_FORMULA_CHARS + 1
        run = np.repeat(np.arange(len(counts)), counts)
        nth = np.arange(len(run)) - np.repeat(np.cumsum(counts) - counts, counts)
        places = long.starts[run] + nth
        common = np.minimum(long.lengths[run] - nth, self._until_digit[places])
        keep = common >= MIN_FORMULA_CHARS
        run, places, common = run[keep], places[keep], common[keep]
        keys = long.sources[run] * (self._length + 1) + places
        order = np.lexsort((-common, keys))
        first = np.flatnonzero(np.diff(keys[order], prepend=-1))
        chosen = order[first]
        self._places.append(places[chosen])
        self._sources.append(long.sources[run][chosen])
        self._common.append(common[chosen])

    def find_formulae(
        self, officials: Sequence[int], own: int, threshold: int, *, counts_itself: bool
    ) -> list[FormulaMatch]:
        """Return the formulae of the text, by position.

        ``officials`` has each report's official as a number, ``own`` is that of the text.
        ``counts_itself`` means that the text is part of the collection.
        """
        needed = threshold - counts_itself
        if not self._places:
            return []
        places = np.concatenate(self._places)
        sources = np.concatenate(self._sources)
        common = np.concatenate(self._common)
        whose = np.array(officials, dtype=np.int64)[sources]
        lengths = self._find_frequent(places, common, whose, own if counts_itself else -1, needed)
        order = np.argsort(places, kind="stable")
        places, common, whose = places[order], common[order], whose[order]
        found = []
        reached = 0
        for place in np.flatnonzero(lengths >= MIN_FORMULA_CHARS).tolist():
            length = int(lengths[place])
            if place + length <= reached:
                continue
            reached = place + length
            first, last = np.searchsorted(places, [place, place + 1])
            has = common[first:last] >= length
            officials_of = set(whose[first:last][has].tolist())
            if counts_itself:
                officials_of.add(own)
            reports = int(has.sum()) + counts_itself
            found.append(FormulaMatch(place, place + length, reports, len(officials_of)))
        return found

    def _find_frequent(
        self, places: Ints, common: Ints, whose: Ints, own: int, needed: int
    ) -> Ints:
        """Return, for each position, the length of the longest string that enough officials use."""
        keep = whose != own
        places, common, whose = places[keep], common[keep], whose[keep]
        width = int(whose.max(initial=0)) + 1
        keys = places * width + whose
        order = np.lexsort((-common, keys))
        best = order[np.flatnonzero(np.diff(keys[order], prepend=-1))]
        places, common = places[best], common[best]
        order = np.lexsort((-common, places))
        places, common = places[order], common[order]
        firsts = np.searchsorted(places, places)
        nth = np.arange(len(places)) - firsts
        chosen = nth == needed - 1
        lengths = np.zeros(self._length + 1, dtype=np.int64)
        lengths[places[chosen]] = common[chosen]
        return lengths


class SetPhraseIndex:
    """An index of set phrases for finding them in texts; both are compared characters."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.phrases = tuple(dict.fromkeys(filter(None, phrases)))
        # By their first few characters, which occur at few positions of a text.
        self._grams: dict[int, GramIndex] = {}
        self._numbers_by_prefix: dict[int, dict[int, list[int]]] = {}
        for length in sorted({min(len(phrase), _PREFIX_CHARS) for phrase in self.phrases}):
            numbers = [
                number
                for number, phrase in enumerate(self.phrases)
                if min(len(phrase), _PREFIX_CHARS) == length
            ]
            joined = "\0".join(self.phrases[number][:length] for number in numbers)
            grams = GramIndex(joined, length)
            places, found = grams.find(to_code_points(joined))
            # The other windows span two phrases.
            found = found[places % (length + 1) == 0]
            beginnings: dict[int, list[int]] = {}
            for number, gram in zip(numbers, found.tolist(), strict=True):
                beginnings.setdefault(gram, []).append(number)
            self._grams[length], self._numbers_by_prefix[length] = grams, beginnings

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return the positions of phrases in a text and the phrases' numbers, by position."""
        found: list[tuple[int, int]] = []
        codes = to_code_points(text)
        for length, grams in self._grams.items():
            places, numbers = grams.find(codes)
            for place, gram in zip(places.tolist(), numbers.tolist(), strict=True):
                found += (
                    (place, number)
                    for number in self._numbers_by_prefix[length].get(gram, ())
                    if text.startswith(self.phrases[number], place)
                )
        return sorted(found)

    def find_spans(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of a text that are set phrases; they may overlap."""
        return [(place, place + len(self.phrases[number])) for place, number in self.find(text)]


def mark_spans(length: int, spans: Sequence[tuple[int, int]]) -> Bools:
    """Return which positions of a text are inside one of some spans."""
    marks = np.zeros(length + 1, dtype=np.int64)
    if spans:
        starts, ends = np.array(spans, dtype=np.int64).T
        np.add.at(marks, starts, 1)
        np.add.at(marks, ends, -1)
    return np.cumsum(marks[:-1]) > 0


def find_set_phrases(
    phrases: SetPhraseIndex, passages: Sequence[str]
) -> list[list[tuple[int, Span]]]:
    """Return the set phrases in each folded passage, by number, without nested ones."""
    found: list[list[tuple[int, Span]]] = [[] for _ in passages]
    texts = [to_comparable(folded) for folded in passages]
    begins = [0, *accumulate(len(text) + 1 for text in texts)]
    places: dict[int, list[tuple[int, int]]] = {}
    # Searching all at once is faster. No phrase has a line end.
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
