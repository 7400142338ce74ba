"""The name of a quantity and how it is built from a phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportsearch.analysis.facts.lead_words import NO_SPAN
from reportsearch.analysis.facts.tagged_words import TaggedParagraph, TaggedWord
from reportsearch.comparable import Span

_QUOTES = {"“": "”", "‘": "’", "「": "」"}
_MAX_QUOTED_CHARS = 14
_NO_NAMES = frozenset("一二三四五六七八九十")
_ORDINAL = re.compile(
    r"第(?:\d{1,3}|[一二三四五六七八九十百]{1,4})(?:个|位|名|家|座|条|次|年|件|项|例|批)"
)
"""第4个 in 成为全省第4个吞吐量超千万人次的机场 counts, and is part of no name; 第三产业 is one."""
_PLACES = ("上", "中", "里", "下", "内", "外")
_BEGINS = "、的等” ’·%/+-−—–"
_ENDS = "、的等“ ‘·-−—–"


@dataclass(frozen=True, slots=True)
class FigureName:
    """The name of what a quantity measures, with its span if contiguous and its change.

    ``change`` is the span of the words of a change, (0, 0) for a level. ``verb`` is what was done,
    such as 整改 in 整改隐患326处. ``pieces`` are the spans of a name joined from several parts; its
    ``start`` and ``end`` are None. ``is_carried_over`` marks a name taken from earlier in the text.
    ``following_names`` are the names of the numbers that follow in a list (分别是1.3倍和1.2倍).
    """

    text: str
    start: int | None = None
    end: int | None = None
    change: Span = NO_SPAN
    is_carried_over: bool = False
    verb: str = ""
    pieces: tuple[Span, ...] = ()
    following_names: tuple[FigureName, ...] = ()


def join_spans(paragraph: TaggedParagraph, pieces: tuple[Span, ...]) -> FigureName:
    """Join several spans of the text into one name."""
    return FigureName("".join(paragraph.text[start:end] for start, end in pieces), pieces=pieces)


def _find_quotation_start(text: str, start: int, end: int) -> int:
    """Return where a quotation that ends in a span begins: “明厨亮灶 for 灶”覆盖率."""
    for opens, closes in _QUOTES.items():
        at = text.find(closes, start, end)
        if at >= start and opens not in text[start:at]:
            begin = text.rfind(opens, max(start - _MAX_QUOTED_CHARS, 0), start)
            return begin if begin >= 0 else start
    return start


def _is_uninformative(word: TaggedWord) -> bool:
    """Check whether a word alone says only when or where: 过去, 会上, the 一 of 一是."""
    of_place = word.tag == "s" and word.text.endswith(_PLACES)
    return word.tag == "t" or of_place or word.text in _NO_NAMES


def build_name(
    paragraph: TaggedParagraph, first: int, last: int, change: Span = NO_SPAN, verb: str = ""
) -> FigureName | None:
    """Build the name from the phrase between two words, without edge marks, or return None."""
    if first == last and _is_uninformative(paragraph.words[first]):
        return None
    start, end = paragraph.words[first].start, paragraph.words[last].end
    start = _find_quotation_start(paragraph.text, start, end)
    ordinal = _ORDINAL.match(paragraph.text, start, end)
    start = ordinal.end() if ordinal else start
    text = paragraph.text[start:end]
    while text and (text[0] in _BEGINS or _QUOTES.get(text[0], text[0]) not in text):
        text, start = text[1:], start + 1
    for opens, closes in _QUOTES.items():
        at = text.rfind(opens)
        if at > 0 and closes not in text[at:]:
            # In 古树名木“一树一码” only the first half is a name.
            text, end = text[:at], start + at
    opened = any(mark in text for mark in _QUOTES)
    while text and (text[-1] in _ENDS or (text[-1] in _QUOTES.values() and not opened)):
        text, end = text[:-1], end - 1
    # A neighbouring cell of figures is not a name.
    is_name = any(char.isalpha() or char == "*" for char in text)
    return FigureName(text, start, end, change, verb=verb) if is_name else None
