"""A number with its measure, as found in a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from reportsearch.comparable import Span

SHARES = frozenset({
    "%", "‰", "个百分点", "百分点", "个基点", "基点", "成", "倍",
})  # fmt: skip
MONEY = frozenset({
    "元", "美元", "港元", "欧元", "日元", "英镑", "人民币", "块钱", "毛", "毛钱",
})  # fmt: skip
DEGREES = frozenset({"°c", "°", "℃", "摄氏度", "度"})
_CLAUSE_ENDS = "，,;；。:：!?！？\n"
_SENTENCE_ENDS = "。!?！？\n"
_MAX_DISTANCE = 400


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its measure.

    ``start`` and ``end`` span the quantity with its qualifiers; ``number`` and ``unit`` are the
    spans of number and measure. ``factor`` is the value of 万 or 亿 in the measure, ``base`` the
    measure without them. ``value``, or ``low`` and ``high``, are in the measure as written.
    ``per`` is the span of a rate's denominator (每10万人).
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
    per: Span | None = None

    @property
    def is_share(self) -> bool:
        """Return whether the quantity is a share, a rate or a difference in points."""
        return self.base in SHARES

    @property
    def is_money(self) -> bool:
        """Return whether the quantity is an amount of money."""
        return self.base.split("/")[0] in MONEY


def find_clause_start(text: str, at: int) -> int:
    """Return where the clause around a place begins."""
    return find_segment_start(text, at, _CLAUSE_ENDS)


def find_sentence_start(text: str, at: int) -> int:
    """Return where the sentence around a place begins."""
    return find_segment_start(text, at, _SENTENCE_ENDS)


def find_segment_start(text: str, at: int, marks: str) -> int:
    """Return the place after the last of ``marks`` before ``at``, at most a page back."""
    ends = _find_segment_ends(text, marks)
    number = bisect_right(ends, at)
    return max(ends[number - 1] if number else 0, at - _MAX_DISTANCE)


@lru_cache(maxsize=16)
def _find_segment_ends(text: str, marks: str) -> list[int]:
    """Return the places after ``marks``; many places of the same line are asked about in turn."""
    return [match.end() for match in re.finditer(f"[{re.escape(marks)}]", text)]
