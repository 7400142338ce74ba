"""Text shared by the passages of several officials on a portfolio, without formulae."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from reportsearch.analysis.matching import all_pairs, formulae
from reportsearch.analysis.matching.exact_matches import Match, find_exact_matches
from reportsearch.arrays import Bools
from reportsearch.comparable import ComparableText
from reportsearch.models.portfolios import Quoted, SharedText
from reportsearch.models.report import Passage
from reportsearch.models.reuse import DEFAULT_MIN_CHARS

FormulaMask = Callable[[str, Collection[int] | None], Bools]
"""Mask of the compared characters of a passage that are formula, for strings at given starts."""
_MAX_OTHERS = 5
"""Maximum number of others listed per official: those with the most shared text."""
_MAX_CANDIDATES = 20
"""Maximum number of others examined; what they share may turn out to be formula."""
_SEPARATOR, _OWN_SEPARATOR = "\0", "\1"
"""Separators between passages of the others and of the text compared with them.

They differ, so no match crosses a passage boundary.
"""


@dataclass(frozen=True)
class OfficialText:
    """The passages of an official as one string of compared characters."""

    value: str
    passages: tuple[Passage, ...]
    views: tuple[ComparableText, ...]
    starts: tuple[int, ...]
    text: str

    @classmethod
    def of(cls, value: str, passages: Sequence[Passage]) -> OfficialText:
        """Join passages into one text."""
        views = tuple(ComparableText.of(passage.text) for passage in passages)
        starts, at = [], 0
        for view in views:
            starts.append(at)
            at += len(view.text) + 1
        text = _SEPARATOR.join(view.text for view in views)
        return cls(value, tuple(passages), views, tuple(starts), text)

    def quote(self, start: int, end: int) -> Quoted:
        """Return the original text of a span, which lies in one passage."""
        number = bisect_right(self.starts, start) - 1
        passage, at = self.passages[number], self.starts[number]
        first, last = self.views[number].map_to_original(start - at, end - at)
        return Quoted(
            passage.id, passage.start + first, passage.start + last, passage.text[first:last]
        )

    def mark_formulae(self, runs: Sequence[Match], is_formula: FormulaMask) -> Bools:
        """Mark the characters of matches that are formula."""
        marks = np.zeros(len(self.text), dtype=np.bool_)
        length = formulae.MIN_FORMULA_CHARS
        inside: dict[int, set[int]] = {}
        for run in runs:
            number = bisect_right(self.starts, run.start) - 1
            first = max(run.start - length + 1 - self.starts[number], 0)
            inside.setdefault(number, set()).update(range(first, run.end - self.starts[number]))
        for number, (view, at) in enumerate(zip(self.views, self.starts, strict=True)):
            if starts := inside.get(number):
                marks[at : at + len(view.text)] = is_formula(view.text, starts)
        return marks


def find_shared_texts(
    sides: Sequence[OfficialText], is_formula: FormulaMask, set_phrases: Sequence[str]
) -> list[tuple[SharedText, ...]]:
    """Return for each side the others that share most text with it, in descending order."""
    # Formulae come from the whole index, so none are searched for among these texts.
    found = all_pairs.find_pairs(
        [side.text for side in sides],
        [""] * len(sides),
        min_chars=DEFAULT_MIN_CHARS,
        formula_officials=2,
        set_phrases=set_phrases,
    )
    others: list[list[tuple[int, int]]] = [[] for _ in sides]
    for (first, second), (there, back) in found.shared.items():
        others[first].append((-there, second))
        others[second].append((-back, first))
    return [
        tuple(_find_most_shared(side, [sides[at] for _, at in sorted(others[number])], is_formula))
        for number, side in enumerate(sides)
    ]


def _find_most_shared(
    side: OfficialText, others: Sequence[OfficialText], is_formula: FormulaMask
) -> Iterator[SharedText]:
    others = others[:_MAX_CANDIDATES]
    own = side.text.replace(_SEPARATOR, _OWN_SEPARATOR)
    runs = find_exact_matches(own, [other.text for other in others], DEFAULT_MIN_CHARS)
    formulaic = side.mark_formulae([run for found in runs for run in found], is_formula)
    each = (
        _build_shared_text(side, other, found, formulaic)
        for other, found in zip(others, runs, strict=True)
    )
    best = [shared for shared in each if shared]
    best.sort(key=lambda one: (-one.chars, one.other))
    yield from best[:_MAX_OTHERS]


def _build_shared_text(
    side: OfficialText, other: OfficialText, runs: Sequence[Match], formulaic: Bools
) -> SharedText | None:
    """Return the parts of matches that are not formula, of at least DEFAULT_MIN_CHARS each."""
    covered = np.zeros(len(side.text), dtype=np.bool_)
    longest: tuple[int, int, int] | None = None
    for run in runs:
        marks = np.flatnonzero(np.diff(formulaic[run.start : run.end], prepend=True, append=True))
        for first, last in list(pairwise(marks.tolist()))[::2]:
            if last - first < DEFAULT_MIN_CHARS:
                continue
            start, source = run.start + first, run.source_start + first
            covered[start : start + last - first] = True
            if longest is None or last - first > longest[2]:
                longest = start, source, last - first
    if longest is None:
        return None
    start, source, length = longest
    return SharedText(
        other=other.value,
        chars=int(covered.sum()),
        here=side.quote(start, start + length),
        there=other.quote(source, source + length),
    )
