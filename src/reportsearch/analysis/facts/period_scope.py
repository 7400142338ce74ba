"""Which expression of time applies to a quantity."""

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
"""Months from which on a time holds like a year."""
_MAX_TIMES = 12
"""Times that are looked back at."""
_LEADS = frozenset({"", "到", "在", "截至", "至"})
_PAST = re.compile("去年|上年|上一年|前年|往年")
_ATTRIBUTE = re.compile(r"[^,，。;；:：!?！？\d]{1,12}的")
"""What stands between a time and the number whose attribute it is part of."""
_HOW_OFTEN = re.compile("(?<![人户])(?:每年|每月|每天)|(?<![头第这近])一年(?!来|级|一度|制|内|期)")


def find_time(paragraph: TaggedParagraph, quantity: Quantity) -> TimeExpression | None:
    """The time that applies to a quantity: the nearest before it that reaches so far."""
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
            # 由上年的19人降到6人: it is the time of this number; but not of 2019年的1.3倍.
            if quantity.base != "倍":
                return time
        elif not _is_of_another(paragraph, time, quantity) and _still_applies(
            paragraph.text, time, sentence, between
        ):
            return time
    return None


def find_frequency(paragraph: TaggedParagraph, quantity: Quantity, *, is_carried: bool) -> str:
    """每年, where no time is given; empty for nothing.

    每天 and 每月 hold for their clause and for figures of the same name, 每年 for the sentence.
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
    """比上年的100万人次增长20%: the number is that of the time; but not 恢复到2019年的80%."""
    return not quantity.is_share or text[max(time.start - 1, 0) : time.start] in {"比", "较"}


def _is_of_another(paragraph: TaggedParagraph, time: TimeExpression, quantity: Quantity) -> bool:
    """Whether it is only that of the number behind it, or of what was before: 由上年的19人."""
    is_past = _PAST.match(paragraph.text, time.start)
    attribute = _ATTRIBUTE.match(paragraph.text, time.end) if is_past else None
    if attribute and attribute.end() in paragraph.quantity_starts:
        # 去年压着的8个项目,6个已开工
        return attribute.end() != quantity.start
    if paragraph.text[max(time.start - 1, 0) : time.start] in {"由", "从"} and time.is_year:
        return True
    return paragraph.text.startswith("的", time.end) and time.end + 1 in paragraph.quantity_starts


def _still_applies(text: str, time: TimeExpression, sentence: int, between: str) -> bool:
    """Whether a time still holds after some text: a year to the end of its sentence.

    What is shorter than a year holds for its sentence or part of it where it begins that, else for
    its clause.
    """
    if time.is_year or time.first is None or time.last is None:
        return True
    if time.last - time.first >= _MIN_MONTHS_OF_YEAR:
        return True
    begin = max(find_segment_start(text, time.start, ";；:："), sentence)
    if text[begin : time.start].strip() in _LEADS:
        return begin == sentence or not re.search("[;；]", between)
    return not re.search("[,，;；]", between)
