"""Which figures of several reports are the same: a name without what differs only in wording.

Two names are brought together where nothing but a place (全县), an adverb (累计), a verb that adds
nothing (实现) or quotation marks tells them apart, or where the word lists say that they are the
same. All else keeps them apart: 旅游收入 is not 旅游综合收入, 整改隐患 is not 排查隐患.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from reportsearch.lexicon.facts import FactWords

_MARKS = re.compile(r"[“”‘’\"'「」\s]")
_BEFORE = frozenset(
    ("累计", "共计", "合计", "总共", "一共", "共", "全年", "当年", "已", "先后", "分别", "约", "近")
)
"""Words before a name that make it no other figure."""
_BEHIND = frozenset(
    ("已", "达", "达到", "为", "约", "超过", "突破", "有", "共", "近", "分别", "均")
)
_MIN_CHARS = 2
"""Characters that have to be left of a name."""


class FigureGroupNamer:
    """Names the groups by the word lists; ``cut`` cuts a folded text into words."""

    def __init__(self, words: FactWords, cut: Callable[[str], Sequence[str]]) -> None:
        self._cut = cut
        self._neutral = frozenset(words.neutral)
        self._same = {name: group[0] for group in reversed(words.same) for name in group}
        self._leads = frozenset((*words.scopes, *words.neutral)) | _BEFORE
        self._cache: dict[str, str] = {}

    def name_group(self, name: str, verb: str) -> str:
        """The group of a folded name that stands behind a folded verb."""
        text = _MARKS.sub("", name)
        if verb and verb not in self._neutral and verb + text not in self._same:
            return verb + self._strip_cached(text)
        return self._strip_cached(self._same.get(verb + text, text))

    def _strip_cached(self, text: str) -> str:
        if text not in self._cache:
            self._cache[text] = self._strip_words(text)
        return self._cache[text]

    def _strip_words(self, text: str) -> str:
        """Without whole words at both ends that add nothing; never a part of a word."""
        words = list(self._cut(text))
        if "".join(words) != text:
            # Signs between the words: what they belong to is not known.
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
        """How many words at the beginning add nothing: one, or several that are one in a list."""
        for number in (3, 2, 1):
            text = "".join(words[:number])
            if number < len(words) and text.removesuffix("了").removesuffix("的") in self._leads:
                return number
        return 0


def _count_chars(words: Sequence[str]) -> int:
    return sum(map(len, words))


def find_dimension(base: str) -> str:
    """What a unit measures: money, a share, persons, ...; else the unit itself."""
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
