"""Characters with their positions on a page, and their grouping into lines.

Positions are in points (1/72 inch) from the upper left corner of the upright page; x increases to
the right, y downwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

MIN_CELL_GAP = 1.0
"""Gap between different cells or columns, in widths of a Chinese character."""

_MIN_WORD_GAP = 0.2
"""Gap between Latin letters of different words if the file has no space between them."""
_MIN_SHARED_HEIGHT = 0.5
"""Share of their height that consecutive characters on one line have in common."""
_MAX_LINE_OFFSET = 0.3
"""Maximum distance between the middles of a line's pieces, as a share of their height."""
_MAX_BOLD_OFFSET, _MAX_BOLD_LAYERS = 0.3, 2
"""Maximum offset of repeated characters that simulate bold, as a share of their width."""
_SPREAD_GAPS = (0.4, 3.0)
_MAX_SPREAD_DIFFERENCE = 0.3
"""Size of the gaps between letter-spaced characters, and how much they may differ."""
_MAX_RAISED_HEIGHT, _MIN_RAISE = 0.8, 0.15
"""Maximum height of a raised number, and its minimum distance above the baseline, in heights."""

RAISED, RAISED_END = "\x01", "\x02"
"""Marks around a raised number, until it is known whether it is the number of a footnote."""

CLOSING = "，。、；：？！）》」』〕】〉％…—～·,.;:?!)]}%‰℃"
_OPENING = "（《「『〔【〈“”‘’([{￥$"
_RUN = r"[A-Za-z0-9.,%‰+∶:\-]+"
_SIGNS = frozenset(CLOSING + _OPENING + "\u3000")
_ATOM = rf"(?:{_RUN}|.)[{re.escape(CLOSING)}]*"
_UNBROKEN = re.compile(
    rf"[{re.escape(_OPENING)}]*{_ATOM}(?:(?<=[{re.escape(CLOSING)}]){_RUN}|[“”‘’/]+{_ATOM})*",
    re.DOTALL,
)
"""Text that cannot be broken across lines.

No line ends after an opening mark or before a closing one, or on either side of a quotation mark or
a slash. LibreOffice also keeps a number with the mark before it.
"""
ENUMERATOR = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]{1,5}[章节条款部分]"
    r"|[一二三四五六七八九十]{1,3}[、．.]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}(?:[、．.](?!\d)|[）)])"
    r"|[①-⑳㈠-㈩⑴-⒇]"
    r"|[•●○■□◆◇▪➢✓·\-–](?=\s|$))"
)
"""The number of a heading or list item."""


class Glyph(NamedTuple):
    """A character and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Rule(NamedTuple):
    """A drawn line, horizontal (top = bottom) or vertical (x0 = x1)."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class LayoutPage:
    """The contents of a page. ``scanned`` means read from a picture, with inexact positions."""

    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule] = field(default_factory=list)
    scanned: bool = False


@dataclass(slots=True)
class TextSegment:
    """Part of a line without a wide gap in it.

    ``em`` is the width of a Chinese character, ``first_unit`` that of the first unbreakable piece,
    and ``hang`` the position of the text after a number (0 if there is none).
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    em: float
    first_unit: float = 0.0
    hang: float = 0.0

    @property
    def middle(self) -> float:
        """Return the y position of the middle."""
        return (self.top + self.bottom) / 2


SegmentRow = list[TextSegment]
"""The segments of one line, from left to right."""


def is_wide(char: str) -> bool:
    """Return whether a character is as wide as a Chinese one."""
    return "\u2e80" <= char < "\ufe00" or "\uff00" <= char < "\uff61" or char >= "\U00020000"


def build_rows(glyphs: Iterable[Glyph]) -> list[SegmentRow]:
    """Group characters into lines, from top to bottom."""
    pieces = sorted(_iter_pieces(glyphs), key=_find_middle)
    lines: list[list[Glyph]] = []
    middle = height = 0.0
    for piece in pieces:
        tall = max(glyph.bottom - glyph.top for glyph in piece)
        if lines and _find_middle(piece) - middle < _MAX_LINE_OFFSET * max(height, tall):
            lines[-1].extend(piece)
        else:
            lines.append(list(piece))
            height = 0.0
        if tall > height:
            middle, height = _find_middle(piece), tall
    rows = [_build_row(line) for line in lines]
    return [row for row in rows if row]


def _find_middle(piece: Sequence[Glyph]) -> float:
    return median((glyph.top + glyph.bottom) / 2 for glyph in piece)


def _iter_pieces(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Iterate over runs of characters that follow each other in the file as on a line."""
    piece: list[Glyph] = []
    for glyph in glyphs:
        if piece:
            last = piece[-1]
            height = min(glyph.bottom - glyph.top, last.bottom - last.top)
            shared = min(glyph.bottom, last.bottom) - max(glyph.top, last.top)
            if (
                shared < _MIN_SHARED_HEIGHT * height
                or not -height < glyph.x0 - last.x1 < MIN_CELL_GAP * height
            ):
                yield piece
                piece = []
        piece.append(glyph)
    if piece:
        yield piece


def _measure_em(glyph: Glyph) -> float:
    return glyph.x1 - glyph.x0 if is_wide(glyph.text) else glyph.bottom - glyph.top


def _build_row(glyphs: list[Glyph]) -> SegmentRow:
    glyphs = _drop_overprints(sorted(glyphs, key=lambda glyph: glyph.x0))
    height = max(glyph.bottom - glyph.top for glyph in glyphs)
    bottom = max(
        glyph.bottom for glyph in glyphs if glyph.bottom - glyph.top >= _MAX_RAISED_HEIGHT * height
    )
    gaps = _measure_gaps(glyphs)
    spread = _is_letterspaced(gaps)
    usual = median(gaps) if gaps else 0.0
    row: SegmentRow = []
    part: list[Glyph] = []
    last: Glyph | None = None
    for glyph in glyphs:
        gap = glyph.x0 - last.x1 if last and glyph.text != " " and not spread else 0.0
        if last and gap > MIN_CELL_GAP * max(_measure_em(glyph), _measure_em(last)):
            row.extend(_build_segment(part, height, bottom, usual))
            part = []
        part.append(glyph)
        if glyph.text != " ":
            last = glyph
    row.extend(_build_segment(part, height, bottom, usual))
    return _join_number(row)


def _drop_overprints(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Remove characters that are drawn again, slightly offset, to look bold."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        for before in kept[-_MAX_BOLD_LAYERS:]:
            near = glyph.x0 - before.x0 < _MAX_BOLD_OFFSET * (before.x1 - before.x0)
            if glyph.text == before.text and near and not glyph.text.isspace():
                break
        else:
            kept.append(glyph)
    return kept


def _measure_gaps(glyphs: Sequence[Glyph]) -> list[float]:
    """Return the gaps next to Chinese characters, in character widths."""
    seen = [glyph for glyph in glyphs if glyph.text != " "]
    return [
        (after.x0 - before.x1) / max(_measure_em(before), 1.0)
        for before, after in pairwise(seen)
        if is_wide(before.text) or is_wide(after.text)
    ]


def _is_letterspaced(gaps: Sequence[float]) -> bool:
    """Return whether the characters are evenly spaced, as in some titles."""
    if len(gaps) < 3:
        return False
    return _SPREAD_GAPS[0] < min(gaps) and max(gaps) < min(
        min(gaps) + _MAX_SPREAD_DIFFERENCE, _SPREAD_GAPS[1]
    )


def _build_segment(
    glyphs: list[Glyph], height: float, bottom: float, usual: float
) -> Iterator[TextSegment]:
    """Build the segment of some characters, or none if nothing is visible."""
    while glyphs and glyphs[-1].text == " ":
        glyphs = glyphs[:-1]
    start = next((i for i, glyph in enumerate(glyphs) if glyph.text not in " \u3000"), None)
    if start is None:
        return
    chars: list[str] = []
    ends: list[float] = []
    raised = False
    for i, glyph in enumerate(glyphs):
        if glyph.text == " " and i < start:
            continue
        high = glyph.bottom - glyph.top
        now = high < _MAX_RAISED_HEIGHT * height and bottom - glyph.bottom > _MIN_RAISE * height
        now = now and not is_wide(glyph.text) and (glyph.text.isalnum() or glyph.text in "[]")
        if now != raised:
            chars.append(RAISED if now else RAISED_END)
            ends.append(glyph.x0)
            raised = now
        elif chars and not now and _is_word_break(glyphs[i - 1], glyph, usual):
            chars.append(" ")
            ends.append(glyph.x0)
        chars.append(glyph.text)
        ends.append(glyph.x1)
    if raised:
        chars.append(RAISED_END)
        ends.append(glyphs[-1].x1)
    text = "".join(chars)
    wide = [glyph.x1 - glyph.x0 for glyph in glyphs if is_wide(glyph.text)]
    em = median(wide) if wide else median(glyph.bottom - glyph.top for glyph in glyphs)
    lead = len(text) - len(text.lstrip(" \u3000"))
    unbroken = _UNBROKEN.match(text, lead)
    seen = [glyph for glyph in glyphs if glyph.text != " "]
    yield TextSegment(
        text,
        glyphs[start].x0,
        max(glyph.x1 for glyph in seen if glyph.text != "\u3000"),
        min(glyph.top for glyph in seen),
        max(glyph.bottom for glyph in seen),
        max(em, 1.0),
        ends[unbroken.end() - 1] - glyphs[start].x0 if unbroken else em,
        _find_hang(text, lead, ends),
    )


def _is_word_break(before: Glyph, after: Glyph, usual: float) -> bool:
    """Return whether a space belongs between two characters although the file has none.

    Between Chinese and Latin characters there is often a gap that is not a space. In a stretched
    line there is a gap between all characters.
    """
    gap = after.x0 - before.x1
    if " " in (before.text, after.text) or after.text in CLOSING:
        return False
    if is_wide(before.text) and is_wide(after.text):
        signs = before.text in _SIGNS or after.text in _SIGNS
        return not signs and gap > (usual + _MIN_WORD_GAP) * _measure_em(after)
    if is_wide(before.text) or is_wide(after.text):
        return False
    return gap > _MIN_WORD_GAP * (after.bottom - after.top)


def _find_hang(text: str, lead: int, ends: list[float]) -> float:
    number = ENUMERATOR.match(text, lead)
    if not number:
        return 0.0
    end = number.end()
    while end < len(text) and text[end] in " \u3000":
        end += 1
    return ends[end - 1]


def _join_number(row: SegmentRow) -> SegmentRow:
    """Join a number with the text that a tab separates from it."""
    if len(row) < 2:
        return row
    number, text = row[:2]
    if not ENUMERATOR.fullmatch(number.text.strip()) or text.x0 - number.x1 > 4 * text.em:
        return row
    joined = TextSegment(
        number.text.rstrip() + text.text.lstrip(),
        number.x0,
        text.x1,
        min(number.top, text.top),
        max(number.bottom, text.bottom),
        text.em,
        number.x1 - number.x0 + text.first_unit,
        text.x0,
    )
    return [joined, *row[2:]]
