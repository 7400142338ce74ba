"""The period that a heading or a leading sentence gives to the figures after it.

五年来， holds from where it leads a sentence to the end of its section, and a heading such as
2025年工作回顾 for its section. A leading sentence replaces an earlier one of the same section. A
year other than the reported one holds for its paragraph only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from reportsearch.analysis.facts.periods import ReportYears, TimeExpression
from reportsearch.analysis.facts.quantity import find_sentence_start
from reportsearch.analysis.facts.report_lines import ReportLine
from reportsearch.models.report import Report, Section
from reportsearch.structure.heading_labels import parse_label

MONTHS_OF_YEAR = 12
_MIN_MONTHS = 5
"""A period that leads a section lasts at least this many months."""
_BEFORE = re.compile(
    r"[\W_]*(?:各位[\u4e00-\u9fff]{2,6}[,，!！:：])?(?:(?:回顾|回首|回望|总结|纵观|综观|刚刚|即将|过去的?|走过的?|这是?|在|自从?|从|到|至|我们?|本人|的)[,，]?)*"
)
"""Precedes a period that leads its sentence."""
_IS_OF = re.compile(r"[\W_]*这(?:一?[年段]时期)?是[^,，。;；]{2,30}的")
_AFTER = re.compile(
    "[,，:：]|是|我|本人|全[\u4e00-\u9fff]{1,3}[,，]|的?(?:打算|计划|工作|安排|思路|目标|重点|预期)|$"
)
_LEADING_END = re.compile("(?:来|以来|期间|时期|之?后|一年)$")
_ANNOUNCES = re.compile("(?:将|就|对|把|按照?|围绕)[^。,，;；]{0,12}$")
_ANNOUNCED = re.compile("[^。;；]{0,40}(?:报告|汇报|述职|总结|回顾)")
_JUST_OVER = re.compile("过去的?$")
_DIGIT = re.compile(r"\d")
_AHEAD = re.compile("明年|来年|今后|未来|下一?年|下半年|新的?一年|[次翌]年")
_PLAIN_YEAR = re.compile(r"\d{4}年$|全年$")
_WHOLE_YEAR = "全年"
"""At the beginning of a sentence, holds up to the end of its paragraph, whatever follows it."""


@dataclass(frozen=True, slots=True)
class GoverningPeriod:
    """A period as written, and its first and last month if known."""

    text: str
    first: int | None
    last: int | None
    in_heading: bool = False

    @property
    def is_ahead(self) -> bool:
        """Return whether its words look ahead: 明年."""
        return bool(_AHEAD.search(self.text))

    @property
    def year(self) -> int:
        """Return the year that it lies in, 0 if it is longer or unknown."""
        if self.first is None or self.last is None or self.is_longer_than_year:
            return 0
        return self.last // MONTHS_OF_YEAR

    @property
    def is_longer_than_year(self) -> bool:
        """Return whether it covers more than a year, or no one knows how much."""
        if self.first is None or self.last is None:
            return True
        return self.last - self.first >= MONTHS_OF_YEAR


@dataclass(frozen=True, slots=True)
class PeriodSwitch:
    """A place in a line from which on a period governs."""

    at: int
    period: GoverningPeriod


class GoverningPeriods:
    """The periods that govern the lines of a report, which are read in text order."""

    def __init__(self, report: Report, years: ReportYears) -> None:
        self._report = report
        self._years = years
        self._starts = [section.start for section in report.sections]
        self._held: list[tuple[int, GoverningPeriod]] = []
        """Ends of sections with the period that holds until there, outermost first."""

    def enter(self, line: ReportLine) -> GoverningPeriod | None:
        """Return the period that governs the beginning of a line."""
        while self._held and self._held[-1][0] <= line.start:
            self._held.pop()
        period = self._held[-1][1] if self._held else None
        if period and period.in_heading and not line.is_plan and begins_after(period, self._years):
            # 不足和2024年打算: the weaknesses are not those of the coming year.
            return None
        return period

    def read(self, line: ReportLine, times: Sequence[TimeExpression]) -> list[PeriodSwitch]:
        """Return where other periods begin to govern in a line, and keep those that go on."""
        text = line.folded.text
        numbering = parse_label(text)
        begin = numbering.end if numbering else 0
        found: list[PeriodSwitch] = []
        for time in times:
            place = line.to_report_span(time.start, time.end)[0]
            section = self._find_section(place)
            in_heading = section is not None and place < section.heading_end
            if not self._can_govern(time) or not (
                (in_heading and not found) or self._leads(text, time, begin)
            ):
                continue
            span = line.to_report_span(time.start, time.end)
            period = GoverningPeriod(
                self._report.text[slice(*span)], time.first, time.last, in_heading
            )
            held = self._held[-1][1] if self._held else None
            is_passing = not in_heading and find_sentence_start(text, time.start) > begin
            if (
                is_passing
                and _PLAIN_YEAR.fullmatch(text[time.start : time.end])
                and not _JUST_OVER.search(text[max(time.start - 3, 0) : time.start])
                and held is not None
                and held.is_longer_than_year
            ):
                # 2021年, in a report on five years holds for its own sentence.
                continue
            if held is not None and _says_more_exactly(held, period):
                continue
            if not line.is_plan and period.first is None and period.is_ahead:
                # 明年 in a table of contents, or in a sentence about something else.
                continue
            found.append(PeriodSwitch(time.start, period))
            if in_heading or (period.text != _WHOLE_YEAR and self._goes_on(time)):
                self._hold(section.end if section else len(self._report.text), period)
        return found

    def _hold(self, end: int, period: GoverningPeriod) -> None:
        while self._held and self._held[-1][0] <= end:
            self._held.pop()
        self._held.append((end, period))

    def _find_section(self, at: int) -> Section | None:
        """Return the innermost section around a place."""
        number: int | None = bisect_right(self._starts, at) - 1
        while number is not None and number >= 0:
            section = self._report.sections[number]
            if at < section.end:
                return section
            number = section.parent
        return None

    def _can_govern(self, time: TimeExpression) -> bool:
        if time.is_compared:
            return False
        if time.first is None or time.last is None:
            return True
        return time.last - time.first >= _MIN_MONTHS - 1

    def _leads(self, text: str, time: TimeExpression, begin: int) -> bool:
        """Check whether a time leads its sentence, or is that of the whole report."""
        sentence = max(find_sentence_start(text, time.start), begin)
        before = text[sentence : time.start]
        words = text[time.start : time.end]
        if _IS_OF.fullmatch(before):
            return True
        if _BEFORE.fullmatch(before):
            return bool(
                _AFTER.match(text, time.end) or _LEADING_END.search(words) or words == _WHOLE_YEAR
            )
        return bool(_ANNOUNCES.search(before) and _ANNOUNCED.match(text, time.end))

    def _goes_on(self, time: TimeExpression) -> bool:
        """Check whether a time of a leading sentence holds for the paragraphs after it, too."""
        if time.first is None or time.last is None or not self._years.about:
            return True
        if time.last - time.first >= MONTHS_OF_YEAR:
            return True
        return time.last // MONTHS_OF_YEAR in {self._years.about, self._years.coming}


def _says_more_exactly(period: GoverningPeriod, other: GoverningPeriod) -> bool:
    """Check whether a period is written with its year, and another is the same without: 一年来."""
    is_same = period.first is not None and (period.first, period.last) == (other.first, other.last)
    return is_same and bool(_DIGIT.search(period.text)) and not _DIGIT.search(other.text)


def begins_after(period: GoverningPeriod | TimeExpression, years: ReportYears) -> bool:
    """Check whether a time begins after the reported year."""
    coming = MONTHS_OF_YEAR * years.coming
    return bool(coming and period.first is not None and period.first >= coming)
