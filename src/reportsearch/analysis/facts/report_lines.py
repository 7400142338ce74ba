"""The lines of a report in which facts are searched, and the context of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportsearch.analysis.facts.periods import ReportYears
from reportsearch.analysis.terms.patterns import sort_longest_first
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Report, Section
from reportsearch.normalise import NormalisedText, fold, normalise
from reportsearch.structure.closing import drop_signature
from reportsearch.structure.contents import TextLine, split_lines
from reportsearch.structure.plans import (
    find_plan_passages,
    find_plan_spans,
    name_coming_years,
)

_REVIEW = "回顾"
_LOOKS_BACK = ("回顾", "总结", "成就", "成绩", "成效", "情况", "体会")
"""In a heading, means that a section about plans begins with results."""
_NUMBERING = r"(?:[一二三四五六七八九十\d]{1,3}[、.]|[(（][^()（）]{1,3}[)）])?"
_SENTENCE = rf"(?:^|(?<=[。;；!！]))\s*{_NUMBERING}"
_INTENDS = "(?:我们?|我[局县市镇院校]|全[局县市镇院校])?(?:将|要|计划|拟|力争|打算|准备|确保)"
_POINT_TO_DO = "(?:首先|[一二三四五六七八九]|第[一二三四五六七八九])要(?![求素点件么紧害闻职道是])"
"""Begins a point of a list of what is to be done: 一要….; 二要…."""
_LED = "(?:对此|为此|针对[^,，。;；]{1,12}|在|到)?[,，]?"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A line of a report: its folded text, its place, and whether it is about the future.

    If only the end of a line is about the future, that end is a separate line. ``is_review`` marks
    a line of a section whose heading says that it looks back: 过去五年工作回顾.
    """

    folded: NormalisedText
    start: int
    is_plan: bool
    is_review: bool = False

    def to_report_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the folded line to the report."""
        first, last = self.folded.map_to_original(start, end)
        return self.start + first, self.start + last


def iter_report_lines(report: Report, years: ReportYears, lexicon: Lexicon) -> Iterator[ReportLine]:
    """Yield the lines of a report except those of its title and signature."""
    passages = drop_signature(report)
    if not passages:
        return
    begin, end = _find_body_start(report), passages[-1].end
    ahead = _build_ahead_pattern(report, years, lexicon)
    whole = find_plan_spans(report, lexicon)
    sections = {section.start: section for section in report.sections}
    coming = [
        _find_plan_span(report, sections[start], ahead, lexicon)
        if start in sections
        else (start, end)
        for start, end in whole
    ]
    coming += [
        (one.start, one.end)
        for one in find_plan_passages(report, lexicon)
        if not any(first <= one.start < last for first, last in whole)
    ]
    coming += list(_iter_plan_spans(report, coming, ahead))
    reviews = [(one.start, one.end) for one in report.sections if _REVIEW in one.heading]
    for line in split_lines(report.text):
        if not begin <= line.start < end:
            continue
        for start, text in _split_line(line, [first for first, _ in coming]):
            is_plan = any(first <= start < last for first, last in coming)
            is_review = any(first <= start < last for first, last in reviews)
            yield ReportLine(_normalise_line(text), start, is_plan, is_review)


def _split_line(line: TextLine, cuts: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Yield the start and text of each part of a line, split at ``cuts``."""
    end = line.start + len(line.text)
    begin = line.start
    for cut in (*sorted({cut for cut in cuts if line.start < cut < end}), end):
        yield begin, line.text[begin - line.start : cut - line.start]
        begin = cut


def _find_body_start(report: Report) -> int:
    """Return where the title block ends: at the first paragraph or the headings before it."""
    first = report.passages[0]
    heads = [section.start for section in report.sections if section.start < first.end]
    return min([first.start + first.text.rfind("\n") + 1, *heads])


def _build_ahead_pattern(report: Report, years: ReportYears, lexicon: Lexicon) -> str:
    """Return a pattern of the words for the time to come."""
    named = name_coming_years(report) if years.coming > years.about else ()
    return "|".join(map(re.escape, sort_longest_first((*named, *lexicon.plans.openings))))


def _find_plan_span(
    report: Report, section: Section, words: str, lexicon: Lexicon
) -> tuple[int, int]:
    """Return the span of a plan section; with other matter in it, from where it looks ahead.

    That is the first line that begins by looking ahead, or the first such sentence in a line.
    """
    heading = fold(section.heading)
    if not any(word in heading for word in (*lexicon.summary.weaknesses, *_LOOKS_BACK)):
        return section.start, section.end
    of_line, of_sentence = re.compile(f"{words}|将"), re.compile(f"{_SENTENCE}{_LED}(?:{words})")
    for line in split_lines(report.text):
        if not section.heading_end <= line.start < section.end:
            continue
        folded = normalise(line.text)
        begins, sentence = of_line.search(folded.text[:30]), of_sentence.search(folded.text)
        if sentence and not (begins and begins.start() < sentence.start()):
            at = sentence.start()
            return line.start + folded.map_to_original(at, at + 1)[0], section.end
        if begins:
            return line.start, section.end
    return section.end, section.end


def _iter_plan_spans(
    report: Report, coming: Sequence[tuple[int, int]], words: str
) -> Iterator[tuple[int, int]]:
    """Yield the ends of other paragraphs from a sentence on that looks ahead: 下一步,我们将…."""
    ahead = re.compile(f"{_SENTENCE}(?:{_LED}(?:{words})[,，]?{_INTENDS}|{_POINT_TO_DO})")
    for line in split_lines(report.text):
        if any(first <= line.start < last for first, last in coming):
            continue
        folded = normalise(line.text)
        sentence = ahead.search(folded.text)
        if sentence:
            at = sentence.start()
            yield line.start + folded.map_to_original(at, at + 1)[0], line.end


def _normalise_line(line: str) -> NormalisedText:
    """Fold a line, but keep full-width commas as punctuation and keep tabs."""
    folded = normalise(line)
    offsets = folded.offsets
    text = "".join(
        written
        if char in ", " and (written := line[_to_original_offset(offsets, at)]) in "，\t"
        else char
        for at, char in enumerate(folded.text)
    )
    return NormalisedText(text, offsets)


def _to_original_offset(offsets: Sequence[int] | None, at: int) -> int:
    return at if offsets is None else offsets[at]
