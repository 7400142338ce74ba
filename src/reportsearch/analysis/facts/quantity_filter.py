"""Filter for numbers that count nothing: ordinals, ages, times, points of the text itself."""

from __future__ import annotations

import re

from reportsearch.analysis.facts.numbers import MULTIPLIERS, Numeral
from reportsearch.analysis.facts.quantity import (
    MONEY,
    Quantity,
    find_clause_start,
    find_sentence_start,
)
from reportsearch.analysis.terms.patterns import compile_alternatives
from reportsearch.lexicon.facts import FactWords
from reportsearch.tokenizer import load_dictionary

_NOT_BEFORE = re.compile(
    r"(?:第|其|周|星期|礼拜|之|初|农历|[a-z])$|(?<![提从以之])前$|(?<![以前之此然先])后$|届(?:[一二三四五六七八九十]+次[、,，])*$"
)
_ORDINAL_BEFORE = re.compile(r"第[零一二三四五六七八九十百\d]*[、,，至到-]?$")
_INDEFINITE = ("十", "几", "数", "下列", "以下", "以上", "上述", "这", "此", "下面", "上面")
"""Words before a Chinese numeral that make it no count: 几十亿, 下列十条, 这两个."""
_LENGTH_OF_TIME = re.compile(
    "寿命|年限|期限|时限|周期|工期|任期|学制|缩短|延长|压缩|压减|年龄|提前"
)
_AGE = re.compile("年龄|寿命|岁数")
_CHANGES = re.compile("比|较|下降|降低|下移|减小|增加|提高|延长")
_NO_DIGITS = re.compile("家庭|级|分之|周年|年级|次会议")
"""Words that begin like a measure but are not one after digits."""
_GENERIC = frozenset("个项条件大类种句次门")
"""Measures with which a text counts its own points."""
_COUNTED_AS_WORDS = frozenset({"套房", "间房", "个人", "家人", "件套"})
"""Nouns of the dictionary that are really a measure with what it counts."""
_MAX_NOUN_CHARS = 4
_MAX_POINTS = 30
"""Maximum count of a text's own points; larger counts are of something else (103个世界冠军)."""
_NOTHING = re.compile("(?:没有|没|[未无])(?:曾|有|再)*(?:发生|新增|出现|增加|产生|引发)(?!率|额)")
_GENERATION = re.compile("[2-6]g(?![a-z/])|[248]k(?![a-z])")
"""5g基站, 4k频道: not grams."""
_AT_LEAST = frozenset({"不少于", "不低于", "至少", "不超过", "最多", "不足", "不到"})
_MAX_LIST_GAP = 6
"""Maximum number of characters between two counts that belong together."""


class QuantityFilter:
    """A filter for quantities that state how much or how many, based on the word lists."""

    def __init__(self, words: FactWords) -> None:
        self._chinese = frozenset(words.chinese_measures)
        self._no_measure = compile_alternatives(words.not_measures)
        self._enumerated = compile_alternatives(words.enumerated)
        self._tags = load_dictionary().tags

    def is_ordinal(self, text: str, one: Numeral, measure: re.Pattern[str]) -> bool:
        """Check for an ordinal or a part of a name: 第二轮, 前三名, 十二届三次会议, g20."""
        before = text[max(one.start - 9, 0) : one.start]
        if _ORDINAL_BEFORE.search(before) or _NOT_BEFORE.search(before):
            return True
        if one.is_chinese and text.startswith(("零", "〇"), one.start):
            # 零件, 零距离
            return True
        if one.is_chinese and not one.is_share:
            return text[one.start : one.end] == "二" or before.endswith(_INDEFINITE)
        # pm2.5, 5g, 4a级, 3d: adjacent letters make the number a name.
        if _GENERATION.match(text, one.start) and one.end - one.start == 1:
            return True
        letters = re.match("[a-z]", text[one.end : one.end + 1])
        return letters is not None and measure.match(text, one.end) is None

    def is_quantity(self, text: str, quantity: Quantity, before: Quantity | None) -> bool:
        """Check whether a quantity counts; ``before`` is the previous quantity in the text."""
        if _did_not_happen(text, quantity):
            return False
        if not quantity.unit_text or quantity.unit_text == "百分之":
            return True
        rest = text[quantity.unit[1] :][:8].replace("，", ",")
        if rest.startswith("半"):
            # 三个半小时 is three and a half hours, but 一成半 is a figure.
            return quantity.base == "成"
        is_mask = quantity.is_masked and not _has_digits(text, quantity)
        own = quantity.value is None or quantity.value <= _MAX_POINTS
        if own and quantity.base in _GENERIC and self._enumerated.match(rest):
            return False
        if is_mask and self._hides_a_name(text, quantity):
            return False
        weak = quantity.is_chinese or is_mask
        unit = text[quantity.unit[0] :]
        if (self._no_measure if weak else _NO_DIGITS).match(unit):
            return False
        if quantity.is_chinese and not self._is_chinese_quantity(text, quantity, before):
            return False
        return _is_not_time(text, quantity)

    def _hides_a_name(self, text: str, quantity: Quantity) -> bool:
        """Check whether the mask hides the start of a noun: *眼科医院, *口岸, but not *名医生."""
        at = quantity.unit[0]
        if len(quantity.base) != 1 or quantity.unit_text != quantity.base:
            return False
        if at != quantity.number[1] or text[at : at + 2] in _COUNTED_AS_WORDS:
            return False
        known = range(_MAX_NOUN_CHARS, 1, -1)
        noun = next((n for n in known if self._tags.get(text[at : at + n], "")[:1] == "n"), 0)
        # 医生 extends beyond 名医, so the measure stands alone.
        return noun > 0 and not any(
            text[start : at + end] in self._tags
            for start in range(at + 1, at + noun)
            for end in range(noun + 1, noun + 3)
        )

    def _is_chinese_quantity(self, text: str, quantity: Quantity, before: Quantity | None) -> bool:
        first, last = quantity.number
        numeral = text[first:last]
        # 两个亿 has no measure.
        if quantity.base and quantity.base.split("/")[0] not in self._chinese:
            return False
        if numeral == "一":
            return _is_one(text, quantity, before)
        if numeral in MULTIPLIERS and not quantity.qualifier and quantity.base not in MONEY:
            # 百名干部进企业 and 千家企业 are names of campaigns, and 万元 is a measure.
            return numeral == "十"
        if set(numeral) <= set("百千万亿"):
            # 超万亿元 and 近百人 are figures, 亿元以上 is a threshold, and 千亿斤行动 is a name.
            return quantity.start < first
        return True


def _did_not_happen(text: str, quantity: Quantity) -> bool:
    """Check whether nothing happened that is counted: 没有新增企业3家, 未发生3人以上的事故."""
    begin = find_clause_start(text, quantity.number[0])
    found = _NOTHING.search(text, begin, quantity.number[0])
    # 没有新增隐患的企业12家 is a count.
    return found is not None and "的" not in text[found.end() : quantity.number[0]]


def _has_digits(text: str, quantity: Quantity) -> bool:
    """Check whether a masked number shows some of its digits: 3*."""
    return any(char.isdigit() for char in text[slice(*quantity.number)])


def _is_one(text: str, quantity: Quantity, before: Quantity | None) -> bool:
    """Check whether 一 is a count rather than an article: 关停两家、升级一家."""
    if text.startswith(("是", "为"), quantity.unit[1]):
        return False
    if quantity.qualifier in _AT_LEAST:
        return True
    return (
        before is not None
        and before.is_chinese
        and before.base == quantity.base
        and quantity.number[0] - before.end <= _MAX_LIST_GAP
        and text[before.end] in "、和,，"
    )


def _is_not_time(text: str, quantity: Quantity) -> bool:
    """Reject durations, except those that are results: 审批时限压缩至5个工作日."""
    clause = text[find_clause_start(text, quantity.number[0]) : quantity.number[0]]
    base = quantity.base
    if base == "分" and re.search(r"[\d一二三四五六七八九十][时点]$", clause):
        # 21时10分
        return False
    if base == "位" and re.search("前进|进位|上升|提升|下降|后退", clause):
        # A position in a ranking.
        return False
    if base in {"年", "周", "个季度"}:
        return bool(_LENGTH_OF_TIME.search(clause))
    if base in {"岁", "周岁"}:
        # 平均年龄41.3岁,比上届下降5.6岁: the age is mentioned in the previous clause.
        first = quantity.number[0]
        sentence = text[find_sentence_start(text, first) : first]
        context = sentence if _CHANGES.search(clause) else clause
        return bool(_AGE.search(context)) and not text.startswith("以上", quantity.unit[1])
    if base == "小时" and quantity.value == 24:
        return False
    if clause.endswith(("连续", "持续", "历时")):
        return False
    if base in {"天", "个月", "个星期"} and quantity.is_chinese:
        return bool(_LENGTH_OF_TIME.search(clause))
    return True
