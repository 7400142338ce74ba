"""Which figures of several reports are the same: a name without what differs only in wording."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportsearch.lexicon import FactWords

_MARKS = re.compile(r"[“”‘’\"'「」\s]")
_ENDS = re.compile(r"(?:已?(?:达到?|为|约|超过|突破|有|共|近|分别|均))+$")


class Groups:
    """Names the groups by the word lists."""

    def __init__(self, words: FactWords) -> None:
        self._same = {name: group[0] for group in reversed(words.same) for name in group}
        # 新增 is no doing: 新增就业 and 就业 are two figures.
        verbs = _longest_first(words.doing)
        self._lead = re.compile(f"(?:{_longest_first((*words.scopes, *words.adverbs))}|(?:{verbs})(?:了)?)")

    def name(self, name: str, base: str) -> str:
        """The group of a folded name; nothing is left out that would leave less than two characters.

        Names of unlike dimensions are never one group; see :func:`dimension`.
        """
        text = _MARKS.sub("", name)
        found = self._same.get(text)
        while found is None:
            shorter = _ENDS.sub("", text)
            lead = self._lead.match(shorter)
            if lead and len(shorter) - lead.end() >= 2:
                shorter = shorter[lead.end() :].removeprefix("的")
            if shorter == text or len(shorter) < 2:
                break
            text = shorter
            found = self._same.get(text)
        return found or text


def dimension(base: str) -> str:
    """What a unit measures: money, a share, persons; else the unit itself."""
    unit = base.split("/")[0]
    if "/" in base:
        return base
    for name, units in _DIMENSIONS.items():
        if unit in units:
            return name
    return unit


_DIMENSIONS = {
    "share": {"%", "‰", "个百分点", "百分点", "成", "倍", "个基点", "基点"},
    "money": {"元", "人民币", "块钱", "毛", "毛钱"},
    "persons": {"人", "名", "位", "口", "口人"},
    "households": {"户", "家"},
    "area": {"亩", "公顷"},
    "floor": {"平方米", "平米", "㎡", "m2", "平方"},
    "mass": {"吨", "公斤", "千克", "斤"},
    "length": {"公里", "千米", "里"},
    "volume": {"立方米", "方", "立方", "m3"},
}


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
