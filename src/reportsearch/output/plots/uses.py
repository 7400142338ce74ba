"""The use of terms over groups: lines over years, else dots, with intervals."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from reportsearch.errors import NothingToDrawError
from reportsearch.locale.plots import Words
from reportsearch.models.compare import TermUse, UsePoint, Uses
from reportsearch.output.plots import years as along
from reportsearch.output.plots.pictures import MOST_PANELS, MOST_ROWS, Picture
from reportsearch.output.plots.style import (
    DARK,
    LABEL_EMS,
    LIGHT,
    PAPER,
    SOFT,
    chart_of,
    label_width,
    layered,
    panels,
    row_step,
    rows_axis,
    with_heading,
)
from reportsearch.output.plots.text import label, plain, unique

_WIDTH = 640
_HEIGHT = 220
_LOW = 80
_PANEL_WIDTH = 290
_PANEL_HEIGHT = 120
_HIGHEST = 2.5
"""How many times the highest rate an interval can reach before it is cut off."""


def draw(found: Uses, says: Words) -> Picture:
    """How frequent each term is, by year or by another field."""
    terms = [use for use in found.terms if any(point.reports for point in use.points)]
    if not terms:
        raise NothingToDrawError("no report has a value by which the terms could be drawn")
    shown = terms[:MOST_PANELS]
    over_years = found.by == "year" and all(map(_are_successive, shown))
    single = len(shown) == 1
    chart: alt.TopLevelMixin
    if over_years and single:
        chart, width = _one_over_years(shown[0], says), _WIDTH + 70
    elif over_years:
        charts = [
            with_heading(
                _line(_years(use), says, _PANEL_WIDTH, _PANEL_HEIGHT), use.term, "", _PANEL_WIDTH
            )
            for use in shown
        ]
        chart, width = panels(charts, spacing=22), 2 * (_PANEL_WIDTH + 70)
    else:
        chart, width = _dots_of(shown, says)
    gaps = over_years and any(along.gaps([int(p.value) for p in _years(use)]) for use in shown)
    titles = {"term": plain(shown[0].term), "by": says.by(found.by)}
    cut = not over_years and any(len(use.points) > MOST_ROWS for use in shown)
    return Picture(
        title=says("uses", **titles) if single else says("uses_of", by=says.by(found.by)),
        caption=says.sentences(
            says.reports(found.reports),
            says("without", reports=says.reports(found.without)) if found.without else "",
            says("band"),
            says("cut_off") if any(_is_cut(_with_reports(use)) for use in shown) else "",
            _first_use(shown[0], says) if single else "",
            says("own_scales") if not single else "",
            says("reports_bars") if over_years and single else "",
            says("grey_years") if gaps else "",
            says("first_of", shown=len(shown), all=len(terms), what=says("terms"))
            if len(shown) < len(terms)
            else "",
            says("first_of", shown=MOST_ROWS, all=max(len(use.points) for use in shown),
                 what=says("rows"))
            if cut
            else "",
        ),
        language=says.language,
        chart=chart,
        width=width,
        columns=(
            says("term"), says.by(found.by).capitalize(), says("per_10k_chars"), says("interval"),
            says("count"), says("reports_with"), says("reports"),
        ),
        rows=tuple(
            (
                use.term, point.value, point.per_10k if point.reports else None,
                _written(point),
                point.count if point.reports else None, point.reports_with, point.reports,
            )
            for use in shown
            for point in (use.points if over_years else use.points[:MOST_ROWS])
        ),
    )  # fmt: skip


def _are_successive(use: TermUse) -> bool:
    """Whether the values are years with none left out; those that a user names may not be."""
    values = [point.value for point in use.points]
    if not all(map(str.isdecimal, values)):
        return False
    years = sorted(map(int, values))
    return years == list(range(years[0], years[0] + len(years)))


def _with_reports(use: TermUse) -> list[UsePoint]:
    return [point for point in use.points if point.reports]


def _years(use: TermUse) -> list[UsePoint]:
    """The years with reports, in order."""
    return sorted(_with_reports(use), key=lambda point: int(point.value))


def _low(point: UsePoint) -> float:
    """Where the interval begins; where there is none, the rate itself."""
    return point.per_10k if point.interval is None else point.interval[0]


def _high(point: UsePoint) -> float:
    return point.per_10k if point.interval is None else point.interval[1]


def _top(points: Sequence[UsePoint]) -> float:
    """Up to where rates and intervals are drawn: a wide interval must not flatten all others."""
    most = max(point.per_10k for point in points)
    highest = max(map(_high, points)) or 1.0
    return min(highest, _HIGHEST * most) if most else highest


def _is_cut(points: Sequence[UsePoint]) -> bool:
    return bool(points) and max(map(_high, points)) > _top(points)


def _first_use(use: TermUse, says: Words) -> str:
    """When a term was first used: the year reported on, and the date where that tells more."""
    year, _, date = plain(use.first_dated).partition(" ")
    if use.first is None or not year:
        return ""
    dated = f"{year} ({date})" if date and date != year else year
    return says("first_use", term=plain(use.term), dated=dated)


def _written(point: UsePoint) -> str:
    if not point.reports or point.interval is None:
        return ""
    return f"{point.interval[0]:.2f} – {point.interval[1]:.2f}"


def _one_over_years(use: TermUse, says: Words) -> alt.VConcatChart:
    points = _years(use)
    return alt.vconcat(_line(points, says, _WIDTH, _HEIGHT), _reports(points, says), spacing=12)


def _line(points: Sequence[UsePoint], says: Words, width: int, height: int) -> alt.LayerChart:
    years = [int(point.value) for point in points]
    numbers = along.stretches(years)
    top = _top(points)
    values = [
        {
            "year": year,
            "rate": point.per_10k,
            "low": _low(point),
            "high": min(_high(point), top),
            "stretch": number,
            "alone": alone,
        }
        for year, point, number, alone in zip(
            years, points, numbers, along.alone(numbers), strict=True
        )
    ]
    scale = alt.Scale(domain=[0, top], nice=True)
    base = chart_of(values).encode(x=along.axis(years, None))
    axis = alt.Axis(tickCount=5, domain=False)
    title = says("per_10k_chars")
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
    return layered(along.grey(years), band, bars, line, dots, width=width, height=height)


def _reports(points: Sequence[UsePoint], says: Words) -> alt.LayerChart:
    """Of how many reports each year has the term."""
    years = [int(point.value) for point in points]
    values = [
        {"from": year - 0.35, "to": year + 0.35, "all": p.reports, "with": p.reports_with}
        for year, p in zip(years, points, strict=True)
    ]
    most = max(point.reports for point in points)
    x = along.axis(years, says("year_axis"))
    x.shorthand = "from:Q"
    base = chart_of(values).encode(x=x, x2=alt.X2("to:Q"), y2=alt.Y2(datum=0))

    def height(field: str) -> alt.Y:
        return alt.Y(
            f"{field}:Q",
            title=says("reports"),
            scale=alt.Scale(domain=[0, most], nice=True),
            axis=alt.Axis(tickCount=min(most, 4), tickMinStep=1, format="d", domain=False),
        )

    outlined = base.mark_rect(fill=PAPER, stroke=SOFT, strokeWidth=1).encode(y=height("all"))
    dark = base.mark_rect(fill=DARK).encode(y=height("with"))
    return layered(along.grey(years), outlined, dark, width=_WIDTH, height=_LOW)


def _dots_of(shown: Sequence[TermUse], says: Words) -> tuple[alt.TopLevelMixin, int]:
    """A dot for each value of a field that has no order, the most frequent first."""
    single = len(shown) == 1
    width = 420 if single else _PANEL_WIDTH
    charts = []
    beside = 0
    for use in shown:
        points = sorted(
            (p for p in use.points if p.reports), key=lambda point: (-point.per_10k, point.value)
        )[:MOST_ROWS]
        names = [label(name, LABEL_EMS) for name in unique([(p.value, p.value) for p in points])]
        beside = max(beside, label_width(names))
        chart = _dots(points, names, says, width)
        charts.append(chart if single else with_heading(chart, use.term, "", width))
    width_of_all = min(len(charts), 2) * (width + beside)
    return (charts[0] if single else panels(charts, spacing=22)), width_of_all


def _dots(
    points: Sequence[UsePoint], names: Sequence[str], says: Words, width: int
) -> alt.LayerChart:
    top = _top(points)
    values = [
        {"name": name, "rate": p.per_10k, "low": _low(p), "high": min(_high(p), top)}
        for name, p in zip(names, points, strict=True)
    ]
    # A dot at zero has room beside the names.
    scale = alt.Scale(domain=[-top * 0.03, top * 1.02], nice=False, zero=False)
    base = chart_of(values).encode(
        y=alt.Y("name:N", title=None, axis=rows_axis(), scale=alt.Scale(domain=list(names)))
    )
    lines = base.mark_rule(color=SOFT, strokeWidth=1.5).encode(
        x=alt.X(
            "low:Q",
            title=says("per_10k_chars"),
            scale=scale,
            axis=alt.Axis(tickCount=5, domain=False),
        ),
        x2=alt.X2("high:Q"),
    )
    dots = base.mark_point(color=DARK, fill=DARK, size=60, opacity=1).encode(
        x=alt.X("rate:Q", scale=scale)
    )
    return layered(lines, dots, width=width, height=alt.Step(row_step(names)))
