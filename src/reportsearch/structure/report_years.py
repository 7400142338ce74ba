"""The year that a report calls itself by, the date on which it was given, and the year reported on.

A duty report of January 2026 is on 2025 and is called by it. A 政府工作报告 of January 2026
is that of 2026 and reports on 2025. A year of appointment (2018年7月被任命) or one in 2022年以来
is neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportsearch.errors import Message
from reportsearch.models.report import GOVERNMENT_WORK_REPORT
from reportsearch.normalise import NormalisedText, normalise
from reportsearch.structure.dates import find_date, find_year

_STATED = re.compile(
    r"(?<![自于从到\d])(?P<year>(?:19|20)\d{2})\s*年度?(?!以来)"
    r"(?:[^。；\n]{0,12}?(?:履职|述职|工作|任职|履行职责|情况)[^。\n]{0,16}?(?:报告|汇报|述职|总结|如下))"
)
_SENTENCE_START = re.compile(r"(?:^|[。\n:：])\s{0,20}(?P<year>(?:19|20)\d{2})\s*年度?[，,]")
_REVIEW = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*年(?:度|和|及|与|以及|、)*(?:“?[一二]?十[一二三四五六七八九]?五”?(?:时期|期间)?)?"
    r"(?:全市|全县|全省|全区|政府|国内|主要|重点|各项|经济社会发展|的)*工作(?:的)?(?:简要)?(?:回顾|总结|完成情况|情况)"
    r"|(?:过去的?|回顾|回首)(?P<past>(?:19|20)\d{2})\s*年(?!以来|至)"
)
_REVIEW_HEADING = re.compile(
    r"^\W{0,10}(?:[一二三四五六七八九十]{1,3}[、，.．]|[（(][一二三四五六七八九十]{1,3}[）)])?\s{0,4}"
    r"(?P<year>[12１２]\d{3})\s*年[^，。；：\n\d]{0,16}?(?:回顾|总结|完成情况)\s*$",
    re.MULTILINE,
)
_PLAN_REVIEW = re.compile(
    "“?(?P<plan>十[一二三四五六七])五”?(?:时期|期间)?(?:的)?[^。\n]{0,12}(?:回顾|成就|总结|成绩)"
)
_PLANS = {
    "十": 2005,
    "十一": 2010,
    "十二": 2015,
    "十三": 2020,
    "十四": 2025,
    "十五": 2030,
    "十六": 2035,
}
_SIGNED = re.compile("(?:述职|报告|汇报|述廉)人[:：]")
_MASKED_YEAR = re.compile(r"(?:[12二][\d零〇]{1,2})?[xXｘＸ×*＊_＿○]{1,4}\s*年")
_OF_PAGE = re.compile("(?:上传|发布|发表|更新|录入)(?:时间|日期)|下载")
"""Marks of a line that a web page added: its date is not the report's."""
_TODAY = re.compile("今天是")
_END_CHARS = 200
_REVIEW_CHARS = 4_000
_FIRST_MONTHS = 5
"""A report given in these months is mostly on the year before."""
_AUTUMN = 10
"""A 政府工作报告 given from this month on is mostly on the year itself."""


@dataclass(frozen=True, slots=True)
class Source:
    """A part of a report, or the name of its file, from which metadata is read."""

    text: str
    origin: str = "text"


@dataclass(slots=True)
class ReportYears:
    """The years of a report, and how each is known."""

    year: int | None = None
    date: str | None = None
    reported_year: int | None = None
    origin: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    inferred: set[str] = field(default_factory=set)
    doubts: dict[str, str] = field(default_factory=dict)


def find_report_years(
    text: str,
    title: Source,
    block: Sequence[str],
    opening: str,
    foot: Sequence[str],
    *,
    name: str,
    kind: str,
    published: str | None,
    given: int | None,
) -> ReportYears:
    """Return the years of a report.

    ``block`` are the lines at its head, ``opening`` its first sentences, ``foot`` its last lines,
    ``published`` the date that a web page gives, and ``given`` the year that the user states.
    """
    found = ReportYears()
    _find_date(found, title, block, opening, (*foot, text[-_END_CHARS:]), published)
    _find_year(found, title, block, opening, name, kind)
    if found.year is None:
        # The day of publication tells no year of a text whose years are masked.
        is_masked = bool(_MASKED_YEAR.search(text, 0, _REVIEW_CHARS))
        _infer_year(found, kind, of_page=is_masked and found.words.get("date") == published)
    _find_reported_year(found, text, kind, given)
    return found


def _find_date(
    found: ReportYears,
    title: Source,
    block: Sequence[str],
    opening: str,
    foot: Sequence[str],
    published: str | None,
) -> None:
    said = [opening[match.start() :][:20] for match in _TODAY.finditer(opening)]
    signed = [line[match.start() :] for line in foot for match in _SIGNED.finditer(line)]
    of_report = [line for line in block if not _OF_PAGE.search(line)]
    for line in (*of_report, *reversed(foot[:-1]), *signed, *said, *block, published or ""):
        date = find_date(line)
        # 2023年1至6月 in a title is no date; that of a meeting is one.
        if date and (line != title.text or ("会议" in line and len(date) == len("2023-01-01"))):
            found.date, found.words["date"] = date, line.strip()
            return


def _find_year(
    found: ReportYears, title: Source, block: Sequence[str], opening: str, name: str, kind: str
) -> None:
    in_block = [Source(line) for line in block if line != title.text and not find_date(line)]
    stated = _find_stated_year(opening)
    for source in (title, *in_block):
        year = find_year(source.text)
        if year:
            found.year, found.origin["year"] = year, source.origin
            found.words["year"] = source.text
            if stated and stated[0] != year and kind != GOVERNMENT_WORK_REPORT:
                found.doubts["year"] = _say_contradicting(year, source.text, *stated)
            return
    if stated and kind != GOVERNMENT_WORK_REPORT:
        found.year, found.words["year"] = stated
        return
    year = find_year(name)
    if year:
        found.year, found.origin["year"], found.words["year"] = year, "name", name


def _say_contradicting(year: int, words: str, other: int, other_words: str) -> Message:
    return Message(
        "{year} according to {words!r}, {other} according to {other_words!r}",
        year=year,
        words=words,
        other=other,
        other_words=other_words,
    )


def _find_stated_year(opening: str) -> tuple[int, str] | None:
    folded = normalise(opening)
    match = _STATED.search(folded.text) or _SENTENCE_START.search(folded.text)
    return (int(match["year"]), _quote(opening, folded, match)) if match else None


def _quote(text: str, folded: NormalisedText, match: re.Match[str]) -> str:
    """Return the words of the original text that were matched in the folded one."""
    start, end = folded.map_to_original(*match.span())
    return text[start:end].strip("。，,\n ")


def _infer_year(found: ReportYears, kind: str, *, of_page: bool) -> None:
    """Infer the year from the date, unless only the page gives it and the text masks its years."""
    if found.date is None or of_page:
        found.doubts["year"] = Message("the year is not in the title, opening, file name or a date")
        return
    year, month = int(found.date[:4]), int(found.date[5:7] or 12)
    if month <= _FIRST_MONTHS and kind != GOVERNMENT_WORK_REPORT:
        year -= 1
    found.year, found.words["year"] = year, found.words["date"]
    found.inferred.add("year")
    found.doubts["year"] = Message(
        "{year} is only inferred from the date {date}", year=year, date=found.date
    )


def _find_reported_year(found: ReportYears, text: str, kind: str, given: int | None) -> None:
    year = given or found.year
    if kind != GOVERNMENT_WORK_REPORT:
        found.reported_year = year
        if year is None:
            _read_review_heading(found, text)
            return
        if given:
            return
        _follow_year(found)
        if "year" in found.inferred:
            found.inferred.add("reported_year")
        return
    other = None
    beginning = text[:_REVIEW_CHARS]
    folded = normalise(beginning)
    for match in _REVIEW.finditer(folded.text):
        reviewed = int(match["year"] or match["past"])
        if year is None or year - 1 <= reviewed <= year:
            found.reported_year = reviewed
            found.words["reported_year"] = _quote(beginning, folded, match)
            return
        other = other or (reviewed, _quote(beginning, folded, match))
    if other and year and not given:
        found.doubts["year"] = _say_contradicting(year, found.words.get("year", ""), *other)
    plan = _PLAN_REVIEW.search(text[:_REVIEW_CHARS])
    if year is None:
        if plan:
            found.reported_year = _PLANS[plan["plan"]]
            found.words["reported_year"] = plan[0]
            found.inferred.add("reported_year")
        return
    month = int(found.date[5:7] or 1) if found.date and found.date[:4] == str(year) else 1
    found.reported_year = year if month >= _AUTUMN else year - 1
    found.inferred.add("reported_year")
    if "year" in found.words and not given:
        _follow_year(found)


def _read_review_heading(found: ReportYears, text: str) -> None:
    """Take the year that a text without title reviews from its first such heading."""
    match = _REVIEW_HEADING.search(text, 0, _REVIEW_CHARS)
    if match:
        found.reported_year = int(normalise(match["year"]).text)
        found.words["reported_year"] = match[0].strip()


def _follow_year(found: ReportYears) -> None:
    """Say that the year reported on comes from where the year does."""
    found.words["reported_year"] = found.words["year"]
    if "year" in found.origin:
        found.origin["reported_year"] = found.origin["year"]
