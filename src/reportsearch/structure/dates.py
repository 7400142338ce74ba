"""Years and dates as written in reports, in digits or Chinese characters."""

from __future__ import annotations

import re

from reportsearch.normalise import fold

_CHINESE_DIGITS = "〇○零OoＯ0０一二三四五六七八九"
# 二OO三年 and 二00三年 are written, too.
_YEAR = re.compile(rf"((?:19|20)\d{{2}})\s*年?|([{_CHINESE_DIGITS}]{{4}})年")
_YEAR_SPAN = re.compile(
    r"((?:19|20)\d{2})\s*+年?度?\s*+[-—－~～至到]{1,2}\s*+((?:19|20)\d{2})\s*+学?年"
)
_SINCE = re.compile("年?[度初底]?(?:以来|起|至今)")
_DATE = re.compile(
    r"((?:19|20)\d{2})\s*[年./-]\s*(\d{1,2})\s*+[月./-]?(?:\s*+(\d{1,2})\s*+日?)?"
    rf"|([{_CHINESE_DIGITS}]{{4}})年([一二三四五六七八九十]{{1,2}})月(?:([一二三四五六七八九十]{{1,3}})日)?"
)


def _to_arabic(text: str) -> str:
    return "".join(str(max("〇一二三四五六七八九".find(char), 0)) for char in text)


def find_year(place: str) -> int | None:
    """Return the year that a title names; the last one of a span, and none for 2022年以来."""
    folded = fold(place)
    span = _YEAR_SPAN.search(folded)
    if span:
        return int(span[2])
    for match in _YEAR.finditer(folded):
        if not _SINCE.match(folded, match.end() - folded[match.end() - 1 :].startswith("年")):
            return int(match[1] or _to_arabic(match[2]))
    return None


def _parse_small_number(text: str) -> int:
    tens, mark, ones = text.partition("十")
    digit = "一二三四五六七八九".find
    if not mark:
        return digit(text) + 1
    return ((digit(tens) + 1) if tens else 1) * 10 + ((digit(ones) + 1) if ones else 0)


def find_date(text: str) -> str | None:
    """Return the first date in a text as YYYY-MM-DD or YYYY-MM."""
    for match in _DATE.finditer(text):
        if match[1]:
            year, month, day = match[1], int(match[2]), int(match[3] or 0)
        else:
            year, month = _to_arabic(match[4]), _parse_small_number(match[5])
            day = _parse_small_number(match[6]) if match[6] else 0
        if 1 <= month <= 12 and 0 <= day <= 31:
            return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"
    return None
