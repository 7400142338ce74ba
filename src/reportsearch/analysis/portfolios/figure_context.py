"""The text around a figure: its sentence, its scope, and the span of time it covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportsearch.analysis.facts.quantity import find_clause_start, find_sentence_start
from reportsearch.analysis.terms.patterns import build_alternatives, compile_alternatives
from reportsearch.lexicon.figures import FigureWords
from reportsearch.models.facts import Indicator
from reportsearch.normalise import fold

_SENTENCE_END = re.compile(r"[。!?！？\n]|$")
_YEAR_COUNT = r"(?:\d{1,2}|[一两二三四五六七八九十]{1,3})"
_IN_A_ROW = "连续"
_TOTAL = "累"
_LEADS = "达到为有共约超近"
_NUMBER = re.compile(rf"[{_LEADS}]*[\d*]")
"""Follows 累计 if that applies to a single number."""
_WHOLE_TERM_OPENING = re.compile(
    "(?:将|就|对)[^。]{0,12}?(?P<since>(?:任职|到任|履职|上任)以来)[^。]{0,24}?(?:报告|汇报|述职)"
)
"""Opening of a report on a whole term of office: 现将任职以来工作情况报告如下."""
_OPENING_CHARS = 600
"""Number of characters at the start of a report that may state this."""
_CLAUSE_SEPARATOR = re.compile("[;；]")
_WORKS = re.compile("的?[\u4e00-\u9fff]{0,2}项目")
_INVESTED = re.compile("(?:总?投资)?")
"""Between a number of works and their size: 9个投资10亿元以上的大项目."""


@dataclass(frozen=True, slots=True)
class FigureContext:
    """The context of a figure; ``span`` are the words that state a span of several years.

    ``threshold`` is the minimum size of what is counted (10亿元以上), and ``lead`` the same where
    it precedes the name. ``is_threshold`` marks a figure that is only a threshold.
    """

    sentence: str = ""
    span: str = ""
    is_part: bool = False
    threshold: str = ""
    lead: str = ""
    is_threshold: bool = False


class FigureContextReader:
    """A reader of the text around figures, based on the word lists."""

    def __init__(self, words: FigureWords) -> None:
        self._spans = re.compile(build_alternatives(words.spans).replace("n年", f"{_YEAR_COUNT}年"))
        self._parts = compile_alternatives(words.parts)
        self._scopes = compile_alternatives(words.scopes)

    def read_contexts(self, text: str, figures: Sequence[Indicator]) -> dict[int, FigureContext]:
        """Return the context of each figure by its start; ``figures`` are in text order."""
        folded = _fold_text(text)
        sizes = _find_sizes(folded, figures)
        thresholds = {size.start for size in sizes.values()}
        covered = _WHOLE_TERM_OPENING.search(folded, 0, _OPENING_CHARS)
        since = text[slice(*covered.span("since"))] if covered else ""
        found = {}
        for one in figures:
            begin = find_sentence_start(folded, one.start)
            end = _SENTENCE_END.search(folded, one.end)
            size = sizes.get(one.start)
            found[one.start] = FigureContext(
                sentence=text[begin : end.end() if end else len(text)].strip(),
                span=self._find_span(text, folded, begin, one.start)
                or ("" if one.is_plan else since),
                is_part=self._is_part(folded, begin, one.start),
                threshold=text[slice(*_find_threshold_span(one, size))] if size else "",
                lead=text[size.start : size.end] if size and size.start < one.start else "",
                is_threshold=one.start in thresholds,
            )
        return found

    def _find_span(self, text: str, folded: str, begin: int, at: int) -> str:
        """Return the words that state that a figure covers several years.

        连续两年 applies to its clause, or up to a later 累计. 累计 applies only to the next word if
        that is a number (累计45个), and inside a sentence only up to a semicolon. All other words
        apply to the whole sentence.
        """
        found = list(self._spans.finditer(folded, begin, at))
        clause = find_clause_start(folded, at)
        kept: list[re.Match[str]] = []
        for one in found:
            between = folded[one.end() : at]
            if one[0].startswith(_TOTAL):
                is_leading = one is not found[0] or not folded[begin : one.start()].strip()
                if _NUMBER.match(between) or (not is_leading and _CLAUSE_SEPARATOR.search(between)):
                    continue
            kept.append(one)
        last = max((one.start() for one in kept if not one[0].startswith(_IN_A_ROW)), default=-1)
        kept = [one for one in kept if one.start() >= clause or one.start() <= last]
        return "…".join(text[slice(*one.span())] for one in kept)

    def _is_part(self, folded: str, begin: int, at: int) -> bool:
        """Check whether 其中 occurs in the clause of a figure, or alone before it."""
        clause = find_clause_start(folded, at)
        before = find_clause_start(folded, clause - 1) if clause > begin else clause
        alone = self._parts.fullmatch(folded[before : max(clause - 1, before)].strip())
        return bool(alone or self._parts.search(folded, clause, at))

    def is_multi_year(self, period: str) -> bool:
        """Check whether a time expression covers more than a year or an unknown number of years."""
        return bool(self._spans.search(fold(period)))

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
