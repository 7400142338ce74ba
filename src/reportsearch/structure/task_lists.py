"""Sections that list tasks, known by their wording alone.

Nothing in an excerpt says whether it looks back or ahead: it has no title, no year, and no heading
on plans. Tasks are worded differently from results there: 加快建设…, 力争…, 新增5万人以上 against
成功举办…, 增长5.3%, 建成通车. A section is one of tasks if the first clearly outnumber the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from reportsearch.lexicon import Lexicon
from reportsearch.models.report import OTHER_KIND, Passage, Report
from reportsearch.normalise import fold

_INTENDS = (
    "(?<![重主必需纪概摘首简机政扼只])要(?![求素点件么紧害闻职道是塞])"
    "|将(?=[全进继大着重坚加建实持])"
)
_MARGIN = "(?:左右|以上)(?=[。,，;；、]|$)"
"""Follows a figure that is a target, rarely one that is a result."""
_MEASURED = r"(?<!为)了(?![解然望])|(?:增长|下降)\d+\.\d|(?:突破|超过?|达到?)\d"
_SECTION_RATIO = 3
"""How many words of tasks a section has for each of results, with one more of these to begin with.

On 30 government reports cut into parts of three paragraphs, two of three figures in plans were
found at this ratio, and of 100 figures in results less than one was taken for a plan.
"""
_PASSAGE_RATIO = 2
"""A passage with more results than this stays one of results, whatever its section is."""


def find_task_passages(report: Report, lexicon: Lexicon) -> list[Passage]:
    """Return the passages of sections that list tasks, if nothing else in a text tells of plans."""
    if report.info.kind != OTHER_KIND or report.info.reported_year:
        return []
    tasks = re.compile(f"(?:{_join(lexicon.plans.tasks)})(?![。,，;；、:：])|{_INTENDS}|{_MARGIN}")
    results = re.compile(f"{_join(lexicon.plans.results)}|{_MEASURED}")
    found: list[Passage] = []
    for headings, passages in groupby(report.passages, key=lambda passage: passage.section):
        if any(word in fold(one) for one in headings for word in lexicon.plans.exceptions):
            continue
        counts = [
            (passage, len(tasks.findall(text)), len(results.findall(text)))
            for passage in passages
            for text in [fold(passage.text)]
        ]
        intended, told = sum(one[1] for one in counts), sum(one[2] for one in counts)
        if intended < _SECTION_RATIO * (told + 1):
            continue
        found += [one for one, tasked, done in counts if tasked >= _PASSAGE_RATIO * done]
    return found


def _join(words: Iterable[str]) -> str:
    """Return a pattern for any of some strings, longest first; without strings it never matches."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"
