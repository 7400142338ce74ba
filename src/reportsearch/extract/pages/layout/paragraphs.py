"""Lines of text joined into paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from reportsearch.extract.pages.layout.lines import ENUMERATOR, Segment
from reportsearch.extract.pages.layout.text import joined

_SLACK, _SLACK_SCANNED = 0.5, 1.2
"""A line ended early when the next piece and this many characters more had found room on it."""
_INDENT = (1.2, 4.5)
"""A first line is indented by so many characters."""
_WIDER = 1.4
"""Lines this much farther apart than usual are not of one paragraph."""
_PITCH = 1.5
"""How far apart lines are, in heights of a character, where nothing else is known."""
_RESIZED, _RESIZED_SCANNED = 1.12, 1.2
"""Nor are lines whose characters differ by this factor in size."""
_SURE = 4
"""On a scan the size of a line with fewer characters is not known."""
_OFF, _OFF_SCANNED = 0.5, 1.0
"""A line is centred when its middle is off by less than half of this, in characters."""
_SHARED = 0.03
"""The edge of the text is where this share of the lines, at the least, begin."""
_ENDING = 0.15
"""And the other one where this share of the long lines end."""
_LONG = 3
"""Long are those that end at most so many characters before the longest."""
_HANGING = "，。、；：,.;:"
"""These may stand beyond it."""
_NARROW = 0.5
"""Where no line is wider than this share of the page, its margins are taken to be the same."""
_FEW = 6
"""A scanned page with fewer lines has the edges of the others."""
_ENDS = "。！？；：…”）"

Lane = tuple[int, ...]
"""The page, or -1 for all; its width; of a column, which one it is."""


@dataclass(slots=True)
class Line:
    """A line of text. Lines of one lane have the same edges: those of a page or of a column."""

    part: Segment
    page: int
    lane: Lane
    scanned: bool
    apart: bool
    """Whether there are cells in it: then it is never joined."""


@dataclass(slots=True)
class Frame:
    """The edges of the text in a lane, how far apart its lines are, in heights of a character."""

    left: float
    right: float
    pitch: float = 0.0
    indented: bool = False


_CONTENTS = re.compile(r"(?:[.．·]\s?){4,}\d{1,3}\s*$|[…‥]{2,}\s*\d{1,3}\s*$")
"""The end of a line of a table of contents: it fills its line, and is a paragraph all the same."""


def paragraphs_of(lines: Sequence[Line], frames: dict[Lane, Frame]) -> list[str]:
    """The paragraphs that consecutive lines make."""
    paragraphs: list[str] = []
    current: list[Line] = []
    for line in lines:
        if current and _continues(current, line, frames):
            paragraphs[-1] = joined(paragraphs[-1], line.part.text)
        else:
            paragraphs.append(line.part.text)
            current = []
        current.append(line)
    return paragraphs


def frames_of(lines: Iterable[Line]) -> dict[Lane, Frame]:
    """The edges of each lane."""
    lanes: dict[Lane, list[Line]] = defaultdict(list)
    for line in lines:
        lanes[line.lane].append(line)
    frames = {lane: _frame([line.part for line in found]) for lane, found in lanes.items()}
    everywhere: dict[Lane, list[Line]] = defaultdict(list)
    for lane, found in lanes.items():
        if found[0].scanned:
            everywhere[lane[1:]].extend(found)
    for lane, found in lanes.items():
        if found[0].scanned and len(found) < _FEW:
            frames[lane] = _frame([line.part for line in everywhere[lane[1:]]])
    for lane, found in lanes.items():
        frame = frames[lane]
        frame.pitch = _pitch(found)
        _, width, *column = lane
        if not column and frame.right - frame.left < _NARROW * width:
            frame.right = width - frame.left
    indented = _is_indented(lanes, frames)
    for frame in frames.values():
        frame.indented = indented
    return frames


def _frame(parts: Sequence[Segment]) -> Frame:
    em = median(part.em for part in parts)
    starts = sorted(part.x0 for part in parts)
    enough = max(2, _SHARED * len(starts))
    left = next(
        (
            start
            for i, start in enumerate(starts)
            if bisect_right(starts, start + em / 2) - i >= enough
        ),
        starts[0],
    )
    firm = [part for part in parts if part.text[-1] not in _HANGING] or parts
    right = max(part.x1 for part in firm)
    ends = sorted(part.x1 for part in firm if part.x1 > right - _LONG * em)
    enough = _ENDING * len(ends)
    right = next(
        end
        for i, end in reversed(list(enumerate(ends)))
        if i + 1 - bisect_left(ends, end - em / 2) >= enough
    )
    return Frame(left, right)


def _pitch(lines: Sequence[Line]) -> float:
    pitches = [
        (line.part.middle - before.part.middle) / line.part.em
        for before, line in pairwise(lines)
        if before.page == line.page and line.part.bottom > before.part.bottom
    ]
    return median(pitches) if pitches else _PITCH


def _is_indented(lanes: dict[Lane, list[Line]], frames: dict[Lane, Frame]) -> bool:
    """Whether first lines are indented: most of those that follow a line with room left on it."""
    first = indented = 0
    for lane, lines in lanes.items():
        frame = frames[lane]
        for before, line in pairwise(lines):
            if _room(before, frame) > line.part.unit + _slack(line):
                first += 1
                indent = (line.part.x0 - frame.left) / line.part.em
                indented += _INDENT[0] <= indent <= _INDENT[1]
    return indented > first / 2


def _slack(line: Line) -> float:
    return (_SLACK_SCANNED if line.scanned else _SLACK) * line.part.em


def _is_centred(line: Line, frame: Frame) -> bool:
    off = abs((line.part.x0 - frame.left) - (frame.right - line.part.x1))
    return off < (_OFF_SCANNED if line.scanned else _OFF) * line.part.em


def _room(line: Line, frame: Frame) -> float:
    """What was left free on a line: on the right, or on both sides of a centred one."""
    before, after = line.part.x0 - frame.left, frame.right - line.part.x1
    if before > _INDENT[1] * line.part.em and _is_centred(line, frame):
        return before + after
    return after


def _continues(paragraph: Sequence[Line], line: Line, frames: dict[Lane, Frame]) -> bool:
    """Whether a line goes on with a paragraph."""
    last = paragraph[-1]
    frame = frames[last.lane]
    if last.apart or line.apart or _is_set_off(last, line, frame):
        return False
    if _CONTENTS.search(last.part.text):
        return False
    if _room(last, frame) > line.part.unit + _slack(line):
        return False
    numbered = ENUMERATOR.match(line.part.text.lstrip(" \u3000"))
    if numbered and not frame.indented and last.part.text.rstrip()[-1] in _ENDS:
        return False
    if all(_is_centred(each, frames[each.lane]) for each in (*paragraph, line)):
        return True
    return _is_in_line(paragraph, line, frames)


def _is_set_off(last: Line, line: Line, frame: Frame) -> bool:
    """Whether a line is set off from the one before by its size, or by space above it."""
    sizes = sorted((_size(last), _size(line)))
    sure = not line.scanned or min(len(last.part.text), len(line.part.text)) >= _SURE
    if sure and sizes[1] > (_RESIZED_SCANNED if line.scanned else _RESIZED) * sizes[0]:
        return True
    if last.page != line.page or last.lane != line.lane:
        return False
    return line.part.middle - last.part.middle > _WIDER * frame.pitch * line.part.em


def _size(line: Line) -> float:
    # In a scan the widths of characters are guessed.
    return line.part.bottom - line.part.top if line.scanned else line.part.em


def _is_in_line(paragraph: Sequence[Line], line: Line, frames: dict[Lane, Frame]) -> bool:
    """Whether a line begins where the next line of the paragraph has to."""
    frame = frames[line.lane]
    em = line.part.em
    least, most = _INDENT[0] * em, _INDENT[1] * em
    indents = [each.part.x0 - frames[each.lane].left for each in paragraph]
    indent = line.part.x0 - frame.left
    if len(paragraph) > 1:
        return abs(indent - indents[-1]) < least
    if indents[0] > most:
        return False
    if indent < indents[0] - least:
        return True
    if indent < indents[0] + least:
        return indents[0] < least or not frame.indented
    hang = paragraph[0].part.hang
    return bool(hang) and abs(hang - frames[paragraph[0].lane].left - indent) < em
