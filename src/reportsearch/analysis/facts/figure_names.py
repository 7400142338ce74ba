"""The noun phrase that a quantity belongs to, and the words of a change before it.

In 签订招商引资项目34个 the name stands before the number, in 34个招商引资项目 behind it; 增长5.8%
belongs to what was measured before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportsearch.analysis.facts.figure_name import Named, joined
from reportsearch.analysis.facts.grammar import Grammar
from reportsearch.analysis.facts.lead_words import NONE, Lead, Span, lead
from reportsearch.analysis.facts.name_after import PLACES, After
from reportsearch.analysis.facts.name_before import Before
from reportsearch.analysis.facts.name_carried_over import Carried
from reportsearch.analysis.facts.quantity import Quantity, clause_start
from reportsearch.analysis.facts.tagged_words import (
    CHANGE,
    DOING,
    END,
    LINK,
    LIST,
    NOUN,
    NUMBER,
    PLACE,
    TITLE,
    VERB,
    Row,
)
from reportsearch.lexicon.facts import FactWords

_CAUSES = frozenset({
    "帮助", "带动", "支持", "引导", "组织", "动员", "促进", "推动", "鼓励", "吸引", "促成", "帮",
    "使", "让",
})  # fmt: skip
_PARTS = frozenset({"占比", "比重", "比例", "占"})
_HANDS_OVER = frozenset({"移交", "移送", "报送", "上报"})
_UNIT = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_THAN = re.compile("比|较")
_SPLIT = re.compile("[、和与及]")
_JOINING = frozenset({"和", "、", "与", "及", "以及"})


class Names:
    """Names the quantities of a row by the word lists."""

    def __init__(self, words: FactWords) -> None:
        self._grammar = Grammar(words)

    def all(self, row: Row) -> list[Named]:
        """A name for each quantity of a row, by place."""
        found: list[Named] = []
        for number in range(len(row.places)):
            found.append(_Naming(self._grammar, row, number, found).named())
        return list(_divided(row, found))


@dataclass(frozen=True)
class _Naming:
    """One quantity on its way to a name; ``before`` are the names of those before it."""

    grammar: Grammar
    row: Row
    number: int
    before: list[Named]

    @property
    def _quantity(self) -> Quantity:
        return self.row.quantities[self.number]

    @property
    def _at(self) -> int:
        return self.row.places[self.number]

    @property
    def _after(self) -> After:
        return After(self.row, self._at, self._quantity, self.grammar)

    def named(self) -> Named:
        return self._of_row() or self._of_text()

    def _of_row(self) -> Named | None:
        """Of a number alone in its cell the first cell with a name; None outside a table."""
        text, start = self.row.text, self._quantity.start
        begin = text.rfind("\t", 0, start) + 1
        if not begin or text[begin:start].strip():
            return None
        at = 0
        starts = (*self.row.quantity_starts, *self.row.time_starts)
        for cell in text[: begin - 1].split("\t"):
            end = at + len(cell)
            told = any(at <= one < end for one in starts)
            if any(char.isalpha() for char in cell) and not told:
                first = at + len(cell) - len(cell.lstrip())
                name = _UNIT.sub("", cell).strip()
                return Named(name, first, first + len(name))
            at = end + 1
        return Named("")

    def _of_text(self) -> Named:
        led = lead(self.row, self._at, self.grammar)
        left = Before(self.row, self.grammar).name(led, self._quantity)
        right = self._after.name()
        carried = Carried(self.row, self.number, self.before, self.grammar)
        if left is not None and not left.text:
            # 高于省定目标2.4个百分点: what is higher was told before.
            known = carried.name(led) or Named("")
            return replace(known, change=left.change if left.change != NONE else led.change)
        change = left.change if left is not None and left.change != NONE else led.change
        if left is not None and left.text in _PARTS and carried.former:
            # 护理型床位836张,占比56.3%
            left = joined(self.row, (*_spans(carried.former), *_spans(left)))
        chosen = self._chosen(led, left, right) or carried.name(led) or right
        chosen = chosen or self._after.saying() or Named("")
        if change == NONE and chosen.is_carried and self._goes_with_former(led):
            # 增长5.1%和7.6%: the change of the first is that of the second.
            change = self.before[-1].change
        if change == NONE:
            change = self._more_or_fewer(chosen)
        return _without_digits(replace(chosen, change=change), self._quantity)

    def _more_or_fewer(self, named: Named) -> Span:
        """比去年少引进项目3个: the change stands before the verb."""
        if named.start is None or not named.verb or named.is_carried:
            return NONE
        at = self.row.text.rfind(named.verb, 0, named.start) - 1
        begin = clause_start(self.row.text, named.start)
        if at <= begin or self.row.text[at] not in "多少":
            return NONE
        return (at, at + 1) if _THAN.search(self.row.text, begin, at) else NONE

    def _goes_with_former(self, led: Lead) -> bool:
        words = self.row.words
        if led.at < 1 or words[led.at].kind not in {LINK, LIST}:
            return False
        # 提高到每人每月680元、每人每年5640元
        if not all(text.startswith("每") for text in led.texts):
            return False
        return words[led.at - 1].kind == NUMBER

    def _chosen(self, led: Lead, left: Named | None, right: Named | None) -> Named | None:
        """The name that stands beside the number, None where it was told before."""
        quantity = self._quantity
        counts = not quantity.is_share and not quantity.is_money
        plain = led.change == NONE
        if led.at >= 0 and self.row.words[led.at].kind == NUMBER:
            return right if counts and plain else None
        if led.is_new_level and counts and right is not None:
            # 管控范围缩小到两个居民小组
            return right
        if quantity.is_share or not plain:
            return left or (right if plain and self._of_follows() else None)
        if left is not None and left.verb in _HANDS_OVER and PLACES.search(left.text):
            # 移交纪检部门2条: to whom is not what.
            return Named(left.verb)
        if quantity.is_money:
            if right is not None and led.texts[:1] and led.texts[0].endswith("安排"):
                # 市财政拟安排2亿元专项资金: who arranges it is not what.
                return right
            named = left is not None and self.row.words[led.at].kind in {NOUN, PLACE, TITLE}
            return left if right is None or (named and led.texts[:1] != ("等",)) else right
        if left is None or right is None:
            if left is not None and self.row.words[led.at].text in _CAUSES:
                # 帮助211人就业: what is counted is who does what follows.
                return self._after.saying() or left
            return left or right
        return left if self._prefers_left(led, left, right) else right

    def _prefers_left(self, led: Lead, left: Named, right: Named) -> bool:
        """Where nouns stand on both sides: 招聘教师142名 against 县直部门35名干部."""
        words = self.row.words
        if words[led.at].kind != NOUN or "的" in led.texts:
            return False
        if PLACES.search(left.text) or left.text in self.grammar.scopes:
            return False
        # 影像、心电、检验三个中心; 第一批8处文物保护单位.
        if left.text.startswith(("第", "首批", "首个", "首次")):
            return False
        if len(_SPLIT.split(left.text)) == self._quantity.value:
            return False
        after = self.row.at(right.end or 0)
        if after < len(words) and words[after].kind == NUMBER:
            return True
        start = self.row.at(left.start or 0)
        governs = words[start - 1].kind if start > 0 else END
        return governs in {DOING, VERB, CHANGE} and not led.texts

    def _of_follows(self) -> bool:
        return self.row.text.startswith("的", self._quantity.end)


def _divided(row: Row, found: list[Named]) -> Iterator[Named]:
    """A、B分别达到3亿元和5亿元: each number gets the part of the name that is its own."""
    number = 0
    while number < len(found):
        run = number + 1
        while run < len(found) and _goes_with(row, found, run):
            run += 1
        led = row.text[found[number].end or 0 : row.quantities[number].start]
        parts = _parts(row, found[number])
        if run - number == len(parts) > 1 and ("分别" in led or "各" in led):
            for part, named in zip(parts, found[number:run], strict=True):
                yield replace(part, change=named.change, is_carried=named.is_carried)
        else:
            yield from found[number:run]
        number = run


def _without_digits(named: Named, quantity: Quantity) -> Named:
    """A name never ends with a digit that touches its number."""
    if named.end != quantity.start:
        return named
    text = named.text.rstrip("0123456789*.")
    return replace(named, text=text, end=named.end - len(named.text) + len(text))


def _spans(named: Named) -> tuple[Span, ...]:
    if named.start is None or named.end is None:
        return named.pieces
    return ((named.start, named.end),)


def _parts(row: Row, named: Named) -> list[Named]:
    """The members of a list; what the last says of all is said of each (城市、农村低保标准)."""
    if named.start is None or named.end is None:
        return []
    spans = []
    at = named.start
    for part in _SPLIT.split(row.text[named.start : named.end]):
        spans.append((at, at + len(part)))
        at += len(part) + 1
    last = row.words[row.at(spans[-1][0]) : row.at(named.end)]
    if len(last) > 1 and all(_is_word(row, start) for start, _ in spans[:-1]):
        # The member of the last is as long as the others: 二氧化硫、化学需氧量排放量.
        length = spans[0][1] - spans[0][0]
        begin = min(
            (word.start for word in last[1:]),
            key=lambda start: abs(start - last[0].start - length),
        )
        shared = (begin, named.end)
        return [*(joined(row, (span, shared)) for span in spans[:-1]), _stretch(row, spans[-1])]
    return [_stretch(row, span) for span in spans]


def _stretch(row: Row, span: Span) -> Named:
    return Named(row.text[slice(*span)], *span)


def _is_word(row: Row, start: int) -> bool:
    """Whether a member of a list is a single word."""
    place = row.at(start) + 1
    return place < len(row.words) and row.words[place].kind in {LINK, LIST}


def _goes_with(row: Row, found: list[Named], run: int) -> bool:
    between = row.text[row.quantities[run - 1].end : row.quantities[run].start]
    return between in _JOINING and found[run].is_carried
