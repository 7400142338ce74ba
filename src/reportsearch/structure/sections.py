"""Sections of clean text, from Chinese numbering.

A heading is on a separate line or runs into its paragraph. In that case it is the first sentence
(``（一）理论学习不断深入。我坚持…``) or the text before the colon. Levels are relative to the
report: the outermost numbering in use is level 1, and skipped levels are not counted. 一是…二是…
does not number sections.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from reportsearch.models.report import Section
from reportsearch.structure.heading_labels import RANKS, HeadingLabel, parse_label

_SENTENCE_END = re.compile(r"[。！？!?](?:[”’」』）)])?")
_MAX_TOPIC_CHARS = 15
_MAX_REST_CHARS = 25
_MAX_DASH_HEADING = 40
_MAX_HEADING_CHARS = 200
_UNNUMBERED = re.compile(r"[^。；，：:;,！？!?…\t]{4,25}")
_CONTENTS = re.compile(r"(?:[.．·]{4,}|[…‥]{2,})\s*\d{1,3}$")
"""The end of a line of a table of contents."""
_NO_HEADING = re.compile(
    r"[(（]?\d{4}年|.*(?:主任|代表|委员|同志|领导|大家)(?:们)?$|此致|敬礼|谢谢"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the clean text and its span."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Heading:
    line: TextLine
    kind: str
    number: int
    end: int


def split_lines(text: str) -> list[TextLine]:
    """Return the lines of the clean text that are not blank."""
    lines = []
    at = 0
    for part in text.split("\n"):
        if part.strip():
            lines.append(TextLine(part, at, at + len(part)))
        at += len(part) + 1
    return lines


def find_sections(text: str, body_start: int) -> tuple[Section, ...]:
    """Return the sections of a clean text; lines before ``body_start`` are never headings."""
    lines = [
        line
        for line in split_lines(text)
        if line.start >= body_start and not _CONTENTS.search(line.text)
    ]
    headings = _find_numbered_headings(lines) or _find_unnumbered_headings(lines)
    return _nest_sections(headings, len(text))


def _find_numbered_headings(lines: list[TextLine]) -> list[_Heading]:
    headings = []
    last: dict[str, int] = {}
    for line in lines:
        found = parse_label(line.text)
        if found is None or not _is_plausible(found, line.text, last):
            continue
        for kind, rank in RANKS.items():
            if rank > RANKS[found.kind] and found.kind != "——":
                last.pop(kind, None)
        last[found.kind] = found.number
        end = line.start + find_heading_end(line.text, found)
        headings.append(_Heading(line, found.kind, found.number, end))
    return headings


def _is_plausible(found: HeadingLabel, line: str, last: dict[str, int]) -> bool:
    """Check that a number starts at one or continues the previous one, skipping at most one.

    Articles and chapters may start anywhere, because an excerpt keeps the numbering of the whole.
    """
    if found.kind in {"part", "chapter", "division", "article"}:
        return True
    if found.kind == "——":
        return len(line) <= _MAX_DASH_HEADING and line[-1] not in "。；;，,"
    if "\t" in line:
        return False
    before = last.get(found.kind, 0)
    # Authors sometimes continue a number across higher headings by mistake, so a first number other
    # than 1 is accepted while it is small.
    return found.number == 1 or 0 < found.number - before <= 2 or (not before and found.number < 20)


def find_heading_end(line: str, found: HeadingLabel) -> int:
    """Return where the heading ends in a line that starts with a label."""
    if found.kind == "article":
        title = re.compile(r"\s*[【（(][^】）)]{1,30}[】）)]").match(line, found.end)
        return title.end() if title else found.end
    # Longer text is not a heading, and it would be copied to every passage below.
    line = line[:_MAX_HEADING_CHARS]
    sentence = _SENTENCE_END.search(line, found.end)
    end = sentence.start() if sentence else len(line)
    colon = re.compile("[：:]").search(line, found.end, end)
    if colon and 0 < colon.start() - found.end <= _MAX_TOPIC_CHARS:
        rest = len(line) - colon.end()
        if rest > _MAX_REST_CHARS or not rest:
            return colon.start()
    return end


def _find_unnumbered_headings(lines: list[TextLine]) -> list[_Heading]:
    """Find short lines without punctuation before long paragraphs, in a text without numbering."""
    headings = []
    for line, after in pairwise(lines):
        if (
            _UNNUMBERED.fullmatch(line.text)
            and not _NO_HEADING.match(line.text)
            and len(after.text) > 60
        ):
            headings.append(_Heading(line, "plain", 0, line.end))
    return headings if len(headings) > 1 else []


def _nest_sections(headings: list[_Heading], length: int) -> tuple[Section, ...]:
    ranks = {**RANKS, "plain": 0}
    open_: list[int] = []
    kinds: list[str] = []
    parents: list[int | None] = []
    levels: list[int] = []
    ends = [length] * len(headings)
    for number, heading in enumerate(headings):
        while kinds and ranks[kinds[-1]] >= ranks[heading.kind]:
            kinds.pop()
            ends[open_.pop()] = heading.line.start
        parents.append(open_[-1] if open_ else None)
        open_.append(number)
        kinds.append(heading.kind)
        levels.append(len(kinds))
    return tuple(
        Section(
            level=levels[number],
            heading=heading.line.text[: heading.end - heading.line.start].rstrip(),
            start=heading.line.start,
            heading_end=heading.end,
            end=ends[number],
            parent=parents[number],
        )
        for number, heading in enumerate(headings)
    )


def get_heading_path(sections: tuple[Section, ...], number: int | None) -> tuple[str, ...]:
    """Return the headings from the outermost section down to section ``number``."""
    path: list[str] = []
    while number is not None:
        path.append(sections[number].heading)
        number = sections[number].parent
    return tuple(reversed(path))
