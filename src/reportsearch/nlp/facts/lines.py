"""The lines of a report in which facts are looked for, and what is known of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportsearch.lexicon import Lexicon
from reportsearch.models import Report, Section
from reportsearch.nlp.facts.periods import Now
from reportsearch.normalise import Normalised, fold, normalise
from reportsearch.structure.closing import passages_of
from reportsearch.structure.plans import plan_sections, plans
from reportsearch.structure.sections import lines_of

_OPENING = 40
"""Characters of a paragraph in which the year stands that it is about."""
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_WEAKNESSES = re.compile("不足|问题|短处|短板|差距|反思|困难|薄弱")
_AHEAD = "下一步|下步|今后|明年|来年|接下来|新的一年|将"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A line of a report: its folded text, its place, and whether it says what is to come.

    ``opening_year`` is the year with which a paragraph of plans begins, or one before it in the
    same section, 0 for none.
    """

    folded: Normalised
    start: int
    is_plan: bool
    opening_year: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the folded line in the report."""
        first, last = self.folded.original(start, end)
        return self.start + first, self.start + last


def report_lines(report: Report, when: Now, words: Lexicon) -> Iterator[ReportLine]:
    """The lines without those of the title and the signature."""
    passages = passages_of(report)
    if not passages:
        return
    begin, end = _body_start(report), passages[-1].end
    sections = [report.sections[number] for number in plan_sections(report, words)]
    coming = [_looking_ahead(report, section, when) for section in sections]
    coming += [
        (one.start, one.end)
        for one in plans(report, words)
        if not any(section.start <= one.start < section.end for section in sections)
    ]
    year = 0
    for line in lines_of(report.text):
        if not begin <= line.start < end:
            continue
        is_plan = any(first <= line.start < last for first, last in coming)
        year = _opening_year(line.text, when, year) if is_plan else 0
        yield ReportLine(_marked(line.text), line.start, is_plan, year)


def _opening_year(text: str, when: Now, before: int) -> int:
    found = _YEAR.search(fold(text[:_OPENING]))
    return int(found[0]) if found and int(found[0]) in {when.coming, when.today} else before


def _body_start(report: Report) -> int:
    """Where the title block ends: what stands before the first paragraph but for its headings."""
    first = report.passages[0]
    heads = [section.start for section in report.sections if section.start < first.end]
    return min([first.start + first.text.rfind("\n") + 1, *heads])


def _looking_ahead(report: Report, section: Section, when: Now) -> tuple[int, int]:
    """The span of a section of plans; where it has weaknesses, too, from where it looks ahead."""
    if not _WEAKNESSES.search(fold(section.heading)):
        return section.start, section.end
    ahead = re.compile(rf"{when.coming or '明'}年|{_AHEAD}")
    for line in lines_of(report.text):
        if section.heading_end <= line.start < section.end and ahead.search(fold(line.text[:30])):
            return line.start, section.end
    return section.end, section.end


def _marked(line: str) -> Normalised:
    """A folded line in which a full-width comma is no separator of thousands."""
    folded = normalise(line)
    offsets = folded.offsets
    text = "".join(
        "，" if char == "," and line[at if offsets is None else offsets[at]] == "，" else char
        for at, char in enumerate(folded.text)
    )
    return Normalised(text, offsets)
