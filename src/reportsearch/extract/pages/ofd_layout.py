"""Layout of positioned characters into lines and paragraphs. All lengths are in the same unit."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple


class OfdGlyph(NamedTuple):
    """A character, the left end of its base line, and the size of its font."""

    x: float
    y: float
    size: float
    char: str


@dataclass(frozen=True, slots=True)
class OfdPage:
    """A page; y increases downwards."""

    width: float
    height: float
    glyphs: list[OfdGlyph]


@dataclass(frozen=True, slots=True)
class _OfdLine:
    left: float
    right: float
    y: float
    size: float
    text: str


_MARGIN = 0.13
"""Share of a page at the top and bottom that contains running headers and page numbers."""
_PAGE_NUMBER = re.compile(
    r"[-–—－·\s]*+(?:第?\s*+[\d〇一二三四五六七八九十]{1,4}\s*+页?)"
    r"(?:\s*+[/，,]?\s*+共?\s*+\d{1,4}\s*+页?)?[-–—－·\s]*+"
)
_MIN_CELL_GAP, _MIN_BLANK_GAP, _MIN_WORD_GAP = 1.6, 0.75, 0.25
"""Minimum gaps of a cell, a full-width blank and a blank, in font sizes."""


def build_paragraphs(pages: list[OfdPage]) -> list[str]:
    """Build the text of pages in reading order, without page numbers and running lines."""
    lines = [_build_lines(page.glyphs) for page in pages]
    running = _find_running_lines(pages, lines)
    kept = [
        [line for line in found if not _is_in_margin(page, line) or not _is_running(line, running)]
        for page, found in zip(pages, lines, strict=True)
    ]
    return _join_paragraphs(kept, min((page.width for page in pages), default=0.0))


def _build_lines(glyphs: Iterable[OfdGlyph]) -> list[_OfdLine]:
    lines: list[list[OfdGlyph]] = []
    base = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y):
        if lines and glyph.y - base <= 0.35 * glyph.size:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            base = glyph.y
    made = (_build_line(sorted(line, key=lambda glyph: glyph.x)) for line in lines)
    return [line for line in made if line.text]


def _estimate_advance(glyph: OfdGlyph) -> float:
    wide = unicodedata.east_asian_width(glyph.char) in "WFA"
    return glyph.size if wide else glyph.size / 2


def _build_line(glyphs: list[OfdGlyph]) -> _OfdLine:
    parts: list[str] = []
    before: OfdGlyph | None = None
    left = right = 0.0
    for glyph in glyphs:
        if glyph.char.isspace() and glyph.char != "\u3000":
            # If the space is wide enough, the gap shows it.
            if before and parts[-1] != " ":
                parts.append(" ")
            continue
        if before is None:
            left = glyph.x
        elif glyph.char == before.char and glyph.x - before.x < 0.2 * glyph.size:
            # Drawn twice to look bold.
            continue
        else:
            gap = (glyph.x - right) / glyph.size
            between = _choose_separator(gap, before.char, glyph.char, had=parts[-1] == " ")
            if between and parts[-1] == " ":
                parts.pop()
            parts.append(between)
        parts.append(glyph.char)
        before, right = glyph, glyph.x + _estimate_advance(glyph)
    text = "".join(parts)
    left += (len(text) - len(text.lstrip("\u3000"))) * (glyphs[0].size if text else 0)
    sizes = Counter(round(glyph.size, 2) for glyph in glyphs)
    return _OfdLine(left, right, glyphs[0].y, sizes.most_common(1)[0][0], text.strip(" \u3000"))


def _choose_separator(gap: float, before: str, after: str, *, had: bool) -> str:
    if gap >= _MIN_CELL_GAP:
        return "\t"
    if had:
        return ""
    if gap >= _MIN_BLANK_GAP and not (before.isascii() or after.isascii()):
        return "\u3000"
    # Gaps between the digits of a justified line do not separate words.
    least = _MIN_BLANK_GAP if before.isdigit() and after.isdigit() else _MIN_WORD_GAP
    return " " if gap >= least and before.isascii() and after.isascii() else ""


def _is_in_margin(page: OfdPage, line: _OfdLine) -> bool:
    return not _MARGIN * page.height <= line.y <= (1 - _MARGIN) * page.height


def _get_line_key(line: _OfdLine) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.y / 3)


def _find_running_lines(pages: list[OfdPage], lines: list[list[_OfdLine]]) -> set[tuple[str, int]]:
    """Find lines repeated in the margins of three or more pages, and of a third of all pages."""
    counts: Counter[tuple[str, int]] = Counter()
    for page, found in zip(pages, lines, strict=True):
        counts.update({_get_line_key(line) for line in found if _is_in_margin(page, line)})
    return {key for key, count in counts.items() if count >= max(3, len(pages) / 3)}


def _is_running(line: _OfdLine, running: set[tuple[str, int]]) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text)) or _get_line_key(line) in running


def _join_paragraphs(pages: list[list[_OfdLine]], width: float) -> list[str]:
    """Join lines into paragraphs, which may continue at the top of the next page."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    size = median(line.size for line in lines)
    body = [line for line in lines if abs(line.size - size) < 0.1 * size and "\t" not in line.text]
    left = _find_edge([line.left for line in body or lines], size)
    right = -_find_edge([-line.right for line in body or lines], size)
    # In a short text there may be no full lines, and no one-line paragraphs that start at the
    # margin. Then both margins are assumed to be equal.
    right = right if right > 0.6 * width else max(right, width - left)
    left = min(left, max(width - right, 0.0))
    texts: list[list[str]] = []
    before: _OfdLine | None = None
    for line in lines:
        if before and _continues_paragraph(before, line, left, right, size):
            words = before.text[-1].isascii() and line.text[0].isascii()
            texts[-1].append(" " if words and before.text[-1].isalpha() else "")
            texts[-1].append(line.text)
        else:
            texts.append([line.text])
        before = line
    return ["".join(parts) for parts in texts]


def _find_edge(ends: list[float], size: float) -> float:
    """Return the lowest end, ignoring one or two outliers."""
    ends = sorted(ends)
    needed = max(2, len(ends) // 20)
    for number, end in enumerate(ends[: len(ends) - needed + 1]):
        if ends[number + needed - 1] - end <= 1.2 * size:
            return end
    return ends[0]


def _continues_paragraph(
    before: _OfdLine, line: _OfdLine, left: float, right: float, size: float
) -> bool:
    """Return whether a line belongs to the paragraph of the previous one."""
    if "\t" in before.text or "\t" in line.text or abs(before.size - line.size) > 0.1 * size:
        return False
    if before.right < right - 2.2 * size:
        return False
    # The second line of a title in larger type is centred like the first.
    return line.left <= left + 0.8 * size or line.size > 1.1 * size
