"""Numerals in folded text: 1,234.5, 6 500, 三千万, 二十五六, *, 3*, 3至5, 百分之九点四, 四分之一.

Values are exact (``Decimal``): 6.82 with 亿 is exactly 682000000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "俩": 2,
}
SMALL = {"十": 10, "百": 100, "千": 1_000}
LARGE = {"万": 10_000, "亿": 100_000_000}
MULTIPLIERS = {**SMALL, **LARGE}

_MAX_CHINESE_CHARS = 30
"""Maximum number of characters of a Chinese numeral; longer ones are ignored."""
NUMERALS = "零〇○一二两三四五六七八九十百千万亿"
"""Characters of a Chinese numeral."""
_BLANK = " \u00a0\u2009\u202f"
# 6 500亩: groups of three digits before a measure. Without one they may be two table cells.
_GROUPED = rf"(?<![a-z\d.,*])\d{{1,3}}(?:[{_BLANK}]\d{{3}}){{1,9}}(?:\.\d+)?(?=[^\W\d]|[%‰㎡])"
# Also with a full-width comma: 1，200万元.
_ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?![\d*])(?:\.\d+)?|\d+(?:\.\d+)?"
_SMALL = r"(?:\d{1,2}千(?:\d百)?|\d{1,2}百|\d{1,4})"
_BEHIND_TEN_THOUSAND = r"(?:\d千(?:\d百(?:\d十)?)?|\d百(?:\d十)?|\d{3,4}|\d(?=[元块]))"
# 1万5千, 1亿2500万, 5千3百: digits mixed with Chinese multipliers.
_MIXED = (
    rf"(?<![\d.,])(?:\d{{1,4}}亿{_SMALL}万(?:{_BEHIND_TEN_THOUSAND})?"
    rf"|{_SMALL}万{_BEHIND_TEN_THOUSAND}|\d千\d百(?:\d十)?)(?![\d.,*%年月日号])"
)
_MAX_ARABIC_CHARS = 200
"""Maximum number of characters of a numeral in digits; longer ones are ignored."""
MASKED = r"(?=[\d.]{0,200}\*)(?:[\d*]+|(?=\.))(?:\.[\d*]+)*"
"""Pattern of a partly or fully masked number: *, 3*, 1*.5, *.5."""
_TENS = f"[{NUMERALS}]+(?:点[零〇一二三四五六七八九]+)?"
_NUMERAL = re.compile(
    rf"(?P<share>(?P<whole>[{NUMERALS}]+)分之(?P<part>{_TENS}|{_ARABIC}))"
    rf"|(?P<grouped>{_GROUPED})"
    rf"|(?P<masked>{MASKED}|(?<![\d×])×+(?![\d×])|(?<![a-z])x{{2,}}(?![a-z]))"
    rf"|(?P<mixed>{_MIXED})"
    rf"|(?P<arabic>{_ARABIC})"
    rf"|(?P<chinese>{_TENS})"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written, with its span.

    ``value`` is None if the number is masked or is a range, which has ``low`` and ``high`` instead.
    ``is_share`` marks 百分之…, whose value is a percentage, and fractions like 四分之一.
    ``is_mixed`` marks forms like 1万5千.
    """

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    is_masked: bool = False
    is_chinese: bool = False
    is_share: bool = False
    is_mixed: bool = False


def parse_chinese(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral (三千零五万, 二〇二三, 九点四), or None.

    >>> parse_chinese("一亿二千三百万"), parse_chinese("九点四"), parse_chinese("十几")
    (Decimal('123000000'), Decimal('9.4'), None)
    """
    whole, point, decimals = text.partition("点")
    if len(text) > _MAX_CHINESE_CHARS:
        return None
    if point:
        base = parse_chinese(whole)
        if base is None or not decimals or any(char not in DIGITS for char in decimals):
            return None
        return base + Decimal("0." + "".join(str(DIGITS[char]) for char in decimals))
    if not whole or any(char not in DIGITS and char not in MULTIPLIERS for char in whole):
        return None
    if len(whole) > 1 and all(char in DIGITS for char in whole):
        return Decimal("".join(str(DIGITS[char]) for char in whole))
    return Decimal(_parse_integer(whole))


def _parse_integer(text: str) -> int:
    """Parse a Chinese integer: 十二 is 12, 二亿三千万 is 230000000, 三千五 is 3500."""
    for unit in ("亿", "万"):
        before, found, after = text.rpartition(unit)
        if found:
            return (_parse_integer(before) if before else 1) * LARGE[unit] + _parse_remainder(
                after, LARGE[unit]
            )
    total = 0
    digit: int | None = None
    last = 0
    for char in text:
        if char in SMALL:
            total += (1 if digit is None else digit) * SMALL[char]
            digit, last = None, SMALL[char]
        else:
            digit = DIGITS[char]
            last = 0 if digit == 0 else last
    if digit is not None:
        # 三百五 omits the unit of its last digit; 三百零五 does not.
        total += digit * (last // 10 if last > 10 else 1)
    return total


def _parse_remainder(text: str, unit: int) -> int:
    """Parse what follows 万 or 亿: 三万五 is 35000, 三万零五 is 30005."""
    if len(text) == 1 and text in DIGITS:
        return DIGITS[text] * unit // 10
    return _parse_integer(text) if text else 0


def _parse_approximate(text: str) -> tuple[Decimal, Decimal] | None:
    """Return the bounds of 五六 (5, 6), 三十五六 (35, 36) and 三四百 (300, 400)."""
    if len(text) > _MAX_CHINESE_CHARS:
        return None
    for at in range(len(text) - 1):
        first, second = DIGITS.get(text[at]), DIGITS.get(text[at + 1])
        if first and second and second == first + 1:
            low = parse_chinese(text[: at + 1] + text[at + 2 :])
            high = parse_chinese(text[:at] + text[at + 1 :])
            others = text[:at] + text[at + 2 :]
            if low is None or high is None or any(char in DIGITS for char in others[at:]):
                return None
            if others and not any(char in MULTIPLIERS for char in others):
                return None
            return low, high
    return None


def find_numerals(text: str) -> Iterator[Numeral]:
    """Yield the numerals of a folded text in order; a range yields two."""
    for match in _NUMERAL.finditer(text):
        start, end = match.span()
        if match["masked"]:
            yield Numeral(start, end, None, is_masked=True)
        elif match["grouped"]:
            yield Numeral(start, end, Decimal("".join(match["grouped"].split())))
        elif match["arabic"]:
            if end - start <= _MAX_ARABIC_CHARS:
                yield Numeral(start, end, _parse_digits(match["arabic"]))
        elif match["mixed"]:
            yield Numeral(start, end, Decimal(_parse_mixed(match["mixed"])), is_mixed=True)
        elif match["share"]:
            found = _parse_share(match)
            if found is not None:
                yield Numeral(start, end, found, is_chinese=True, is_share=True)
        else:
            ends = _parse_approximate(match[0])
            if ends:
                yield Numeral(start, end, None, *ends, is_chinese=True)
            else:
                value = parse_chinese(match[0])
                if value is not None:
                    yield Numeral(start, end, value, is_chinese=True)


def _parse_digits(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("，", ""))


def _parse_mixed(text: str) -> int:
    """Parse mixed forms: 1万5千 and 1万5 (千 omitted) are 15000, 1亿2500万 is 125000000."""
    for unit in ("亿", "万", "千", "百", "十"):
        before, found, after = text.rpartition(unit)
        if found and after:
            short = len(after) == 1
            worth = MULTIPLIERS[unit]
            return _parse_mixed(before) * worth + (
                int(after) * worth // 10 if short else _parse_mixed(after)
            )
        if found:
            return _parse_mixed(before) * MULTIPLIERS[unit]
    return int(text)


def _parse_share(match: re.Match[str]) -> Decimal | None:
    """Parse a share: 百分之九点四 is 9.4 (a percentage), 四分之一 is 0.25."""
    written = match["part"]
    part = parse_chinese(written)
    if part is None and written[0].isdigit():
        part = _parse_digits(written)
    whole = parse_chinese(match["whole"])
    if part is None or not whole:
        return None
    return part if whole == 100 else part / whole


def to_number(value: Decimal | None) -> int | float | None:
    """Convert a value for display; whole numbers become int."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
