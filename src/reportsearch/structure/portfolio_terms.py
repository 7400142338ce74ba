"""Words of a text that point to portfolios.

The evidence for a portfolio is its name, equivalents, departments and words. A string counts only
if it starts and ends at word boundaries: 民政 is not in 人民政府. A string that only names
participants (会同住建部门) or people (快递员) says nothing about the field.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Duty
from reportsearch.normalise import normalise
from reportsearch.tokenizer import Tokenizer

NAME_WEIGHT = 2.0
_WORD_WEIGHT = 1.0

_RUN = re.compile("[\u4e00-\u9fd5]+")
# 会同住建、消防部门: other participants, in a section about something else.
_PARTNERS = re.compile("(?:会同|联合|协调|协同|商请|提请|邀请|请|联动|配合)[^，。；：!?]{0,12}$")
_PARTNER_SUFFIX = re.compile("[^，。；：]{0,8}?(?:部门|单位|力量)|按")
_LOOKBACK_CHARS = 16


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A string of a text that points to a portfolio, with its weight.

    ``is_short`` marks a short item of duty lists (招商, 快递), which often occurs in passing.
    ``factor`` is the extra weight of its place.
    """

    portfolio: str
    weight: float
    text: str
    start: int
    end: int
    is_short: bool = False
    factor: float = 1.0

    @property
    def is_name(self) -> bool:
        """Return whether it names the field rather than being a mere word of it."""
        return self.weight >= NAME_WEIGHT


class TermMatcher:
    """A matcher of all evidence strings of a lexicon in a folded text, keyed by two characters."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._entries: dict[str, list[tuple[str, float, bool]]] = defaultdict(list)
        self._lengths: dict[str, set[int]] = defaultdict(set)
        for portfolio in lexicon.portfolios:
            names = (portfolio.name, *portfolio.same, *portfolio.departments)
            self._add(portfolio.name, names, NAME_WEIGHT)
            self._add(portfolio.name, portfolio.words, _WORD_WEIGHT)
            self._add(portfolio.name, (n for n in portfolio.names if len(n) > 3), _WORD_WEIGHT)
        hollow = lexicon.boilerplate.words
        for item, of in lexicon.portfolios_by_item.items():
            if 1 < len(item) <= 3 and len(of) == 1 and item not in hollow:
                self._add(of[0], [item], _WORD_WEIGHT, is_short=True)
        self._ordered = {key: sorted(found, reverse=True) for key, found in self._lengths.items()}

    def _add(
        self, portfolio: str, strings: Iterable[str], weight: float, *, is_short: bool = False
    ) -> None:
        for string in strings:
            folded = normalise(string).text
            if all(portfolio != name for name, *_ in self._entries[folded]):
                self._entries[folded].append((portfolio, weight, is_short))
                self._lengths[folded[:2]].add(len(folded))

    def find(self, text: str, tokenizer: Tokenizer) -> Iterator[TermMatch]:
        """Yield the longest matches from left to right that start and end at word boundaries."""
        at = 0
        edges = _WordEdges(text, tokenizer)
        keys = self._ordered
        starts = [n for n, pair in enumerate(map(str.__add__, text, text[1:])) if pair in keys]
        for start in starts:
            if start < at:
                continue
            for length in keys[text[start : start + 2]]:
                end = start + length
                string = text[start:end]
                if len(string) < length or string not in self._entries:
                    continue
                if edges.is_whole_words(start, end):
                    for portfolio, weight, is_short in self._entries[string]:
                        yield TermMatch(portfolio, weight, string, start, end, is_short)
                    at = end
                    break


class _WordEdges:
    """Word boundaries of a text, computed on demand from left to right."""

    def __init__(self, text: str, tokenizer: Tokenizer) -> None:
        self._text = text
        self._tokenizer = tokenizer
        self._runs = _RUN.finditer(text)
        self._run = next(self._runs, None)
        self._cut: tuple[set[int], set[int]] | None = None

    def is_whole_words(self, start: int, end: int) -> bool:
        """Check whether a span consists of whole words."""
        while self._run and self._run.end() <= start:
            self._run = next(self._runs, None)
            self._cut = None
        if self._run is None or not self._run.start() <= start < end <= self._run.end():
            # Letters and digits (PM2.5) are words by themselves.
            return True
        if self._cut is None:
            self._cut = self._tokenizer.find_edges(self._run[0])
        first = self._run.start()
        return start - first in self._cut[0] and end - first in self._cut[1]


@lru_cache(maxsize=4)
def get_matcher(lexicon: Lexicon) -> TermMatcher:
    """Return the matcher of a lexicon."""
    return TermMatcher(lexicon)


def find_mentioned_portfolios(
    folded: str, lexicon: Lexicon, tokenizer: Tokenizer
) -> tuple[str, ...]:
    """Return the portfolios that words of a folded text point to, in the order of the words."""
    found = get_matcher(lexicon).find(folded, tokenizer)
    return tuple(dict.fromkeys(match.portfolio for match in found if not match.is_short))


def find_matches(
    text: str, duties: tuple[Duty, ...], lexicon: Lexicon, tokenizer: Tokenizer
) -> list[TermMatch]:
    """Return the matches of a clean text that are evidence for their portfolio, in text order.

    Short ones are kept only for declared portfolios.
    """
    view = normalise(text)
    found = [
        replace(match, start=start, end=end, text=text[start:end])
        for match in get_matcher(lexicon).find(view.text, tokenizer)
        for start, end in [view.map_to_original(match.start, match.end)]
    ]
    declared = {duty.portfolio for duty in duties}
    return [
        match
        for match in found
        if not is_person_term(text, match.end)
        and (match.portfolio in declared or not _is_about_others(text, match, duties))
    ]


def is_person_term(text: str, end: int) -> bool:
    """Check whether a word that ends here continues as a term for people: 快递员, 消费者."""
    return text[end : end + 1] in {"员", "者"}


def _is_about_others(text: str, match: TermMatch, duties: tuple[Duty, ...]) -> bool:
    """Check whether words of an undeclared portfolio are not evidence for it.

    This is the case if they are a duty of another portfolio (防汛抗旱 of 应急管理), or name
    participants.
    """
    if any(duty.portfolio and duty.item == match.text for duty in duties):
        return True
    before = text[max(match.start - _LOOKBACK_CHARS, 0) : match.start]
    return bool(_PARTNERS.search(before)) and bool(_PARTNER_SUFFIX.match(text, match.end))
