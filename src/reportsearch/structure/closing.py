"""Where a report ends: what is below its last sentence is a signature and a date."""

from __future__ import annotations

import re

from reportsearch.models import Passage, Report

_MOST_LINES = 3
_LONGEST = 30
_PUNCTUATION = re.compile(r"[，。；！？、,;!?\t]")


def body_of(passage: Passage) -> tuple[int, int]:
    """The span of a passage's paragraph, without the title and headings on lines before it."""
    return passage.start + passage.text.rfind("\n") + 1, passage.end


def passages_of(report: Report) -> tuple[Passage, ...]:
    """The passages without those of the signature."""
    count = len(report.passages)
    for passage in report.passages[: -_MOST_LINES - 1 : -1]:
        start, end = body_of(passage)
        if end - start > _LONGEST or _PUNCTUATION.search(report.text, start, end):
            break
        count -= 1
    # A report of short lines alone has no signature.
    return report.passages[: count or None]
