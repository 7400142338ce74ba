"""Assignment of noun phrases to quantities, and of the words of a change before them.

The name comes before the number in 签订招商引资项目34个 and after it in 34个招商引资项目. 增长5.8%
refers to what was measured before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reportsearch.analysis.facts import word_kinds as kinds
from reportsearch.analysis.facts.figure_basis import find_role
from reportsearch.analysis.facts.figure_name import FigureName, join_spans
from reportsearch.analysis.facts.grammar import Grammar
from reportsearch.analysis.facts.lead_words import NO_SPAN, THAN, LeadWords, find_lead_words
from reportsearch.analysis.facts.name_after import PLACES
from reportsearch.analysis.facts.name_before import NameBefore
from reportsearch.analysis.facts.name_carried_over import CarriedOverName
from reportsearch.analysis.facts.quantity import Quantity, find_clause_start
from reportsearch.analysis.facts.tagged_words import TaggedParagraph
from reportsearch.comparable import Span
from reportsearch.lexicon.facts import FactWords
from reportsearch.models.facts import BASE

_CAUSES = frozenset({
    "帮助", "带动", "支持", "引导", "组织", "动员", "促进", "推动", "鼓励", "吸引", "促成", "帮",
    "使", "让",
})  # fmt: skip
_SHARE_WORDS = frozenset({"占比", "比重", "比例", "占"})
_HANDS_OVER = frozenset({"移交", "移送", "报送", "上报"})
_RATES = ("率", "比例", "增速", "增幅", "降幅", "关税")
_NAME_ENDS = frozenset({kinds.NOUN, kinds.PLACE, kinds.TITLE})
_UNIT = re.compile(r"[(（][^()（）]*+[)）]\s*$")
_THAN = re.compile("比|较")
_SPLIT = re.compile("[、和与及]")
_LISTED = frozenset({kinds.NOUN, kinds.LIST, kinds.LINK})
_JOINING = frozenset({"和", "、", "与", "及", "以及"})


class FigureNamer:
    """A namer of the quantities of a paragraph, based on the word lists."""

    def __init__(self, words: FactWords) -> None:
        self._grammar = Grammar(words)

    def name_quantities(self, paragraph: TaggedParagraph) -> list[FigureName]:
        """Return one name for each quantity of a paragraph, in text order."""
        found: list[FigureName] = []
        for number in range(len(paragraph.quantity_places)):
            found.append(_QuantityNaming(paragraph, number, found, self._grammar).choose())
        return list(_iter_divided(paragraph, found, self._grammar.shared))


class _QuantityNaming(CarriedOverName):
    """The naming of one quantity, by a phrase next to it or an earlier name."""

    def choose(self) -> FigureName:
        return self._name_from_table() or self._name_from_text()

    def _name_from_table(self) -> FigureName | None:
        """Return the first cell with a name if the number is alone in its cell of a table row.

        None means that the number is outside a table.
        """
        text, begin = self.paragraph.text, self.quantity.start
        while text[begin - 1 : begin].isspace() and text[begin - 1] != "\t":
            begin -= 1
        if text[begin - 1 : begin] != "\t":
            return None
        cell = self.paragraph.first_named_cell
        if cell is None or cell[1] >= begin:
            return FigureName("")
        written = text[slice(*cell)].lstrip()
        first = cell[1] - len(written)
        name = _UNIT.sub("", written).strip()
        return FigureName(name, first, first + len(name))

    def _name_from_text(self) -> FigureName:
        led = find_lead_words(self.paragraph, self.place, self.grammar)
        if find_role(self.paragraph.text, self.quantity) == BASE:
            return self._name_base()
        before = NameBefore(self.paragraph, self.grammar, led.follows_subject)
        left = self._cut_counted(before.find_name(led, self.quantity))
        right = self.name_after.find_name()
        if left is not None and not left.text:
            # 高于省定目标2.4个百分点: the subject was named earlier.
            known = self.find_name(led) or FigureName("")
            return replace(known, change=left.change if left.change != NO_SPAN else led.change)
        change = left.change if left is not None and left.change != NO_SPAN else led.change
        if left is not None and self._is_share_alone(left) and self.previous_name:
            # 护理型床位836张,占比56.3%
            left = join_spans(
                self.paragraph, (*_list_spans(self.previous_name), *_list_spans(left))
            )
        chosen = self._choose_name(led, left, right) or self.find_name(led) or right
        chosen = chosen or self.name_after.find_predicate() or FigureName("")
        if change == NO_SPAN and chosen.is_carried_over and self._is_joined_to_previous(led):
            # 增长5.1%和7.6%: the second number shares the change of the first.
            change = self.previous_names[-1].change
        if change == NO_SPAN:
            change = self._find_more_or_fewer(chosen)
        return _strip_digits(replace(chosen, change=change), self.quantity)

    def _name_base(self) -> FigureName:
        """Return the name of the base of a comparison: 财政收入比上年的3.2亿元增加1.1亿元."""
        words = self.paragraph.words
        at = self.place - 1
        while at > 0 and words[at].text not in THAN:
            at -= 1
        if at > 0 and words[at - 1].kind in _NAME_ENDS:
            before = NameBefore(self.paragraph, self.grammar, is_subject=True)
            found = before.find_name(LeadWords(at - 1), self.quantity)
            if found is not None:
                return replace(found, change=NO_SPAN)
        known = self.previous_name
        return replace(known, change=NO_SPAN, is_carried_over=True) if known else FigureName("")

    def _is_share_alone(self, left: FigureName) -> bool:
        """Check for 占比 without its owner: 护理型床位836张,占比56.3%, but not 研发投入占比."""
        if left.text not in _SHARE_WORDS:
            return False
        place = self.paragraph.find_word(left.start or 0)
        return place == 0 or self.paragraph.words[place - 1].kind in {kinds.END, kinds.NUMBER}

    def _cut_counted(self, left: FigureName | None) -> FigureName | None:
        """Take what the previous number counts off a name: 8家企业平均产值3亿元."""
        last = self.previous_names[-1] if self.previous_names else None
        if left is None or last is None or left.start is None or left.end is None:
            return left
        behind = self.paragraph.quantities[self.number - 1].end
        if last.start is None or last.end is None or last.start < behind:
            return left
        if not left.start <= last.start < last.end < left.end:
            return left
        if self.paragraph.words[self.paragraph.find_word(last.end)].kind == kinds.DOING:
            # 11项任务完成10项
            return left
        text = self.paragraph.text[last.end : left.end]
        return replace(left, text=text, start=last.end, verb="") if len(text) > 1 else left

    def _find_more_or_fewer(self, figure_name: FigureName) -> Span:
        """Return the span of 多 or 少 before the verb, as in 比去年少引进项目3个."""
        if figure_name.start is None or not figure_name.verb or figure_name.is_carried_over:
            return NO_SPAN
        at = self.paragraph.text.rfind(figure_name.verb, 0, figure_name.start) - 1
        begin = find_clause_start(self.paragraph.text, figure_name.start)
        if at <= begin or self.paragraph.text[at] not in "多少":
            return NO_SPAN
        return (at, at + 1) if _THAN.search(self.paragraph.text, begin, at) else NO_SPAN

    def _is_joined_to_previous(self, led: LeadWords) -> bool:
        words = self.paragraph.words
        if led.at < 1 or words[led.at].kind not in {kinds.LINK, kinds.LIST}:
            return False
        # 提高到每人每月680元、每人每年5640元
        if not all(text.startswith("每") for text in led.texts):
            return False
        return words[led.at - 1].kind == kinds.NUMBER

    def _choose_name(
        self, led: LeadWords, left: FigureName | None, right: FigureName | None
    ) -> FigureName | None:
        """Choose the name next to the number, or return None if it was named earlier."""
        quantity = self.quantity
        counts = not quantity.is_share and not quantity.is_money
        plain = led.change == NO_SPAN
        if led.at >= 0 and self.paragraph.words[led.at].kind == kinds.NUMBER:
            return right if counts and plain else None
        if led.is_new_level and counts and right is not None:
            # 管控范围缩小到两个居民小组
            return right
        if counts and not plain and not led.is_new_level and left is None and right is not None:
            # 整体提升100所学校
            return right
        if left is not None and left.text.endswith(self.grammar.shared) and self._is_limit():
            return left
        if right is not None and quantity.is_share and right.text.endswith(_RATES):
            # The noun behind 的 is the name: 现行16%的税率.
            return right if self._is_followed_by_of() else left
        if quantity.is_share or not plain:
            return left or (right if plain and self._is_followed_by_of() else None)
        if left is not None and left.verb in _HANDS_OVER and PLACES.search(left.text):
            # 移交纪检部门2条: the recipient is not what is counted.
            return FigureName(left.verb)
        if quantity.is_money:
            if right is not None and led.texts[:1] and led.texts[0].endswith("安排"):
                # 市财政拟安排2亿元专项资金: the payer is not what is measured.
                return right
            named = left is not None and self.paragraph.words[led.at].kind in _NAME_ENDS
            return left if right is None or (named and led.texts[:1] != ("等",)) else right
        if left is None or right is None:
            if left is not None and self.paragraph.words[led.at].text in _CAUSES:
                # 帮助211人就业: the people who do what follows are counted.
                return self.name_after.find_predicate() or left
            return left or right
        return left if self._prefers_left(led, left, right) else right

    def _prefers_left(self, led: LeadWords, left: FigureName, right: FigureName) -> bool:
        """Choose between nouns on both sides: 招聘教师142名, but 县直部门35名干部."""
        words = self.paragraph.words
        if words[led.at].kind != kinds.NOUN or "的" in led.texts:
            return False
        if PLACES.search(left.text) or left.text in self.grammar.scopes:
            return False
        # 影像、心电、检验三个中心; 第一批8处文物保护单位.
        if left.text.startswith(("第", "首批", "首个", "首次")):
            return False
        if len(_SPLIT.split(left.text)) == self.quantity.value:
            return False
        after = self.paragraph.find_word(right.end or 0)
        if after < len(words) and words[after].kind == kinds.NUMBER:
            return True
        start = self.paragraph.find_word(left.start or 0)
        governs = words[start - 1].kind if start > 0 else kinds.END
        return governs in {kinds.DOING, kinds.VERB, kinds.CHANGE} and not led.texts

    def _is_limit(self) -> bool:
        """Check whether a figure says of which size something is: 吞吐量超千万人次的机场."""
        return bool(self.quantity.qualifier) and self._is_followed_by_of()

    def _is_followed_by_of(self) -> bool:
        return self.paragraph.text.startswith("的", self.quantity.end)


def _iter_divided(
    paragraph: TaggedParagraph, found: list[FigureName], attributes: tuple[str, ...]
) -> Iterator[FigureName]:
    """Give each number of A、B分别达到3亿元和5亿元 its part of the name."""
    number = 0
    while number < len(found):
        run = number + 1
        while run < len(found) and _continues_list(paragraph, found, run):
            run += 1
        parts = _split_list(paragraph, found[number], attributes)
        if run - number > 1 == len(parts):
            parts = _split_before_category(paragraph, found[number])
        if run - number == len(parts) > 1:
            for part, named in zip(parts, found[number:run], strict=True):
                yield replace(part, change=named.change, is_carried_over=named.is_carried_over)
        else:
            yield from found[number:run]
        number = run


def _strip_digits(figure_name: FigureName, quantity: Quantity) -> FigureName:
    """Strip trailing digits that touch the number from a name."""
    if figure_name.end != quantity.start:
        return figure_name
    text = figure_name.text.rstrip("0123456789*.")
    return replace(figure_name, text=text, end=figure_name.end - len(figure_name.text) + len(text))


def _list_spans(figure_name: FigureName) -> tuple[Span, ...]:
    if figure_name.start is None or figure_name.end is None:
        return figure_name.pieces
    return ((figure_name.start, figure_name.end),)


def _split_before_category(paragraph: TaggedParagraph, figure_name: FigureName) -> list[FigureName]:
    """Return the members of a list before 等, each with the category: 食品、石化等产业产值."""
    if figure_name.start is None or figure_name.end is None:
        return []
    words = paragraph.words
    at = paragraph.find_word(figure_name.start) - 1
    if at < 0 or words[at].text != "等":
        return []
    first = at
    while first > 0 and words[first - 1].kind in _LISTED:
        first -= 1
    shared = (figure_name.start, figure_name.end)
    if first == at:
        return []
    begin = words[first].start
    names = []
    for part in _SPLIT.split(paragraph.text[begin : words[at].start]):
        names.append(join_spans(paragraph, ((begin, begin + len(part)), shared)))
        begin += len(part) + 1
    return names


def _split_list(
    paragraph: TaggedParagraph, figure_name: FigureName, attributes: tuple[str, ...]
) -> list[FigureName]:
    """Split a list into its members; a shared ending goes to each (城市、农村低保标准)."""
    if figure_name.start is None or figure_name.end is None:
        return []
    spans = []
    at = figure_name.start
    for part in _SPLIT.split(paragraph.text[figure_name.start : figure_name.end]):
        spans.append((at, at + len(part)))
        at += len(part) + 1
    last = paragraph.words[paragraph.find_word(spans[-1][0]) : paragraph.find_word(figure_name.end)]
    length = spans[0][1] - spans[0][0]
    if len(last) > 1 and len(last[0].text) >= length + 2 and len(spans) > 1:
        # 城镇、农村居民收入: the first word of the last member is two.
        shared = (last[0].start + length, figure_name.end)
        return [
            *(join_spans(paragraph, (span, shared)) for span in spans[:-1]),
            _build_from_span(paragraph, spans[-1]),
        ]
    if len(last) > 1 and last[-1].text.endswith(attributes):
        own = (paragraph.text[slice(*span)] for span in spans[:-1])
        if not any(part.endswith(attributes) for part in own):
            # 光伏产业、装备制造业增加值
            shared = (last[-1].start, figure_name.end)
            if all(_is_word(paragraph, start) for start, _ in spans[:-1]):
                shared = (last[1].start, figure_name.end)
            return [
                *(join_spans(paragraph, (span, shared)) for span in spans[:-1]),
                _build_from_span(paragraph, spans[-1]),
            ]
    if len(last) > 1 and all(_is_word(paragraph, start) for start, _ in spans[:-1]):
        # The last member is as long as the others: 二氧化硫、化学需氧量排放量.
        length = spans[0][1] - spans[0][0]
        begin = min(
            (word.start for word in last[1:]), key=lambda start: abs(start - last[0].start - length)
        )
        shared = (begin, figure_name.end)
        return [
            *(join_spans(paragraph, (span, shared)) for span in spans[:-1]),
            _build_from_span(paragraph, spans[-1]),
        ]
    return [_build_from_span(paragraph, span) for span in spans]


def _build_from_span(paragraph: TaggedParagraph, span: Span) -> FigureName:
    return FigureName(paragraph.text[slice(*span)], *span)


def _is_word(paragraph: TaggedParagraph, start: int) -> bool:
    """Check whether a list member is a single word."""
    place = paragraph.find_word(start) + 1
    return place < len(paragraph.words) and paragraph.words[place].kind in {kinds.LINK, kinds.LIST}


def _continues_list(paragraph: TaggedParagraph, found: list[FigureName], run: int) -> bool:
    between = paragraph.text[paragraph.quantities[run - 1].end : paragraph.quantities[run].start]
    return between in _JOINING and found[run].is_carried_over
