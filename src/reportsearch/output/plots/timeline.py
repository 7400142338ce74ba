"""Plot of a query by year: its frequency, and the number of matching reports."""

from __future__ import annotations

import altair as alt

from reportsearch.errors import NothingToDrawError
from reportsearch.locale import Translator
from reportsearch.models.search import FacetValue, SearchResult
from reportsearch.output.plots import year_axis
from reportsearch.output.plots.picture import Picture
from reportsearch.output.plots.style import DARK, PAPER, build_chart, layer_charts
from reportsearch.output.plots.text import clean_text
from reportsearch.output.plots.wording import build_caption, count_reports

_WIDTH = 640
_HEIGHT = 220
_LOWER_HEIGHT = 90


def draw(found: SearchResult, t: Translator) -> Picture:
    """Draw the timeline of ``search --facet year``."""
    if "year" not in found.facets:
        raise NothingToDrawError("a search is plotted by year; add --facet year")
    entries = sorted(
        (entry for entry in found.facets["year"] if entry.value is not None),
        key=lambda entry: int(entry.value or 0),
    )
    if not entries or not found.matched.reports:
        raise NothingToDrawError("no report with a year matches, so there is nothing to plot")
    years = [int(entry.value or 0) for entry in entries]
    without = sum(entry.count for entry in found.facets["year"] if entry.value is None)
    counted = any(entry.occurrences for entry in entries)
    lower = _build_matching_chart(entries, years, t)
    chart = (
        alt.vconcat(_build_rate_chart(entries, years, t), lower, spacing=12) if counted else lower
    )
    return Picture(
        title=t("{query} by year", query=clean_text(found.query)),
        caption=build_caption(
            t,
            t("Matching: {reports}", reports=count_reports(t, found.matched.reports)),
            t("Without a value, not counted: {reports}", reports=count_reports(t, without))
            if without
            else "",
            t("No report matches the whole query; these match part of it") if found.partial else "",
            t("Rate: occurrences per 10,000 characters of the filtered reports")
            if counted
            else t("The query has no countable terms; only reports are counted"),
            t("Grey bands and gaps: no reports") if year_axis.find_gaps(years) else "",
        ),
        language=t.language,
        chart=chart,
        width=_WIDTH + 70,
        columns=(
            t("Year"),
            t("Per 10,000 characters"),
            t("Occurrences"),
            t("Matching reports"),
        ),
        rows=tuple(
            (entry.value, entry.per_10k, entry.occurrences, entry.count) for entry in entries
        ),
    )


def _build_rate_chart(entries: list[FacetValue], years: list[int], t: Translator) -> alt.LayerChart:
    numbers = year_axis.number_year_runs(years)
    values = [
        {"year": year, "rate": entry.per_10k or 0.0, "stretch": number}
        for year, entry, number in zip(years, entries, numbers, strict=True)
    ]
    base = build_chart(values).encode(
        x=year_axis.build_year_axis(years, None),
        y=alt.Y(
            "rate:Q",
            title=t("Per 10,000 characters"),
            scale=alt.Scale(zero=True, nice=True),
            axis=alt.Axis(tickCount=5, domain=False),
        ),
    )
    line = base.mark_line(color=DARK, strokeJoin="round", strokeWidth=2).encode(detail="stretch:N")
    dots = base.mark_point(
        color=DARK, fill=PAPER, filled=False, size=30, strokeWidth=1.6, opacity=1
    )
    return layer_charts(year_axis.shade_gaps(years), line, dots, width=_WIDTH, height=_HEIGHT)


def _build_matching_chart(
    entries: list[FacetValue], years: list[int], t: Translator
) -> alt.LayerChart:
    values = [
        {"from": year - 0.35, "to": year + 0.35, "reports": entry.count}
        for year, entry in zip(years, entries, strict=True)
    ]
    most = max(entry.count for entry in entries)
    x = year_axis.build_year_axis(years, t("Year"))
    x.shorthand = "from:Q"
    bars = (
        build_chart(values)
        .mark_rect(color=DARK)
        .encode(
            x=x,
            x2=alt.X2("to:Q"),
            y=alt.Y(
                "reports:Q",
                title=t("Matching reports"),
                scale=alt.Scale(domain=[0, max(most, 1)], nice=True),
                axis=alt.Axis(tickCount=min(most, 4), tickMinStep=1, format="d", domain=False),
            ),
            y2=alt.Y2(datum=0),
        )
    )
    return layer_charts(year_axis.shade_gaps(years), bars, width=_WIDTH, height=_LOWER_HEIGHT)
