"""Clauses and sentences of a row, by the places of their words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportsearch.analysis.facts.tagged_words import END, Row

_REMARK = re.compile(r"[(（][^()（），。;；]{1,8}[)）]")
_LONGEST = 300
"""Words of a clause; one that is longer is none."""
_LONGEST_REMARK = 10
_SENTENCES = frozenset({"。", "!", "?", ";", "；", ":", "："})


def clauses(row: Row, begin: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The places of the first word of each clause and of the mark that ends it."""
    stop = len(row.words) if end is None else end
    for place in range(begin, stop):
        word = row.words[place]
        if place - begin >= _LONGEST:
            yield begin, place
            begin = place
        if word.kind == END and not in_remark(row, word.start):
            if begin < place:
                yield begin, place
            begin = place + 1
    if begin < stop:
        yield begin, stop


def in_remark(row: Row, at: int) -> bool:
    """Whether a character is in a short remark in brackets, like those of 旅游建设（一期）项目."""
    begin = max(at - _LONGEST_REMARK, 0)
    opened = max(row.text.rfind("(", begin, at + 1), row.text.rfind("（", begin, at + 1))
    remark = _REMARK.match(row.text, opened) if opened >= 0 else None
    return remark is not None and at < remark.end()


def sentence_start(row: Row, place: int) -> int:
    """The place of the first word of the sentence, or part of one, in which a place is."""
    first = max(place - _LONGEST, 0)
    while place > first and row.words[place - 1].text not in _SENTENCES:
        place -= 1
    return place
