"""Lines of a clean text, and those of a table of contents among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reportsearch.structure.heading_labels import parse_label

_PAGE = r"\s*[（(]?\d{1,3}[）)]?$"
_MARKED = re.compile(rf"(?:[.．·]{{4,}}|[…‥]{{2,}}){_PAGE}")
"""The end of a line of a table of contents: a leader and the number of a page."""
_LEADER = re.compile(rf"(?:[.．·]{{4,}}|[…‥]{{2,}}|\t+|\s{{2,}})(?:{_PAGE})?$|[.．·…‥]{{2,}}$")
_TITLE = "目录"
_MIN_ENTRIES = 3
_MAX_ENTRY_CHARS = 60


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
    found = {number for number, line in enumerate(lines) if _MARKED.search(line.text)}
    names = ["".join(_LEADER.sub("", line.text).split()).rstrip("。：") for line in lines]
    left = Counter(names)
    run: list[int] = []
    needed = _MIN_ENTRIES
    for number, line in enumerate(lines):
        name = names[number]
        left[name] -= 1
        if name == _TITLE:
            found.add(number)
            run, needed = [], 2
        elif len(line.text) <= _MAX_ENTRY_CHARS and left[name] > 0 and _may_head(line.text):
            run.append(number)
        else:
            if len(run) >= needed:
                found.update(run)
            run, needed = [], _MIN_ENTRIES
    return frozenset(found)


def _may_head(line: str) -> bool:
    return parse_label(line) is not None or line[-1] not in "。；！？"
