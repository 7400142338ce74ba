"""Years and dates as written in reports, in digits or Chinese characters."""

from __future__ import annotations

import re

from reportsearch.normalise import fold

_CHINESE_DIGITS = "〇○零一二三四五六七八九"
_YEAR = re.compile(rf"((?:19|20)\d{{2}})\s*年?|([{_CHINESE_DIGITS}]{{4}})年")
_YEAR_SPAN = re.compile(r"((?:19|20)\d{2})\s*年?度?\s*[-—－~～至到]{1,2}\s*((?:19|20)\d{2})\s*年")
_DATE = re.compile(
    r"((?:19|20)\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]?(?:\s*(\d{1,2})\s*日?)?"
    rf"|([{_CHINESE_DIGITS}]{{4}})年([一二三四五六七八九十]{{1,2}})月(?:([一二三四五六七八九十]{{1,3}})日)?"
)


def _to_arabic(text: str) -> str:
    return "".join(str(max("〇一二三四五六七八九".find(char), 0)) for char in text)


def find_year(place: str) -> int | None:
    """Return the year that a title names; the last one of a span."""
    folded = fold(place)
    span = _YEAR_SPAN.search(folded)
    if span:
        return int(span[2])
    match = _YEAR.search(folded)
    return int(match[1] or _to_arabic(match[2])) if match else None


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
