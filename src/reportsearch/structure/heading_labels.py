"""Labels of Chinese numbering: 第一章, 一、, （一）, 1., 1.1, (1), 1), ①, and a dash."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CHINESE = "零〇○一二三四五六七八九十百"
_NUMBER = f"[{_CHINESE}]{{1,5}}"
_DIGITS = "[0-9０-９]{1,2}"
_OPEN, _CLOSE = "[（(〔【［\\[﹙]", "[）)〕】］\\]﹚]"

# 1.1 公里 and 1.1万 are figures.
_MEASURE = (
    "(?:[万亿兆余多元倍吨亩米斤折]|千[万瓦米克]|百[万分]|公[里顷斤分]|平[方米]|立方|个(?:百分点|月)"
    "|成(?![立效绩果本长])|升(?!级)|克(?!服)|度(?!假)|级|年|小时|天(?!然))"
)
_AFTER_DECIMAL = rf"\s?[、.．]?\s*(?!{_MEASURE})(?=[\u4e00-\u9fa5“《])"

# In the usual order of rank; later kinds are nested in earlier ones.
_KINDS = (
    ("part", rf"第(?P<n0>{_NUMBER}|{_DIGITS})(?:编|篇|部分(?=[\s、:：，]|$))"),
    ("chapter", rf"第(?P<n1>{_NUMBER}|{_DIGITS})章"),
    ("division", rf"第(?P<n2>{_NUMBER}|{_DIGITS})节(?![课目假能水电约日])"),
    ("article", rf"第(?P<n3>{_NUMBER}|[0-9０-９]{{1,4}})条(?:之{_NUMBER})?(?=[\s【（(:：]|$)"),
    ("一、", rf"(?P<n4>{_NUMBER})\s?[、．.，,]"),
    ("（一）", rf"{_OPEN}\s?(?P<n5>{_NUMBER})\s?{_CLOSE}|(?P<n5b>[㈠-㈩])"),
    ("1.", rf"(?P<n6>{_DIGITS})\s?(?:、|[．，.,](?![0-9０-９]))|(?P<n6b>[⒈-⒛])"),
    ("1.1", rf"{_DIGITS}[.．](?P<n7>{_DIGITS}){_AFTER_DECIMAL}"),
    ("1.1.1", rf"(?:{_DIGITS}[.．]){{2}}(?P<n8>{_DIGITS}){_AFTER_DECIMAL}"),
    ("(1)", rf"{_OPEN}\s?(?P<n9>{_DIGITS})\s?{_CLOSE}|(?P<n9b>[⑴-⒇])"),
    ("1)", rf"(?P<n10>{_DIGITS})\s?[）)]"),
    ("①", "(?P<n11>[①-⑳])"),
    ("——", "—{1,3}(?![—\\d])|――"),
)
RANKS = {kind: rank for rank, (kind, _) in enumerate(_KINDS)}
_LABEL = re.compile("|".join(f"(?P<k{rank}>{text})" for rank, (_, text) in enumerate(_KINDS)))

# 一、二、三产业 and 二、三季度 are enumerations: the next number and a counted noun follow.
_ENUMERATION = re.compile(rf"\s*([{_CHINESE}]{{1,2}})(?:、|产|线|季|月|级|类|期|档|审)")
_SINGLES = {
    **{char: number for number, char in enumerate("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", 1)},
    **{chr(0x2488 + n): n + 1 for n in range(20)},
    **{chr(0x2474 + n): n + 1 for n in range(20)},
    **{chr(0x2460 + n): n + 1 for n in range(20)},
}


@dataclass(frozen=True, slots=True)
class HeadingLabel:
    """A numbering label at the start of a line: its kind, its number and its length."""

    kind: str
    number: int
    end: int


def parse_chinese_number(text: str) -> int:
    """Parse 一 as 1, 十二 as 12, 一百零三 and 一〇三 as 103; digits may be full-width."""
    if text.isdecimal():
        return int(text)
    if len(text) > 1 and not set(text) & set("十百"):
        return int("".join(str(max("零一二三四五六七八九".find(char), 0)) for char in text))
    total = current = 0
    for char in text:
        if char in "十百":
            unit = 10 if char == "十" else 100
            total += (current or 1) * unit
            current = 0
        else:
            current = max("零一二三四五六七八九".find(char), 0)
    return total + current


def parse_label(line: str) -> HeadingLabel | None:
    """Return the numbering label at the start of a line, or None."""
    match = _LABEL.match(line)
    if match is None:
        return None
    groups = match.groupdict()
    rank = next(rank for rank in range(len(_KINDS)) if groups[f"k{rank}"] is not None)
    kind = _KINDS[rank][0]
    following = _ENUMERATION.match(line, match.end()) if kind == "一、" else None
    if (
        following
        and parse_chinese_number(following[1]) == parse_chinese_number(match[f"n{rank}"]) + 1
    ):
        return None
    if not line[match.end() :].strip() and kind not in {"part", "chapter", "division", "article"}:
        return None
    text = groups.get(f"n{rank}") or groups.get(f"n{rank}b") or ""
    number = _SINGLES.get(text) or (parse_chinese_number(text) if text else 0)
    return HeadingLabel(kind, number, match.end())
