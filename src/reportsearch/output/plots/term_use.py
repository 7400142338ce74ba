"""Plot of term use by group: lines over years, otherwise dots, with confidence intervals."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from reportsearch.errors import NothingToDrawError
from reportsearch.locale import FIELD, Translator
from reportsearch.models.compare import TermUse, UsePoint, Uses
from reportsearch.output.plots import year_axis
from reportsearch.output.plots.picture import MAX_PANELS, MAX_ROWS, Picture
from reportsearch.output.plots.style import (
    DARK,
    LABEL_EMS,
    LIGHT,
    PAPER,
    SOFT,
    add_heading,
    arrange_panels,
    build_chart,
    build_row_axis,
    compute_row_height,
    layer_charts,
    measure_label_width,
)
from reportsearch.output.plots.text import clean_text, make_unique_names, wrap_label
from reportsearch.output.plots.wording import ROWS, TERMS, build_caption, count_reports, state_cut

_WIDTH = 640
_HEIGHT = 220
_LOWER_HEIGHT = 80
_PANEL_WIDTH = 290
_PANEL_HEIGHT = 120
_MAX_RATE_MULTIPLE = 2.5
"""Intervals are cut off at this multiple of the highest rate."""


def draw(found: Uses, t: Translator) -> Picture:
    """Draw the frequency of each term by year or by another field."""
    terms = [use for use in found.terms if any(point.reports for point in use.points)]
    if not terms:
        raise NothingToDrawError("no report has a value to plot the terms by")
    shown = terms[:MAX_PANELS]
    over_years = found.by == "year" and all(map(_are_successive, shown))
    single = len(shown) == 1
    chart: alt.TopLevelMixin
    if over_years and single:
        chart, width = _build_timeline(shown[0], t), _WIDTH + 70
    elif over_years:
        charts = [
            add_heading(
                _build_line_chart(_sort_years(use), t, _PANEL_WIDTH, _PANEL_HEIGHT),
                use.term,
                "",
                _PANEL_WIDTH,
            )
            for use in shown
        ]
        chart, width = arrange_panels(charts, spacing=22), 2 * (_PANEL_WIDTH + 70)
    else:
        chart, width = _build_dot_charts(shown, t)
    by = t.pgettext(FIELD, found.by)
    return Picture(
        title=t("Use of {term} by {by}", term=clean_text(shown[0].term), by=by)
        if single
        else t("Use of terms by {by}", by=by),
        caption=_format_caption(found, shown, len(terms), t, over_years=over_years),
        language=t.language,
        chart=chart,
        width=width,
        columns=(
            t("Term"), by.capitalize(), t("Per 10,000 characters"), t.pgettext("plot", "95 % CI"),
            t("Occurrences"), t("Reports with the term"), t("Reports"),
        ),
        rows=tuple(
            (
                use.term, point.value, point.per_10k if point.reports else None,
                _format_interval(point),
                point.count if point.reports else None, point.reports_with, point.reports,
            )
            for use in shown
            for point in (use.points if over_years else use.points[:MAX_ROWS])
        ),
    )  # fmt: skip


def _format_caption(
    found: Uses, shown: Sequence[TermUse], terms: int, t: Translator, *, over_years: bool
) -> str:
    single = len(shown) == 1
    gaps = over_years and any(
        year_axis.find_gaps([int(p.value) for p in _sort_years(use)]) for use in shown
    )
    most = max(len(use.points) for use in shown)
    return build_caption(
        t,
        count_reports(t, found.reports),
        t("Without a value, not counted: {reports}", reports=count_reports(t, found.without))
        if found.without
        else "",
        t("Band or bar: 95 % CI"),
        t("CIs beyond the chart are cut off")
        if any(_is_cut(_select_points(use)) for use in shown)
        else "",
        _format_first_use(shown[0], t) if single else "",
        t("Panels have different scales") if not single else "",
        t("Below: reports with the term (dark) of all reports (outlined)")
        if over_years and single
        else "",
        t("Grey bands and gaps: no reports") if gaps else "",
        state_cut(t, TERMS, len(shown), terms),
        "" if over_years else state_cut(t, ROWS, MAX_ROWS, most),
    )


def _are_successive(use: TermUse) -> bool:
    """Return whether the values are years without a gap; values named by a user may not be."""
    values = [point.value for point in use.points]
    if not all(map(str.isdecimal, values)):
        return False
    years = sorted(map(int, values))
    return years == list(range(years[0], years[0] + len(years)))


def _select_points(use: TermUse) -> list[UsePoint]:
    return [point for point in use.points if point.reports]


def _sort_years(use: TermUse) -> list[UsePoint]:
    """Return the years with reports in order."""
    return sorted(_select_points(use), key=lambda point: int(point.value))


def _find_interval_start(point: UsePoint) -> float:
    """Return the lower end of the interval, or the rate itself if there is none."""
    return point.per_10k if point.interval is None else point.interval[0]


def _find_interval_end(point: UsePoint) -> float:
    return point.per_10k if point.interval is None else point.interval[1]


def _find_top(points: Sequence[UsePoint]) -> float:
    """Find the upper limit of the axis, so that one wide interval does not flatten the others."""
    most = max(point.per_10k for point in points)
    highest = max(map(_find_interval_end, points)) or 1.0
    return min(highest, _MAX_RATE_MULTIPLE * most) if most else highest


def _is_cut(points: Sequence[UsePoint]) -> bool:
    return bool(points) and max(map(_find_interval_end, points)) > _find_top(points)


def _format_first_use(use: TermUse, t: Translator) -> str:
    """State when a term was first used: the year reported on, and a date that adds to it."""
    year, _, date = clean_text(use.first_dated).partition(" ")
    if use.first is None or not year:
        return ""
    dated = f"{year} ({date})" if date and date != year else year
    return t("First use of {term}: {dated}", term=clean_text(use.term), dated=dated)


def _format_interval(point: UsePoint) -> str:
    if not point.reports or point.interval is None:
        return ""
    return f"{point.interval[0]:.2f} – {point.interval[1]:.2f}"


def _build_timeline(use: TermUse, t: Translator) -> alt.VConcatChart:
    points = _sort_years(use)
    return alt.vconcat(
        _build_line_chart(points, t, _WIDTH, _HEIGHT),
        _build_reports_chart(points, t),
        spacing=12,
    )


def _build_line_chart(
    points: Sequence[UsePoint], t: Translator, width: int, height: int
) -> alt.LayerChart:
    years = [int(point.value) for point in points]
    numbers = year_axis.number_year_runs(years)
    top = _find_top(points)
    values = [
        {
            "year": year,
            "rate": point.per_10k,
            "low": _find_interval_start(point),
            "high": min(_find_interval_end(point), top),
            "stretch": number,
            "alone": alone,
        }
        for year, point, number, alone in zip(
            years, points, numbers, year_axis.flag_isolated(numbers), strict=True
        )
    ]
    scale = alt.Scale(domain=[0, top], nice=True)
    base = build_chart(values).encode(x=year_axis.build_year_axis(years, None))
    axis = alt.Axis(tickCount=5, domain=False)
    title = t("Per 10,000 characters")
    rate = alt.Y("rate:Q", title=title, scale=scale, axis=axis)
    low = alt.Y("low:Q", title=title, scale=scale, axis=axis, stack=False)
    band = base.mark_area(color=LIGHT, opacity=1).encode(
        y=low, y2=alt.Y2("high:Q"), detail="stretch:N"
    )
    bars = (
        base.transform_filter("datum.alone")
        .mark_rule(color=LIGHT, strokeWidth=4)
        .encode(y=low, y2=alt.Y2("high:Q"))
    )
    line = base.mark_line(color=DARK, strokeJoin="round", strokeWidth=1.8).encode(
        y=rate, detail="stretch:N"
    )
    dots = base.mark_point(
        color=DARK, fill=PAPER, filled=False, size=22, strokeWidth=1.4, opacity=1
    ).encode(y=rate)
    return layer_charts(
        year_axis.shade_gaps(years), band, bars, line, dots, width=width, height=height
    )


def _build_reports_chart(points: Sequence[UsePoint], t: Translator) -> alt.LayerChart:
    """Draw how many reports of each year contain the term."""
    years = [int(point.value) for point in points]
    values = [
        {"from": year - 0.35, "to": year + 0.35, "all": p.reports, "with": p.reports_with}
        for year, p in zip(years, points, strict=True)
    ]
    most = max(point.reports for point in points)
    x = year_axis.build_year_axis(years, t("Year"))
    x.shorthand = "from:Q"
    base = build_chart(values).encode(x=x, x2=alt.X2("to:Q"), y2=alt.Y2(datum=0))

    def height(field: str) -> alt.Y:
        return alt.Y(
            f"{field}:Q",
            title=t("Reports"),
            scale=alt.Scale(domain=[0, most], nice=True),
            axis=alt.Axis(tickCount=min(most, 4), tickMinStep=1, format="d", domain=False),
        )

    outlined = base.mark_rect(fill=PAPER, stroke=SOFT, strokeWidth=1).encode(y=height("all"))
    dark = base.mark_rect(fill=DARK).encode(y=height("with"))
    return layer_charts(
        year_axis.shade_gaps(years), outlined, dark, width=_WIDTH, height=_LOWER_HEIGHT
    )


def _build_dot_charts(shown: Sequence[TermUse], t: Translator) -> tuple[alt.TopLevelMixin, int]:
    """Draw a dot for each value of an unordered field, the most frequent first."""
    single = len(shown) == 1
    width = 420 if single else _PANEL_WIDTH
    charts = []
    label_width = 0
    for use in shown:
        points = sorted(
            (p for p in use.points if p.reports), key=lambda point: (-point.per_10k, point.value)
        )[:MAX_ROWS]
        names = [
            wrap_label(name, LABEL_EMS)
            for name in make_unique_names([(p.value, p.value) for p in points])
        ]
        label_width = max(label_width, measure_label_width(names))
        chart = _build_dot_chart(points, names, t, width)
        charts.append(chart if single else add_heading(chart, use.term, "", width))
    width_of_all = min(len(charts), 2) * (width + label_width)
    return (charts[0] if single else arrange_panels(charts, spacing=22)), width_of_all


def _build_dot_chart(
    points: Sequence[UsePoint], names: Sequence[str], t: Translator, width: int
) -> alt.LayerChart:
    top = _find_top(points)
    values = [
        {
            "name": name,
            "rate": p.per_10k,
            "low": _find_interval_start(p),
            "high": min(_find_interval_end(p), top),
        }
        for name, p in zip(names, points, strict=True)
    ]
    # Leave space for a dot at zero next to the names.
    scale = alt.Scale(domain=[-top * 0.03, top * 1.02], nice=False, zero=False)
    base = build_chart(values).encode(
        y=alt.Y("name:N", title=None, axis=build_row_axis(), scale=alt.Scale(domain=list(names)))
    )
    lines = base.mark_rule(color=SOFT, strokeWidth=1.5).encode(
        x=alt.X(
            "low:Q",
            title=t("Per 10,000 characters"),
            scale=scale,
            axis=alt.Axis(tickCount=5, domain=False),
        ),
        x2=alt.X2("high:Q"),
    )
    dots = base.mark_point(color=DARK, fill=DARK, size=60, opacity=1).encode(
        x=alt.X("rate:Q", scale=scale)
    )
    return layer_charts(lines, dots, width=width, height=alt.Step(compute_row_height(names)))
