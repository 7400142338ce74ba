"""Grouping of figures that are the same in several reports but worded differently.

Two names are grouped if they differ only in a place (全县), an adverb (累计), a verb that adds
nothing (实现) or quotation marks, or if the word lists equate them. Any other difference keeps them
apart: 旅游收入 is not 旅游综合收入, and 整改隐患 is not 排查隐患.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from reportsearch.lexicon.facts import FactWords

_MARKS = re.compile(r"[“”‘’\"'「」\s]")
_BEFORE = frozenset(
    ("累计", "共计", "合计", "总共", "一共", "共", "全年", "当年", "已", "先后", "分别", "约", "近")
)
"""Words before a name that do not change the figure."""
_BEHIND = frozenset(
    ("已", "达", "达到", "为", "约", "超过", "突破", "有", "共", "近", "分别", "均")
)
_MIN_CHARS = 2
"""Minimum number of characters that remain of a name."""


class FigureGroupNamer:
    """A namer of groups, based on the word lists; ``cut`` splits a folded text into words."""

    def __init__(self, words: FactWords, cut: Callable[[str], Sequence[str]]) -> None:
        self._cut = cut
        self._neutral = frozenset(words.neutral)
        self._same = {name: group[0] for group in reversed(words.same) for name in group}
        self._leads = frozenset((*words.scopes, *words.neutral)) | _BEFORE
        self._cache: dict[str, str] = {}

    def name_group(self, name: str, verb: str) -> str:
        """Return the group of a folded name that follows a folded verb."""
        text = _MARKS.sub("", name)
        if verb and verb not in self._neutral and verb + text not in self._same:
            return verb + self._strip_cached(text)
        return self._strip_cached(self._same.get(verb + text, text))

    def _strip_cached(self, text: str) -> str:
        if text not in self._cache:
            self._cache[text] = self._strip_words(text)
        return self._cache[text]

    def _strip_words(self, text: str) -> str:
        """Strip whole words that add nothing from both ends; words are never broken."""
        words = list(self._cut(text))
        if "".join(words) != text:
            # With marks between the words it is unclear what they belong to.
            return self._same.get(text, text)
        while "".join(words) not in self._same:
            if len(words) > 1 and words[-1] in _BEHIND and _count_chars(words[:-1]) >= _MIN_CHARS:
                words.pop()
            elif (led := self._count_leading_words(words)) and _count_chars(
                words[led:]
            ) >= _MIN_CHARS:
                words = words[led:]
            else:
                return "".join(words)
        return self._same["".join(words)]

    def _count_leading_words(self, words: Sequence[str]) -> int:
        """Count the leading words that add nothing: one, or several that form one listed word."""
        for number in (3, 2, 1):
            text = "".join(words[:number])
            if number < len(words) and text.removesuffix("了").removesuffix("的") in self._leads:
                return number
        return 0


def _count_chars(words: Sequence[str]) -> int:
    return sum(map(len, words))


def find_dimension(base: str) -> str:
    """Return what a unit measures (money, share, persons, ...), or the unit itself if unknown."""
    unit, per, _ = base.partition("/")
    if per:
        return base
    return next((name for name, units in _DIMENSIONS.items() if unit in units), unit)


_DIMENSIONS = {
    "share": {"%", "‰", "成"},
    "points": {"个百分点", "百分点", "个基点", "基点"},
    "money": {"元", "人民币", "块钱", "毛", "毛钱"},
    "persons": {"人", "名", "位", "口"},
    "area": {"亩", "公顷"},
    "floor": {"平方米", "平米", "㎡", "m2", "平方"},
    "mass": {"吨", "公斤", "千克", "斤"},
    "length": {"公里", "千米", "里"},
    "volume": {"立方米", "方", "立方", "m3"},
}
