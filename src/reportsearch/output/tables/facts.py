"""Tables of facts: figures with what they measure, documents, projects and times, with places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from reportsearch.models.facts import (
    CITATIONS,
    INDICATORS,
    PERIODS,
    PROJECTS,
    Citation,
    Facts,
    FactsFound,
    Indicator,
    Period,
    Project,
)
from reportsearch.models.report import ReportInfo
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.formatting import format_passage_number
from reportsearch.output.tables.cells import list_year_and_official
from reportsearch.output.terminal import (
    DIM,
    create_console,
    format_count,
    join_facts,
    paint,
    print_more,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console

_KIND_NAMES = {
    INDICATORS: ("figure", "Figures"),
    CITATIONS: ("document", "Documents"),
    PROJECTS: ("project", "Projects"),
    PERIODS: ("time", "Times"),
}
_COLUMNS = (
    "kind", "group", "name", "verb", "value", "low", "high", "unit", "base_value", "base_low",
    "base_high", "base_unit", "masked", "qualifier", "change", "period", "first", "last", "plan",
    "state", "text", "wording", "report", "title", "year", "official", "post", "region",
    "portfolios", "section", "passage", "start", "end",
)  # fmt: skip
_Fact = Indicator | Citation | Project | Period


def print_table(found: Facts | FactsFound, kinds: Sequence[str], limit: int) -> None:
    """Print the facts with their passages, grouping the same figures of several reports."""
    out = create_console()
    counted = [
        format_count(len(getattr(found, kind)), _KIND_NAMES[kind][0])
        for kind in _KIND_NAMES
        if kind in kinds
    ]
    if isinstance(found, Facts):
        _print_heading(out, found.report, counted)
    else:
        print_text(out, join_facts((format_count(found.reports, "report"), *counted), DIM))
    if not any(getattr(found, kind) for kind in kinds):
        print_text(out, _explain_nothing(found, kinds))
        return
    for kind in _KIND_NAMES:
        facts = getattr(found, kind) if kind in kinds else ()
        if not facts:
            continue
        out.print()
        print_text(out, _KIND_NAMES[kind][1], style="bold")
        if kind == INDICATORS and isinstance(found, FactsFound):
            _print_groups(out, found, limit)
        else:
            _print_by_section(out, facts, found, limit)


def _explain_nothing(found: Facts | FactsFound, kinds: Sequence[str]) -> str:
    names = ", ".join(f"{_KIND_NAMES[kind][0]}s" for kind in _KIND_NAMES if kind in kinds)
    if isinstance(found, Facts):
        return f"The report states none of: {names}"
    if not found.reports:
        return "There is no passage to look at; check --query and --where, or index more reports"
    return f"The passages that were looked at state none of: {names}"


def _print_heading(out: Console, info: ReportInfo, counted: Iterable[str]) -> None:
    print_text(out, info.title, style="bold")
    print_text(out, join_facts((*list_year_and_official(info), *counted), DIM))


def _print_by_section(
    out: Console, facts: Sequence[_Fact], found: Facts | FactsFound, limit: int
) -> None:
    """Print facts under their section headings; of several reports, the first ``limit``."""
    several = isinstance(found, FactsFound)
    shown = facts[:limit] if several else facts
    for (report, section), group in groupby(shown, key=lambda one: (one.report, one.section)):
        # Titles may be identical, so show the id.
        place = (report if several else "", " › ".join(section))
        if any(place):
            print_text(out, join_facts(place, DIM), 2)
        for one in group:
            _print_fact(out, one)
    print_more(out, len(facts) - len(shown), "--limit N shows more, --format csv all", 2)


def _print_fact(out: Console, one: _Fact) -> None:
    if isinstance(one, Indicator):
        text = paint(one.name or one.wording) + paint(f"  {one.change}{one.text}", "bold")
        about = [one.period, "planned" if one.is_plan else ""]
    elif isinstance(one, Citation):
        text, about = paint(one.title), [one.action]
    elif isinstance(one, Project):
        text, about = paint(one.name) + paint(f"  {one.state}", "bold"), [one.verb]
    else:
        text, about = paint(one.text), [_format_months(one)]
    print_text(
        out, text + paint("  ") + join_facts((*about, format_passage_number(one.passage)), DIM), 4
    )


def _format_months(one: Period) -> str:
    if one.first == one.last:
        return one.first or "not known"
    return f"{one.first or '…'} to {one.last or '…'}"


def _print_groups(out: Console, found: FactsFound, limit: int) -> None:
    """Print groups of the same figure, those in most reports first."""
    groups = [list(group) for _, group in groupby(found.indicators, key=lambda one: one.group)]
    groups.sort(key=lambda group: (-len({one.report for one in group}), group[0].group))
    infos = {info.id: info for info in found.infos}
    for group in groups[:limit]:
        reports = len({one.report for one in group})
        head = paint(group[0].group or "without a name", "bold")
        print_text(out, head + paint("  ") + join_facts((format_count(reports, "report"),), DIM), 2)
        for one in group:
            shown = paint(f"{one.change}{one.text}", "bold") + paint("  ")
            about = (
                *list_year_and_official(infos[one.report]), one.period,
                "planned" if one.is_plan else "", one.passage, one.wording,
            )  # fmt: skip
            print_text(out, shown + join_facts(about, DIM), 4)
    print_more(out, len(groups) - limit, "--limit N shows more, --format csv all", 2)


def format_csv(found: Facts | FactsFound) -> str:
    """Format one row per fact; a masked value is empty, with ``masked`` set."""
    infos = (found.report,) if isinstance(found, Facts) else found.infos
    return to_csv(_COLUMNS, _iter_rows(found, {info.id: info for info in infos}))


def _iter_rows(
    found: Facts | FactsFound, infos: dict[str, ReportInfo]
) -> Iterator[tuple[object, ...]]:
    for kind in _KIND_NAMES:
        for one in getattr(found, kind):
            known = {
                "kind": kind.removesuffix("s"),
                **_to_fact_cells(one),
                **_to_place_cells(one, infos[one.report]),
            }
            yield tuple(known.get(column) for column in _COLUMNS)


def _to_place_cells(one: _Fact, info: ReportInfo) -> dict[str, object]:
    return {
        "report": info.id, "title": info.title, "year": info.year, "official": info.official,
        "post": info.post, "region": info.region, "portfolios": "、".join(info.portfolios),
        "section": " › ".join(one.section), "passage": one.passage, "start": one.start,
        "end": one.end,
    }  # fmt: skip


def _to_fact_cells(one: _Fact) -> dict[str, object]:
    if isinstance(one, Citation):
        return {"name": one.title, "verb": one.action}
    if isinstance(one, Project):
        return {"name": one.name, "verb": one.verb, "state": one.state}
    if isinstance(one, Period):
        return {"name": one.text, "period": one.text, "first": one.first, "last": one.last}
    return {
        "group": one.group, "name": one.name, "verb": one.verb, "value": one.value,
        "low": one.low, "high": one.high, "unit": one.unit, "base_value": one.base_value,
        "base_low": one.base_low, "base_high": one.base_high, "base_unit": one.base_unit,
        "masked": str(one.masked).lower(), "qualifier": one.qualifier, "change": one.change,
        "period": one.period, "first": one.first, "last": one.last,
        "plan": str(one.is_plan).lower(), "text": one.text, "wording": one.wording,
    }  # fmt: skip
