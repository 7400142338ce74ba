"""Plans in a report: its sections and passages on 下一步, 今后打算 and similar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportsearch.lexicon import Lexicon
from reportsearch.models.report import GOVERNMENT_WORK_REPORT, Passage, Report
from reportsearch.normalise import fold
from reportsearch.structure.closing import drop_signature, find_body
from reportsearch.structure.heading_labels import parse_label
from reportsearch.structure.passages import split_sentences


def find_plan_sections(report: Report, lexicon: Lexicon) -> list[int]:
    """Return the positions of the outermost sections about plans."""
    found: list[int] = []
    for number, section in enumerate(report.sections):
        above = section.parent
        while above is not None and above not in found:
            above = report.sections[above].parent
        if above is None and _is_plan(fold(section.heading), _name_coming_year(report), lexicon):
            found.append(number)
    return found


def _name_coming_year(report: Report) -> tuple[str, ...]:
    """Return the names of the coming year."""
    year = report.info.reported_year
    coming = (f"{year + 1}年",) if year else ()
    return ("今年", *coming) if report.info.kind == GOVERNMENT_WORK_REPORT else coming


def find_plan_passages(report: Report, lexicon: Lexicon) -> Iterator[Passage]:
    """Yield the passages about plans, in text order."""
    spans = [
        (report.sections[number].start, report.sections[number].end)
        for number in find_plan_sections(report, lexicon)
    ]
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


def _contains_any(text: str, strings: Iterable[str]) -> bool:
    return any(string in text for string in strings)
