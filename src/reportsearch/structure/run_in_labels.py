"""Labels that run into their paragraph: 教育方面，… 卫生工作：… ——民生。… 一是抓教育。…

A label names what the text after it is about, up to the next label of the same paragraph. It
stands at the start of the paragraph or, with 一是, 第一 or a dash, at the start of any sentence or
clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from reportsearch.structure.heading_labels import parse_label

_MAX_SENTENCE_TOPIC, _MAX_COLON_TOPIC = 24, 15
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_ORDINAL = re.compile(
    rf"(?:{_NUMERAL}(?:是|要|抓|则)|第{_NUMERAL}[，、,]|(?:首先|其次|再次|此外|最后)(?:是|[，、,])"
    r"|[—―-]{2,3}|[●■◆★▲◎※·•])\s*"
)

_INNER = re.compile(
    rf"(?<=[。；;！!：:])(?:(?={_ORDINAL.pattern})|(?=[^，。；：！？,;:!?\s\d]{{2,15}}(?:方面[，：]|：)))"
)

_WORDS = r"[^，。；：！？,;:!?\s\d０-９]"
# 另一方面 and 各方面 name nothing.
_ASPECT = re.compile(
    rf"(?:在|就|从)?(?!另?一方面|[各多这那全几两]|其[他它]方面|以下)(?P<topic>{_WORDS}{{1,18}}?)"
    r"(?:方面|(?<=[作理设障展治管务产育])上)\s*[，：,:]"
)
_ABOUT = re.compile(rf"关于(?P<topic>{_WORDS}{{2,18}})[，。：,:]")
_COLON = re.compile(rf"(?P<topic>{_WORDS}{{2,{_MAX_COLON_TOPIC}}})[：:](?=.)")
_BRACKET = re.compile(r"[【［〔](?P<topic>[^】］〕\d]{2,12})[】］〕]")
_SENTENCE = re.compile(
    rf"(?P<topic>[^。；：！？;:!?\d０-９]{{2,{_MAX_SENTENCE_TOPIC}}})[。！](?=.)"
)
_CLAUSE = re.compile(rf"(?P<topic>{_WORDS}{{2,10}})[，,](?=.)")
# What introduces something, or addresses someone, but names no topic.
_NO_TOPIC = re.compile(
    r"如下|以下|下面|下列|包括|其中|主要(?:是|有|做|抓|表现|体现)|[几两三四五六七八九十]个?方面"
    r"|(?:代表|委员|同志|领导|大家|主任|朋友)们?$|(?:认为|指出|强调|提出|表示|认识到|看到|例如|比如|即|如|是|为|有|在|说)$"
    r"|^(?:各位|同志们|我|本人|（?来源|编辑|责任编辑|报告人|述职人|姓名|单位|职务|时间|日期|来源|附件?|注)"
)


@dataclass(frozen=True, slots=True)
class RunInLabel:
    """A label and the text it governs.

    ``start`` and ``end`` span the words of the topic, without number and mark. The label governs
    the text from ``end`` to ``reach``. ``kind`` is how it is set off: ``aspect`` (方面), ``about``
    (关于), ``colon``, ``bracket``, ``sentence`` (a short sentence) or ``clause`` (after 一是).
    """

    kind: str
    start: int
    end: int
    reach: int


def find_run_in_label(text: str, start: int, end: int) -> RunInLabel | None:
    """Return the label with which a paragraph or sentence of a text starts, or None.

    A number before it (1. or 一是) is skipped.
    """
    line = text[start:end]
    number = parse_label(line)
    at = number.end if number else 0
    while line[at : at + 1].isspace():
        at += 1
    ordinal = _ORDINAL.match(line, at)
    at = ordinal.end() if ordinal else at
    kinds = [
        ("aspect", _ASPECT),
        ("about", _ABOUT),
        ("bracket", _BRACKET),
        ("colon", _COLON),
        ("sentence", _SENTENCE),
    ]
    if ordinal:
        kinds.append(("clause", _CLAUSE))
    for kind, pattern in kinds:
        found = pattern.match(line, at)
        if not found or _NO_TOPIC.search(found["topic"]):
            continue
        # Without a number, a first sentence with a comma is mostly an ordinary one.
        if kind != "sentence" or at or "，" not in found["topic"]:
            first, last = found.span("topic")
            return RunInLabel(kind, start + first, start + last, end)
    return None


def iter_run_in_labels(text: str, start: int, end: int) -> Iterator[RunInLabel]:
    """Yield the labels in a paragraph of a text in order; each reaches to where the next starts."""
    places = [start, *(found.start() for found in _INNER.finditer(text, start, end)), end]
    for first, last in pairwise(places):
        # A part without a topic still ends what the label before it governs.
        if label := find_run_in_label(text, first, last):
            yield label
