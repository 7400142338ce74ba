"""The closing of a report: thanks and pledges, then a signature and a date."""

from __future__ import annotations

import re

from reportsearch.models.report import Passage, Report

_MAX_SIGNATURE_LINES = 3
_MAX_SIGNATURE_CHARS = 30
_PUNCTUATION = re.compile(r"[，。；！？、,;!?\t]")

_MAX_CLOSING_PASSAGES = 4
_COURTESY = re.compile(
    "以上(?:报告|述职|汇报|总结|情况|是)|特此报告|报告完毕|谢谢|此致"
    "|请.{0,20}(?:审议|评议|批评|指正|监督|审查)|接受.{0,20}(?:监督|评议|批评)"
    "|(?:各位|主任|代表|委员|同志|领导)[^。]{0,12}们?，"
)
_FIGURE = re.compile(r"[\d０-９]")


def find_body(passage: Passage) -> tuple[int, int]:
    """Return the span of a passage's paragraph, without the title and headings above it."""
    return passage.start + passage.text.rfind("\n") + 1, passage.end


def drop_signature(report: Report) -> tuple[Passage, ...]:
    """Return the passages without those of the signature."""
    return _drop_signature(report.passages)


def _drop_signature(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    count = len(passages)
    for passage in passages[: -_MAX_SIGNATURE_LINES - 1 : -1]:
        body = passage.text[passage.text.rfind("\n") + 1 :]
        if len(body) > _MAX_SIGNATURE_CHARS or _PUNCTUATION.search(body):
            break
        count -= 1
    # A report that consists only of short lines has no signature.
    return passages[: count or None]


def find_closing_passages(passages: tuple[Passage, ...]) -> frozenset[int]:
    """Return the positions of the closing passages: thanks, pledges, a signature.

    These are the last ones without a heading of their own that address the meeting or ask for its
    judgement, and give no figure.
    """
    last = len(_drop_signature(passages))
    found = set(range(last, len(passages)))
    for number in range(last - 1, max(last - 1 - _MAX_CLOSING_PASSAGES, 0), -1):
        passage = passages[number]
        # The closing may leave the last section, without a heading of its own.
        above = passages[number - 1].section
        headed = passage.section != above[: len(passage.section)]
        if headed or not _COURTESY.search(passage.text) or _FIGURE.search(passage.text):
            break
        found.add(number)
    return frozenset(found)
