"""Line-by-line extraction of the facts of a report, with their places in its clean text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from decimal import Context, Decimal
from sys import intern
from typing import TypedDict

from reportsearch.analysis.facts import citations, figure_basis, figure_groups, periods, projects
from reportsearch.analysis.facts.figure_name import FigureName
from reportsearch.analysis.facts.figure_namer import FigureNamer
from reportsearch.analysis.facts.figure_period import LinePeriods, PeriodWords
from reportsearch.analysis.facts.governing_periods import GoverningPeriod, GoverningPeriods
from reportsearch.analysis.facts.lead_words import NO_SPAN
from reportsearch.analysis.facts.numbers import to_number
from reportsearch.analysis.facts.periods import ReportYears, TimeExpression
from reportsearch.analysis.facts.project_mentions import ProjectMention
from reportsearch.analysis.facts.project_states import find_planned_state
from reportsearch.analysis.facts.quantities import QuantityFinder
from reportsearch.analysis.facts.quantity import (
    Quantity,
    find_clause_start,
    find_sentence_start,
)
from reportsearch.analysis.facts.report_lines import ReportLine, iter_report_lines
from reportsearch.analysis.facts.tagged_words import TaggedParagraph, WordTagger, tag_paragraph
from reportsearch.analysis.terms.patterns import build_alternatives, compile_alternatives
from reportsearch.lexicon import Lexicon
from reportsearch.models.facts import Citation, Facts, Indicator, Period, Project
from reportsearch.models.report import Report
from reportsearch.normalise import fold
from reportsearch.structure.heading_labels import parse_label
from reportsearch.tokenizer import Tokenizer

_EXACT_CONTEXT = Context(prec=1_000)
"""More digits of precision than any number that is read."""
_EXISTING_BEFORE = re.compile(
    "(?:尚未|还没|没有|未|已经?|现已)[\u4e00-\u9fff]{1,6}的$|(?:已经?|现已|目前)[\u4e00-\u9fff]{0,8}$"
)
_EXISTING_AFTER = re.compile("(?:尚未|还没|没有|未)[\u4e00-\u9fff]{1,3}的?(?:项目|工程)")
_TARGET_AFTER = re.compile("的?(?:年度)?(?:目标|预期|规划)")
_MISSED_BEFORE = re.compile("(?:离|距离?|未达到?)[^,，。;；]{0,12}$")
"""Precede a target that is not reached: 离90%的目标还差9个百分点."""
_CLAUSE = re.compile("[^,，。;；]{0,200}")
_TOLD = re.compile("已|实际|目前|现有|了[,，]|同比")
"""In a sentence with a plan, means that the rest is told as a result."""
_FORECASTS = frozenset({"预计", "可完成", "可实现", "可达到"})


class _FactLocation(TypedDict):
    report: str
    passage: str
    section: tuple[str, ...]


@dataclass
class _ReportFacts:
    """The facts collected from a report so far."""

    report: Report
    years: ReportYears
    indicators: list[Indicator] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts = [passage.start for passage in self.report.passages]
        self.covered_lengths = periods.find_covered_lengths(fold(self.report.text))
        self._ids = [passage.id for passage in self.report.passages]
        self.governing = GoverningPeriods(self.report, self.years)

    def locate(self, at: int) -> _FactLocation:
        """Return the report, passage and section of a place."""
        number = max(bisect_right(self._starts, at) - 1, 0)
        section = self.report.passages[number].section
        return {"report": self.report.id, "passage": self._ids[number], "section": section}

    def slice_text(self, span: tuple[int, int]) -> str:
        """Return the original text of a span."""
        return self.report.text[slice(*span)]


class FactExtractor:
    """An extractor of facts, based on the word lists; one instance serves many reports."""

    def __init__(self, lexicon: Lexicon, tokenizer: Tokenizer) -> None:
        self._lexicon = lexicon
        self._tokenizer = tokenizer
        self._quantity_finder = QuantityFinder(lexicon.facts)
        self._tagger = WordTagger(lexicon.facts)
        self._figure_namer = FigureNamer(lexicon.facts)
        self._citation_finder = citations.CitationFinder(lexicon.facts)
        self._project_finder = projects.ProjectFinder(lexicon.facts)
        self._group_namer = figure_groups.FigureGroupNamer(
            lexicon.facts, lambda text: [token.text for token in tokenizer.cut(text)]
        )
        plans = build_alternatives(lexicon.facts.plans)
        # Exclude comparisons with a plan: 超计划, 占年度计划的108%, 比预期目标低.
        before, after = "(?<![超占按原度比于照成动养])", "(?![的内外了]|生育|单列|寿命)"
        self._plan_pattern = re.compile(f"{before}(?:{plans}){after}")
        self._task_pattern = compile_alternatives(lexicon.facts.task_leads)
        self._period_words = PeriodWords(lexicon)
        announcements = build_alternatives(lexicon.facts.announcements)
        self._announcement_pattern = re.compile(f"{before}(?:{announcements}){after}")

    def extract(self, report: Report, *, is_draft: bool = False) -> Facts:
        """Return all facts of a report."""
        when = ReportYears.of(report.info)
        found = _ReportFacts(report, when)
        for line in iter_report_lines(report, when, self._lexicon):
            self._extract_line(line, found)
        return Facts(
            report=report.info,
            is_draft=is_draft,
            portfolios=tuple(dict.fromkeys((*report.info.declared, *report.info.portfolios))),
            indicators=tuple(found.indicators),
            citations=tuple(found.citations),
            projects=tuple(found.projects),
            periods=tuple(found.periods),
        )

    def _extract_line(self, line: ReportLine, found: _ReportFacts) -> None:
        governing = found.governing.enter(line)
        words = self._tag_line(line, governing, found)
        line_periods = LinePeriods(
            found.years,
            line.is_plan,
            line.is_review,
            governing,
            found.governing.read(line, words.times),
            self._period_words,
            lambda start, end: found.slice_text(line.to_report_span(start, end)),
        )
        names = self._figure_namer.name_quantities(words)
        before = len(found.indicators)
        for quantity, named in zip(words.quantities, names, strict=True):
            found.indicators.append(
                self._build_indicator(line, words, quantity, named, line_periods, found)
            )
        for document in self._citation_finder.find(words.text):
            start, end = span = line.to_report_span(document.start, document.end)
            title, place = found.slice_text(span), found.locate(start)
            found.citations.append(
                Citation(**place, title=title, action=document.action, start=start, end=end)
            )
        planned = [one for one in found.indicators[before:] if one.is_plan]
        for work in self._project_finder.find(words, is_plan=line.is_plan):
            start, end = span = line.to_report_span(work.start, work.end)
            name = found.slice_text(span) + work.deed
            place = found.locate(start)
            is_planned = any(one.name_start == start for one in planned) or (
                self._is_work_announced(words, work, line_periods)
            )
            state = find_planned_state(work.state, work.verb) if is_planned else work.state
            found.projects.append(
                Project(**place, name=name, state=state, verb=work.verb, start=start, end=end)
            )
        for time in words.times:
            start, end = span = line.to_report_span(time.start, time.end)
            first, last = _format_months(time)
            text, place = found.slice_text(span), found.locate(start)
            found.periods.append(
                Period(**place, text=text, first=first, last=last, start=start, end=end)
            )

    def _tag_line(
        self, line: ReportLine, governing: GoverningPeriod | None, found: _ReportFacts
    ) -> TaggedParagraph:
        """Tag the words of a line and mark its quantities, times and titles."""
        text = line.folded.text
        titles = [match.span() for match in citations.TITLE.finditer(text)]
        times = periods.find_times(
            text,
            found.years,
            is_plan=line.is_plan,
            governing_year=governing.year if governing else 0,
            closed=titles,
            covered=found.covered_lengths,
        )
        closed = [(time.start, time.end) for time in times]
        numbering = parse_label(text)
        if numbering:
            closed.append((0, numbering.end))
        quantities = self._quantity_finder.find(text, closed)
        begin = numbering.end if numbering else 0
        return tag_paragraph(text, quantities, times, titles, self._tagger, self._tokenizer, begin)

    def _build_indicator(
        self,
        line: ReportLine,
        paragraph: TaggedParagraph,
        quantity: Quantity,
        figure_name: FigureName,
        line_periods: LinePeriods,
        found: _ReportFacts,
    ) -> Indicator:
        start, end = span = line.to_report_span(quantity.start, quantity.end)
        name, name_start, name_end = figure_name.text, None, None
        if figure_name.start is not None and figure_name.end is not None:
            name_start, name_end = line.to_report_span(figure_name.start, figure_name.end)
            name = found.slice_text((name_start, name_end))
        elif figure_name.pieces:
            name = "".join(
                found.slice_text(line.to_report_span(*piece)) for piece in figure_name.pieces
            )
        role = figure_basis.find_role(paragraph.text, quantity)
        # What a planned change starts from is there already.
        is_existing = bool(role) or _is_existing(paragraph.text, quantity)
        period, time = line_periods.find(paragraph, quantity, figure_name, is_existing=is_existing)
        first, last = periods.format_month(period.first), periods.format_month(period.last)
        values = (quantity.value, quantity.low, quantity.high)
        base, based = _to_base_unit(quantity)
        return Indicator(
            **found.locate(start),
            # Interned, as thousands of reports use the same words.
            name=intern(name),
            name_start=name_start,
            name_end=name_end,
            verb=intern(figure_name.verb),
            group=intern(self._group_namer.name_group(fold(name), figure_name.verb)),
            wording=found.slice_text(
                line.to_report_span(*_find_clause(paragraph.text, quantity, figure_name))
            ),
            start=start,
            end=end,
            text=found.slice_text(span),
            value=to_number(values[0]),
            low=to_number(values[1]),
            high=to_number(values[2]),
            unit=intern(_find_unit_text(line, quantity, found)),
            base_value=to_number(based[0]),
            base_low=to_number(based[1]),
            base_high=to_number(based[2]),
            base_unit=intern(base),
            masked=quantity.is_masked,
            qualifier=intern(quantity.qualifier),
            change=intern(found.slice_text(line.to_report_span(*figure_name.change)))
            if figure_name.change != NO_SPAN
            else "",
            period=intern(period.text),
            first=intern(first) if first else None,
            last=intern(last) if last else None,
            is_plan=not is_existing and self._is_plan(paragraph, quantity, time, line_periods),
            period_source=period.source,
            span=period.span,
            per=intern(figure_basis.find_per(paragraph.text, quantity)),
            multiplied=figure_basis.find_multiplied(paragraph.text, quantity),
            role=role,
        )

    def _is_plan(
        self,
        paragraph: TaggedParagraph,
        quantity: Quantity,
        time: TimeExpression | None,
        line_periods: LinePeriods,
    ) -> bool:
        """Check whether a figure is a target: its line, its time or words before it say so."""
        text = paragraph.text
        is_dated = time is not None and not time.is_compared
        if line_periods.is_plan:
            return not (is_dated and time and line_periods.is_over(time))
        if is_dated and time and line_periods.is_coming(time):
            return True
        if time is None and line_periods.is_in_coming(quantity.start):
            return True
        return self._is_announced(text, quantity, time, line_periods)

    def _is_work_announced(
        self, paragraph: TaggedParagraph, work: ProjectMention, line_periods: LinePeriods
    ) -> bool:
        """Check whether a work is to come: its time or words before it say so."""
        text, at = paragraph.text, work.start
        rest = _CLAUSE.match(text, work.end)
        end = rest.end() if rest else work.end
        starts = paragraph.time_starts
        behind = paragraph.times[bisect_left(starts, work.end) : bisect_left(starts, end)]
        return (
            line_periods.is_in_coming(at)
            # A水厂今年6月投用
            or any(map(line_periods.is_coming, behind))
            or self._is_held_by_announcement(text, at, at)
            or bool(self._task_pattern.search(text, find_sentence_start(text, at), at))
        )

    def _is_held_by_announcement(self, text: str, at: int, end: int) -> bool:
        """Check for a word such as 力争 that makes plans up to the end of its sentence."""
        sentence = find_sentence_start(text, at)
        return any(
            not _TOLD.search(text, held.end(), end)
            for held in self._announcement_pattern.finditer(text, sentence, end)
        )

    def _is_announced(
        self,
        text: str,
        quantity: Quantity,
        time: TimeExpression | None,
        line_periods: LinePeriods,
    ) -> bool:
        """Check for words of a plan in the clause, or for one that holds for the sentence."""
        number = quantity.number[0]
        if _TARGET_AFTER.match(text, quantity.end) and _MISSED_BEFORE.search(
            text, find_clause_start(text, quantity.start), quantity.start
        ):
            return True
        if self._is_held_by_announcement(text, quantity.start, number):
            return True
        plan = self._plan_pattern.search(text, find_clause_start(text, quantity.start), number)
        if plan is None or plan[0] not in _FORECASTS or time is None or time.is_compared:
            return plan is not None
        if line_periods.is_review and plan[0] == "预计":
            # In a review it is a result that is not yet final: 2022年预计达到4.45万亿元.
            return False
        # A forecast for a period that is over is not a plan, except 预计 in the year that is
        # ending.
        years = line_periods.years
        is_told = time.last is not None and time.last < 12 * (years.about + 1)
        return not is_told or (plan[0] != "预计" and years.this_year == years.about)


def _is_existing(text: str, quantity: Quantity) -> bool:
    """Check whether a number among plans counts existing things: 对未开工的27个项目逐个会诊."""
    before = text[find_clause_start(text, quantity.start) : quantity.start]
    behind = _EXISTING_AFTER.match(text, quantity.end)
    return bool(_EXISTING_BEFORE.search(before) or behind)


def _format_months(time: TimeExpression) -> tuple[str | None, str | None]:
    return periods.format_month(time.first), periods.format_month(time.last)


def _to_base_unit(quantity: Quantity) -> tuple[str, list[Decimal | None]]:
    """Return the measure without 万, 亿 etc., and value, low and high converted to it."""
    factor, base = quantity.factor, quantity.base
    if base == "成":
        factor, base = Decimal(10), "%"
    values = (quantity.value, quantity.low, quantity.high)
    return base, [
        None if value is None else _EXACT_CONTEXT.multiply(value, factor) for value in values
    ]


def _find_unit_text(line: ReportLine, quantity: Quantity, found: _ReportFacts) -> str:
    """Return the unit as written, without a qualifier inside it (1.2万余人)."""
    start, end = quantity.unit
    if line.folded.text[start:end] != quantity.unit_text:
        return quantity.unit_text
    return found.slice_text(line.to_report_span(start, end))


def _find_clause(text: str, quantity: Quantity, figure_name: FigureName) -> tuple[int, int]:
    """Return the span of the clause of a quantity, extended to its name if that follows."""
    begin = find_clause_start(text, quantity.start)
    end = quantity.end if figure_name.is_carried_over else max(quantity.end, figure_name.end or 0)
    return begin, end
