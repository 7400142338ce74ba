"""Comparisons: for each group its terms, each a dot with its interval."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from reportsearch.errors import NothingToDrawError
from reportsearch.locale.plots import Words
from reportsearch.models.compare import ComparedGroup, ComparedTerm, Comparison
from reportsearch.output.plots.pictures import MOST_IN_PANEL, MOST_PANELS, MOST_ROWS, Cell, Picture
from reportsearch.output.plots.style import (
    DARK,
    INK,
    LABEL_EMS,
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

_SINGLE_WIDTH = 440
_PANEL_WIDTH = 270
_LONGEST = 3.0
"""How far, in units of the log ratio, an interval is drawn beyond the outermost dot."""
_LEVEL = 0.05

Entry = tuple[str, ComparedTerm]
"""A term's label and what is known of it."""


def draw(found: Comparison, says: Words) -> Picture:
    """The terms of each group against what it is compared with."""
    groups = [group for group in found.groups if group.terms]
    if not groups:
        raise NothingToDrawError("no term sets a group apart, so that there is nothing to draw")
    shown = groups[:MOST_PANELS]
    most = MOST_ROWS if len(shown) == 1 else MOST_IN_PANEL
    width = _SINGLE_WIDTH if len(shown) == 1 else _PANEL_WIDTH
    chosen = [_chosen(group, most) for group in shown]
    domain = _domain([term for entries in chosen for _, term in entries])
    states = _states([term for entries in chosen for _, term in entries], says)
    charts = [
        with_heading(
            _panel(entries, domain, states, says, width),
            _title(group, says),
            _about(group, says),
            width + 40,
        )
        for group, entries in zip(shown, chosen, strict=True)
    ]
    beside = max(label_width([name for name, _ in entries]) for entries in chosen)
    columns = min(len(charts), 2)
    return Picture(
        title=says("compare_by", by=says.by(found.by)),
        caption=_caption(found, groups, shown, most, says),
        language=says.language,
        chart=panels(charts, spacing=26, share=("x",)),
        width=columns * (width + beside + 10),
        columns=_columns(says),
        rows=tuple(
            _row(group, term, says)
            for group, entries in zip(shown, chosen, strict=True)
            for _, term in entries
        ),
    )


def _chosen(group: ComparedGroup, most: int) -> list[Entry]:
    """The terms that set a group apart most, those with the largest effect first."""
    terms = sorted(group.terms[:most], key=lambda term: (-term.log_ratio, term.term))
    names = unique([(term.term, term.term) for term in terms])
    return [(label(name, LABEL_EMS), term) for name, term in zip(names, terms, strict=True)]


def _domain(terms: Sequence[ComparedTerm]) -> tuple[float, float]:
    """From where to where effects and intervals are drawn; zero is always there."""
    effects = [term.log_ratio for term in terms]
    lows = [low for term in terms if (low := term.interval[0]) is not None]
    highs = [high for term in terms if (high := term.interval[1]) is not None]
    low = max(min([0.0, *lows, *effects]), min(0.0, *effects) - _LONGEST)
    high = min(max([0.0, *highs, *effects]), max(0.0, *effects) + _LONGEST)
    space = (high - low or 1.0) * 0.04
    return low - space, high + space


def _state(term: ComparedTerm, says: Words) -> str:
    if term.q is None:
        return says("untested")
    return says("significant" if term.q < _LEVEL else "not_significant")


def _states(terms: Sequence[ComparedTerm], says: Words) -> list[str]:
    """The states that occur, in the order of the legend."""
    occurring = {_state(term, says) for term in terms}
    names = ("significant", "not_significant", "untested")
    return [text for name in names if (text := says(name)) in occurring]


def _panel(
    entries: Sequence[Entry],
    domain: tuple[float, float],
    states: Sequence[str],
    says: Words,
    width: int,
) -> alt.LayerChart:
    low, high = domain
    values = []
    for name, term in entries:
        first, last = term.interval
        goes_left = first is None or first < low
        goes_right = last is None or last > high
        values.append(
            {
                "term": name,
                "effect": term.log_ratio,
                "low": low if first is None or goes_left else first,
                "high": high if last is None or goes_right else last,
                "left": goes_left,
                "right": goes_right,
                "state": _state(term, says),
            }
        )
    names = [name for name, _ in entries]
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    y = alt.Y("term:N", title=None, axis=rows_axis(), scale=alt.Scale(domain=names))
    base = chart_of(values).encode(y=y)
    x_axis = alt.Axis(tickCount=6, domain=False)
    zero = (
        chart_of([{"zero": 0}])
        .mark_rule(color=INK, strokeWidth=1.2)
        .encode(x=alt.X("zero:Q", scale=scale))
    )
    lines = base.mark_rule(color=SOFT, strokeWidth=1.5).encode(
        x=alt.X("low:Q", scale=scale, title=says("log_ratio_column"), axis=x_axis),
        x2=alt.X2("high:Q"),
    )
    layers = [zero, lines, *(_arrows(base, scale, side) for side in ("left", "right"))]
    dots = base.mark_point(size=70, opacity=1, strokeWidth=1.6).encode(
        x=alt.X("effect:Q", scale=scale), **_told_apart(states, says)
    )
    return layered(*layers, dots, width=width, height=alt.Step(row_step(names)))


def _arrows(base: alt.Chart, scale: alt.Scale, side: str) -> alt.Chart:
    """What tells that an interval goes on beyond the picture."""
    angle, end = (270, "low") if side == "left" else (90, "high")
    drawn: alt.Chart = (
        base.transform_filter(f"datum.{side}")
        .mark_point(shape="triangle-up", angle=angle, size=40, filled=True, color=SOFT, opacity=1)
        .encode(x=alt.X(f"{end}:Q", scale=scale))
    )
    return drawn


def _told_apart(states: Sequence[str], says: Words) -> dict[str, alt.Fill | alt.Stroke | alt.Shape]:
    """Filled and hollow dots, and another shape where nothing was tested."""
    looks = {
        says("significant"): (DARK, "circle"),
        says("not_significant"): (PAPER, "circle"),
        says("untested"): (PAPER, "diamond"),
    }
    legend = alt.Legend(title=None, orient="top", direction="horizontal")
    fills = [looks[state][0] for state in states]
    shapes = [looks[state][1] for state in states]
    return {
        "fill": alt.Fill(
            "state:N", scale=alt.Scale(domain=list(states), range=fills), legend=legend
        ),
        "stroke": alt.Stroke(
            "state:N",
            scale=alt.Scale(domain=list(states), range=[DARK] * len(states)),
            legend=legend,
        ),
        "shape": alt.Shape(
            "state:N", scale=alt.Scale(domain=list(states), range=shapes), legend=legend
        ),
    }


def _title(group: ComparedGroup, says: Words) -> str:
    value = plain(group.value)
    if group.against:
        return says("compare_two", value=value, against=plain(group.against))
    return says.joined(value, says("against_rest"))


def _about(group: ComparedGroup, says: Words) -> str:
    here = says.joined(says.reports(group.reports), says.officials(group.units))
    there = says.joined(says.reports(group.rest_reports), says.officials(group.rest_units))
    return f"{here} / {there}"


def _caption(
    found: Comparison,
    groups: Sequence[ComparedGroup],
    shown: Sequence[ComparedGroup],
    most: int,
    says: Words,
) -> str:
    cut = any(len(group.terms) > most for group in shown)
    return says.sentences(
        says.reports(found.reports),
        says("log_ratio"),
        says("lines_are"),
        says("against_one") if any(group.by_section for group in shown) else "",
        says("without", reports=says.reports(found.without)) if found.without else "",
        says("first_groups", shown=len(shown), all=len(groups)) if len(shown) < len(groups) else "",
        says("first_terms", shown=most) if cut else "",
    )


def _columns(says: Words) -> tuple[str, ...]:
    names = (
        "group", "term", "log_ratio_column", "interval", "per_10k_here", "per_10k_rest", "reports",
        "state",
    )  # fmt: skip
    return tuple(says(name) for name in names)


def _row(group: ComparedGroup, term: ComparedTerm, says: Words) -> tuple[Cell, ...]:
    low, high = ("…" if end is None else f"{end:.2f}" for end in term.interval)
    return (
        _title(group, says),
        term.term,
        term.log_ratio,
        f"{low} – {high}",
        term.per_10k,
        term.rest_per_10k,
        term.reports,
        _state(term, says),
    )
