"""What the table of figures says: of which year a figure is, and what kind a row has."""

from __future__ import annotations

from reportsearch.models import (
    BEFORE_CHANGE,
    NEXT_YEAR,
    RECKONED,
    REPORTED_YEAR,
    STATED,
    Figure,
    FigureRow,
)

TIME, NAME, PASSAGE = ": time", ": name", ": passage"
CHINESE = {TIME: "：时间", NAME: "：报告中的名称", PASSAGE: "：出处"}
"""Ends of the columns that tell more of an official's figures."""
_YEARS = {
    REPORTED_YEAR: ("报告年度", "year of the report"),
    NEXT_YEAR: ("报告年度的下一年", "year after the report"),
    RECKONED: ("推算", "reckoned"),
}
_BEFORE = ("变化之前", "before the change")
_UNKNOWN = ("年份不明", "year not known")


def time(figure: Figure, language: str = "en") -> str:
    """The time of a figure as it stands, and the year that is inferred, marked so."""
    is_english = language == "en"
    if figure.year_from == BEFORE_CHANGE:
        return _BEFORE[is_english]
    if figure.year_from == STATED:
        return figure.period
    if not figure.year:
        return figure.period or _UNKNOWN[is_english]
    how = _YEARS[figure.year_from][is_english]
    year = f"{figure.year} ({how})" if is_english else f"{figure.year}（{how}）"
    return f"{figure.period}{', ' if is_english else '，'}{year}" if figure.period else year


def kind(row: FigureRow) -> str:
    """What the figures of a row are, in English: result, change, planned, planned change."""
    changed = {"": "", "change": "change"}.get(row.change, f"change ({row.change})")
    if row.is_plan:
        return f"planned {changed}".strip()
    return changed or "result"


def kind_in_chinese(row: FigureRow) -> str:
    """The same in Chinese."""
    base = "" if row.change == "change" else row.change
    changed = f"{base}增减" if row.change else ""
    return ("计划" if row.is_plan else "") + changed or "实绩"
