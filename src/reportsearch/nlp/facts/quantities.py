"""Quantities in folded text: a numeral with its word of measure and what says how exact it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from reportsearch.lexicon import FactWords
from reportsearch.nlp.facts.numbers import DIGITS, MULTIPLIERS, Numeral, numerals

Span = tuple[int, int]

_MULTIPLIER = re.compile("[万亿千百十]+")
_BETWEEN = re.compile(r"\s*(?:[-—–~至到]{1,2})\s*")
_RATIO = re.compile(r"\s?[:∶]\s?1(?![\d.])")
_CLAUSE_END = "，,;；。:：!?！？、()（）\n"
_NOT_BEFORE = re.compile(
    r"(?:第|其|周|星期|礼拜|之|初|农历|[a-z])$|(?<![提从以之])前$|(?<![以前之此然])后$"
)
_ORDINAL_BEFORE = re.compile(r"第[零一二三四五六七八九十百\d]*[、,，至到-]?$")
_LENGTH_OF_TIME = re.compile(
    r"寿命|年限|期限|时限|周期|工期|任期|学制|缩短|延长|压缩|压减|年龄|提前"
)
_AGE = re.compile(r"年龄|寿命|岁数")
_NUMBERED = re.compile(r"指数|系数|得分|评分|比值|分值|倍数|弹性|值|率")
_LEADS_TO = re.compile(r"(?:达到|达|为|至|到|是|[数分值率])$")
_QUOTED = re.compile(r"[“\"‘「][^”\"’」“]{1,14}[”\"’」]")
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_AT_LEAST = frozenset({"不少于", "不低于", "至少", "不超过", "最多", "不足", "不到"})
_NOUNS = ("人口大", "人口实", "人口脱", "家庭", "户籍")
_INDEFINITE = ("十", "几", "数", "下列", "以下", "以上", "上述", "这", "此", "下面", "上面")
"""Before a number in Chinese characters: 几十亿, 下列十条, 这两个."""
_GENERIC = frozenset({"个", "项", "条", "件", "大", "类", "种", "句", "次", "门"})
"""Measures with which a text counts its own points."""
_NEAR_BY = re.compile("[附最临邻远靠就亲]$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its measure.

    ``start`` and ``end`` span it with its qualifiers, ``number`` and ``unit`` are the spans of the
    number and of the measure. ``factor`` is what 万, 亿 in the measure stand for, ``base`` the
    measure without them. ``value``, or ``low`` and ``high``, are in the measure as written.
    """

    start: int
    end: int
    number: Span
    unit: Span
    unit_text: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    is_masked: bool
    is_chinese: bool
    qualifier: str
    factor: Decimal
    base: str

    @property
    def is_share(self) -> bool:
        """Whether it is a share, a rate or points of one."""
        return self.base in SHARES

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.base.split("/")[0] in MONEY


SHARES = frozenset({"%", "‰", "个百分点", "百分点", "个基点", "基点", "成", "倍"})
MONEY = frozenset({"元", "美元", "港元", "欧元", "日元", "英镑", "人民币", "块钱", "毛", "毛钱"})


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


class Measures:
    """Finds the quantities of a text by the word lists."""

    def __init__(self, words: FactWords) -> None:
        self._words = words
        self._chinese = frozenset(words.chinese_measures)

    @cached_property
    def _measure(self) -> re.Pattern[str]:
        return re.compile(_longest_first(self._words.measures))

    @cached_property
    def _per(self) -> re.Pattern[str]:
        return re.compile(rf"/(?:{_longest_first(self._words.per)})(?:[/·](?:人|月|年|天|日))?")

    @cached_property
    def _before(self) -> re.Pattern[str]:
        return re.compile(f"(?:{_longest_first(self._words.before)})$")

    @cached_property
    def _after(self) -> re.Pattern[str]:
        return re.compile(f"(?:{_longest_first(self._words.after)})(?![述年级月])")

    @cached_property
    def _within(self) -> re.Pattern[str]:
        # 800多亩, 1.2万余人; 3个多月 has a measure of its own.
        return re.compile("[余多来](?!功能|种形|媒体|样|元化|党合作)")

    @cached_property
    def _no_measure(self) -> re.Pattern[str]:
        return re.compile(_longest_first(self._words.not_measures))

    @cached_property
    def _enumerated(self) -> re.Pattern[str]:
        return re.compile(_longest_first(self._words.enumerated))

    @cached_property
    def _names(self) -> re.Pattern[str]:
        return re.compile(_longest_first(self._words.names))

    def closed(self, text: str) -> list[Span]:
        """Where no quantity is looked for: titles, short quotations, names with numbers."""
        return [
            match.span()
            for pattern in (_TITLE, _QUOTED, self._names)
            for match in pattern.finditer(text)
        ]

    def find(self, text: str, closed: Sequence[Span] = ()) -> list[Quantity]:
        """The quantities of a folded text by place; ``closed`` are spans where there is none."""
        outside = _Outside((*closed, *self.closed(text)), len(text))
        found: list[Quantity] = []
        known = [one for one in numerals(text) if not outside.meets(one.start, one.end)]
        at = 0
        for number, one in enumerate(known):
            if one.start < at:
                continue
            following = known[number + 1] if number + 1 < len(known) else None
            quantity = self._quantity(text, one, following, found)
            if quantity is not None:
                found.append(quantity)
                at = quantity.end
        return _with_shared_measures(text, found)

    def _quantity(
        self, text: str, one: Numeral, following: Numeral | None, found: list[Quantity]
    ) -> Quantity | None:
        if self._is_ordinal(text, one):
            return None
        pair = self._range(text, one, following)
        last = pair or one
        measured = self._measured(text, last, is_range=pair is not None)
        if measured is None:
            return None
        unit, unit_text, factor, base, inner, end = measured
        quantity = self._with_qualifiers(text, one, last, unit, unit_text, factor, base, inner, end)
        return quantity if self._counts(text, quantity, found) else None

    def _range(self, text: str, one: Numeral, following: Numeral | None) -> Numeral | None:
        """The second number of 3至5个, 3万—5万元, 5%-7%."""
        if following is None:
            return None
        at = one.end
        multiplier = _MULTIPLIER.match(text, at)
        if multiplier and not one.is_chinese:
            at = multiplier.end()
        measure = self._measure.match(text, at)
        for place in (at, measure.end() if measure else at):
            between = _BETWEEN.match(text, place)
            alike = one.is_chinese == following.is_chinese and not following.is_share
            if between and between.end() == following.start and alike:
                return following
        return None

    def _measured(
        self, text: str, last: Numeral, *, is_range: bool
    ) -> tuple[Span, str, Decimal, str, str, int] | None:
        """The unit's span and text, its factor and base, a qualifier before it, and its end."""
        at = last.end
        if last.is_share and text[last.start : last.start + 3] == "百分之":
            return (last.start, last.start + 3), "百分之", Decimal(1), "%", "", at
        if last.is_share:
            return (at, at), "", Decimal(100), "%", "", at
        inner = self._within.match(text, at)
        begin = at
        if inner:
            at = inner.end()
        whole = self._measured_at(text, at)
        multiplier = None if whole or last.is_chinese else _MULTIPLIER.match(text, at)
        while multiplier:
            at = multiplier.end()
            inner_after = self._within.match(text, at)
            if inner_after:
                inner, at = inner_after, inner_after.end()
            whole = self._measured_at(text, at)
            # 亿千瓦: of 亿千 the 千 belongs to the measure.
            shorter = _MULTIPLIER.match(text, multiplier.start(), multiplier.end() - 1)
            if whole or inner_after or not shorter:
                break
            if not self._measured_at(text, shorter.end()):
                break
            multiplier = shorter
        ratio = _RATIO.match(text, begin)
        if ratio and not last.is_chinese and not last.is_masked and not is_range:
            return ratio.span(), ratio[0], Decimal(1), ":1", "", ratio.end()
        if whole is None:
            return self._unmeasured(text, last, multiplier, inner)
        end = whole.end()
        per = self._per.match(text, end)
        if per:
            end = per.end()
        base = text[whole.start() : end]
        written = (multiplier[0] if multiplier else "") + base
        start = multiplier.start() if multiplier else whole.start()
        return (start, end), written, _factor(multiplier), base, inner[0] if inner else "", end

    def _measured_at(self, text: str, at: int) -> re.Match[str] | None:
        """The measure at a place; 14亿人口 and 3000万家庭 have none."""
        return None if text.startswith(_NOUNS, at) else self._measure.match(text, at)

    def _unmeasured(
        self,
        text: str,
        last: Numeral,
        multiplier: re.Match[str] | None,
        inner: re.Match[str] | None,
    ) -> tuple[Span, str, Decimal, str, str, int] | None:
        """A number without a measure: 1.2万群众, 指数达到1.05."""
        if last.is_masked or last.is_chinese:
            return None
        end = last.end
        if multiplier:
            if multiplier[0][-1] not in "万亿":
                return None
            end = max(multiplier.end(), inner.end() if inner else 0)
            kept = inner[0] if inner else ""
            return multiplier.span(), multiplier[0], _factor(multiplier), "", kept, end
        clause = text[_clause_start(text, last.start) : last.start]
        follows = text[end : end + 1]
        if (
            _NUMBERED.search(clause)
            and _LEADS_TO.search(clause)
            and (not follows or follows in _CLAUSE_END)
        ):
            return (end, end), "", Decimal(1), "", "", end
        return None

    def _with_qualifiers(
        self,
        text: str,
        one: Numeral,
        last: Numeral,
        unit: Span,
        unit_text: str,
        factor: Decimal,
        base: str,
        inner: str,
        end: int,
    ) -> Quantity:
        start = one.start
        qualifiers = []
        before = self._before.search(text, _clause_start(text, start), start)
        if before and self._is_qualifier(text, before, base):
            start = before.start()
            qualifiers.append(before[0])
        if inner:
            qualifiers.append(inner)
        after = self._after.match(text, end)
        if after and after[0] not in {"多", "余", "许", "来"}:
            end = after.end()
            qualifiers.append(after[0])
        low, high = one.low, one.high
        value = one.value
        if last is not one:
            value, low, high = None, one.value, last.value
            if low is not None and high is not None and low > high and one.low is None:
                # 3-5万: the multiplier counts for both; 3—1 is no range but what it is.
                low, high = one.value, last.value
        is_masked = one.is_masked or last.is_masked
        if is_masked:
            value = low = high = None
        return Quantity(
            start=start,
            end=end,
            number=(one.start, last.end),
            unit=unit,
            unit_text=unit_text,
            value=value,
            low=low,
            high=high,
            is_masked=is_masked,
            is_chinese=one.is_chinese,
            qualifier="".join(qualifiers),
            factor=factor,
            base=base,
        )

    def _is_qualifier(self, text: str, before: re.Match[str], base: str) -> bool:
        """Not the 近 of 附近3个村, nor the 过 of 去过3个村; that of 过了20万元 is one."""
        if before[0] == "近":
            return not _NEAR_BY.search(text, 0, before.start())
        return before[0] not in {"过", "过了"} or base in SHARES or base.split("/")[0] in MONEY

    def _is_ordinal(self, text: str, one: Numeral) -> bool:
        """第二轮, 前三名, 十二届三次会议, g20 and the like."""
        before = text[max(one.start - 6, 0) : one.start]
        if _ORDINAL_BEFORE.search(before):
            return True
        if _NOT_BEFORE.search(before):
            return True
        if one.is_chinese and text[one.start : one.end] == "二":
            return True
        if one.is_chinese and not one.is_share and before.endswith(_INDEFINITE):
            return True
        # pm2.5, 5g, 4a级, 3d: letters beside it make a name of it.
        follows = text[one.end : one.end + 2]
        letters = re.match("[a-z]+", follows)
        return bool(letters) and self._measure.match(text, one.end) is None

    def _counts(self, text: str, quantity: Quantity, found: list[Quantity]) -> bool:
        """Whether it says how much or how many of something."""
        first, last = quantity.number
        end = quantity.unit[1]
        if quantity.base == "" and quantity.unit_text == "" and not quantity.is_chinese:
            return True
        if quantity.is_share and quantity.unit_text in {"百分之", ""}:
            return True
        rest = text[end : end + 8].replace("，", ",")
        if rest.startswith("半"):
            # 三个半小时 is three and a half hours.
            return False
        if quantity.base in _GENERIC and self._enumerated.match(rest):
            return False
        weak = quantity.is_chinese or quantity.is_masked
        if quantity.unit_text and weak:
            if self._no_measure.match(text, quantity.unit[0]):
                return False
        elif re.match("个?项目(?!标)", text[quantity.unit[0] :]) is None and re.match(
            "家庭|级|分之|周年|年级|次会议", text[quantity.unit[0] :]
        ):
            return False
        if quantity.is_chinese and not self._counts_in_chinese(text, quantity, found):
            return False
        clause = text[_clause_start(text, first) : first]
        return self._is_no_time(text, quantity, clause)

    def _counts_in_chinese(self, text: str, quantity: Quantity, found: list[Quantity]) -> bool:
        first, last = quantity.number
        numeral = text[first:last]
        if quantity.base.split("/")[0] not in self._chinese:
            return False
        if numeral == "一":
            # 关停两家、升级一家: beside another count it is one, too.
            beside = found[-1] if found else None
            close = (
                beside is not None
                and beside.is_chinese
                and first - beside.end <= 6
                and re.match("[、和,，]", text[beside.end :]) is not None
            )
            same = close and beside is not None and beside.base == quantity.base
            if text.startswith(("是", "为"), quantity.unit[1]):
                return False
            return bool(same or quantity.qualifier in _AT_LEAST)
        if numeral in MULTIPLIERS and not quantity.qualifier and quantity.base not in MONEY:
            # 百名干部进企业 and 千家企业 are names of campaigns, 万元 is a measure.
            return numeral == "十"
        if len(numeral) == 1 and numeral in DIGITS and quantity.base in {"成"}:
            return text[last - 1] != "二"
        if set(numeral) <= set("百千万亿"):
            # 超万亿元 and 近百人 are figures, 亿元以上 is a threshold, 千亿斤行动 a name.
            return quantity.start < first
        return True

    def _is_no_time(self, text: str, quantity: Quantity, clause: str) -> bool:
        """Lengths of time are results (审批时限压缩至5个工作日) or say only when."""
        base = quantity.base
        if base in {"年", "周", "个季度"}:
            return bool(_LENGTH_OF_TIME.search(clause))
        if base in {"岁", "周岁"}:
            return bool(_AGE.search(clause)) and not text.startswith("以上", quantity.unit[1])
        if base in {"小时"} and quantity.value == 24:
            return False
        if base in {"天", "个月", "个星期"} and quantity.is_chinese:
            return bool(_LENGTH_OF_TIME.search(clause))
        return True


class _Outside:
    """Whether a span meets one of some spans."""

    def __init__(self, spans: Iterable[Span], length: int) -> None:
        self._closed = bytearray(length)
        for start, end in spans:
            self._closed[start:end] = b"\x01" * (end - start)

    def meets(self, start: int, end: int) -> bool:
        return 1 in self._closed[start:end]


def _with_shared_measures(text: str, found: list[Quantity]) -> list[Quantity]:
    """10.6万、3.8万、3.3万平方公里: the measure of the last counts for all."""
    for number in range(len(found) - 2, -1, -1):
        one, following = found[number], found[number + 1]
        between = text[one.end : following.start]
        if not one.base and one.unit_text and following.base and between in {"、", "和", "与"}:
            found[number] = replace(one, base=following.base)
    return found


def _factor(multiplier: re.Match[str] | None) -> Decimal:
    factor = Decimal(1)
    for char in multiplier[0] if multiplier else "":
        factor *= MULTIPLIERS[char]
    return factor


def _clause_start(text: str, at: int) -> int:
    """Where the clause begins in which a place lies."""
    return max(text.rfind(mark, 0, at) for mark in "，,;；。:：!?！？\n") + 1


def spans(found: Iterable[Quantity]) -> Iterator[Span]:
    """The spans of quantities."""
    return ((quantity.start, quantity.end) for quantity in found)
