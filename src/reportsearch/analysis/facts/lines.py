"""The lines of a report in which facts are looked for, and what is known of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportsearch.analysis.facts.periods import Now
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Report, Section
from reportsearch.normalise import Normalised, fold, normalise
from reportsearch.structure.closing import passages_of
from reportsearch.structure.plans import plan_sections, plans
from reportsearch.structure.sections import Line, lines_of

_OPENING = 40
"""Characters of a paragraph in which the year stands that it is about."""
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_AHEAD = "下一步|下步|今后|明年|来年|接下来|新的一年"
_NUMBERING = r"(?:[一二三四五六七八九十\d]{1,3}[、.]|[(（][^()（）]{1,3}[)）])?"
_SENTENCE = rf"(?:^|(?<=[。;；!！]))\s*{_NUMBERING}"
_INTENDS = "(?:我们?|我[局县市镇院校]|全[局县市镇院校])?(?:将|要|计划|拟|力争|打算|准备|确保)"
_LED = "(?:对此|为此|针对[^,，。;；]{1,12}|在|到)?[,，]?"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A line of a report: its folded text, its place, and whether it says what is to come.

    Where only the end of a line says what is to come, that is a line of its own.
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
    coming = [_looking_ahead(report, section, when, words) for section in sections]
    coming += [
        (one.start, one.end)
        for one in plans(report, words)
        if not any(section.start <= one.start < section.end for section in sections)
    ]
    coming += list(_sentences_ahead(report, coming, when))
    year = 0
    for line in lines_of(report.text):
        if not begin <= line.start < end:
            continue
        for start, text in _parts(line, [first for first, _ in coming]):
            is_plan = any(first <= start < last for first, last in coming)
            year = _opening_year(text, when, year) if is_plan else 0
            yield ReportLine(_marked(text), start, is_plan, year)


def _parts(line: Line, cuts: Iterable[int]) -> Iterator[tuple[int, str]]:
    """The places and texts of what stands between some places of a line."""
    end = line.start + len(line.text)
    begin = line.start
    for cut in (*sorted({cut for cut in cuts if line.start < cut < end}), end):
        yield begin, line.text[begin - line.start : cut - line.start]
        begin = cut


def _opening_year(text: str, when: Now, before: int) -> int:
    found = _YEAR.search(fold(text[:_OPENING]))
    return int(found[0]) if found and int(found[0]) in {when.coming, when.today} else before


def _body_start(report: Report) -> int:
    """Where the title block ends: what stands before the first paragraph but for its headings."""
    first = report.passages[0]
    heads = [section.start for section in report.sections if section.start < first.end]
    return min([first.start + first.text.rfind("\n") + 1, *heads])


def _looking_ahead(
    report: Report, section: Section, when: Now, lexicon: Lexicon
) -> tuple[int, int]:
    """The span of a section of plans; where it has weaknesses, too, from where it looks ahead.

    That is a line that does so at its beginning, or a sentence in a line.
    """
    heading = fold(section.heading)
    if not any(word in heading for word in lexicon.summary.weaknesses):
        return section.start, section.end
    words = rf"{when.coming or '明'}年|{_AHEAD}"
    of_line, of_sentence = re.compile(f"{words}|将"), re.compile(f"{_SENTENCE}{_LED}(?:{words})")
    for line in lines_of(report.text):
        if not section.heading_end <= line.start < section.end:
            continue
        folded = normalise(line.text)
        begins, sentence = of_line.search(folded.text[:30]), of_sentence.search(folded.text)
        if sentence and not (begins and begins.start() < sentence.start()):
            at = sentence.start()
            return line.start + folded.original(at, at + 1)[0], section.end
        if begins:
            return line.start, section.end
    return section.end, section.end


def _sentences_ahead(
    report: Report, coming: Sequence[tuple[int, int]], when: Now
) -> Iterator[tuple[int, int]]:
    """The ends of other paragraphs from a sentence on that looks ahead: 下一步,我们将…."""
    words = rf"{when.coming or '明'}年|{_AHEAD}"
    ahead = re.compile(f"{_SENTENCE}{_LED}(?:{words})[,，]?{_INTENDS}")
    for line in lines_of(report.text):
        if any(first <= line.start < last for first, last in coming):
            continue
        folded = normalise(line.text)
        sentence = ahead.search(folded.text)
        if sentence:
            at = sentence.start()
            yield line.start + folded.original(at, at + 1)[0], line.end


def _marked(line: str) -> Normalised:
    """A folded line in which a full-width comma stays a mark of the sentence, a tab no blank."""
    folded = normalise(line)
    offsets = folded.offsets
    text = "".join(
        written if char in ", " and (written := line[_original(offsets, at)]) in "，\t" else char
        for at, char in enumerate(folded.text)
    )
    return Normalised(text, offsets)


def _original(offsets: Sequence[int] | None, at: int) -> int:
    return at if offsets is None else offsets[at]
