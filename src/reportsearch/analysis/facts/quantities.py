"""Quantities in folded text: a numeral with its measure and its qualifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from reportsearch.analysis.facts.numbers import MULTIPLIERS, NUMERALS, Numeral, find_numerals
from reportsearch.analysis.facts.quantity import DEGREES, MONEY, SHARES, Quantity, find_clause_start
from reportsearch.analysis.facts.quantity_filter import QuantityFilter
from reportsearch.analysis.facts.table_cells import TableRowParser
from reportsearch.analysis.facts.units import MeasureUnit, add_tenths, match_money
from reportsearch.analysis.terms.patterns import build_alternatives, compile_alternatives
from reportsearch.comparable import Span
from reportsearch.lexicon.facts import FactWords

_MULTIPLIER = re.compile("[万亿千百十]+")
_BETWEEN = re.compile(r"\s*+(?:[~至到][-−负]|[-—–~至到]{1,2})\s*+")
_SIGNED = ("~至到", "-−负")
"""The two characters before the second number of a range if that is negative."""
_SIGNS = frozenset("-−负")
_NO_SIGN_AFTER = re.compile(r"[a-z\d%‰*\-−—–零〇一二三四五六七八九十百千万亿]$")
"""Characters after which a dash belongs to a range, a code or a date."""
_WORDS_WITH_NEGATIVE = frozenset("背肩担欠抱胜减增税重自辜不身压费正")
"""Characters that form another word with 负: 担负3项任务, 税负2%."""
_RATIO = re.compile(r"\s?[:∶]\s?1(?![\d.])")
_ENDS = "，,;；。:：!?！？、()（）\n"
_NUMBERED = re.compile("指数|系数|得分|评分|比值|分值|倍数|弹性|值|率")
_LEADS_TO = re.compile("(?:达到|达|为|至|到|是|[数分值率])$")
_QUOTED = re.compile(r"[“\"‘「][^”\"’」“]{1,14}[”\"’」]")
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
# Characters that form other words with 近 and 约: 附近3个村, 签约3个.
_INSIDE_WORDS = {"近": "附最临邻远靠就亲", "约": "签履节预条公合制违邀简集"}
_MAX_MEASURE_CHARS = 12
_BLANKS = frozenset({" ", "\u3000", "\u00a0"})
_AND = frozenset({"、", "和", "与", "及"})
_BARE = r"(?!(?:19|20)\d\d(?!\.))\d+(?:\.\d+)?"
_BARE_CHANGE = re.compile(
    rf"[由从](?P<before>{_BARE})(?:大幅|进一步|逐步|稳步)?(?:下降|降|上升|升|提高|提升|增加|增|减少|减|缩小|扩大)"
    rf"[到至为](?P<after>{_BARE})(?=$|[,，;；。、）)])"
)
"""A change without a measure: 由118.6下降到113.4."""
_WITHIN = re.compile("[余多来](?!功能|种形|媒体|样|元化|党合作)")
"""Words between a number and its measure: 800多亩, 1.2万余人."""
_MORE = re.compile("个(?P<more>[余多来])")
"""Words inside a measure that mean "more than": 两个多小时, 3个多月."""
_NOUNS = re.compile("人口(?![腔头述岸试罩])|家庭|户籍")
"""Words that begin like a measure (14亿人口, 3000万家庭) but are not one."""
_RATE = re.compile(r"/\s?(?:10万|十万|百万|1000|千|万)(?![\d元])人?")
"""The denominator of a rate: 6.8/10万."""


class QuantityFinder:
    """A finder of quantities, based on the word lists."""

    def __init__(self, words: FactWords) -> None:
        self._filter = QuantityFilter(words)
        self._no_measure = compile_alternatives(words.not_measures)
        self._measure = compile_alternatives(words.measures)
        self._ends_measure = re.compile(
            rf"[\d*{NUMERALS}]\s?[十百千万亿]{{0,{_MAX_MEASURE_CHARS}}}(?:{self._measure.pattern}|[年月日号级期届楼])$"
        )
        self._names = compile_alternatives(words.names)
        per = build_alternatives(words.per)
        self._per = re.compile(rf"/(?:{per})(?:[/·](?:人|月|年|天|日))?|每(?:升|立方米|千克|公斤)")
        self._cells = TableRowParser(
            re.compile(f"(?:{self._measure.pattern})(?:{self._per.pattern})?")
        )
        self._before = re.compile(f"(?:{build_alternatives(words.before)})$")
        self._after = re.compile(f"(?:{build_alternatives(words.after)})(?![述年级月])")

    def find(self, text: str, closed: Sequence[Span] = ()) -> list[Quantity]:
        """Return the quantities of a folded text in order, outside the ``closed`` spans."""
        if cells := self._cells.find(text):
            return cells
        bare = {
            match.start(group)
            for match in _BARE_CHANGE.finditer(text)
            for group in ("before", "after")
        }
        outside = _build_mask(len(text), (*closed, *self._iter_closed_spans(text)))
        known = [
            one
            for one in find_numerals(text)
            if 1 not in outside[one.start : one.end] and not _is_multiplier(text, one)
        ]
        found: list[Quantity] = []
        per: Quantity | None = None
        at = 0
        for number, one in enumerate(known):
            if one.start < at or self._filter.is_ordinal(text, one, self._measure):
                continue
            following = known[number + 1] if number + 1 < len(known) else None
            quantity = self._build_quantity(text, one, following, is_bare=one.start in bare)
            before = found[-1] if found else None
            if quantity is not None and _is_denominator(text, quantity):
                # 每10万人182.6例: the denominator of the next figure.
                per, at = quantity, quantity.end
                continue
            if quantity is not None and self._filter.is_quantity(text, quantity, before):
                found.append(_add_denominator(text, quantity, per, before))
                per, at = None, quantity.end
        return _share_measures(text, found)

    def _iter_closed_spans(self, text: str) -> Iterator[Span]:
        """Yield titles, short quotations and names with numbers, which contain no quantity."""
        for pattern in (_TITLE, _QUOTED, self._names):
            yield from (match.span() for match in pattern.finditer(text))

    def _build_quantity(
        self, text: str, one: Numeral, following: Numeral | None, *, is_bare: bool
    ) -> Quantity | None:
        last = self._find_range_end(text, one, following) or one
        unit = self._find_unit(text, last, is_range=last is not one)
        if unit is None and is_bare:
            unit = MeasureUnit((one.end, one.end), "", Decimal(1), "", end=one.end)
        if unit is None:
            unit = self._find_shared_unit(text, one, following)
        if unit is None or (last is not one and one.is_mixed != last.is_mixed and unit.factor != 1):
            # 1万5千至2万元: it is unclear what 万 belongs to.
            return None
        value, low, high = one.value, one.low, one.high
        if value is not None and last is one:
            value, unit = add_tenths(text, value, unit)
        begin = self._find_start(text, one, unit)
        start, end, qualifier = self._extend_to_qualifiers(text, begin, unit)
        if last is not one:
            ends_below = _has_sign(text, one, last)
            value, low, high = None, one.value, _negate(last.value) if ends_below else last.value
        if begin < one.start:
            value, low = _negate(value), _negate(low)
        is_masked = one.is_masked or last.is_masked
        if is_masked:
            value = low = high = None
        return Quantity(
            start=start,
            end=end,
            number=(begin, last.end),
            unit=unit.span,
            unit_text=unit.text,
            value=value,
            low=low,
            high=high,
            is_masked=is_masked,
            is_chinese=one.is_chinese,
            qualifier=qualifier,
            factor=unit.factor,
            base=unit.base,
        )

    def _find_start(self, text: str, one: Numeral, unit: MeasureUnit) -> int:
        """Return the start of a number including its sign: 增长-1.5%, 利润为负200万元."""
        at = one.start
        if one.is_chinese or text[max(at - 1, 0) : at] not in _SIGNS:
            return at
        before = text[max(at - 1 - _MAX_MEASURE_CHARS, 0) : at - 1]
        if text[at - 1] == "负":
            return at if before[-1:] in _WORDS_WITH_NEGATIVE else at - 1
        if _NO_SIGN_AFTER.search(before) or self._ends_measure.search(before):
            return at
        # A dash at the beginning of a line is a list marker.
        measured = unit.base in SHARES or unit.base.split("/")[0] in MONEY or unit.base in DEGREES
        return at - 1 if before.strip() or measured else at

    def _find_shared_unit(
        self, text: str, one: Numeral, following: Numeral | None
    ) -> MeasureUnit | None:
        """Return the share unit that the next number gives to this one: 分别高4.2和0.7个百分点."""
        if (
            following is None
            or one.is_chinese
            or text[one.end : following.start] not in {"和", "与", "、"}
        ):
            return None
        unit = self._find_unit(text, following, is_range=False)
        return replace(unit, end=one.end) if unit and unit.base in SHARES else None

    def _find_range_end(self, text: str, one: Numeral, following: Numeral | None) -> Numeral | None:
        """Return the second number of 3至5个, 3万—5万元, 5%-7%."""
        if following is None or one.is_chinese != following.is_chinese:
            return None
        if following.is_share and not (one.is_share and text.startswith("百分之", one.start)):
            return None
        at = one.end
        multiplier = _MULTIPLIER.match(text, at)
        if multiplier and not one.is_chinese:
            at = multiplier.end()
        measure = self._measure.match(text, at)
        for place in (at, measure.end() if measure else at):
            between = _BETWEEN.match(text, place)
            if between and between.end() == following.start:
                return following
        return None

    def _find_unit(self, text: str, last: Numeral, *, is_range: bool) -> MeasureUnit | None:
        """Return the unit after a number."""
        at = last.end
        if last.is_share:
            if text.startswith("百分之", last.start):
                return MeasureUnit((last.start, last.start + 3), "百分之", Decimal(1), "%", end=at)
            return MeasureUnit((at, at), "", Decimal(100), "%", end=at)
        ratio = _RATIO.match(text, at)
        if ratio and not (last.is_chinese or last.is_masked or is_range):
            return MeasureUnit(ratio.span(), ratio[0], Decimal(1), ":1", end=ratio.end())
        if text[at : at + 1] in _BLANKS and not (
            last.is_chinese or self._no_measure.match(text, at + 1)
        ):
            # 26 次
            at += 1
        rate = _RATE.match(text, at)
        if rate and not is_range:
            return MeasureUnit(rate.span(), rate[0], Decimal(1), rate[0], end=rate.end())
        if (
            counted := self._match_measure_with_more(text, at) or match_money(text, at)
        ) is not None:
            return counted
        inner = _WITHIN.match(text, at)
        multiplier, measure, inner = self._match_parts(text, last, at, inner)
        if measure is None:
            return self._find_unit_without_measure(text, last, multiplier, inner)
        per = self._per.match(text, measure.end())
        end = per.end() if per else measure.end()
        base = text[measure.start() : end]
        begin = multiplier.start() if multiplier else measure.start()
        written = (multiplier[0] if multiplier else "") + base
        kept = inner[0] if inner else ""
        return MeasureUnit((begin, end), written, _parse_factor(multiplier), base, kept, end)

    def _match_measure_with_more(self, text: str, at: int) -> MeasureUnit | None:
        """Match a measure with 多 inside it: 两个多小时 has the measure 个小时."""
        more = _MORE.match(text, at)
        if more is None:
            return None
        measure = self._measure.match("个" + text[more.end() : more.end() + _MAX_MEASURE_CHARS])
        if measure is None or len(measure[0]) == 1:
            return None
        end = more.end() + len(measure[0]) - 1
        return MeasureUnit((at, end), measure[0], Decimal(1), measure[0], more["more"], end)

    def _match_parts(
        self, text: str, last: Numeral, begin: int, inner: re.Match[str] | None
    ) -> tuple[re.Match[str] | None, re.Match[str] | None, re.Match[str] | None]:
        """Return the multiplier, the measure, and the qualifier before or between them."""
        at = inner.end() if inner else begin
        measure = self._match_measure(text, at)
        multiplier = None if measure or last.is_chinese else _MULTIPLIER.match(text, at)
        while multiplier:
            following = _WITHIN.match(text, multiplier.end())
            inner = following or inner
            measure = self._match_measure(text, following.end() if following else multiplier.end())
            # 亿千瓦: the 千 of 亿千 belongs to the measure.
            shorter = _MULTIPLIER.match(text, multiplier.start(), multiplier.end() - 1)
            if measure or following or not shorter:
                break
            if not self._match_measure(text, shorter.end()):
                break
            multiplier = shorter
        return multiplier, measure, inner

    def _match_measure(self, text: str, at: int) -> re.Match[str] | None:
        """Match the measure at a place; 14亿人口 and 3000万家庭 have none."""
        return None if _NOUNS.match(text, at) else self._measure.match(text, at)

    def _find_unit_without_measure(
        self,
        text: str,
        last: Numeral,
        multiplier: re.Match[str] | None,
        inner: re.Match[str] | None,
    ) -> MeasureUnit | None:
        """Return the unit of a number without a measure: 1.2万群众, 指数达到1.05."""
        if last.is_masked or last.is_chinese:
            return None
        end = last.end
        if multiplier:
            if multiplier[0][-1] not in "万亿":
                return None
            end = max(multiplier.end(), inner.end() if inner else 0)
            kept = inner[0] if inner else ""
            return MeasureUnit(
                multiplier.span(), multiplier[0], _parse_factor(multiplier), "", kept, end
            )
        clause = text[find_clause_start(text, last.start) : last.start]
        follows = text[end : end + 1]
        leads = _NUMBERED.search(clause) and _LEADS_TO.search(clause)
        if (leads and (not follows or follows in _ENDS)) or text.startswith("人口", end):
            return MeasureUnit((end, end), "", Decimal(1), "", end=end)
        return None

    def _extend_to_qualifiers(
        self, text: str, start: int, unit: MeasureUnit
    ) -> tuple[int, int, str]:
        """Return the span extended to qualifiers, and the qualifiers."""
        end = unit.end
        before = self._before.search(text, find_clause_start(text, start), start)
        after = self._after.match(text, end)
        qualifier = unit.qualifier
        if before and _is_qualifier(text, before, unit.base):
            start = before.start()
            qualifier = before[0] + qualifier
        if after and after[0] not in {"多", "余", "许", "来"}:
            end = after.end()
            qualifier += after[0]
        return start, end, qualifier


def _is_qualifier(text: str, before: re.Match[str], base: str) -> bool:
    """Reject the 近 of 附近3个村, 约 of 签约3个 and 过 of 去过3个村; accept 过了20万元."""
    char = text[before.start() - 1 : before.start()]
    if before[0] in _INSIDE_WORDS and char:
        return char not in _INSIDE_WORDS[before[0]]
    return before[0] not in {"过", "过了"} or base in SHARES or base.split("/")[0] in MONEY


def _is_multiplier(text: str, one: Numeral) -> bool:
    """Check whether a numeral is the 万 of 3万."""
    digit = text[max(one.start - 1, 0) : one.start]
    written = text[one.start : one.end]
    return (digit.isdigit() or digit == "*") and all(char in MULTIPLIERS for char in written)


def _has_sign(text: str, one: Numeral, last: Numeral) -> bool:
    """Check whether the second number of a range is negative: 0至-5℃."""
    between = text[one.end : last.start].rstrip()[-2:]
    return len(between) == len(_SIGNED) and all(map(str.__contains__, _SIGNED, between))


def _negate(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.copy_negate()


def _is_denominator(text: str, quantity: Quantity) -> bool:
    """Check for 每10万人; 每千人 begins a name unless a number follows it."""
    if not quantity.base or text[max(quantity.start - 1, 0)] != "每":
        return False
    return not quantity.is_chinese or text[quantity.end : quantity.end + 1].isdigit()


def _add_denominator(
    text: str, quantity: Quantity, per: Quantity | None, before: Quantity | None
) -> Quantity:
    """Add the denominator that precedes a quantity in its clause."""
    if before and before.per and text[before.end : quantity.start] in _AND:
        # 每50公斤分别提高7.4元和16元
        return replace(quantity, per=before.per)
    if per is None or find_clause_start(text, quantity.start) > per.start:
        return quantity
    return replace(quantity, per=(per.start - 1, per.end))


def _build_mask(length: int, spans: Iterable[Span]) -> bytearray:
    """Return an array with 1 for each character of some spans."""
    mask = bytearray(length)
    for start, end in spans:
        mask[start:end] = b"\x01" * (end - start)
    return mask


def _share_measures(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give the last measure to all numbers of a list: 10.6万、3.8万、3.3万平方公里."""
    for number in range(len(found) - 2, -1, -1):
        one, following = found[number], found[number + 1]
        between = text[one.end : following.start]
        if not one.base and one.unit_text and following.base and between in {"、", "和", "与"}:
            found[number] = replace(one, base=following.base)
    return found


def _parse_factor(multiplier: re.Match[str] | None) -> Decimal:
    factor = Decimal(1)
    for char in multiplier[0] if multiplier else "":
        factor *= MULTIPLIERS[char]
    return factor
