"""Cleaning of raw text: one paragraph per line, without additions by web sites or mail programs.

All offsets in the rest of the program refer to the clean text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from reportsearch import lexicon
from reportsearch.lexicon.wordlists import SiteWords
from reportsearch.structure.heading_labels import parse_label
from reportsearch.structure.running_text import split_running_text
from reportsearch.structure.site_lines import find_page_remnants

_MARKER = re.compile(r"##[A-Za-z_]+##")
_BLANK = " \t\u3000\xa0"
_LINE_END = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")

_TERMINAL = "。！？!?；;：:…”’）)】」"
_CLOSING = "，。、；：！？”’）】》」,;:!?)"
_OPENING = "《“‘（【「，、("
_POINT = re.compile(r"[一二三四五六七八九十]+是")


@dataclass(frozen=True, slots=True)
class CleanText:
    """The clean text, with the source and date of publication from the site's lines."""

    text: str
    source: str | None = None
    published: str | None = None


def clean_text(
    raw: str, *, lines_are_paragraphs: bool = False, words: SiteWords | None = None
) -> CleanText:
    """Remove markers and site lines, and join lines that were wrapped to a fixed width.

    ``lines_are_paragraphs`` means that the line ends are known to be real (a Word file). ``words``
    are those of web pages; without them, those that ship with the package.
    """
    text = _remove_invisible(_LINE_END.sub("\n", _MARKER.sub("", raw)))
    lines = [line.rstrip(_BLANK) for line in text.split("\n")]
    page = find_page_remnants(lines, words or lexicon.load().site)
    # Keep the break between the text before and after a removed line.
    lines = ["" if number in page.lines else line for number, line in enumerate(lines)]
    paragraphs = [line for line in lines if line.strip(_BLANK)]
    if not lines_are_paragraphs:
        paragraphs = _join_lines(lines)
    paragraphs = split_running_text([paragraph.strip(_BLANK) for paragraph in paragraphs])
    joined = "\n".join(paragraphs)
    return CleanText(joined, page.source, page.published)


def _remove_invisible(text: str) -> str:
    """Remove control and format characters (zero-width, bidi), and normalise spaces."""
    kept = {"\n", "\t"}
    odd = {char for char in set(text) if char not in kept and not char.isprintable()}
    table = {}
    for char in odd:
        category = unicodedata.category(char)
        if category == "Cs":
            table[ord(char)] = "\N{REPLACEMENT CHARACTER}"
        elif category in {"Cc", "Cf"}:
            table[ord(char)] = ""
        elif category == "Zs" and char != "\u3000":
            table[ord(char)] = " "
    return text.translate(table)


def _measure_width(text: str) -> int:
    """Return the width in terminal columns, two for a Chinese character."""
    return len(text.encode("gb18030", "replace"))


def _join_lines(lines: list[str]) -> list[str]:
    """Join lines that were wrapped to a width or broken around a link into paragraphs."""
    full = _find_wrap_width(lines)
    indented = any(line[:1] in _BLANK for line in lines if line)
    paragraphs: list[list[str]] = []
    before = ""
    for line in lines:
        text = line.strip(_BLANK)
        if text and before and _continues(before, line, full, indented, paragraphs[-1]):
            if _is_latin_letter(paragraphs[-1][-1][-1]) and _is_latin_letter(text[0]):
                text = " " + text
            paragraphs[-1].append(text)
        elif text:
            paragraphs.append([text])
        before = line
    return ["".join(parts) for parts in paragraphs]


def _is_latin_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _find_wrap_width(lines: list[str]) -> int | None:
    """Return the width to which lines were wrapped, or None."""
    widths = [_measure_width(line) for line in lines if line]
    if len(widths) < 8:
        return None
    common = Counter(width // 4 for width in widths).most_common(1)[0][0]
    near = [width for width in widths if abs(width // 4 - common) <= 1]
    limit = max(near)
    if not 40 <= limit <= 130 or len(near) < len(widths) / 2:
        return None
    # Lines of one width that are whole sentences are paragraphs of equal length.
    whole = sum(
        line[-1] in "。！？"
        for line in lines
        if line and abs(_measure_width(line) // 4 - common) <= 1
    )
    if whole > len(near) / 2:
        return None
    return limit if max(widths) <= limit + 8 else None


def _continues(
    before: str, line: str, full: int | None, indented: bool, paragraph: list[str]
) -> bool:
    """Check whether a line continues the paragraph made of the lines so far."""
    text = line.strip(_BLANK)
    last = paragraph[-1][-1]
    if parse_label(text) or _POINT.match(text) or "\t" in text:
        return False
    if text[0] in _CLOSING or last in _OPENING:
        return True
    if full is not None:
        if indented and line[0] in _BLANK:
            return False
        if last in "。！？" and text[-1] not in _TERMINAL and len(text) * 4 < full:
            # A short line without a mark is no end of a paragraph, but a heading.
            return False
        return _measure_width(before) >= full - 5
    # A link inside a sentence, saved as a separate line.
    return (
        last not in _TERMINAL
        and line[0] not in _BLANK
        and parse_label(paragraph[0]) is None
        and (len(paragraph) > 1 or "。" in paragraph[0])
        and "\t" not in paragraph[0]
    )
