"""Splitting of clean text and sections into passages, the unit of search.

A passage is a paragraph with the headings before it. A paragraph of more than 300 characters is
split at sentence ends into the fewest runs. Every non-blank character is in exactly one passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reportsearch.models.report import Passage, Section
from reportsearch.structure.contents import TextLine, split_lines
from reportsearch.structure.sections import find_section_at, get_heading_path

MAX_PASSAGE_CHARS = 300
_MAX_SHORT_HEADING = 30
_SENTENCE = re.compile(r"[^。！？!?]*(?:[。！？!?]+[”’」』）)]*|$)")
_CLAUSE = re.compile(r"[^；;]*(?:[；;]+|$)")
_MAX_CLAUSE_CHARS = 1_000


@dataclass(frozen=True, slots=True)
class _PassageSpan:
    start: int
    end: int
    section: int | None


def find_passages(
    text: str, report_id: str, sections: tuple[Section, ...], body_start: int
) -> tuple[Passage, ...]:
    """Return the passages of a clean text; the text before ``body_start`` is the title block."""
    runs = list(_iter_passage_spans(text, sections, body_start))
    return tuple(
        Passage(
            report=report_id,
            number=number,
            start=run.start,
            end=run.end,
            text=text[run.start : run.end],
            section=get_heading_path(sections, run.section),
        )
        for number, run in enumerate(runs, 1)
    )


def _iter_passage_spans(
    text: str, sections: tuple[Section, ...], body_start: int
) -> Iterable[_PassageSpan]:
    heads = {section.start: number for number, section in enumerate(sections)}
    waiting: int | None = None
    lines = split_lines(text)
    for at, line in enumerate(lines):
        current = find_section_at(sections, line.start)
        start = line.start if waiting is None else waiting
        after = lines[at + 1] if at + 1 < len(lines) else None
        if _belongs_to_next(line, after, heads, sections, body_start):
            waiting = start
            continue
        waiting = None
        for begin, end in split_paragraph(text[line.start : line.end]):
            yield _PassageSpan(
                start if not begin else line.start + begin, line.start + end, current
            )
    if waiting is not None:
        yield _PassageSpan(waiting, lines[-1].end, find_section_at(sections, waiting))


def _belongs_to_next(
    line: TextLine,
    after: TextLine | None,
    heads: dict[int, int],
    sections: tuple[Section, ...],
    body_start: int,
) -> bool:
    """Check whether a line is a title or heading that belongs to the next passage."""
    if after is None:
        return False
    if line.start < body_start:
        return True
    number = heads.get(line.start)
    if number is None:
        return False
    # A longer heading that is a whole sentence, with its 。, needs no passage after it.
    ends = "：:。" if len(line.text) <= _MAX_SHORT_HEADING and after.start not in heads else "：:"
    if sections[number].heading_end < line.start + len(line.text.rstrip(ends)):
        return False
    following = heads.get(after.start)
    # A heading with nothing under it is a separate passage.
    return following is None or sections[following].level > sections[number].level


def split_paragraph(paragraph: str) -> list[tuple[int, int]]:
    """Return the span of a paragraph, or the fewest runs of sentences up to 300 characters.

    A longer sentence is split at its semicolons. Without any, it is split every 1,000 characters.
    """
    if len(paragraph) <= MAX_PASSAGE_CHARS:
        return [(0, len(paragraph))]
    units: list[tuple[int, int]] = []
    for begin, end in _find_spans(_SENTENCE, paragraph, 0, len(paragraph)):
        if end - begin <= MAX_PASSAGE_CHARS:
            units.append((begin, end))
            continue
        for first, last in _find_spans(_CLAUSE, paragraph, begin, end):
            units += [
                (at, min(at + _MAX_CLAUSE_CHARS, last))
                for at in range(first, last, _MAX_CLAUSE_CHARS)
            ]
    runs: list[tuple[int, int]] = []
    for begin, end in units:
        if runs and end - runs[-1][0] <= MAX_PASSAGE_CHARS:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((begin, end))
    return [
        _trim_span(paragraph, begin, end) for begin, end in runs if paragraph[begin:end].strip()
    ]


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences between two places of one paragraph, trimmed."""
    found = (_trim_span(text, *span) for span in _find_spans(_SENTENCE, text, start, end))
    return [span for span in found if span[0] < span[1]]


def _find_spans(pattern: re.Pattern[str], text: str, begin: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text, begin, end) if match[0]]


def _trim_span(text: str, begin: int, end: int) -> tuple[int, int]:
    part = text[begin:end]
    return begin + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
