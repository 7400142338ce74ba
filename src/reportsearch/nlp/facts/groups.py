"""Which figures of several reports are the same: a name without what differs only in wording.

Two names are brought together where nothing but a place (全县), an adverb (累计), a verb that adds
nothing (实现) or quotation marks tells them apart, or where the word lists say that they are the
same. All else keeps them apart: 旅游收入 is not 旅游综合收入, 整改隐患 is not 排查隐患.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportsearch.lexicon.facts import FactWords

_MARKS = re.compile(r"[“”‘’\"'「」\s]")
_ENDS = re.compile(r"(?:已?(?:达到?|为|约|超过|突破|有|共|近|分别|均))+$")
_LEAST = 2
"""Characters that have to be left of a name."""


class Groups:
    """Names the groups by the word lists."""

    def __init__(self, words: FactWords) -> None:
        self._neutral = frozenset(words.neutral)
        self._same = {name: group[0] for group in reversed(words.same) for name in group}
        leads = (*words.scopes, *words.adverbs, *words.neutral)
        self._lead = re.compile(f"(?:{_longest_first(leads)})了?")

    def name(self, name: str, verb: str) -> str:
        """The group of a folded name that stands behind a folded verb."""
        text = _MARKS.sub("", name)
        if verb and verb not in self._neutral and verb + text not in self._same:
            return verb + self._bare(text)
        return self._bare(self._same.get(verb + text, text))

    def _bare(self, text: str) -> str:
        while text not in self._same:
            shorter = _ENDS.sub("", text)
            lead = self._lead.match(shorter)
            if lead and len(shorter) - lead.end() >= _LEAST:
                shorter = shorter[lead.end() :].removeprefix("的")
            if shorter == text or len(shorter) < _LEAST:
                return text
            text = shorter
        return self._same[text]


def dimension(base: str) -> str:
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


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
