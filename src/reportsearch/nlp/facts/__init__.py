"""The facts of a report: figures, documents, projects and times; pure functions of its text.

``numbers.py`` reads numerals, ``quantities.py`` adds their measures, ``periods.py`` finds times, ``words.py``
cuts a paragraph into words, of which ``names.py`` takes what a quantity belongs to;
``citations.py`` and ``projects.py`` find documents and works, ``groups.py`` tells which figures are
the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reportsearch.lexicon import Lexicon
from reportsearch.models import Citation, Facts, Indicator, Period, Project, Report
from reportsearch.nlp.facts import citations, groups, periods, projects
from reportsearch.nlp.facts.named import Named
from reportsearch.nlp.facts.names import Names
from reportsearch.nlp.facts.numbers import plain
from reportsearch.nlp.facts.periods import Now, Time
from reportsearch.nlp.facts.quantities import Measures, Quantity
from reportsearch.nlp.facts.words import Kinds, Row, row
from reportsearch.normalise import Normalised, fold, normalise
from reportsearch.structure.closing import passages_of
from reportsearch.structure.labels import label
from reportsearch.structure.plans import plan_sections, plans
from reportsearch.structure.sections import lines_of
from reportsearch.tokens import Tokenizer

_GIVEN_IN_ITS_YEAR = "政府工作报告"
_WEAKNESSES = re.compile("不足|问题|短处|短板|差距|反思|困难|薄弱")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the report: its folded text, its place, and whether it says what is to come."""

    folded: Normalised
    start: int
    is_plan: bool
    opening_year: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the folded line in the report."""
        first, last = self.folded.original(start, end)
        return self.start + first, self.start + last


class Extraction:
    """Finds the facts of reports by the word lists; made once for many reports."""

    def __init__(self, words: Lexicon, tokenizer: Tokenizer) -> None:
        self._words = words
        self._tokenizer = tokenizer
        self._measures = Measures(words.facts)
        self._kinds = Kinds(words.facts)
        self._names = Names(words.facts)
        self._documents = citations.Documents(words.facts)
        self._works = projects.Works(words.facts)
        self._groups = groups.Groups(words.facts)
        self._plan = re.compile("|".join(map(re.escape, words.facts.plans)))

    def facts(self, report: Report, *, is_draft: bool = False) -> Facts:
        """All facts of a report."""
        found = _Found(report)
        when = periods.now(
            report.info.year, given_in_its_year=report.info.kind == _GIVEN_IN_ITS_YEAR
        )
        for line in self._lines(report, when):
            self._read(line, when, found)
        return Facts(
            report=report.info,
            is_draft=is_draft,
            portfolios=tuple(dict.fromkeys((*report.info.declared, *report.info.portfolios))),
            indicators=tuple(found.indicators),
            citations=tuple(found.citations),
            projects=tuple(found.projects),
            periods=tuple(found.periods),
        )

    def _lines(self, report: Report, when: Now) -> Iterator[_Line]:
        """The lines without those of the title and the signature."""
        passages = passages_of(report)
        if not passages:
            return
        begin = _body_start(report)
        end = passages[-1].end
        coming = [
            _without_weaknesses(report, number, when)
            for number in plan_sections(report, self._words)
        ]
        inside_any = [
            (report.sections[n].start, report.sections[n].end)
            for n in plan_sections(report, self._words)
        ]
        promised = [
            (one.start, one.end)
            for one in plans(report, self._words)
            if not any(first <= one.start < last for first, last in inside_any)
        ]
        year = 0
        for line in lines_of(report.text):
            if not begin <= line.start < end:
                continue
            inside = any(first <= line.start < last for first, last in coming)
            is_plan = inside or any(first <= line.start < last for first, last in promised)
            if not is_plan:
                year = 0
            found = _YEAR.search(fold(line.text[:40])) if is_plan else None
            if found and int(found[0]) in {when.coming, when.today}:
                year = int(found[0])
            yield _Line(_marked(line.text), line.start, is_plan, year)

    def _read(self, line: _Line, when: Now, found: _Found) -> None:
        text = line.folded.text
        titles = [match.span() for match in citations.TITLE.finditer(text)]
        times = periods.times(
            text, when, is_plan=line.is_plan, opening_year=line.opening_year, closed=titles
        )
        numbering = label(text)
        closed = [(time.start, time.end) for time in times]
        if numbering:
            closed.append((0, numbering.end))
        quantities = self._measures.find(text, closed)
        words = row(text, quantities, times, titles, self._kinds, self._tokenizer)
        for number, (quantity, named) in enumerate(
            zip(quantities, self._names.all(words), strict=True)
        ):
            found.indicators.append(
                self._indicator(line, words, number, quantity, named, when, found)
            )
        for document in self._documents.find(text):
            start, end = line.span(document.start, document.end)
            found.citations.append(
                Citation(
                    **found.place(start),
                    title=found.report.text[start:end],
                    action=document.action,
                    start=start,
                    end=end,
                )
            )
        for work in self._works.find(words, is_plan=line.is_plan):
            start, end = line.span(work.start, work.end)
            found.projects.append(
                Project(
                    **found.place(start),
                    name=work.name
                    if work.name != text[work.start : work.end]
                    else found.report.text[start:end],
                    state=work.state,
                    verb=work.verb,
                    start=start,
                    end=end,
                )
            )
        for time in times:
            start, end = line.span(time.start, time.end)
            found.periods.append(
                Period(
                    **found.place(start),
                    text=found.report.text[start:end],
                    first=periods.month_text(time.first),
                    last=periods.month_text(time.last),
                    start=start,
                    end=end,
                )
            )

    def _indicator(
        self,
        line: _Line,
        words: Row,
        number: int,
        quantity: Quantity,
        named: Named,
        when: Now,
        found: _Found,
    ) -> Indicator:
        original = found.report.text
        start, end = line.span(quantity.start, quantity.end)
        name, name_start, name_end = named.text, None, None
        if named.start is not None and named.end is not None:
            name_start, name_end = line.span(named.start, named.end)
            name = original[name_start:name_end]
        change = line.span(*named.change) if named.change != (0, 0) else (0, 0)
        time = _time_of(words, quantity)
        period, first, last = "", None, None
        if time is not None:
            period = original[slice(*line.span(time.start, time.end))]
            first, last = periods.month_text(time.first), periods.month_text(time.last)
        elif line.opening_year:
            period = f"{line.opening_year}年"
            first, last = f"{line.opening_year}-01", f"{line.opening_year}-12"
        else:
            period = _how_often(words, quantity)
        factor, base = quantity.factor, quantity.base
        if base == "成":
            factor, base = Decimal(10), "%"
        values = (quantity.value, quantity.low, quantity.high)
        based = [None if value is None else value * factor for value in values]
        unit = "".join(_unit_text(original, line, quantity))
        return Indicator(
            **found.place(start),
            name=name,
            name_start=name_start,
            name_end=name_end,
            verb=named.verb,
            group=self._groups.name(fold(name), named.verb),
            wording=original[slice(*line.span(*_clause(words.text, quantity, named)))],
            start=start,
            end=end,
            text=original[start:end],
            value=plain(values[0]),
            low=plain(values[1]),
            high=plain(values[2]),
            unit=unit,
            base_value=plain(based[0]),
            base_low=plain(based[1]),
            base_high=plain(based[2]),
            base_unit=base,
            masked=quantity.is_masked,
            qualifier=quantity.qualifier,
            change=original[slice(*change)],
            period=period,
            first=first,
            last=last,
            is_plan=line.is_plan or self._is_plan(words, quantity, time, when),
        )

    def _is_plan(self, words: Row, quantity: Quantity, time: Time | None, when: Now) -> bool:
        """Whether a clause of another paragraph says what is to come."""
        if time is not None and when.about and time.first is not None:
            if time.first >= 12 * (when.about + 1) and not time.is_compared:
                return True
        begin = max(words.text.rfind(mark, 0, quantity.start) for mark in ",，;；。:：") + 1
        return self._plan.search(words.text, begin, quantity.start) is not None


class _Found:
    """The facts of a report so far, and where in it a place lies."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.indicators: list[Indicator] = []
        self.citations: list[Citation] = []
        self.projects: list[Project] = []
        self.periods: list[Period] = []
        self._starts = [passage.start for passage in report.passages]

    def place(self, at: int) -> dict[str, object]:
        """The report, passage and section of a place."""
        passage = self.report.passages[max(bisect_right(self._starts, at) - 1, 0)]
        return {"report": self.report.id, "passage": passage.id, "section": passage.section}


def _marked(line: str) -> Normalised:
    """A folded line in which a full-width comma is no separator of thousands."""
    folded = normalise(line)
    offsets = folded.offsets
    chars = list(folded.text)
    for at, char in enumerate(chars):
        if char == "," and line[at if offsets is None else offsets[at]] == "，":
            chars[at] = "，"
    return Normalised("".join(chars), offsets)


def _body_start(report: Report) -> int:
    """Where the title block ends: the lines before the first passage's paragraph but its headings."""
    first = report.passages[0]
    heads = [section.start for section in report.sections if section.start < first.end]
    body = first.start + first.text.rfind("\n") + 1
    return min([body, *heads])


def _without_weaknesses(report: Report, number: int, when: Now) -> tuple[int, int]:
    """The span of a section of plans; where it has weaknesses, too, from where it looks ahead."""
    section = report.sections[number]
    if not _WEAKNESSES.search(fold(section.heading)):
        return section.start, section.end
    ahead = re.compile(rf"{when.coming or '明'}年|下一步|下步|今后|明年|来年|接下来|新的一年|将")
    for line in lines_of(report.text):
        if section.heading_end <= line.start < section.end and ahead.search(fold(line.text[:30])):
            return line.start, section.end
    return section.end, section.end


def _clause(text: str, quantity: Quantity, named: Named) -> tuple[int, int]:
    """The clause of a quantity, from its name on where that stands further up, to its name."""
    begin = max(text.rfind(mark, 0, quantity.start) for mark in ",，;；。:：!?！？\n") + 1
    end = max(quantity.end, named.end or 0) if not named.is_carried else quantity.end
    return begin, end


def _unit_text(original: str, line: _Line, quantity: Quantity) -> Iterator[str]:
    """The unit as it stands in the report, without a qualifier in its middle (1.2万余人)."""
    start, end = quantity.unit
    if line.folded.text[start:end] == quantity.unit_text:
        yield original[slice(*line.span(start, end))]
    else:
        yield quantity.unit_text


def _time_of(words: Row, quantity: Quantity) -> Time | None:
    """The time that applies to a quantity: the nearest before it that reaches so far."""
    text = words.text
    sentence = text.rfind("。", 0, quantity.start) + 1
    for time in reversed(words.times):
        if not sentence <= time.start < quantity.start or time.is_compared:
            continue
        between = text[time.end : quantity.start]
        if between in {"", "的"}:
            # 由上年的19人降到6人: it is the time of this number; but not of 2019年的1.3倍.
            if quantity.base != "倍":
                return time
        elif not _is_of_another(words, time) and _reaches(text, time, sentence, between):
            return time
    return None


def _is_of_another(words: Row, time: Time) -> bool:
    """Whether it is only the time of the number behind it: 由上年的19人."""
    return any(words.text[time.end : one.start] == "的" for one in words.quantities)


def _reaches(text: str, time: Time, sentence: int, between: str) -> bool:
    """Whether a time still holds after some text: a year to the end of its sentence.

    What is shorter than a year holds for its sentence or part of it where it begins that, else for
    its clause.
    """
    if time.is_year or time.first is None or time.last is None or time.last - time.first >= 8:
        return True
    begin = max(text.rfind(mark, sentence, time.start) for mark in ";；:：")
    begin = sentence if begin < 0 else begin + 1
    if text[begin : time.start].strip() in {"", "到", "在", "截至", "至"}:
        return begin == sentence or not re.search("[;；]", between)
    return not re.search("[,，;；]", between)


_HOW_OFTEN = re.compile("(?<![人户])(?:每年|每月|每天)|一年(?!来|级|一度|制|内|期)")


def _how_often(words: Row, quantity: Quantity) -> str:
    """每年, where no time is told."""
    begin = words.text.rfind("。", 0, quantity.start) + 1
    found = _HOW_OFTEN.search(words.text, begin, quantity.start)
    return found[0] if found else ""
