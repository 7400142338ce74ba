"""Descriptions of figures: the year of each, its scope, and the kind of a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reportsearch.models.portfolios import (
    BEFORE_CHANGE,
    INFERRED_YEAR,
    NEXT_YEAR,
    REPORTED_YEAR,
    STATED_YEAR,
    Figure,
    FigureRow,
)
from reportsearch.models.report import ReportInfo

_YEARS = {
    REPORTED_YEAR: ("报告年度", "year of the report"),
    NEXT_YEAR: ("报告年度的下一年", "year after the report"),
    INFERRED_YEAR: ("推算", "reckoned"),
}
_PART = ("其中", "of which")
_SCOPE = ("口径：", "scope: ")
DIFFER = ("口径不同", "scopes differ")
_NOT_STATED = ("未注明", "not told")
_BEFORE = ("变化之前", "before the change")
_UNKNOWN = ("年份不明", "year not known")


def format_time(figure: Figure, language: str = "en") -> str:
    """Format the time of a figure as written, and the inferred year, marked as such."""
    is_english = language == "en"
    if figure.year_from == BEFORE_CHANGE:
        return _BEFORE[is_english]
    if figure.year_from == STATED_YEAR:
        return figure.period
    if not figure.year:
        return figure.period or _UNKNOWN[is_english]
    how = _YEARS[figure.year_from][is_english]
    year = f"{figure.year} ({how})" if is_english else f"{figure.year}（{how}）"
    return f"{figure.period}{', ' if is_english else '，'}{year}" if figure.period else year


def describe_scopes(row: FigureRow, language: str = "en") -> str:
    """State that the figures of a row count different things; empty if they do not."""
    return DIFFER[language == "en"] if row.scopes_differ else ""


def describe_scope(figure: Figure, language: str = "en") -> str:
    """State that a figure is part of the one before it, and its narrower scope, if any."""
    is_english = language == "en"
    scope = _SCOPE[is_english] + figure.scope if figure.scope else ""
    return _join_scope(figure, scope, language)


def describe_scope_in_row(figure: Figure, row: FigureRow, language: str = "en") -> str:
    """State the same for a separate column, including whether the row's figures differ in scope."""
    is_english = language == "en"
    if not row.scopes_differ:
        return _join_scope(figure, figure.scope, language)
    own = _join_scope(figure, figure.scope, language) or _NOT_STATED[is_english]
    return f"{DIFFER[is_english]}{': ' if is_english else '：'}{own}"


def describe_part(figure: Figure, language: str = "en") -> str:
    """State that a figure is part of the one before it; empty if it is not."""
    return _PART[language == "en"] if figure.is_part else ""


def _join_scope(figure: Figure, text: str, language: str) -> str:
    return (", " if language == "en" else "，").join(
        filter(None, (describe_part(figure, language), text))
    )


def label_sources(infos: Iterable[ReportInfo], by: str) -> dict[str, str]:
    """Map ids to labels that distinguish the reports of a column: the year, or else the title.

    The label is empty if the official has only one report.
    """
    known = tuple(infos)
    own = {info.id: info.id if by == "report" else info.official or info.id for info in known}
    counted = Counter(own.values())
    return {
        info.id: str(info.year or info.title or info.id) if counted[own[info.id]] > 1 else ""
        for info in known
    }


def describe_kind(row: FigureRow, language: str = "en") -> str:
    """Name the kind of a row's figures: result, change, planned, planned change."""
    base = "" if row.change == "change" else row.change
    if language != "en":
        changed = f"{base}增减" if row.change else ""
        return ("计划" if row.is_plan else "") + changed or "实绩"
    changed = (f"change ({base})" if base else "change") if row.change else ""
    return f"planned {changed}".strip() if row.is_plan else changed or "result"
