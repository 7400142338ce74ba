"""Measures as written, with digits or qualifiers inside or after them: 1块8角, 3个多亿."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from reportsearch.analysis.facts.numbers import DIGITS, MULTIPLIERS
from reportsearch.comparable import Span

_OF_MONEY = re.compile(
    "个(?P<more>[余多来])?亿(?P<measure>元)?"
    "(?=$|[,，。;；:：、!！?？)）”]|的(?!企业|产业|项目)|左右|以上|资金|投资|贷款)"
)
"""1.5个亿, 3个多亿; but 3个亿元村 counts three villages."""
_TENTHS = re.compile("[一二三四五六七八九1-9](?=$|[,，。;；:：、!！?？)）”的]|左右|以上|以下)")
"""The digit after 九成 in 九成五."""
_DIGIT = "[1-9一二三四五六七八九]"
_COINS = re.compile(f"(?P<tenths>{_DIGIT})[角毛](?:(?P<cents>{_DIGIT})分)?钱?")


@dataclass(frozen=True, slots=True)
class MeasureUnit:
    """A measure as written, the value of its 万 or 亿, its base measure, and its qualifier."""

    span: Span
    text: str
    factor: Decimal
    base: str
    qualifier: str = ""
    end: int = 0


def match_money(text: str, at: int) -> MeasureUnit | None:
    """Match an amount in 亿: 1.5个亿, 3个多亿元."""
    found = _OF_MONEY.match(text, at)
    if found is None:
        return None
    base = found["measure"] or ""
    factor = Decimal(MULTIPLIERS["亿"])
    return MeasureUnit(found.span(), "亿" + base, factor, base, found["more"] or "", found.end())


def add_tenths(text: str, value: Decimal, unit: MeasureUnit) -> tuple[Decimal, MeasureUnit]:
    """Add the digits after a measure: 一成半 is 1.5, 九成五 is 9.5, 1块8角 and 1块8 are 1.8."""
    if unit.base == "成":
        if text.startswith("半", unit.end):
            return value + Decimal("0.5"), replace(unit, end=unit.end + 1)
        tenths = _TENTHS.match(text, unit.end)
        if tenths and value == value.to_integral_value():
            return value + _parse_tenths(tenths[0]), replace(unit, end=tenths.end())
    coins = _COINS.match(text, unit.end) if unit.text in {"元", "块"} else None
    if coins and value == value.to_integral_value():
        cents = _parse_tenths(coins["cents"]) / 10 if coins["cents"] else Decimal(0)
        return value + _parse_tenths(coins["tenths"]) + cents, replace(
            unit, base="元", end=coins.end()
        )
    short = _TENTHS.match(text, unit.end) if unit.text == "块" else None
    if short and value == value.to_integral_value():
        return value + _parse_tenths(short[0]), replace(unit, base="元", end=short.end())
    return value, unit


def _parse_tenths(digit: str) -> Decimal:
    return Decimal(DIGITS[digit] if digit in DIGITS else int(digit)) / 10
