"""Lines of text joined into paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from reportsearch.extract.pages.layout.join_lines import join_lines
from reportsearch.extract.pages.layout.lines import ENUMERATOR, TextSegment

_SLACK, _SLACK_SCANNED = 0.5, 1.2
"""A line ended early when the next piece and this many characters more had found room on it."""
_INDENT_RANGE = (1.2, 4.5)
"""A first line is indented by so many characters."""
_MAX_PITCH_RATIO = 1.4
"""Lines this much farther apart than usual are not of one paragraph."""
_DEFAULT_PITCH = 1.5
"""How far apart lines are, in heights of a character, where nothing else is known."""
_MAX_SIZE_RATIO, _MAX_SIZE_RATIO_SCANNED = 1.12, 1.2
"""Nor are lines whose characters differ by this factor in size."""
_MIN_SIZED_CHARS = 4
"""On a scan the size of a line with fewer characters is not known."""
_MAX_CENTRE_OFFSET, _MAX_CENTRE_OFFSET_SCANNED = 0.5, 1.0
"""A line is centred when its middle is off by less than half of this, in characters."""
_MIN_START_SHARE = 0.03
"""The edge of the text is where this share of the lines, at the least, begin."""
_MIN_END_SHARE = 0.15
"""And the other one where this share of the long lines end."""
_LONG_LINE_SLACK = 3
"""Long are those that end at most so many characters before the longest."""
_HANGING = "，。、；：,.;:"
"""These may stand beyond it."""
_NARROW_TEXT = 0.5
"""Where no line is wider than this share of the page, its margins are taken to be the same."""
_MIN_SCANNED_LINES = 6
"""A scanned page with fewer lines has the edges of the others."""
_SENTENCE_ENDS = "。！？；：…”）"

FrameKey = tuple[int, ...]
"""The page, or -1 for all; its width; of a column, which one it is."""


@dataclass(slots=True)
class LayoutLine:
    """A line of text. Lines of one lane have the same edges: those of a page or of a column."""

    segment: TextSegment
    page: int
    frame_key: FrameKey
    scanned: bool
    has_cells: bool
    """Whether there are cells in it: then it is never joined."""


@dataclass(slots=True)
class TextFrame:
    """The edges of the text in a lane, how far apart its lines are, in heights of a character."""

    left: float
    right: float
    pitch: float = 0.0
    indented: bool = False


_CONTENTS = re.compile(r"(?:[.．·]\s?){4,}\d{1,3}\s*$|[…‥]{2,}\s*\d{1,3}\s*$")
"""The end of a line of a table of contents: it fills its line, and is a paragraph all the same."""


def build_paragraphs(lines: Sequence[LayoutLine], frames: dict[FrameKey, TextFrame]) -> list[str]:
    """The paragraphs that consecutive lines make."""
    paragraphs: list[str] = []
    current: list[LayoutLine] = []
    for line in lines:
        if current and _continues_paragraph(current, line, frames):
            paragraphs[-1] = join_lines(paragraphs[-1], line.segment.text)
        else:
            paragraphs.append(line.segment.text)
            current = []
        current.append(line)
    return paragraphs


def find_frames(lines: Iterable[LayoutLine]) -> dict[FrameKey, TextFrame]:
    """The edges of each lane."""
    lanes: dict[FrameKey, list[LayoutLine]] = defaultdict(list)
    for line in lines:
        lanes[line.frame_key].append(line)
    frames = {lane: _find_frame([line.segment for line in found]) for lane, found in lanes.items()}
    everywhere: dict[FrameKey, list[LayoutLine]] = defaultdict(list)
    for lane, found in lanes.items():
        if found[0].scanned:
            everywhere[lane[1:]].extend(found)
    for lane, found in lanes.items():
        if found[0].scanned and len(found) < _MIN_SCANNED_LINES:
            frames[lane] = _find_frame([line.segment for line in everywhere[lane[1:]]])
    for lane, found in lanes.items():
        frame = frames[lane]
        frame.pitch = _measure_pitch(found)
        _, width, *column = lane
        if not column and frame.right - frame.left < _NARROW_TEXT * width:
            frame.right = width - frame.left
    indented = _is_indented(lanes, frames)
    for frame in frames.values():
        frame.indented = indented
    return frames


def _find_frame(parts: Sequence[TextSegment]) -> TextFrame:
    em = median(part.em for part in parts)
    starts = sorted(part.x0 for part in parts)
    enough = max(2, _MIN_START_SHARE * len(starts))
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
    ends = sorted(part.x1 for part in firm if part.x1 > right - _LONG_LINE_SLACK * em)
    enough = _MIN_END_SHARE * len(ends)
    right = next(
        end
        for i, end in reversed(list(enumerate(ends)))
        if i + 1 - bisect_left(ends, end - em / 2) >= enough
    )
    return TextFrame(left, right)


def _measure_pitch(lines: Sequence[LayoutLine]) -> float:
    pitches = [
        (line.segment.middle - before.segment.middle) / line.segment.em
        for before, line in pairwise(lines)
        if before.page == line.page and line.segment.bottom > before.segment.bottom
    ]
    return median(pitches) if pitches else _DEFAULT_PITCH


def _is_indented(
    lanes: dict[FrameKey, list[LayoutLine]], frames: dict[FrameKey, TextFrame]
) -> bool:
    """Whether first lines are indented: most of those that follow a line with room left on it."""
    first = indented = 0
    for lane, lines in lanes.items():
        frame = frames[lane]
        for before, line in pairwise(lines):
            if _measure_room(before, frame) > line.segment.first_unit + _find_slack(line):
                first += 1
                indent = (line.segment.x0 - frame.left) / line.segment.em
                indented += _INDENT_RANGE[0] <= indent <= _INDENT_RANGE[1]
    return indented > first / 2


def _find_slack(line: LayoutLine) -> float:
    return (_SLACK_SCANNED if line.scanned else _SLACK) * line.segment.em


def _is_centred(line: LayoutLine, frame: TextFrame) -> bool:
    off = abs((line.segment.x0 - frame.left) - (frame.right - line.segment.x1))
    return (
        off < (_MAX_CENTRE_OFFSET_SCANNED if line.scanned else _MAX_CENTRE_OFFSET) * line.segment.em
    )


def _measure_room(line: LayoutLine, frame: TextFrame) -> float:
    """What was left free on a line: on the right, or on both sides of a centred one."""
    before, after = line.segment.x0 - frame.left, frame.right - line.segment.x1
    if before > _INDENT_RANGE[1] * line.segment.em and _is_centred(line, frame):
        return before + after
    return after


def _continues_paragraph(
    paragraph: Sequence[LayoutLine], line: LayoutLine, frames: dict[FrameKey, TextFrame]
) -> bool:
    """Whether a line goes on with a paragraph."""
    last = paragraph[-1]
    frame = frames[last.frame_key]
    if last.has_cells or line.has_cells or _is_set_off(last, line, frame):
        return False
    if _CONTENTS.search(last.segment.text):
        return False
    if _measure_room(last, frame) > line.segment.first_unit + _find_slack(line):
        return False
    numbered = ENUMERATOR.match(line.segment.text.lstrip(" \u3000"))
    if numbered and not frame.indented and last.segment.text.rstrip()[-1] in _SENTENCE_ENDS:
        return False
    if all(_is_centred(each, frames[each.frame_key]) for each in (*paragraph, line)):
        return True
    return _matches_indent(paragraph, line, frames)


def _is_set_off(last: LayoutLine, line: LayoutLine, frame: TextFrame) -> bool:
    """Whether a line is set off from the one before by its size, or by space above it."""
    sizes = sorted((_get_size(last), _get_size(line)))
    sure = (
        not line.scanned or min(len(last.segment.text), len(line.segment.text)) >= _MIN_SIZED_CHARS
    )
    if (
        sure
        and sizes[1] > (_MAX_SIZE_RATIO_SCANNED if line.scanned else _MAX_SIZE_RATIO) * sizes[0]
    ):
        return True
    if last.page != line.page or last.frame_key != line.frame_key:
        return False
    return (
        line.segment.middle - last.segment.middle > _MAX_PITCH_RATIO * frame.pitch * line.segment.em
    )


def _get_size(line: LayoutLine) -> float:
    # In a scan the widths of characters are guessed.
    return line.segment.bottom - line.segment.top if line.scanned else line.segment.em


def _matches_indent(
    paragraph: Sequence[LayoutLine], line: LayoutLine, frames: dict[FrameKey, TextFrame]
) -> bool:
    """Whether a line begins where the next line of the paragraph has to."""
    frame = frames[line.frame_key]
    em = line.segment.em
    least, most = _INDENT_RANGE[0] * em, _INDENT_RANGE[1] * em
    indents = [each.segment.x0 - frames[each.frame_key].left for each in paragraph]
    indent = line.segment.x0 - frame.left
    if len(paragraph) > 1:
        return abs(indent - indents[-1]) < least
    if indents[0] > most:
        return False
    if indent < indents[0] - least:
        return True
    if indent < indents[0] + least:
        return indents[0] < least or not frame.indented
    hang = paragraph[0].segment.hang
    return bool(hang) and abs(hang - frames[paragraph[0].frame_key].left - indent) < em
