"""Paragraphs of a text that lost its line breaks.

A file site or a mail program may put a whole report into one line. Its paragraphs show by the
indent in front of each, or by headings numbered in order: ``现述职如下：一、学习。…二、作风。…``
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportsearch.structure.heading_labels import HeadingLabel, parse_label

_MIN_CHARS = 120
"""Length of a line that may hold several paragraphs."""
_MAX_HEADING_CHARS = 45
_INDENT = re.compile(r"(?<=\S)(?:\u3000{2,}|[ \xa0]{4,})(?=\S)")
_INDENT_STARTS = ("\u3000\u3000", "  ", "\xa0\xa0")
_LABEL_PLACE = re.compile(
    r"(?<=[。；：！？”）…])\s*(?=[一二三四五六七八九十]{1,3}\s?[、．.]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[、．.](?!\d))"
)
_HEADING = re.compile(rf"[^。！？；]{{2,{_MAX_HEADING_CHARS}}}[。！？：\s]")
_TITLE = re.compile(
    r"[^。，：；\s]{2,40}?(?:报告|总结|汇报|材料)(?=\s+\S|(?:尊敬的|各位|同志们)[^。]{0,40}[：！])\s*"
)
_SALUTATION = re.compile(r"(?:尊敬的|各位|同志们)[^。：！；]{0,40}[：！]\s*(?=\S)")
_SPLIT_KINDS = ("一、", "（一）", "1.")
_FIRST = {"一、": ("一、", "一．", "一."), "（一）": ("（一", "(一"), "1.": ("1、", "1．", "1.")}


def split_running_text(paragraphs: Sequence[str]) -> list[str]:
    """Return the paragraphs, with those that hold several split where each begins."""
    total = sum(map(len, paragraphs))
    headed = {found.kind for line in paragraphs if (found := parse_label(line))}
    parts: list[str] = []
    for paragraph in paragraphs:
        if len(paragraph) < _MIN_CHARS or "\t" in paragraph:
            parts.append(paragraph)
            continue
        pieces = _split_at_indents(paragraph)
        # In a text with lines of its own for headings, numbers inside a line count points.
        is_whole = 2 * len(paragraph) > total
        if is_whole:
            pieces = [*_split_off_title(pieces[0]), *pieces[1:]]
        for piece in pieces:
            parts += _split_at_labels(piece, _SPLIT_KINDS, headed, is_whole=is_whole)
    return parts


def _split_at_indents(paragraph: str) -> list[str]:
    if not any(blank in paragraph for blank in _INDENT_STARTS):
        return [paragraph]
    pieces = [piece.strip() for piece in _INDENT.split(paragraph)]
    # A few wide gaps may be part of a line, such as a title or a signature.
    return pieces if len(pieces) > 2 else [paragraph]


def _split_off_title(text: str) -> list[str]:
    """Split the title and the salutation off a text that begins with them."""
    parts = []
    for pattern in (_TITLE, _SALUTATION):
        if found := pattern.match(text):
            parts.append(found[0].strip())
            text = text[found.end() :]
    return [*parts, text]


def _split_at_labels(
    text: str, kinds: Sequence[str], headed: set[str], *, is_whole: bool
) -> list[str]:
    """Split at the headings of the outermost numbering, then within each part at the next."""
    if not kinds:
        return [text]
    kind, deeper = kinds[0], kinds[1:]
    places = []
    if kind not in headed and (is_whole or kind == _SPLIT_KINDS[0]):
        places = _find_headings(text, kind)
    if not places:
        return _split_at_labels(text, deeper, headed, is_whole=is_whole)
    parts = [
        text[first:last].strip()
        for first, last in zip([0, *places], [*places, len(text)], strict=True)
    ]
    return [
        piece
        for part in parts
        if part
        for piece in _split_at_labels(part, deeper, headed, is_whole=True)
    ]


def _find_headings(text: str, kind: str) -> list[int]:
    """Return the places of headings numbered in order from 1, at least two."""
    if not any(first in text for first in _FIRST[kind]):
        return []
    places: list[int] = []
    number = 0
    for match in _LABEL_PLACE.finditer(text):
        found = parse_label(text[match.end() : match.end() + _MAX_HEADING_CHARS])
        if found is None or found.kind != kind:
            continue
        if found.number == number + 1 and _is_heading(text, match.end(), found):
            places.append(match.end())
            number += 1
    return places if number > 1 else []


def _is_heading(text: str, start: int, found: HeadingLabel) -> bool:
    return bool(_HEADING.match(text, start + found.end))
