"""The period of a figure, where it is known from, and how the figure covers it.

A time in the sentence comes first (``period_scope.py``), then the period that governs the place
(``governing_periods.py``), then the year reported on. A cumulative figure never takes that year: it
may have run for longer.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reportsearch.analysis.facts.figure_name import FigureName
from reportsearch.analysis.facts.governing_periods import (
    MONTHS_OF_YEAR,
    GoverningPeriod,
    PeriodSwitch,
    begins_after,
)
from reportsearch.analysis.facts.lead_words import NO_SPAN
from reportsearch.analysis.facts.period_scope import find_frequency, find_time
from reportsearch.analysis.facts.periods import YEAR_COUNT, ReportYears, TimeExpression
from reportsearch.analysis.facts.quantity import (
    SHARES,
    Quantity,
    find_clause_start,
    find_sentence_start,
)
from reportsearch.analysis.facts.tagged_words import TaggedParagraph
from reportsearch.analysis.terms.patterns import build_alternatives, compile_alternatives
from reportsearch.lexicon import Lexicon
from reportsearch.models.facts import (
    AT_END,
    CUMULATIVE,
    FROM_REPORT,
    FROM_SECTION,
    FROM_TEXT,
    ONE_YEAR,
    YEARLY,
)

_YEARLY = re.compile(
    "年均(?!浓度|值|降水|降雨|气温|温度|径流|水位)|年平均(?!浓度|气温|降水)"
    "|(?<![人户亩生床个台头件])每年|逐年|年递[增减]"
)
_NEXT_OF_LIST = re.compile(r"[^,，]*[\d%‰万亿]\D{0,3}[、和与及](?:分别)?(?:为|达到?)?")
"""Between 年均增长 and a later figure that shares it: 年均增长6%和8%."""
_TOTAL = "累"
_NUMBER = re.compile(r"[达到为有共约超近]*[\d*]")
"""Follows 累计 if that applies to a single number."""
_CLAUSE_SEPARATOR = re.compile("[;；]")
_SO_FAR = ("以来", "至今")
_OPEN_YEAR = re.compile("今年|本年度?|全年|年内")
"""A year that can be the coming one as well, if the text does not say what year it is on."""
_LONG = re.compile(
    "以来|至今|(?<!一)年多?来|近几?年|多年|任职|到任|履职|上任|[两二三四五六七八九十百\\d]年(?:间|(?:左右|多)?的?时间)?$"
)
"""In words for more than a year, if the months are not known."""


@dataclass(frozen=True, slots=True)
class FigurePeriod:
    """The period of a figure: as written, its months, its source, and how it is covered."""

    text: str = ""
    first: int | None = None
    last: int | None = None
    source: str = ""
    span: str = ""


class PeriodWords:
    """The words of the lists that show how a figure covers its period."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.results = lexicon.facts.results
        self.stocks = compile_alternatives(lexicon.facts.stocks)
        self.cumulative = re.compile(
            build_alternatives(lexicon.figures.spans).replace("n年", f"{YEAR_COUNT}年")
        )


@dataclass(frozen=True, slots=True)
class LinePeriods:
    """What the lines before, and the line itself, say of the period of its figures."""

    years: ReportYears
    is_plan: bool
    is_review: bool
    governing: GoverningPeriod | None
    switches: Sequence[PeriodSwitch]
    words: PeriodWords
    write: Callable[[int, int], str]
    """Returns a span of the folded line as the report writes it."""

    def find(
        self, paragraph: TaggedParagraph, quantity: Quantity, name: FigureName, *, is_existing: bool
    ) -> tuple[FigurePeriod, TimeExpression | None]:
        """Return the period of a figure, and the time in its sentence if there is one.

        ``is_existing`` marks what exists already among plans: 对未开工的27个项目会诊.
        """
        is_target = self.is_plan and not is_existing
        text = paragraph.text
        time = find_time(paragraph, quantity)
        often = ""
        if time is None:
            often = find_frequency(paragraph, quantity, is_carried=name.is_carried_over)
        kind = YEARLY if often == "每年" else self._find_kind(text, quantity, name)
        if time is not None:
            period = FigurePeriod(
                self.write(time.start, time.end), time.first, time.last, FROM_TEXT
            )
            is_of_other = is_existing and self.is_coming(time)
            if not is_of_other and (
                kind != YEARLY or not self._is_within_year(period) or not self.is_over(period)
            ):
                return replace(period, span=self._classify(period, kind)), time
            # In 2021年产值5亿元，年均增长8% the mean is not that of 2021.
        in_a_row = self._find_years_in_a_row(text, quantity.start)
        if kind == CUMULATIVE and time is None and in_a_row is not None:
            return FigurePeriod(self.write(*in_a_row), source=FROM_TEXT, span=CUMULATIVE), None
        period = self._find_governing(quantity.start, kind, is_target=is_target)
        if kind == YEARLY and self._is_within_year(period) and not is_target:
            period = FigurePeriod()
        span = self._classify(period, kind)
        if kind == CUMULATIVE and span == ONE_YEAR:
            span = CUMULATIVE
        return replace(period, text=often or period.text, span=span), time

    def is_coming(self, time: TimeExpression) -> bool:
        """Check whether a time lies ahead; 今年以来 in a report of January does not."""
        has_passed = time.last is None and self.write(time.start, time.end).endswith(_SO_FAR)
        return begins_after(time, self.years) and not has_passed

    def is_over(self, period: FigurePeriod | GoverningPeriod | TimeExpression) -> bool:
        """Check whether a period ends with the reported year at the latest."""
        coming = MONTHS_OF_YEAR * self.years.coming
        return bool(coming and period.last is not None and period.last < coming)

    def is_in_coming(self, at: int) -> bool:
        """Check whether the text around a place speaks of a time to come."""
        governing = self._get_governing(at)
        return governing is not None and begins_after(governing, self.years)

    def _get_governing(self, at: int) -> GoverningPeriod | None:
        number = bisect_right([switch.at for switch in self.switches], at)
        return self.switches[number - 1].period if number else self.governing

    def _find_governing(self, at: int, kind: str, *, is_target: bool) -> FigurePeriod:
        """Return the period of the text around a place, else the year of the report."""
        governing = self._get_governing(at)
        if governing is not None and (
            not self._is_unfit_for_plan(governing)
            if is_target
            else not (self.is_plan and begins_after(governing, self.years))
        ):
            return FigurePeriod(governing.text, governing.first, governing.last, FROM_SECTION)
        year = self.years.coming if is_target else self.years.about
        if not year or kind == CUMULATIVE:
            return FigurePeriod()
        first = year * MONTHS_OF_YEAR
        return FigurePeriod(f"{year}年", first, first + MONTHS_OF_YEAR - 1, FROM_REPORT)

    def _is_unfit_for_plan(self, period: GoverningPeriod) -> bool:
        """Check whether no plan can be of a period: it is over, or runs up to the report."""
        if period.first is None and _OPEN_YEAR.fullmatch(period.text):
            return False
        return self.is_over(period) or (period.last is None and not period.is_ahead)

    def _classify(self, period: FigurePeriod, kind: str) -> str:
        """Return how a figure covers its period, or an empty string if that is unknown."""
        if kind == YEARLY:
            return YEARLY
        if not period.text:
            return kind if kind == CUMULATIVE else ""
        return ONE_YEAR if self._is_within_year(period) else kind or CUMULATIVE

    def _is_within_year(self, period: FigurePeriod) -> bool:
        if period.first is None:
            return period.last is None and bool(period.text) and not _LONG.search(period.text)
        if period.last is None:
            # 今年以来
            return 0 < self.years.about <= period.first // MONTHS_OF_YEAR
        return period.last - period.first < MONTHS_OF_YEAR

    def _find_kind(self, text: str, quantity: Quantity, name: FigureName) -> str:
        """Return YEARLY, CUMULATIVE or AT_END if words say so, else an empty string."""
        clause = find_clause_start(text, quantity.start)
        for found in _YEARLY.finditer(text, clause, quantity.start):
            between = text[found.end() : quantity.start]
            if not re.search(r"\d", between) or _NEXT_OF_LIST.fullmatch(between):
                return YEARLY
        if self._find_cumulative(text, quantity.start, clause):
            return CUMULATIVE
        change = text[slice(*name.change)] if name.change != NO_SPAN else ""
        if change:
            return AT_END if change.endswith(self.words.results) else ""
        is_share = quantity.base in SHARES and not quantity.base.endswith(("点", "倍"))
        is_rate = is_share or "/" in quantity.base
        return AT_END if is_rate or self.words.stocks.search(text, clause, quantity.start) else ""

    def _find_years_in_a_row(self, text: str, at: int) -> tuple[int, int] | None:
        """Return the span of 连续两年 if it applies to a figure."""
        found = self._find_cumulative(text, at, find_clause_start(text, at))
        return next((one.span() for one in found if not one[0].startswith(_TOTAL)), None)

    def _find_cumulative(self, text: str, at: int, clause: int) -> list[re.Match[str]]:
        """Return the words before a figure that make it cumulative, such as 累计 or 连续两年.

        连续两年 applies to its clause, or up to a later 累计. 累计 applies only to the next word if
        that is a number (累计45个), and inside a sentence only up to a semicolon.
        """
        begin = find_sentence_start(text, at)
        kept: list[re.Match[str]] = []
        for found in self.words.cumulative.finditer(text, begin, at):
            between = text[found.end() : at]
            if found[0].startswith(_TOTAL):
                is_inside = not kept and text[begin : found.start()].strip()
                if _NUMBER.match(between) and found.start() < clause:
                    continue
                if is_inside and _CLAUSE_SEPARATOR.search(between):
                    continue
            kept.append(found)
        last = max((one.start() for one in kept if one[0].startswith(_TOTAL)), default=-1)
        return [one for one in kept if one.start() >= clause or one.start() <= last]
