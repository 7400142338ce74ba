"""What a report says is to come: its sections and passages on 下一步, 今后打算 and the like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportsearch.lexicon import Lexicon
from reportsearch.models.report import GIVEN_IN_ITS_YEAR, Passage, Report
from reportsearch.normalise import fold
from reportsearch.structure.closing import body_of, passages_of
from reportsearch.structure.heading_labels import label
from reportsearch.structure.passages import sentences


def plan_sections(report: Report, words: Lexicon) -> list[int]:
    """The positions of the outermost sections that are about what is to come."""
    found: list[int] = []
    for number, section in enumerate(report.sections):
        above = section.parent
        while above is not None and above not in found:
            above = report.sections[above].parent
        if above is None and _is_plan(fold(section.heading), _coming(report), words):
            found.append(number)
    return found


def _coming(report: Report) -> tuple[str, ...]:
    """How the year is named that is to come."""
    year = report.info.year
    if report.info.kind == GIVEN_IN_ITS_YEAR:
        return ("今年", *((f"{year}年",) if year else ()))
    return (f"{year + 1}年",) if year else ()


def plans(report: Report, words: Lexicon) -> Iterator[Passage]:
    """The passages that say what is to come, by place."""
    spans = [
        (report.sections[number].start, report.sections[number].end)
        for number in plan_sections(report, words)
    ]
    for passage in passages_of(report):
        start, end = body_of(passage)
        body = fold(report.text[start:end])
        inside = any(first <= start < last for first, last in spans)
        found = label(body)
        begins = body[found.end if found else 0 :].lstrip().startswith(words.plans.openings)
        if (inside or begins) and not _only_closes(body, words):
            yield passage


def _only_closes(body: str, words: Lexicon) -> bool:
    """Whether a passage ends the report, and promises nothing that is numbered or has a figure."""
    parts = [body[start:end] for start, end in sentences(body, 0, len(body))]
    rest = "".join(part for part in parts if not _has(part, words.plans.closings))
    closes = len(rest) < sum(map(len, parts))
    return closes and label(rest) is None and not any(char.isdigit() for char in rest)


def _is_plan(heading: str, coming: tuple[str, ...], words: Lexicon) -> bool:
    if _has(heading, words.plans.exceptions):
        return False
    return _has(heading, words.plans.headings) or _has(heading, coming)


def _has(text: str, strings: Iterable[str]) -> bool:
    return any(string in text for string in strings)
