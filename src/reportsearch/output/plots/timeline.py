"""What was searched for, by year: how frequent it is, and how many reports match."""

from __future__ import annotations

import altair as alt

from reportsearch.errors import NothingToDrawError
from reportsearch.locale.plots import Words
from reportsearch.models.search import FacetValue, SearchResult
from reportsearch.output.plots import years as along
from reportsearch.output.plots.pictures import Picture
from reportsearch.output.plots.style import DARK, PAPER, chart_of, layered
from reportsearch.output.plots.text import plain

_WIDTH = 640
_HEIGHT = 220
_LOW = 90


def draw(found: SearchResult, says: Words) -> Picture:
    """The timeline of ``search --facet year``."""
    if "year" not in found.facets:
        raise NothingToDrawError("a search is drawn by year: add --facet year")
    entries = sorted(
        (entry for entry in found.facets["year"] if entry.value is not None),
        key=lambda entry: int(entry.value or 0),
    )
    if not entries or not found.matched.reports:
        raise NothingToDrawError("no report with a year matches, so that there is nothing to draw")
    years = [int(entry.value or 0) for entry in entries]
    without = sum(entry.count for entry in found.facets["year"] if entry.value is None)
    counted = any(entry.occurrences for entry in entries)
    lower = _matching(entries, years, says)
    chart = alt.vconcat(_rate(entries, years, says), lower, spacing=12) if counted else lower
    return Picture(
        title=says("timeline", query=plain(found.query)),
        caption=says.sentences(
            says("matched", reports=says.reports(found.matched.reports)),
            says("without", reports=says.reports(without)) if without else "",
            says("partial") if found.partial else "",
            says("rate_is") if counted else says("no_occurrences"),
            says("grey_years") if along.gaps(years) else "",
        ),
        language=says.language,
        chart=chart,
        width=_WIDTH + 70,
        columns=(
            says("year_axis"), says("per_10k_chars"), says("count"), says("matching"),
        ),
        rows=tuple(
            (entry.value, entry.per_10k, entry.occurrences, entry.count) for entry in entries
        ),
    )  # fmt: skip


def _rate(entries: list[FacetValue], years: list[int], says: Words) -> alt.LayerChart:
    numbers = along.stretches(years)
    values = [
        {"year": year, "rate": entry.per_10k or 0.0, "stretch": number}
        for year, entry, number in zip(years, entries, numbers, strict=True)
    ]
    base = chart_of(values).encode(
        x=along.axis(years, None),
        y=alt.Y(
            "rate:Q",
            title=says("per_10k_chars"),
            scale=alt.Scale(zero=True, nice=True),
            axis=alt.Axis(tickCount=5, domain=False),
        ),
    )
    line = base.mark_line(color=DARK, strokeJoin="round", strokeWidth=2).encode(detail="stretch:N")
    dots = base.mark_point(
        color=DARK, fill=PAPER, filled=False, size=30, strokeWidth=1.6, opacity=1
    )
    return layered(along.grey(years), line, dots, width=_WIDTH, height=_HEIGHT)


def _matching(entries: list[FacetValue], years: list[int], says: Words) -> alt.LayerChart:
    values = [
        {"from": year - 0.35, "to": year + 0.35, "reports": entry.count}
        for year, entry in zip(years, entries, strict=True)
    ]
    most = max(entry.count for entry in entries)
    x = along.axis(years, says("year_axis"))
    x.shorthand = "from:Q"
    bars = (
        chart_of(values)
        .mark_rect(color=DARK)
        .encode(
            x=x,
            x2=alt.X2("to:Q"),
            y=alt.Y(
                "reports:Q",
                title=says("matching"),
                scale=alt.Scale(domain=[0, max(most, 1)], nice=True),
                axis=alt.Axis(tickCount=min(most, 4), tickMinStep=1, format="d", domain=False),
            ),
            y2=alt.Y2(datum=0),
        )
    )
    return layered(along.grey(years), bars, width=_WIDTH, height=_LOW)
