"""The text around a figure: its sentence and its scope."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportsearch.analysis.facts.quantity import find_clause_start, find_sentence_start
from reportsearch.analysis.terms.patterns import compile_alternatives
from reportsearch.lexicon.figures import FigureWords
from reportsearch.models.facts import Indicator
from reportsearch.normalise import fold

_SENTENCE_END = re.compile(r"[。!?！？\n]|$")
_WORKS = re.compile("的?[\u4e00-\u9fff]{0,2}项目")
_INVESTED = re.compile("(?:总?投资)?")
"""Between a number of works and their size: 9个投资10亿元以上的大项目."""


@dataclass(frozen=True, slots=True)
class FigureContext:
    """The context of a figure.

    ``threshold`` is the minimum size of what is counted (10亿元以上), and ``lead`` the same where
    it precedes the name. ``is_threshold`` marks a figure that is only a threshold.
    """

    sentence: str = ""
    is_part: bool = False
    threshold: str = ""
    lead: str = ""
    is_threshold: bool = False


class FigureContextReader:
    """A reader of the text around figures, based on the word lists."""

    def __init__(self, words: FigureWords) -> None:
        self._parts = compile_alternatives(words.parts)
        self._scopes = compile_alternatives(words.scopes)

    def read_contexts(self, text: str, figures: Sequence[Indicator]) -> dict[int, FigureContext]:
        """Return the context of each figure by its start; ``figures`` are in text order."""
        folded = _fold_text(text)
        sizes = _find_sizes(folded, figures)
        thresholds = {size.start for size in sizes.values()}
        found = {}
        for one in figures:
            begin = find_sentence_start(folded, one.start)
            end = _SENTENCE_END.search(folded, one.end)
            size = sizes.get(one.start)
            found[one.start] = FigureContext(
                sentence=text[begin : end.end() if end else len(text)].strip(),
                is_part=self._is_part(folded, begin, one.start),
                threshold=text[slice(*_find_threshold_span(one, size))] if size else "",
                lead=text[size.start : size.end] if size and size.start < one.start else "",
                is_threshold=one.start in thresholds,
            )
        return found

    def _is_part(self, folded: str, begin: int, at: int) -> bool:
        """Check whether 其中 occurs in the clause of a figure, or alone before it."""
        clause = find_clause_start(folded, at)
        before = find_clause_start(folded, clause - 1) if clause > begin else clause
        alone = self._parts.fullmatch(folded[before : max(clause - 1, before)].strip())
        return bool(alone or self._parts.search(folded, clause, at))

    def find_scope(self, name: str) -> str:
        """Return the words of a name that narrow down what is counted."""
        return "、".join(dict.fromkeys(one[0] for one in self._scopes.finditer(fold(name))))


def _fold_text(text: str) -> str:
    """Fold a text character by character, keeping its length and line ends."""
    pairs = ((char, fold(char)) for char in text)
    return "".join(char if char == "\n" or len(one) != 1 else one for char, one in pairs)


def _find_threshold_span(figure: Indicator, size: Indicator) -> tuple[int, int]:
    """Return the span of a threshold (投资10亿元以上), whatever side of the number it is on."""
    return min(figure.end, size.start), size.end


def _find_sizes(folded: str, figures: Sequence[Indicator]) -> dict[int, Indicator]:
    """Map the start of a number of works to the figure for their minimum size."""
    found = {}
    for before, after in pairwise(figures):
        between = folded[before.end : after.start]
        if _is_size(folded, after) and _INVESTED.fullmatch(between):
            found[before.start] = after
        elif _is_size(folded, before) and _WORKS.fullmatch(between):
            found[after.start] = before
    return found


def _is_size(folded: str, figure: Indicator) -> bool:
    """Check whether a figure states the size of works: 10亿元以上 in 10亿元以上项目9个."""
    of_money = figure.base_unit == "元" and figure.qualifier.endswith("以上")
    return of_money and bool(_WORKS.match(folded, figure.end))
