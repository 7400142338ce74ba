"""Plot of comparisons: the terms of each group as dots with confidence intervals."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from reportsearch.errors import Message, NothingToDrawError
from reportsearch.locale import FIELD, Translator
from reportsearch.models.compare import ComparedGroup, ComparedTerm, Comparison
from reportsearch.output.plots.picture import (
    MAX_PANELS,
    MAX_ROWS,
    MAX_ROWS_IN_PANEL,
    Picture,
    PictureCell,
)
from reportsearch.output.plots.style import (
    DARK,
    INK,
    LABEL_EMS,
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
from reportsearch.output.plots.wording import (
    GROUPS,
    build_caption,
    count_officials,
    count_reports,
    state_cut,
)
from reportsearch.output.prose.joining import join_phrases

_SINGLE_WIDTH = 440
_PANEL_WIDTH = 270
_MAX_OVERHANG = 3.0
"""The farthest that intervals are drawn beyond the outermost dot, in units of the log ratio."""
_LEVEL = 0.05
_SIGNIFICANT = "q < .05"
_NOT_SIGNIFICANT = "q ≥ .05"
_UNTESTED = Message("not tested: too few officials")

LabelledTerm = tuple[str, ComparedTerm]
"""A term's label and its figures."""


def draw(found: Comparison, t: Translator) -> Picture:
    """Draw the terms of each group against its reference."""
    groups = [group for group in found.groups if group.terms]
    if not groups:
        raise NothingToDrawError("no term distinguishes a group, so there is nothing to plot")
    shown = groups[:MAX_PANELS]
    most = MAX_ROWS if len(shown) == 1 else MAX_ROWS_IN_PANEL
    width = _SINGLE_WIDTH if len(shown) == 1 else _PANEL_WIDTH
    chosen = [_select_terms(group, most) for group in shown]
    domain = _find_domain([term for entries in chosen for _, term in entries])
    states = _list_states([term for entries in chosen for _, term in entries], t)
    charts = [
        add_heading(
            _build_panel(entries, domain, states, t, width),
            _format_title(group, t),
            _format_sizes(group, t),
            width + 40,
        )
        for group, entries in zip(shown, chosen, strict=True)
    ]
    label_width = max(measure_label_width([name for name, _ in entries]) for entries in chosen)
    columns = min(len(charts), 2)
    return Picture(
        title=t("Distinctive terms by {by}", by=t.pgettext(FIELD, found.by)),
        caption=_format_caption(found, groups, shown, most, t),
        language=t.language,
        chart=arrange_panels(charts, spacing=26, share=("x",)),
        width=columns * (width + label_width + 10),
        columns=_format_columns(t),
        rows=tuple(
            _format_row(group, term, t)
            for group, entries in zip(shown, chosen, strict=True)
            for _, term in entries
        ),
    )


def _select_terms(group: ComparedGroup, limit: int) -> list[LabelledTerm]:
    """Select the most distinctive terms of a group, those with the largest effect first."""
    terms = sorted(group.terms[:limit], key=lambda term: (-term.log_ratio, term.term))
    names = make_unique_names([(term.term, term.term) for term in terms])
    return [(wrap_label(name, LABEL_EMS), term) for name, term in zip(names, terms, strict=True)]


def _find_domain(terms: Sequence[ComparedTerm]) -> tuple[float, float]:
    """Find the range in which effects and intervals are drawn; it always includes zero."""
    effects = [term.log_ratio for term in terms]
    lows = [low for term in terms if (low := term.interval[0]) is not None]
    highs = [high for term in terms if (high := term.interval[1]) is not None]
    low = max(min([0.0, *lows, *effects]), min(0.0, *effects) - _MAX_OVERHANG)
    high = min(max([0.0, *highs, *effects]), max(0.0, *effects) + _MAX_OVERHANG)
    space = (high - low or 1.0) * 0.04
    return low - space, high + space


def _describe_state(term: ComparedTerm, t: Translator) -> str:
    if term.q is None:
        return t.translate(_UNTESTED)
    return _SIGNIFICANT if term.q < _LEVEL else _NOT_SIGNIFICANT


def _list_states(terms: Sequence[ComparedTerm], t: Translator) -> list[str]:
    """List the states that occur, in legend order."""
    occurring = {_describe_state(term, t) for term in terms}
    states = (_SIGNIFICANT, _NOT_SIGNIFICANT, t.translate(_UNTESTED))
    return [state for state in states if state in occurring]


def _build_panel(
    entries: Sequence[LabelledTerm],
    domain: tuple[float, float],
    states: Sequence[str],
    t: Translator,
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
                "state": _describe_state(term, t),
            }
        )
    names = [name for name, _ in entries]
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    y = alt.Y("term:N", title=None, axis=build_row_axis(), scale=alt.Scale(domain=names))
    base = build_chart(values).encode(y=y)
    x_axis = alt.Axis(tickCount=6, domain=False)
    zero = (
        build_chart([{"zero": 0}])
        .mark_rule(color=INK, strokeWidth=1.2)
        .encode(x=alt.X("zero:Q", scale=scale))
    )
    lines = base.mark_rule(color=SOFT, strokeWidth=1.5).encode(
        x=alt.X("low:Q", scale=scale, title=t("Log ratio (log2)"), axis=x_axis),
        x2=alt.X2("high:Q"),
    )
    layers = [zero, lines, *(_build_arrows(base, scale, side) for side in ("left", "right"))]
    dots = base.mark_point(size=70, opacity=1, strokeWidth=1.6).encode(
        x=alt.X("effect:Q", scale=scale), **_encode_states(states, t)
    )
    return layer_charts(*layers, dots, width=width, height=alt.Step(compute_row_height(names)))


def _build_arrows(base: alt.Chart, scale: alt.Scale, side: str) -> alt.Chart:
    """Mark intervals that continue beyond the plot."""
    angle, end = (270, "low") if side == "left" else (90, "high")
    drawn: alt.Chart = (
        base.transform_filter(f"datum.{side}")
        .mark_point(shape="triangle-up", angle=angle, size=40, filled=True, color=SOFT, opacity=1)
        .encode(x=alt.X(f"{end}:Q", scale=scale))
    )
    return drawn


def _encode_states(
    states: Sequence[str], t: Translator
) -> dict[str, alt.Fill | alt.Stroke | alt.Shape]:
    """Encode significance as filled and hollow dots, and untested terms by another shape."""
    looks = {
        _SIGNIFICANT: (DARK, "circle"),
        _NOT_SIGNIFICANT: (PAPER, "circle"),
        t.translate(_UNTESTED): (PAPER, "diamond"),
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


def _format_title(group: ComparedGroup, t: Translator) -> str:
    value = clean_text(group.value)
    if group.against:
        return t("{value} compared with {against}", value=value, against=clean_text(group.against))
    return join_phrases(t, value, t("compared with the rest"))


def _format_sizes(group: ComparedGroup, t: Translator) -> str:
    here = join_phrases(t, count_reports(t, group.reports), count_officials(t, group.units))
    there = join_phrases(
        t, count_reports(t, group.rest_reports), count_officials(t, group.rest_units)
    )
    return f"{here} / {there}"


def _format_caption(
    found: Comparison,
    groups: Sequence[ComparedGroup],
    shown: Sequence[ComparedGroup],
    limit: int,
    t: Translator,
) -> str:
    cut = any(len(group.terms) > limit for group in shown)
    return build_caption(
        t,
        count_reports(t, found.reports),
        t("Log ratio (base 2: 1 = twice, 2 = four times as frequent)"),
        t("Lines: 95 % CI; arrows continue beyond the chart"),
        t("Not tested where one side is a single official; CIs are resampled from sections")
        if any(group.by_section for group in shown)
        else "",
        t("Without a value, not counted: {reports}", reports=count_reports(t, found.without))
        if found.without
        else "",
        state_cut(t, GROUPS, len(shown), len(groups)),
        t("First {shown} terms of each group shown", shown=limit) if cut else "",
    )


def _format_columns(t: Translator) -> tuple[str, ...]:
    return (
        t("Group"),
        t("Term"),
        t("Log ratio (log2)"),
        t.pgettext("plot", "95 % CI"),
        t("Per 10,000 words here"),
        t("Per 10,000 words, reference"),
        t("Reports"),
        t("Significance"),
    )


def _format_row(group: ComparedGroup, term: ComparedTerm, t: Translator) -> tuple[PictureCell, ...]:
    low, high = ("…" if end is None else f"{end:.2f}" for end in term.interval)
    return (
        _format_title(group, t),
        term.term,
        term.log_ratio,
        f"{low} – {high}",
        term.per_10k,
        term.rest_per_10k,
        term.reports,
        _describe_state(term, t),
    )
