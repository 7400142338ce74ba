"""Tables of facts: figures with what they measure, documents, projects and times, with places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.facts import (
    BASE,
    BEFORE,
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
from reportsearch.output.prose.figures import describe_period
from reportsearch.output.prose.formatting import format_passage_number
from reportsearch.output.tables.cells import list_year_and_official
from reportsearch.output.terminal import (
    DIM,
    LIMIT_OR_CSV,
    create_console,
    join_facts,
    paint,
    print_more,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console

_TITLES = {
    INDICATORS: Message("Figures"),
    CITATIONS: Message("Documents"),
    PROJECTS: Message("Projects"),
    PERIODS: Message("Dates"),
}
_ROLES = {BASE: Message("base of comparison"), BEFORE: Message("before the change")}
_COLUMNS = (
    "kind", "group", "name", "verb", "value", "low", "high", "unit", "base_value", "base_low",
    "base_high", "base_unit", "masked", "qualifier", "change", "period", "first", "last",
    "period_source", "span", "plan",
    "state", "text", "wording", "report", "title", "year", "reported_year", "official",
    "person", "post", "region", "portfolios", "section", "passage", "start", "end",
    "per", "multiplied", "compared",
)  # fmt: skip
_Fact = Indicator | Citation | Project | Period


def print_table(found: Facts | FactsFound, t: Translator, kinds: Sequence[str], limit: int) -> None:
    """Print the facts with their passages, grouping the same figures of several reports."""
    out = create_console()
    counted = [_count(kind, len(getattr(found, kind)), t) for kind in _TITLES if kind in kinds]
    if isinstance(found, Facts):
        _print_heading(out, found.report, counted)
    else:
        reports = t.ngettext("{number} report", "{number} reports", found.reports)
        print_text(out, join_facts((reports, *counted), DIM))
    if not any(getattr(found, kind) for kind in kinds):
        print_text(out, _explain_nothing(found, t))
        return
    for kind in _TITLES:
        facts = getattr(found, kind) if kind in kinds else ()
        if not facts:
            continue
        out.print()
        print_text(out, t.translate(_TITLES[kind]), style="bold")
        if kind == INDICATORS and isinstance(found, FactsFound):
            _print_groups(out, found, limit, t)
        else:
            _print_by_section(out, facts, found, limit, t)


def _count(kind: str, number: int, t: Translator) -> str:
    if kind == INDICATORS:
        return t.ngettext("{number} figure", "{number} figures", number)
    if kind == CITATIONS:
        return t.ngettext("{number} document", "{number} documents", number)
    if kind == PROJECTS:
        return t.ngettext("{number} project", "{number} projects", number)
    return t.ngettext("{number} date", "{number} dates", number)


def _explain_nothing(found: Facts | FactsFound, t: Translator) -> str:
    if isinstance(found, Facts):
        return t("Nothing of this kind in the report")
    if not found.reports:
        return t("No passage is selected; check --query and --where, or index more reports")
    return t("Nothing of this kind in the selected passages")


def _print_heading(out: Console, info: ReportInfo, counted: Iterable[str]) -> None:
    print_text(out, info.title, style="bold")
    print_text(out, join_facts((*list_year_and_official(info), *counted), DIM))


def _print_by_section(
    out: Console, facts: Sequence[_Fact], found: Facts | FactsFound, limit: int, t: Translator
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
            _print_fact(out, one, t)
    print_more(out, len(facts) - len(shown), LIMIT_OR_CSV, t, 2)


def _print_fact(out: Console, one: _Fact, t: Translator) -> None:
    if isinstance(one, Indicator):
        text = paint(one.name or one.wording) + paint(f"  {_format_value(one)}", "bold")
        about = [describe_period(one, t), *_list_marks(one, t)]
    elif isinstance(one, Citation):
        text, about = paint(one.title), [one.action]
    elif isinstance(one, Project):
        text, about = paint(one.name) + paint(f"  {one.state}", "bold"), [one.verb]
    else:
        text, about = paint(one.text), [_format_months(one, t)]
    print_text(
        out, text + paint("  ") + join_facts((*about, format_passage_number(one.passage)), DIM), 4
    )


def _format_value(one: Indicator) -> str:
    """Format a figure with its change and what 倍 multiplies."""
    multiplied = f"{one.multiplied}的" if one.multiplied else ""
    return f"{one.change}{multiplied}{one.text}"


def _list_marks(one: Indicator, t: Translator) -> tuple[str, ...]:
    """List what a figure is per, what it is in a comparison, and whether it is planned."""
    role = t.translate(_ROLES[one.role]) if one.role else ""
    return one.per, role, t("planned") if one.is_plan else ""


def _format_months(one: Period, t: Translator) -> str:
    if one.first == one.last:
        return one.first or t("unknown")
    return t("{first} to {last}", first=one.first or "…", last=one.last or "…")


def _print_groups(out: Console, found: FactsFound, limit: int, t: Translator) -> None:
    """Print groups of the same figure, those in most reports first."""
    groups = [list(group) for _, group in groupby(found.indicators, key=lambda one: one.group)]
    groups.sort(key=lambda group: (-len({one.report for one in group}), group[0].group))
    infos = {info.id: info for info in found.infos}
    for group in groups[:limit]:
        reports = len({one.report for one in group})
        head = paint(group[0].group or t("(unnamed)"), "bold")
        counted = t.ngettext("{number} report", "{number} reports", reports)
        print_text(out, head + paint("  ") + join_facts((counted,), DIM), 2)
        for one in group:
            shown = paint(_format_value(one), "bold") + paint("  ")
            about = (
                *list_year_and_official(infos[one.report]), describe_period(one, t),
                *_list_marks(one, t), one.passage, one.wording,
            )  # fmt: skip
            print_text(out, shown + join_facts(about, DIM), 4)
    print_more(out, len(groups) - limit, LIMIT_OR_CSV, t, 2)


def format_csv(found: Facts | FactsFound, t: Translator | None = None) -> str:
    """Format one row per fact; a masked value is empty, with ``masked`` set."""
    infos = (found.report,) if isinstance(found, Facts) else found.infos
    return to_csv(_COLUMNS, _iter_rows(found, {info.id: info for info in infos}), t)


def _iter_rows(
    found: Facts | FactsFound, infos: dict[str, ReportInfo]
) -> Iterator[tuple[object, ...]]:
    for kind in _TITLES:
        for one in getattr(found, kind):
            known = {
                "kind": kind.removesuffix("s"),
                **_to_fact_cells(one),
                **_to_place_cells(one, infos[one.report]),
            }
            yield tuple(known.get(column) for column in _COLUMNS)


def _to_place_cells(one: _Fact, info: ReportInfo) -> dict[str, object]:
    return {
        "report": info.id, "title": info.title, "year": info.year,
        "reported_year": info.reported_year, "official": info.official,
        "person": info.person, "post": info.post, "region": info.region,
        "portfolios": "、".join(info.portfolios),
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
        "period_source": one.period_source, "span": one.span,
        "plan": str(one.is_plan).lower(), "text": one.text, "wording": one.wording,
        "per": one.per, "multiplied": one.multiplied, "compared": one.role,
    }  # fmt: skip
