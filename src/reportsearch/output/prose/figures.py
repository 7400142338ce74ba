"""Descriptions of figures: the time of each, its scope, and the kind of a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reportsearch.errors import Message
from reportsearch.locale import CHINESE, Translator
from reportsearch.models.facts import AT_END, CUMULATIVE, FROM_REPORT, YEARLY, Indicator
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
from reportsearch.output.prose.joining import add_colon, join_phrases, put_in_brackets

_YEARS = {
    REPORTED_YEAR: Message("year of the report"),
    NEXT_YEAR: Message("year after the report"),
    INFERRED_YEAR: Message("reckoned"),
}

_SPANS = {
    YEARLY: Message("per year"),
    CUMULATIVE: Message("cumulative"),
    AT_END: Message("final level"),
}


def describe_period(one: Indicator, t: Translator) -> str:
    """Describe the period of a figure, whether it is inferred, and how the figure covers it."""
    period = one.period
    if one.period_source == FROM_REPORT and one.first:
        how = _YEARS[NEXT_YEAR] if one.is_plan else _YEARS[REPORTED_YEAR]
        inferred = f"{one.first[:4]}{put_in_brackets(t, t.translate(how))}"
        period = inferred if period.startswith(one.first[:4]) else join_phrases(t, period, inferred)
    return join_phrases(t, period, describe_span(one.span, t))


def describe_span(span: str, t: Translator) -> str:
    """State that a figure is a mean, cumulative, or the level at the end; else empty."""
    return t.translate(_SPANS[span]) if span in _SPANS else ""


def format_time(figure: Figure, t: Translator) -> str:
    """Format the time of a figure as written, and the inferred year, marked as such."""
    if figure.year_from == BEFORE_CHANGE:
        return t("before the change")
    if figure.year_from == STATED_YEAR:
        return figure.period
    if not figure.year:
        return figure.period or t.pgettext("figure", "year not known")
    how = put_in_brackets(t, t.translate(_YEARS[figure.year_from]))
    return join_phrases(t, figure.period, f"{figure.year}{how}")


def describe_scopes(row: FigureRow, t: Translator) -> str:
    """State that the figures of a row count different things; empty if they do not."""
    return t("scopes differ") if row.scopes_differ else ""


def describe_scope(figure: Figure, t: Translator) -> str:
    """State that a figure is part of the one before it, and its narrower scope, if any."""
    scope = add_colon(t, t.pgettext("figure", "scope"), figure.scope) if figure.scope else ""
    return join_phrases(t, describe_part(figure, t), scope)


def describe_scope_in_row(figure: Figure, row: FigureRow, t: Translator) -> str:
    """State the same for a separate column, including whether the row's figures differ in scope."""
    own = join_phrases(t, describe_part(figure, t), figure.scope)
    if not row.scopes_differ:
        return own
    return add_colon(t, describe_scopes(row, t), own or t("not stated"))


def describe_part(figure: Figure, t: Translator) -> str:
    """State that a figure is part of the one before it; empty if it is not."""
    return t("of which") if figure.is_part else ""


def label_sources(infos: Iterable[ReportInfo], by: str) -> dict[str, str]:
    """Map ids to labels that distinguish the reports of a column: the year, or else the title.

    The label is empty if the official has only one report.
    """
    known = tuple(infos)
    own = {info.id: info.id if by == "report" else info.person or info.id for info in known}
    counted = Counter(own.values())
    return {
        info.id: str(info.year or info.title or info.id) if counted[own[info.id]] > 1 else ""
        for info in known
    }


def describe_kind(row: FigureRow, t: Translator) -> str:
    """Name the kind of a row's figures: result, change, planned, planned change, cumulative."""
    planned = t.pgettext("figure", "planned") if row.is_plan else ""
    change, base = t.pgettext("figure", "change"), row.change.removeprefix("change")
    if not row.change:
        kind = planned or t.pgettext("figure", "result")
    elif t.language == CHINESE:
        # What it is compared with stands before the word: 同比增减.
        kind = f"{planned}{base}{change}"
    else:
        kind = f"{planned} {change}{put_in_brackets(t, base) if base else ''}".strip()
    span = "" if row.span == YEARLY and base else describe_span(row.span, t)
    return f"{kind}{put_in_brackets(t, span)}" if span else kind
