"""Lines of a clean text, and those of a table of contents among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reportsearch.structure.heading_labels import parse_label

_PAGE = r"[（(]?\d{1,3}[）)]?$"
_MARKED = re.compile(rf"(?:[.．·]{{4}}|[…‥]{{2}})\s*{_PAGE}")
"""The end of a line of a table of contents: a leader and the number of a page."""
_LEADER = re.compile(
    rf"(?:(?:(?<![.．·])[.．·]{{4,}}+|(?<![…‥])[…‥]{{2,}}+)\s*+|(?<!\s)\s++){_PAGE}"
    r"|(?<![.．·…‥])[.．·…‥]{2,}+$"
)
_TITLE = "目录"
_MIN_ENTRIES = 3
_MAX_ENTRY_CHARS, _MAX_NAME_CHARS = 60, 100


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the clean text and its span."""

    text: str
    start: int
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


def find_contents(lines: Sequence[TextLine]) -> frozenset[int]:
    """Return the positions of the lines of a table of contents.

    They end with a leader and the number of a page; or they are three or more headings in a row,
    each of which stands again further down; after 目录, two suffice.
    """
    found = {number for number, line in enumerate(lines) if _MARKED.search(line.text[-12:])}
    runs = _find_runs(lines)
    if not runs:
        return frozenset(found)
    names = [_name_entry(line.text) for line in lines]
    for run in runs:
        left = Counter(names[run.stop :])
        titles = [number for number in run if names[number] == _TITLE]
        start = titles[-1] + 1 if titles else run.start
        entries = []
        for number in reversed(range(start, run.stop)):
            if left[names[number]]:
                entries.append(number)
            left[names[number]] += 1
        if len(entries) >= (2 if titles else _MIN_ENTRIES):
            found.update(titles, entries)
    return frozenset(found)


def _find_runs(lines: Sequence[TextLine]) -> list[range]:
    """Return the runs of short lines that may all be headings."""
    runs = []
    start = 0
    for number in range(len(lines) + 1):
        text = lines[number].text if number < len(lines) else "。"
        if len(text) > _MAX_ENTRY_CHARS or not _may_head(text):
            if number - start >= _MIN_ENTRIES:
                runs.append(range(start, number))
            start = number + 1
    return runs


def _name_entry(line: str) -> str:
    """Return what an entry and its heading share: the line up to a full stop, without the page."""
    return "".join(
        _LEADER.sub("", re.split("[。：]", line[:_MAX_NAME_CHARS], maxsplit=1)[0]).split()
    )


def _may_head(line: str) -> bool:
    return parse_label(line) is not None or line[-1] not in "。；！？"
