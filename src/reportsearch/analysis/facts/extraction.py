"""The facts of a report, line by line, with their places in its clean text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Context, Decimal
from sys import intern
from typing import TypedDict

from reportsearch.analysis.facts import citations, periods, projects
from reportsearch.analysis.facts import same_figures as groups
from reportsearch.analysis.facts.figure_name import Named
from reportsearch.analysis.facts.figure_names import Names
from reportsearch.analysis.facts.lead_words import NONE
from reportsearch.analysis.facts.lines import ReportLine, report_lines
from reportsearch.analysis.facts.numbers import plain
from reportsearch.analysis.facts.period_scope import how_often, time_of
from reportsearch.analysis.facts.periods import Now, Time
from reportsearch.analysis.facts.quantities import Measures
from reportsearch.analysis.facts.quantity import Quantity, clause_start
from reportsearch.analysis.facts.tagged_words import Kinds, Row, row
from reportsearch.lexicon import Lexicon
from reportsearch.models.facts import Citation, Facts, Indicator, Period, Project
from reportsearch.models.report import GIVEN_IN_ITS_YEAR, Report
from reportsearch.normalise import fold
from reportsearch.structure.heading_labels import label
from reportsearch.tokenizer import Tokenizer

_EXACT = Context(prec=1_000)
"""More digits than a number has that is read."""
_STANDS_BEFORE = re.compile("(?:尚未|还没|没有|未)[\u4e00-\u9fff]{1,6}的$")
_STANDS_BEHIND = re.compile("(?:尚未|还没|没有|未)[\u4e00-\u9fff]{1,3}的?(?:项目|工程)")
_FORECASTS = frozenset({"预计", "可完成", "可实现", "可达到"})


class _Place(TypedDict):
    report: str
    passage: str
    section: tuple[str, ...]


@dataclass
class _Found:
    """The facts of a report so far."""

    report: Report
    when: Now
    indicators: list[Indicator] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts = [passage.start for passage in self.report.passages]
        self.covered = periods.lengths_told(fold(self.report.text))
        self._ids = [passage.id for passage in self.report.passages]

    def place(self, at: int) -> _Place:
        """The report, passage and section of a place."""
        number = max(bisect_right(self._starts, at) - 1, 0)
        section = self.report.passages[number].section
        return {"report": self.report.id, "passage": self._ids[number], "section": section}

    def text(self, span: tuple[int, int]) -> str:
        """A stretch of the report as it stands."""
        return self.report.text[slice(*span)]


class Extraction:
    """Finds the facts of reports by the word lists; made once for many reports."""

    def __init__(self, words: Lexicon, tokenizer: Tokenizer) -> None:
        self._words = words
        self._tokenizer = tokenizer
        self._measures = Measures(words.facts)
        self._kinds = Kinds(words.facts)
        self._names = Names(words.facts)
        self._documents = citations.Documents(words.facts)
        self._works = projects.Projects(words.facts)
        self._groups = groups.Groups(
            words.facts, lambda text: [token.text for token in tokenizer.cut(text)]
        )
        plans = "|".join(map(re.escape, words.facts.plans))
        # Not of what is only set against a plan: 超计划, 占年度计划的108%, 比预期目标低.
        self._plan = re.compile(
            f"(?<![超占按原度比于照])(?:{plans})(?![的内外])" if plans else "(?!)"
        )

    def facts(self, report: Report, *, is_draft: bool = False) -> Facts:
        """All facts of a report."""
        given_in_its_year = report.info.kind == GIVEN_IN_ITS_YEAR
        when = periods.now(report.info.year, given_in_its_year=given_in_its_year)
        found = _Found(report, when)
        for line in report_lines(report, when, self._words):
            self._read(line, found)
        return Facts(
            report=report.info,
            is_draft=is_draft,
            portfolios=tuple(dict.fromkeys((*report.info.declared, *report.info.portfolios))),
            indicators=tuple(found.indicators),
            citations=tuple(found.citations),
            projects=tuple(found.projects),
            periods=tuple(found.periods),
        )

    def _read(self, line: ReportLine, found: _Found) -> None:
        words = self._row(line, found)
        names = self._names.all(words)
        for quantity, named in zip(words.quantities, names, strict=True):
            found.indicators.append(self._indicator(line, words, quantity, named, found))
        for document in self._documents.find(words.text):
            start, end = span = line.span(document.start, document.end)
            title, place = found.text(span), found.place(start)
            found.citations.append(
                Citation(**place, title=title, action=document.action, start=start, end=end)
            )
        for work in self._works.find(words, is_plan=line.is_plan):
            start, end = span = line.span(work.start, work.end)
            name = work.name if work.is_told_before else found.text(span)
            place = found.place(start)
            found.projects.append(
                Project(**place, name=name, state=work.state, verb=work.verb, start=start, end=end)
            )
        for time in words.times:
            start, end = span = line.span(time.start, time.end)
            first, last = _months(time)
            text, place = found.text(span), found.place(start)
            found.periods.append(
                Period(**place, text=text, first=first, last=last, start=start, end=end)
            )

    def _row(self, line: ReportLine, found: _Found) -> Row:
        """The words of a line, with the quantities, times and titles in it."""
        text = line.folded.text
        titles = [match.span() for match in citations.TITLE.finditer(text)]
        times = periods.times(
            text,
            found.when,
            is_plan=line.is_plan,
            opening_year=line.opening_year,
            closed=titles,
            covered=found.covered,
        )
        closed = [(time.start, time.end) for time in times]
        numbering = label(text)
        if numbering:
            closed.append((0, numbering.end))
        quantities = self._measures.find(text, closed)
        return row(text, quantities, times, titles, self._kinds, self._tokenizer)

    def _indicator(
        self, line: ReportLine, words: Row, quantity: Quantity, named: Named, found: _Found
    ) -> Indicator:
        start, end = span = line.span(quantity.start, quantity.end)
        name, name_start, name_end = named.text, None, None
        if named.start is not None and named.end is not None:
            name_start, name_end = line.span(named.start, named.end)
            name = found.text((name_start, name_end))
        elif named.pieces:
            name = "".join(found.text(line.span(*piece)) for piece in named.pieces)
        time = time_of(words, quantity)
        period, first, last = _period(line, words, quantity, named, time, found)
        values = (quantity.value, quantity.low, quantity.high)
        base, based = _in_base(quantity)
        return Indicator(
            **found.place(start),
            # Thousands of reports say the same words: each is kept once.
            name=intern(name),
            name_start=name_start,
            name_end=name_end,
            verb=intern(named.verb),
            group=intern(self._groups.name(fold(name), named.verb)),
            wording=found.text(line.span(*_clause(words.text, quantity, named))),
            start=start,
            end=end,
            text=found.text(span),
            value=plain(values[0]),
            low=plain(values[1]),
            high=plain(values[2]),
            unit=intern(_unit(line, quantity, found)),
            base_value=plain(based[0]),
            base_low=plain(based[1]),
            base_high=plain(based[2]),
            base_unit=intern(base),
            masked=quantity.is_masked,
            qualifier=intern(quantity.qualifier),
            change=intern(found.text(line.span(*named.change))) if named.change != NONE else "",
            period=intern(period),
            first=intern(first) if first else None,
            last=intern(last) if last else None,
            is_plan=not _is_told(words.text, quantity)
            and (line.is_plan or self._is_plan(words, quantity, time, found.when)),
        )

    def _is_plan(self, words: Row, quantity: Quantity, time: Time | None, when: Now) -> bool:
        """Whether a clause of another paragraph says what is to come."""
        coming = time is not None and not time.is_compared and time.first is not None
        if coming and when.about and time and (time.first or 0) >= 12 * (when.about + 1):
            return True
        begin = clause_start(words.text, quantity.start)
        plan = self._plan.search(words.text, begin, quantity.number[0])
        if plan is None or plan[0] not in _FORECASTS or time is None or time.is_compared:
            return plan is not None
        # A forecast of what is over is none; 预计 is said of the year that ends, too.
        is_told = time.last is not None and time.last < 12 * (when.about + 1)
        return not is_told or (plan[0] != "预计" and when.today == when.about)


def _is_told(text: str, quantity: Quantity) -> bool:
    """Whether a number among plans is of what is there: 对未开工的27个项目逐个会诊."""
    before = text[clause_start(text, quantity.start) : quantity.start]
    behind = _STANDS_BEHIND.match(text, quantity.end)
    return bool(_STANDS_BEFORE.search(before) or behind)


def _months(time: Time) -> tuple[str | None, str | None]:
    return periods.month_text(time.first), periods.month_text(time.last)


def _period(
    line: ReportLine,
    words: Row,
    quantity: Quantity,
    named: Named,
    time: Time | None,
    found: _Found,
) -> tuple[str, str | None, str | None]:
    """The time of a quantity as it stands, and its months."""
    if time is not None:
        return found.text(line.span(time.start, time.end)), *_months(time)
    if line.opening_year:
        return f"{line.opening_year}年", f"{line.opening_year}-01", f"{line.opening_year}-12"
    return how_often(words, quantity, is_carried=named.is_carried), None, None


def _in_base(quantity: Quantity) -> tuple[str, list[Decimal | None]]:
    """The measure without 万, 亿 and the like, and value, low and high in it."""
    factor, base = quantity.factor, quantity.base
    if base == "成":
        factor, base = Decimal(10), "%"
    values = (quantity.value, quantity.low, quantity.high)
    return base, [None if value is None else _EXACT.multiply(value, factor) for value in values]


def _unit(line: ReportLine, quantity: Quantity, found: _Found) -> str:
    """The unit as it stands in the report, without a qualifier in its middle (1.2万余人)."""
    start, end = quantity.unit
    if line.folded.text[start:end] != quantity.unit_text:
        return quantity.unit_text
    return found.text(line.span(start, end))


def _clause(text: str, quantity: Quantity, named: Named) -> tuple[int, int]:
    """The clause in which a quantity stands, to its name where that follows."""
    begin = clause_start(text, quantity.start)
    end = quantity.end if named.is_carried else max(quantity.end, named.end or 0)
    return begin, end
