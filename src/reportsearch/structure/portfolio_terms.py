"""Words of a text that point to portfolios.

The evidence for a portfolio is its name, equivalents, departments and words. A string counts only
if it starts and ends at word boundaries: 民政 is not in 人民政府. A string that only names
participants (会同住建部门) or people (快递员) says nothing about the field.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Duty
from reportsearch.normalise import NormalisedText, normalise
from reportsearch.tokenizer import Tokenizer

NAME_WEIGHT = 2.0
_WORD_WEIGHT = 1.0

_RUN = re.compile("[\u4e00-\u9fd5]+")
# 会同住建、消防部门: other participants, in a section about something else.
_PARTNERS = re.compile("(?:会同|联合|协调|协同|商请|提请|邀请|请|联动|配合)[^，。；：!?]{0,12}$")
_PARTNER_SUFFIX = re.compile("[^，。；：]{0,8}?(?:部门|单位|力量)|按")
_LOOKBACK_CHARS = 16
_HASHES = 1 << 18


class TermMatch(NamedTuple):
    """A string of a text that points to a portfolio, with its weight.

    ``is_short`` marks a short item of duty lists (招商, 快递), which often occurs in passing.
    """

    portfolio: str
    weight: float
    text: str
    start: int
    end: int
    is_short: bool = False

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
        self._near = {size: np.zeros(_HASHES, np.bool_) for size in (2, 3)}
        for string in filter(lambda one: len(one) > 1, self._entries):
            size = min(len(string), 3)
            self._near[size][_hash_runs(string[:3], size)] = True

    def _add(
        self, portfolio: str, strings: Iterable[str], weight: float, *, is_short: bool = False
    ) -> None:
        for string in strings:
            folded = normalise(string).text
            if all(portfolio != name for name, *_ in self._entries[folded]):
                self._entries[folded].append((portfolio, weight, is_short))
                self._lengths[folded[:2]].add(len(folded))

    def _find_starts(self, text: str) -> list[int]:
        """Return where characters stand with which a string may start."""
        is_near = self._near[2][_hash_runs(text, 2)]
        is_near[:-1] |= self._near[3][_hash_runs(text, 3)]
        return [at for at in np.flatnonzero(is_near).tolist() if text[at : at + 2] in self._ordered]

    def find(self, text: str, tokenizer: Tokenizer) -> Iterator[TermMatch]:
        """Yield the longest matches from left to right that start and end at word boundaries."""
        at = 0
        edges = _WordEdges(text, tokenizer)
        keys = self._ordered
        starts = self._find_starts(text)
        for start in starts:
            if start < at:
                continue
            for length in keys[text[start : start + 2]]:
                end = start + length
                string = text[start:end]
                if len(string) < length or string not in self._entries:
                    continue
                if length > 2 or edges.is_whole_words(start, end):
                    for portfolio, weight, is_short in self._entries[string]:
                        yield TermMatch(portfolio, weight, string, start, end, is_short)
                    at = end
                    break


def _hash_runs(folded: str, size: int) -> NDArray[np.uint32]:
    """Return a number below ``_HASHES`` for each run of two or three characters."""
    codes = np.frombuffer(folded.encode("utf-32-le", "replace"), np.uint32)
    hashes = codes
    for at in range(1, size):
        hashes = hashes[:-1] * np.uint32(8191) + codes[at:]
    return (hashes ^ (hashes >> np.uint32(18))) & np.uint32(_HASHES - 1)


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
    text: str,
    view: NormalisedText,
    duties: tuple[Duty, ...],
    lexicon: Lexicon,
    tokenizer: Tokenizer,
) -> tuple[list[TermMatch], list[TermMatch]]:
    """Return the matches of a clean text that are evidence for their portfolio, in text order.

    ``view`` is the folded text. The second list has those that name people or participants, with
    their place in it.
    """
    declared = {duty.portfolio for duty in duties}
    items = {duty.item for duty in duties if duty.portfolio}
    evidence, others = [], []
    for one in get_matcher(lexicon).find(view.text, tokenizer):
        start, end = view.map_to_original(one.start, one.end)
        is_declared = one.portfolio in declared
        if is_person_term(text, end) or (not is_declared and _is_participant(text, start, end)):
            others.append(one)
        # 防汛抗旱 is a duty of 应急管理 here, so it is no evidence for 水利.
        elif is_declared or text[start:end] not in items:
            evidence.append(
                TermMatch(one.portfolio, one.weight, text[start:end], start, end, one.is_short)
            )
    return evidence, others


def is_person_term(text: str, end: int) -> bool:
    """Check whether a word that ends here continues as a term for people: 快递员, 消费者."""
    return text[end : end + 1] in {"员", "者"}


def _is_participant(text: str, start: int, end: int) -> bool:
    """Check whether words name someone who takes part: 会同住建部门."""
    before = text[max(start - _LOOKBACK_CHARS, 0) : start]
    return bool(_PARTNERS.search(before)) and bool(_PARTNER_SUFFIX.match(text, end))
