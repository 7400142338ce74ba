"""Joining lines into paragraphs."""

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
"""In characters; a line ended early if the next piece and this much more would have fit on it."""
_INDENT_RANGE = (1.2, 4.5)
"""Indentation of a paragraph's first line, in characters."""
_MAX_PITCH_RATIO = 1.4
"""Factor of the usual line distance above which lines are in different paragraphs."""
_DEFAULT_PITCH = 1.5
"""Distance between lines in character heights, if nothing else is known."""
_MAX_SIZE_RATIO, _MAX_SIZE_RATIO_SCANNED = 1.12, 1.2
"""Factor of the character size above which lines are in different paragraphs."""
_MIN_SIZED_CHARS = 4
"""Minimum length of a scanned line whose size can be measured."""
_MAX_CENTRE_OFFSET, _MAX_CENTRE_OFFSET_SCANNED = 0.5, 1.0
"""Maximum difference between the left and right margins of a centred line, in characters."""
_MIN_START_SHARE = 0.03
"""Minimum share of the lines that start at the left edge of the text."""
_MIN_END_SHARE = 0.15
"""Minimum share of the long lines that end at the right edge of the text."""
_LONG_LINE_SLACK = 3
"""Maximum distance of a long line's end from the longest one's, in characters."""
_HANGING = "，。、；：,.;:"
"""Characters that may extend beyond the right edge."""
_NARROW_TEXT = 0.5
"""If no line is wider than this share of the page, both margins are assumed to be equal."""
_MIN_SCANNED_LINES = 6
"""Minimum number of lines with which a scanned page determines its own edges."""
_SENTENCE_ENDS = "。！？；：…”）"

FrameKey = tuple[int, ...]
"""The page, or -1 for all; its width; and the number of the column, if any."""


@dataclass(slots=True)
class LayoutLine:
    """A line of text. All lines of a page or column have the same frame, that is, edges."""

    segment: TextSegment
    page: int
    frame_key: FrameKey
    scanned: bool
    has_cells: bool
    """Whether the line contains cells, so that it is never joined."""


@dataclass(slots=True)
class TextFrame:
    """The edges of the text in a page or column, and its line distance in character heights."""

    left: float
    right: float
    pitch: float = 0.0
    indented: bool = False


_CONTENTS = re.compile(r"(?:(?:[.．·]\s?){4}|[…‥]{2}\s*)\d{1,3}\s*$")
"""The end of a line in a table of contents, which is a paragraph although it fills the line."""


def build_paragraphs(lines: Sequence[LayoutLine], frames: dict[FrameKey, TextFrame]) -> list[str]:
    """Build paragraphs from consecutive lines."""
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
    """Find the text frame of each page or column."""
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
    """Return whether most first lines are indented, judged by lines after a short one."""
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
    """Return the free space on a line: to the right, or on both sides of a centred one."""
    before, after = line.segment.x0 - frame.left, frame.right - line.segment.x1
    if before > _INDENT_RANGE[1] * line.segment.em and _is_centred(line, frame):
        return before + after
    return after


def _continues_paragraph(
    paragraph: Sequence[LayoutLine], line: LayoutLine, frames: dict[FrameKey, TextFrame]
) -> bool:
    """Return whether a line continues a paragraph."""
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
    """Return whether a line is set off from the previous one by its size or the space above it."""
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
    # In a scan, the widths of characters are guessed.
    return line.segment.bottom - line.segment.top if line.scanned else line.segment.em


def _matches_indent(
    paragraph: Sequence[LayoutLine], line: LayoutLine, frames: dict[FrameKey, TextFrame]
) -> bool:
    """Return whether a line starts where the next line of the paragraph has to."""
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
