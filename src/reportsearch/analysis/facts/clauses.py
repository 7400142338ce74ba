"""Clauses and sentences of a tagged paragraph, as positions of words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportsearch.analysis.facts import word_kinds as kinds
from reportsearch.analysis.facts.tagged_words import TaggedParagraph

_REMARK = re.compile(r"[(（][^()（），。;；]{1,8}[)）]")
_MAX_WORDS = 300
"""Maximum number of words in a clause; longer clauses are split."""
_MAX_REMARK_CHARS = 10
_WITHIN = frozenset({"而"})
"""Conjunctions inside a clause: 因征地而停工."""
_SENTENCE_ENDS = frozenset({"。", "!", "?", ";", "；", ":", "："})


def iter_clauses(
    paragraph: TaggedParagraph, begin: int = 0, end: int | None = None
) -> Iterator[tuple[int, int]]:
    """Yield the positions of the first word of each clause and of the mark that ends it."""
    stop = len(paragraph.words) if end is None else end
    for place in range(begin, stop):
        word = paragraph.words[place]
        if place - begin >= _MAX_WORDS:
            yield begin, place
            begin = place
        ends = word.kind == kinds.END and word.text not in _WITHIN
        if ends and not is_in_remark(paragraph, word.start):
            if begin < place:
                yield begin, place
            begin = place + 1
    if begin < stop:
        yield begin, stop


def is_in_remark(paragraph: TaggedParagraph, at: int) -> bool:
    """Check whether a character is in a short bracketed remark, as in 旅游建设（一期）项目."""
    begin = max(at - _MAX_REMARK_CHARS, 0)
    opened = max(
        paragraph.text.rfind("(", begin, at + 1), paragraph.text.rfind("（", begin, at + 1)
    )
    remark = _REMARK.match(paragraph.text, opened) if opened >= 0 else None
    return remark is not None and at < remark.end()


def find_sentence_start_word(paragraph: TaggedParagraph, place: int) -> int:
    """Return the position of the first word of the sentence or sentence part around ``place``."""
    first = max(place - _MAX_WORDS, 0)
    while place > first and paragraph.words[place - 1].text not in _SENTENCE_ENDS:
        place -= 1
    return place
