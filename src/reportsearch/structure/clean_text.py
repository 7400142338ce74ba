"""Cleaning of raw text: one paragraph per line, without additions by web sites or mail programs.

All offsets in the rest of the program refer to the clean text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from reportsearch.lexicon.wordlists import SiteWords
from reportsearch.structure.heading_labels import parse_label
from reportsearch.structure.running_text import split_running_text
from reportsearch.structure.site_lines import find_page_remnants, strip_tokens, trim_title

_MARKER = re.compile(r"##[A-Za-z_]+##")
# A heading or a bold line in Markdown.
_MARKUP = re.compile(r"\s*(?:#{1,6}\s+|\*\*(?=[^*]+\*\*$))")
_BLANK = " \t\u3000\xa0"
_LINE_END = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")

_TERMINAL = "。！？!?；;：:…”’）)】」"
_CLOSING = "，。、；：！？”’）】》」,;:!?)"
_OPENING = "《“‘（【「，、("
_RAGGED_SHARE, _LEAST_SHARE = 0.7, 0.55
_INNER_MARK = re.compile("[，。；、].")
_LONE_POINT = re.compile(
    r"[一二三四五六七八九十]{1,3}[是要、．]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、]|[—―-]{2,3}"
)
"""A number that stands alone on a line, with what it counts on the next."""
_POINT = re.compile(r"[一二三四五六七八九十]+是")
_TITLE_END = re.compile(r"[^，。；：:！？\t]{2,80}(?:报告|总结|汇报|小结|述职)")
_TITLE_WORDS = frozenset(
    (
        "报告",
        "总结",
        "汇报",
        "小结",
        "述职",
        "述廉",
        "履职",
        "履行",
        "职责",
        "情况",
        "工作",
        "政府",
        "年度",
    )
)
"""Words of titles, which a scan breaks in the middle."""


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """The width to which lines were wrapped, and the least of a line that goes on in the next.

    Lines that are ragged are cut at any place, so that a full stop at the end of one may end a
    paragraph.
    """

    width: int
    least: int
    is_ragged: bool


@dataclass(frozen=True, slots=True)
class CleanText:
    """The clean text, with the source and date of publication from the site's lines."""

    text: str
    source: str | None = None
    published: str | None = None


def clean_text(raw: str, *, words: SiteWords, lines_are_paragraphs: bool = False) -> CleanText:
    """Remove markers and site lines, and join lines that were wrapped to a fixed width.

    ``words`` are the words of web pages. ``lines_are_paragraphs`` means that the line ends are
    known to be real (a Word file).
    """
    text = _remove_invisible(_LINE_END.sub("\n", _MARKER.sub("", raw)))
    lines = [_remove_markup(line.rstrip(_BLANK)) for line in text.split("\n")]
    lines = strip_tokens(lines)
    page = find_page_remnants(lines, words)
    # Keep the break between the text before and after a removed line.
    lines = ["" if number in page.lines else line for number, line in enumerate(lines)]
    first = next((number for number, line in enumerate(lines) if line.strip(_BLANK)), None)
    if first is not None:
        lines[first] = trim_title(lines[first])
    paragraphs = [line for line in lines if line.strip(_BLANK)]
    if not lines_are_paragraphs:
        paragraphs = _join_lines(lines)
    paragraphs = split_running_text([paragraph.strip(_BLANK) for paragraph in paragraphs])
    joined = "\n".join(paragraphs)
    return CleanText(joined, page.source, page.published)


def _remove_markup(line: str) -> str:
    found = _MARKUP.match(line)
    return line[found.end() :].removesuffix("**") if found else line


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
        if text and before and _completes_title(paragraphs[-1], text):
            paragraphs[-1] = ["".join((*paragraphs[-1], text))]
        elif text and before and _continues(before, line, full, indented, paragraphs[-1]):
            if _is_latin_letter(paragraphs[-1][-1][-1]) and _is_latin_letter(text[0]):
                text = " " + text
            paragraphs[-1].append(text)
        elif text:
            paragraphs.append([text])
        before = line
    return ["".join(parts) for parts in paragraphs]


def _completes_title(paragraph: list[str], text: str) -> bool:
    """Check whether a line continues a title that is broken inside a word."""
    return paragraph[-1][-1] + text[0] in _TITLE_WORDS and bool(
        _TITLE_END.fullmatch("".join((*paragraph, text)))
    )


def _is_lone_heading(paragraph: list[str]) -> bool:
    """Check for a numbered line without a full stop, which is mostly a heading of its own."""
    return (
        len(paragraph) == 1 and "。" not in paragraph[0] and parse_label(paragraph[0]) is not None
    )


def _is_latin_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _find_wrap_width(lines: list[str]) -> _Wrapping | None:
    """Return the width to which lines were wrapped, or None."""
    filled = [line for line in lines if line]
    widths = [_measure_width(line) for line in filled]
    if len(widths) < 8:
        return None
    common = Counter(width // 4 for width in widths).most_common(1)[0][0]
    near = [abs(width // 4 - common) <= 1 for width in widths]
    limit = max(width for width, is_near in zip(widths, near, strict=True) if is_near)
    if _are_broken(filled, widths, near, limit) and max(widths) <= limit + 8:
        cut = [
            width
            for line, width, is_near in zip(filled, widths, near, strict=True)
            if is_near and line[-1] not in _TERMINAL
        ]
        if 4 * sum(width >= limit - 5 for width in cut) >= 3 * len(cut):
            return _Wrapping(limit, limit - 5, is_ragged=False)
    # The lines of a scan or a mail are of about one width.
    limit = sorted(widths)[len(widths) * 9 // 10]
    near = [width >= limit * _RAGGED_SHARE for width in widths]
    inner = sum(bool(_INNER_MARK.search(line)) for line in filled)
    if (
        _are_broken(filled, widths, near, limit)
        and max(widths) <= limit * 3 // 2
        and 2 * inner >= len(filled)
    ):
        return _Wrapping(limit, int(limit * _LEAST_SHARE), is_ragged=True)
    return None


def _are_broken(lines: list[str], widths: list[int], near: list[bool], limit: int) -> bool:
    """Check that most lines are near a plausible width, and most of these end in a sentence."""
    if not 40 <= limit <= 130 or 2 * sum(near) < len(widths):
        return False
    # Lines of one width that are whole sentences are paragraphs of equal length.
    whole = sum(line[-1] in "。！？" for line, is_near in zip(lines, near, strict=True) if is_near)
    return 2 * whole <= sum(near)


def _continues(
    before: str, line: str, full: _Wrapping | None, indented: bool, paragraph: list[str]
) -> bool:
    """Check whether a line continues the paragraph made of the lines so far."""
    text = line.strip(_BLANK)
    last = paragraph[-1][-1]
    if _LONE_POINT.fullmatch(paragraph[-1]):
        return True
    if parse_label(text) or _POINT.match(text) or "\t" in text:
        return False
    if text[0] == "、" and last in "。！？":
        # The number of a heading is lost.
        return False
    if text[0] in _CLOSING or last in _OPENING:
        return True
    if full is not None:
        if indented and line[0] in _BLANK:
            return False
        if last in "。！？" and text[-1] not in _TERMINAL and len(text) * 4 < full.width:
            # A short line without a mark is no end of a paragraph, but a heading.
            return False
        if full.is_ragged and (last in _TERMINAL or _is_lone_heading(paragraph)):
            return False
        return _measure_width(before) >= full.least
    # A link inside a sentence, saved as a separate line.
    return (
        last not in _TERMINAL
        and line[0] not in _BLANK
        and parse_label("".join(paragraph[:2])) is None
        and (len(paragraph) > 1 or "。" in paragraph[0])
        and "\t" not in paragraph[0]
    )
