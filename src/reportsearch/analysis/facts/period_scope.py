"""Rules that decide which time expression applies to a quantity."""

from __future__ import annotations

import re
from bisect import bisect_left

from reportsearch.analysis.facts.periods import TimeExpression
from reportsearch.analysis.facts.quantity import (
    Quantity,
    find_clause_start,
    find_segment_start,
    find_sentence_start,
)
from reportsearch.analysis.facts.tagged_words import TaggedParagraph

_MIN_MONTHS_OF_YEAR = 8
"""Minimum difference in months for a time to apply as widely as a year."""
_MAX_TIMES = 12
"""Maximum number of times to look back."""
_OF_THE_SAME_YEAR = frozenset({"年内", "当年", "同年"})
_BLANKS = " -—"
_LEADS = frozenset({"", "到", "在", "截至", "至"})
_PAST = re.compile("去年|上年|上一年|前年|往年")
_ATTRIBUTE = re.compile(r"[^,，。;；:：!?！？\d]{1,12}的")
"""Words between a time and the number when both belong to one attribute."""
_HOW_OFTEN = re.compile("(?<![人户])(?:每年|每月|每天)|(?<![头第这近])一年(?!来|级|一度|制|内|期)")


def find_time(paragraph: TaggedParagraph, quantity: Quantity) -> TimeExpression | None:
    """Return the nearest time before a quantity whose scope includes it."""
    sentence = find_sentence_start(paragraph.text, quantity.start)
    behind = bisect_left(paragraph.time_starts, quantity.start)
    for time in reversed(paragraph.times[max(behind - _MAX_TIMES, 0) : behind]):
        if time.start < sentence:
            continue
        between = paragraph.text[time.end : quantity.start]
        if time.is_compared:
            if between == "的" and _is_level_of(paragraph.text, time, quantity):
                return time
            continue
        if between in {"", "的"}:
            # 由上年的19人降到6人: the time belongs to this number. 2019年的1.3倍 is an exception.
            if quantity.base != "倍":
                return time
        elif not _is_of_another(paragraph, time, quantity) and _still_applies(
            paragraph.text, time, sentence, between
        ):
            return time
    return None


def find_frequency(paragraph: TaggedParagraph, quantity: Quantity, *, is_carried: bool) -> str:
    """Return 每年, 每月 or 每天 if no time is given, else an empty string.

    每天 and 每月 apply to their clause and to figures with the same name, 每年 to the whole
    sentence.
    """
    text = paragraph.text
    clause = find_clause_start(text, quantity.start)
    for found in _HOW_OFTEN.finditer(
        text, find_sentence_start(text, quantity.start), quantity.start
    ):
        if is_carried or found.start() >= clause or found[0].endswith("年"):
            return found[0]
    return ""


def _is_level_of(text: str, time: TimeExpression, quantity: Quantity) -> bool:
    """Check for the level at a time: 比上年的100万人次增长20%, but not 恢复到2019年的80%."""
    return not quantity.is_share or text[max(time.start - 1, 0) : time.start] in {"比", "较"}


def _is_of_another(paragraph: TaggedParagraph, time: TimeExpression, quantity: Quantity) -> bool:
    """Check whether a time belongs only to the next number or a past level: 由上年的19人."""
    is_past = _PAST.match(paragraph.text, time.start)
    attribute = _ATTRIBUTE.match(paragraph.text, time.end) if is_past else None
    if attribute and attribute.end() in paragraph.quantity_starts:
        # 去年压着的8个项目,6个已开工
        return attribute.end() != quantity.start
    if paragraph.text[max(time.start - 1, 0) : time.start] in {"由", "从"} and time.is_year:
        return True
    return paragraph.text.startswith("的", time.end) and time.end + 1 in paragraph.quantity_starts


def _still_applies(text: str, time: TimeExpression, sentence: int, between: str) -> bool:
    """Check whether a time still applies after some text; a year does to the end of its sentence.

    A shorter time that opens its sentence or sentence part applies to all of it, otherwise only to
    its clause.
    """
    leads = not text[sentence : time.start].strip(_BLANKS)
    if time.is_year:
        # In 大桥年内通车;新建学校5所 the time is that of the bridge.
        is_of_part = not leads and text[time.start : time.end] in _OF_THE_SAME_YEAR
        return not (is_of_part and re.search("[;；]", between))
    if time.first is None or time.last is None or time.last - time.first >= _MIN_MONTHS_OF_YEAR:
        return leads or not re.search("[;；]", between)
    begin = max(find_segment_start(text, time.start, ";；:："), sentence)
    if text[begin : time.start].strip() in _LEADS:
        return begin == sentence or not re.search("[;；]", between)
    return not re.search("[,，;；]", between)
