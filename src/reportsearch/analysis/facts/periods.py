"""Time expressions in folded text, and the months they cover."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from reportsearch.analysis.facts.numbers import DIGITS, parse_chinese
from reportsearch.comparable import Span
from reportsearch.models.report import ReportInfo

_YEAR = r"(?:(?:19|20)\d\d|[一二][九〇零○][〇零○一二三四五六七八九]{2})"
_TO = r"\s?(?:[-—–~]{1,2}|至|到)\s?"
_NUMBER = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])[日号]"
_MONTH = rf"{_NUMBER}\s?月份?"
YEAR_COUNT = _COUNT = r"(?:\d{1,2}|[一两二三四五六七八九十]{1,3})"
_QUARTER = r"(?:第?[一二三四1-4]季度|前[两二三]个?季度)"
_PART = r"(?:上半年|下半年|年初|年中|年末|年底|岁末|初|底|末)"
_TAIL = r"(?:上旬|中旬|下旬|初|底|末)"
_EDGE_AFTER = re.compile(
    r"(?:以来|至今|到现在|以前|之前|以后|之后|前(?!三|两|几|十|后|列|期|沿|进|往|来|景|述|提|面|移)"
    r"|起(?!步|来|点|草|始|诉))"
)
_TO_AFTER = re.compile(_TO)
_WITHIN = re.compile("期间|间(?!接|隔|作)")
_MONTHS = re.compile(rf"({_NUMBER})月?份?(?:{_DAY})?(?={_TO}{_MONTH})|({_NUMBER})\s?月")
_BEGINS = re.compile("开始(?=[,，;；。、]|[在实逐执对全正陆施推试])")
_RELATIVE = (
    r"(?:去年|上年(?!均)度?|上一年度?|今年|本年度?|明年|来年|前年|当年|同年|(?<![人班车架航件])次年|翌年|下一?年度?|新的一年|新一年"
    r"|过去的?一年|全年|(?<![\d两几数一二三四五六七八九十])年内|一年来|这一年来?)"
)
_PLAN_OF_FIVE = re.compile(
    r"[“\"]?(?P<nth>[一二三四五六七八九十]{1,2})五[”\"]?(?:规划|计划)?(?P<when>时期|期间|以来|末[期年]?|期末|[头前][一两二三四]年|首年|第[一二三四五]年)?"
)
_OCCASION_OF_PLAN = re.compile("的?(?:收官|开局|起步|最后|关键|承上|决战|攻坚|目标|任务|主要)")
"""Follows “十四五” in what a year is or a task is of, which is not its period."""
_SPAN_OF_YEARS = re.compile(
    rf"(?P<which>近|过去|最近|今后|未来|前|这|此后)(?:的)?(?P<count>{_COUNT})年(?:来|间|里|内|多来|时间)?"
    rf"|(?P<bare>{_COUNT})年(?P<more>多)?来"
    rf"|(?<=用)(?P<taken>{_COUNT})年(?:左右|多)?的?时间"
    rf"|(?<=是)[^。,，;；:：]{{2,30}}的(?P<told>{_COUNT})年(?=[。,，;；])"
)
_REPORTED_LENGTH = re.compile(
    rf"(?:过去(?:的)?|这|[比较]前|本届政府(?:任期)?)(?P<count>{_COUNT})年|(?P<bare>{_COUNT})年来"
)
"""Words that state how many years a report covers: 过去五年, and its comparison 比前五年."""
_COVERED = re.compile(
    rf"(?<![第近前后每头满期续未去今这达来\d一二三四五六七八九十])(?P<covered>{_COUNT})年"
    "(?=(?P<sum>累计|合计|总计|共(?![同产和]))|支出|投入|新增|新设|增长|增加|提高|下降|减少|完成|建成|总体|间|落实|办理)"
)
_IN_A_ROW = re.compile(rf"(?:从|自)?(?P<from>{_YEAR})年(?:开始|起)[,，]?连续(?P<row>{_COUNT})年")
_SINCE = re.compile(
    r"(?<![\w*])(?!今年|去年|本年)(?P<what>(?:到|自|从)?[\u4e00-\u9fff“”《》]{1,12}?)(?P<since>以来)(?!的?新高|源)"
)
_AFTER_TAKING_OFFICE = re.compile(
    r"(?:(?:到|自|从)[\u4e00-\u9fff]{0,6})?(?:任职|履职|上任|到任)"
    rf"(?:以后|之后|后|(?:{_COUNT}|[x×*＊_]{{1,2}})(?:年多?|个多?月)来)"
)
_SINCE_AN_EVENT = re.compile("(?:[^,，。;；:：、\\d]{1,24})以来")
"""Follows a time from which on something holds: 自2018年7月被任命为局长以来."""
_LEADING_WORDS = re.compile("(?:现?[将把就]|是|为|在|总结了?|回顾|根据|汇报|报告)+")
_VAGUE = re.compile(
    r"[“\"]?(?:五一|十一|七一|八一)[”\"]?(?:前后|前夕?|期间|后|假期)|(?:春节|国庆|元旦|清明|端午|中秋|暑假|寒假|暑期|汛期|冬季|夏季|春季|秋季)(?:前后|前夕?|期间|后|假期)|近年来|近几年来?|多年来|一年下来|当月|本月|上个?月|上半年|下半年"
)

_TIME = re.compile(
    rf"(?P<years>{_YEAR}\s?年?{_TO}{_YEAR}\s?年度?)"
    rf"|(?P<year>{_YEAR})\s?年度?\s?(?P<ypart>(?:{_MONTH[:-3]}月?份?(?:{_DAY})?{_TO}{_MONTH}(?:{_DAY})?)|{_MONTH}(?:{_DAY}|{_TAIL})?|{_QUARTER}|{_PART})?"
    rf"|(?P<relative>{_RELATIVE})(?:的(?={_NUMBER}月)|同期)?(?P<rpart>(?:{_NUMBER}月?份?{_TO}{_MONTH})|{_MONTH}(?:{_DAY}|{_TAIL})?|{_QUARTER}|{_PART})?"
    rf"|(?P<months>(?<!\d)(?<!\d[./]){_NUMBER}(?:月份?)?(?:{_DAY})?{_TO}{_MONTH}(?:{_DAY})?)"
    rf"|(?P<month>(?<![个\d.])(?<!\d[-./]){_MONTH}(?!间|球|亮|饼|光|嫂|子|季|票|薪|刊|报|度|革命|之内|内|一)(?:{_DAY}(?:{_TO}{_DAY})?|{_TAIL})?)"
    rf"|(?P<part>上半年|下半年|{_QUARTER}|年初|(?<![\d两几数一二三四五六七八九十])年中(?!无休)|年末|年底)"
)
_YEAR_OF_NAME = re.compile(r"(?:行动|规划|计划|攻坚|纲要|方案|预算|草案)")
_NAME_OF_PLAN = re.compile("[\u4e00-\u9fff]{2,12}(?:规划|纲要)")
"""Follows “十四五” in the name of a plan, which is not a time."""
_COMPARED = re.compile(
    r"(?:比|较|与|同|超过|高于|低于|快于|好于|优于|多于|少于|相较于|恢复到|恢复至|相当于)$"
)
_BASIS = re.compile(
    r"[^,，。;；:：]{0,20}基础上[,，]?[^,，。;；:：、\d]{0,5}?(?:增|提高|提升|上升|上涨|扩大|翻|下降|降低|减|压减)"
)
"""Follows a time that serves only as a comparison: 在去年3亿元的基础上增长5%."""
_SUPERLATIVE = re.compile("(?:以来|来)?(?:同期)?的?(?:最(?![近后终初新])|新高|新低|首次|首个|之最)")
"""Follows a time that serves only as a comparison: 为1985年以来最高."""


@dataclass(frozen=True, slots=True)
class ReportYears:
    """The year a report is about and the year it looks ahead to; 0 if unknown."""

    about: int
    coming: int
    this_year: int
    """The year that 今年 refers to."""

    @classmethod
    def of(cls, info: ReportInfo) -> ReportYears:
        """Return the years of a report."""
        about = info.reported_year
        return cls(about, about + 1, info.year or about) if about else cls(0, 0, 0)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression; ``first`` and ``last`` are month numbers, 12 * year + month - 1.

    ``is_compared`` marks a time that serves only as a comparison: 比上年提高.
    """

    start: int
    end: int
    first: int | None
    last: int | None
    is_compared: bool = False
    is_year: bool = False


def format_month(month: int | None) -> str | None:
    """Format a month number as 2023-01."""
    return None if month is None else f"{month // 12:04}-{month % 12 + 1:02}"


def find_times(
    text: str,
    years: ReportYears,
    *,
    is_plan: bool = False,
    governing_year: int = 0,
    closed: Sequence[Span] = (),
    covered: Collection[int] = (),
) -> list[TimeExpression]:
    """Return the time expressions of a folded paragraph, in text order.

    Bare months belong to the year that governs the paragraph (``governing_year``), or else to that
    of the report; in a paragraph of plans never to an earlier one than the coming. ``covered``
    lists the lengths in years that the report states it covers; if 5 is among them, 五年累计 has
    months.
    """
    found: list[TimeExpression] = []
    default = max(governing_year, years.coming) if is_plan else governing_year or years.about
    year = default
    sentence = 0
    month: int | None = None
    for match, kind in _iter_matches(text, closed):
        if "。" in text[sentence : match.start()]:
            sentence = match.start()
            year = default
        is_covered = kind == "covered" and _parse_count(match["covered"]) in covered
        if kind == "covered" and not (match["sum"] or (years.about and is_covered)):
            continue
        if found and match.start() < found[-1].end:
            # 1月前年: the edge of the previous time overlaps this one.
            continue
        time, named = _parse_time(text, match, kind, years, year, default, month)
        if time is None:
            continue
        if kind == "covered" and not is_covered:
            time = replace(time, first=None, last=None)
        is_compared = _is_compared(text, time)
        found.append(replace(time, is_compared=is_compared))
        if kind == "time" and time.first is not None and time.first == time.last:
            month = time.first
        if not is_compared:
            year = named
    return found


def _is_compared(text: str, time: TimeExpression) -> bool:
    before = text[max(time.start - 3, 0) : time.start]
    return bool(
        _COMPARED.search(before)
        or _SUPERLATIVE.match(text, time.end)
        or (before.endswith("在") and _BASIS.match(text, time.end))
    )


def _iter_matches(text: str, closed: Sequence[Span]) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the matches of all patterns in text order; on overlap the earliest start wins."""
    patterns = (
        (_PLAN_OF_FIVE, "five"),
        (_SPAN_OF_YEARS, "span"),
        (_COVERED, "covered"),
        (_IN_A_ROW, "row"),
        (_TIME, "time"),
        (_VAGUE, "vague"),
        (_AFTER_TAKING_OFFICE, "after"),
        (_SINCE, "since"),
    )
    found = [(match, kind) for pattern, kind in patterns for match in pattern.finditer(text)]
    found.sort(key=lambda entry: (entry[0].start(), -entry[0].end()))
    end = 0
    for match, kind in found:
        if match.start() < end or any(
            start < match.end() and match.start() < last for start, last in closed
        ):
            continue
        if kind == "five" and not (match["when"] or match[0][0] in '“"'):
            continue
        if (
            kind == "five"
            and not match["when"]
            and (
                _NAME_OF_PLAN.match(text, match.end()) or _OCCASION_OF_PLAN.match(text, match.end())
            )
        ):
            continue
        if kind == "time" and _YEAR_OF_NAME.match(text, match.end()) and match["years"]:
            continue
        yield match, kind
        end = match.end()


def _parse_time(
    text: str,
    match: re.Match[str],
    kind: str,
    years: ReportYears,
    year: int,
    default: int,
    month: int | None,
) -> tuple[TimeExpression | None, int]:
    """Return a time, and the year that applies to the rest of the sentence."""
    start, end = match.span()
    if kind == "five":
        return _parse_five_year_plan(match), year
    if kind == "covered":
        return _build_years_until(start, end, years.about, _parse_count(match["covered"])), year
    if kind == "row":
        first = _parse_year(match["from"])
        return _build_years_until(
            start, end, first + _parse_count(match["row"]) - 1, _parse_count(match["row"])
        ), year
    if kind == "span":
        return _parse_year_span(match, years), year
    if kind in {"after", "since"}:
        led = _LEADING_WORDS.match(text, start)
        start = led.end() if led else start
        if kind == "since" and start >= match.start("since"):
            return None, year
        return TimeExpression(start, end, None, None), year
    if kind == "vague":
        if match[0] in {"当月", "本月"}:
            # 当月 is the last month mentioned. Without one it is not a time: 当月就报, 当月就帮.
            return (TimeExpression(start, end, month, month) if month is not None else None), year
        if match[0] in {"上半年", "下半年"} and year:
            first = year * 12 + (0 if match[0][0] == "上" else 6)
            return _extend_to_edge(text, TimeExpression(start, end, first, first + 5)), year
        whole = default if match[0] == "一年下来" else 0
        ends = (whole * 12, whole * 12 + 11) if whole else (None, None)
        return TimeExpression(start, end, *ends), year
    if match["years"]:
        first, last = (_parse_year(part) for part in re.findall(_YEAR, match[0]))
        return _extend_to_edge(
            text, TimeExpression(start, end, first * 12, last * 12 + 11, is_year=True)
        ), last
    if match["year"]:
        year = _parse_year(match["year"])
        return _parse_part_of_year(text, match, match["ypart"], year), year
    if match["relative"]:
        year = _resolve_relative_year(match["relative"], years, year)
        return _parse_part_of_year(text, match, match["rpart"], year), year
    part = match["months"] or match["month"] or match["part"]
    return _parse_part_of_year(text, match, part, year), year


def _parse_part_of_year(
    text: str, match: re.Match[str], part: str | None, year: int
) -> TimeExpression:
    start, end = match.span()
    months = _parse_months(part) if part else (0, 11)
    is_year = not part
    if not year:
        return _extend_to_edge(text, TimeExpression(start, end, None, None, is_year=is_year))
    time = TimeExpression(start, end, year * 12 + months[0], year * 12 + months[1], is_year=is_year)
    return _extend_to_edge(text, time)


def _extend_to_edge(text: str, time: TimeExpression) -> TimeExpression:
    """Extend a time by a following 以来, 至今, 前 or 起."""
    begins = _BEGINS.match(text, time.end) if time.is_year else None
    if begins is not None:
        return replace(time, end=begins.end(), last=None)
    event = _SINCE_AN_EVENT.match(text, time.end)
    if event and text[max(time.start - 1, 0) : time.start] in {"自", "从"}:
        return replace(time, end=event.end(), last=None)
    edge = _EDGE_AFTER.match(text, time.end)
    until = _TO_AFTER.match(text, time.end)
    if edge is None and until and text.startswith(("目前", "现在"), until.end()):
        return replace(time, end=until.end() + 2, last=None)
    if edge is None:
        within = _WITHIN.match(text, time.end)
        return replace(time, end=within.end()) if within and time.is_year else time
    word = edge[0]
    if word in {"以来", "至今", "到现在", "起"}:
        return replace(time, end=edge.end(), last=None)
    if word in {"以后", "之后"}:
        return replace(time, end=edge.end(), first=time.last, last=None)
    if time.is_year:
        # 2017年以前 has no known beginning.
        return replace(time, end=edge.end(), first=None)
    return replace(time, end=edge.end(), first=time.last)


def _parse_months(part: str) -> tuple[int, int]:
    """Return the first and last month of a part of a year, counted from 0."""
    if part[0] == "上":
        return 0, 5
    if part[0] == "下":
        return 6, 11
    if "季度" in part:
        if part[0] == "前":
            return 0, {"两": 5, "二": 5, "三": 8}[part[1]]
        number = part.removeprefix("第")[0]
        quarter = int(number) if number.isdigit() else DIGITS[number]
        return quarter * 3 - 3, quarter * 3 - 1
    numbers = _MONTHS.findall(part)
    if numbers:
        months = [_parse_month(first or second) for first, second in numbers]
        return months[0], months[-1]
    if part.endswith("初"):
        return 0, 0
    return (5, 5) if part.endswith("中") else (11, 11)


def _parse_month(text: str) -> int:
    value = int(text) if text.isdigit() else int(parse_chinese(text) or 1)
    return value - 1


def _parse_year(text: str) -> int:
    return int("".join(str(DIGITS[char]) if char in DIGITS else char for char in text))


def _resolve_relative_year(word: str, years: ReportYears, year: int) -> int:
    """Return the year of 去年, 当年, 全年, ..."""
    if not years.about:
        return 0
    if word.startswith(("去年", "上")):
        return (years.this_year if word.startswith("去") else year) - 1
    if word.startswith(("今年", "本年")):
        return years.this_year
    if word in {"次年", "翌年"}:
        return year + 1
    if word in {"明年", "来年", "新的一年", "新一年"} or word.startswith("下"):
        is_this_year = years.coming == years.this_year
        return years.this_year + 1 if is_this_year else max(years.coming, years.this_year)
    if word == "前年":
        return years.this_year - 2
    if word.startswith(("一年来", "这一年", "过去")):
        return years.about
    # 当年, 同年, 全年, 年内: the last year mentioned.
    return year


def _parse_year_span(match: re.Match[str], years: ReportYears) -> TimeExpression | None:
    """Parse a span of years: 近三年, 过去五年, 今后五年, 五年来, 用3年时间."""
    written = match["count"] or match["bare"] or match["taken"] or match["told"]
    number = _parse_count(written)
    if not number or (match["told"] and number == 1):
        return None
    start, end = match.span()
    start = match.start("told") if match["told"] else start
    if match["which"] == "前":
        return None
    if match["taken"] or not years.about:
        return TimeExpression(start, end, None, None)
    if match["which"] in {"今后", "未来", "此后"}:
        first = years.about + 1
        return TimeExpression(start, end, first * 12, (first + number - 1) * 12 + 11)
    time = _build_years_until(start, end, years.about, number)
    return replace(time, first=None) if match["more"] else time


def find_covered_lengths(text: str) -> frozenset[int]:
    """Return the lengths in years that a folded report states it covers: 过去五年, 三年来."""
    return frozenset(
        _parse_count(one["count"] or one["bare"]) for one in _REPORTED_LENGTH.finditer(text)
    )


def _parse_count(written: str) -> int:
    return int(written) if written.isdigit() else int(parse_chinese(written) or 0)


def _build_years_until(start: int, end: int, last: int, number: int) -> TimeExpression:
    """Build the time of ``number`` years ending with ``last``."""
    return TimeExpression(start, end, (last - number + 1) * 12, last * 12 + 11)


def _parse_five_year_plan(match: re.Match[str]) -> TimeExpression | None:
    """Parse “十四五”时期 etc.; the first plan ran from 1953 to 1957, the third began in 1966."""
    number = int(parse_chinese(match["nth"]) or 0)
    first = {1: 1953, 2: 1958}.get(number, 1951 + 5 * number)
    if not number or not 1953 <= first <= 2100:
        return None
    start, end = match.span()
    word = match["when"] or ""
    last: int | None = (first + 4) * 12 + 11
    begin: int | None = first * 12
    if word == "以来":
        last = None
    elif word.startswith(("末", "期末")):
        begin = last
    elif word == "首年" or word.startswith(("头", "前", "第")):
        number = 1 if word == "首年" else DIGITS[word[1]]
        last = (first + number - 1) * 12 + 11
        begin = last - 11 if word[0] == "第" else begin
    return TimeExpression(start, end, begin, last)
