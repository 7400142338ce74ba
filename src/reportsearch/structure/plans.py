"""Plans in a report: its sections and passages on 下一步, 今后打算 and similar.

A government reports on the year before and then on the one that begins, so in its work report the
sections after the first about plans are about them as well, unless their heading looks back; so is
all that follows a line such as 今年政府工作的总体要求是：…. A line such as 明年打算： or
今年重点抓好以下工作。 announces plans up to the end of its section, 项目内容： those of its line.

Where nothing of the kind tells of plans, an excerpt may list tasks by its wording
(``task_lists.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reportsearch.lexicon import Lexicon
from reportsearch.models.report import (
    GOVERNMENT_WORK_REPORT,
    OTHER_KIND,
    Passage,
    Report,
    Section,
)
from reportsearch.normalise import fold
from reportsearch.structure.closing import drop_signature, find_body
from reportsearch.structure.contents import split_lines
from reportsearch.structure.heading_labels import parse_label
from reportsearch.structure.passages import split_sentences
from reportsearch.structure.sections import is_annex
from reportsearch.structure.task_lists import find_task_passages

_LABEL = re.compile(r"[^,，。;；:：!！?？\s]{2,16}[:：]")
"""A short text that announces what follows it in its line, or in the next ones."""
_YEAR = re.compile(r"(?:19|20)\d\d年")
_ANNOUNCES_TASKS = re.compile(
    "(?:做好|抓好|抓|推进|完成|实施)(?!了)(?:[^,，。;；:：了]{0,6}?)"
    "(?:以下|如下|下列|[一二两三四五六七八九十\\d]{1,3}(?:个|项|大|方面)?)[^,，。;；:：了]{0,8}(?:工作|任务|方面|重点)[。:：]?$"
)
"""Ends a line that opens a list of tasks: 重点抓好十个方面的工作。"""
_STATES_TARGETS = re.compile(
    "[^。;；:：]{0,30}(?:总体要求|总要求|总的要求|总体思路|指导思想|预期目标|主要目标|奋斗目标)[^,，。;；:：]{0,8}[是为]?[:：]"
)
"""Follows the name of a coming year: 今年政府工作的总体要求是：…."""
_LOOKS_BACK = re.compile("以来|年来|过去|去年|上年|情况")
_MAX_ANNOUNCEMENT_CHARS = 60
_CHINESE_DIGITS = "一二三四五六七八九"


def find_plan_sections(report: Report, lexicon: Lexicon) -> list[int]:
    """Return the positions of the outermost sections about plans."""
    found: list[int] = []
    is_government = report.info.kind == GOVERNMENT_WORK_REPORT
    coming = name_coming_years(report)
    outermost = min((section.level for section in report.sections), default=0)
    for number, section in enumerate(report.sections):
        above = section.parent
        while above is not None and above not in found:
            above = report.sections[above].parent
        if above is not None:
            continue
        heading = fold(section.heading)
        follows = bool(
            is_government
            and section.level == outermost
            and found
            and report.sections[found[-1]].level == outermost
            and not _ends_plans(section, lexicon)
        )
        if (
            follows
            or _is_plan(heading, coming, lexicon)
            or (_has_unknown_year(report) and _heads_tasks_of_year(heading, lexicon))
        ):
            found.append(number)
    return found


def find_plan_spans(report: Report, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return the spans of the sections about plans, and of what a line announces as plans."""
    is_government = report.info.kind == GOVERNMENT_WORK_REPORT
    sections = [report.sections[number] for number in find_plan_sections(report, lexicon)]
    spans = [(section.start, section.end) for section in sections]
    coming = name_coming_years(report)
    announcing = ("今年", *coming) if _has_unknown_year(report) else coming
    begin = report.passages[0].start if report.passages else 0
    tasks: list[tuple[int, int]] = []
    for line in split_lines(report.text):
        start = line.start
        if start < begin or any(first <= start < last for first, last in spans):
            continue
        label = parse_label(line.text)
        announced = _LABEL.match(line.text, label.end if label else 0)
        is_label = announced and _is_plan(fold(announced[0]), coming, lexicon)
        folded = fold(line.text)
        if is_government and _states_targets(folded, (*announcing, *lexicon.plans.openings)):
            spans.append((start, _find_end_of_plans(report, start, lexicon)))
        elif is_label or _opens_tasks(folded, announcing):
            around = [one.end for one in report.sections if one.start <= start < one.end]
            spans.append((start, min(around, default=len(report.text))))
        elif announced and fold(announced[0])[:-1] in lexicon.plans.task_labels:
            tasks.append((start, line.end))
    if not spans:
        spans = [(one.start, one.end) for one in find_task_passages(report, lexicon)]
    return spans + tasks


def _states_targets(line: str, coming: Iterable[str]) -> bool:
    """Check whether a line says what is aimed at in a coming year: 今年政府工作的总体要求是：…."""
    named = (found.end() for name in coming for found in re.finditer(re.escape(name), line))
    return any(_STATES_TARGETS.match(line, end) for end in named)


def _find_end_of_plans(report: Report, start: int, lexicon: Lexicon) -> int:
    """Return where a government's plans end that begin at ``start``: after all that follows."""
    ends = (one.start for one in report.sections if one.start > start and _ends_plans(one, lexicon))
    return min(ends, default=len(report.text))


def _ends_plans(section: Section, lexicon: Lexicon) -> bool:
    heading = fold(section.heading)
    return is_annex(section.heading, lexicon.headings) or _contains_any(
        heading, (*lexicon.plans.exceptions, *lexicon.summary.weaknesses)
    )


def name_coming_years(report: Report) -> tuple[str, ...]:
    """Return the names of the coming year, and of the five-year plan that begins with it."""
    year = report.info.reported_year
    if not year:
        return ()
    names = [f"{year + 1}年"]
    number, passed = divmod(year + 1 - 1951, 5)
    if not passed and 10 < number < 20:
        names.append(f"十{_CHINESE_DIGITS[number - 11]}五")
    return ("今年", *names) if report.info.kind == GOVERNMENT_WORK_REPORT else tuple(names)


def find_plan_passages(report: Report, lexicon: Lexicon) -> Iterator[Passage]:
    """Yield the passages about plans, in text order."""
    spans = find_plan_spans(report, lexicon)
    for passage in drop_signature(report):
        start, end = find_body(passage)
        body = fold(report.text[start:end])
        inside = any(first <= start < last for first, last in spans)
        found = parse_label(body)
        begins = body[found.end if found else 0 :].lstrip().startswith(lexicon.plans.openings)
        if (inside or begins) and not _is_only_closing(body, lexicon):
            yield passage


def _is_only_closing(body: str, lexicon: Lexicon) -> bool:
    """Check whether a passage closes the report and has no numbered promise or figure."""
    parts = [body[start:end] for start, end in split_sentences(body, 0, len(body))]
    rest = "".join(part for part in parts if not _contains_any(part, lexicon.plans.closings))
    closes = len(rest) < sum(map(len, parts))
    return closes and parse_label(rest) is None and not any(char.isdigit() for char in rest)


def _is_plan(heading: str, coming: tuple[str, ...], lexicon: Lexicon) -> bool:
    if _contains_any(heading, lexicon.plans.exceptions):
        return False
    return _contains_any(heading, lexicon.plans.headings) or _contains_any(heading, coming)


def _heads_tasks_of_year(heading: str, lexicon: Lexicon) -> bool:
    """Check for the tasks of a year: 2025年重点工作."""
    return (
        bool(_YEAR.search(heading))
        and _contains_any(heading, lexicon.plans.yearly)
        and not _contains_any(heading, lexicon.plans.exceptions)
    )


def _opens_tasks(line: str, coming: Iterable[str]) -> bool:
    """Check whether a line only says that the tasks of a coming year follow."""
    return (
        len(line) <= _MAX_ANNOUNCEMENT_CHARS
        and _contains_any(line, coming)
        and bool(_ANNOUNCES_TASKS.search(line.rstrip()))
        and not _LOOKS_BACK.search(line)
    )


def _has_unknown_year(report: Report) -> bool:
    """Check whether a text that is no duty report does not say what year it is on."""
    is_open = report.info.kind in {GOVERNMENT_WORK_REPORT, OTHER_KIND}
    return is_open and not report.info.reported_year


def _contains_any(text: str, strings: Iterable[str]) -> bool:
    return any(string in text for string in strings)
