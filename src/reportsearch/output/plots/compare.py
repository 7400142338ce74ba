"""Plot of comparisons: the terms of each group as dots with confidence intervals."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from reportsearch.errors import NothingToDrawError
from reportsearch.locale.plots import PlotTexts
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

_SINGLE_WIDTH = 440
_PANEL_WIDTH = 270
_MAX_OVERHANG = 3.0
"""The farthest that intervals are drawn beyond the outermost dot, in units of the log ratio."""
_LEVEL = 0.05

LabelledTerm = tuple[str, ComparedTerm]
"""A term's label and its figures."""


def draw(found: Comparison, texts: PlotTexts) -> Picture:
    """Draw the terms of each group against its reference."""
    groups = [group for group in found.groups if group.terms]
    if not groups:
        raise NothingToDrawError("no term distinguishes a group, so there is nothing to plot")
    shown = groups[:MAX_PANELS]
    most = MAX_ROWS if len(shown) == 1 else MAX_ROWS_IN_PANEL
    width = _SINGLE_WIDTH if len(shown) == 1 else _PANEL_WIDTH
    chosen = [_select_terms(group, most) for group in shown]
    domain = _find_domain([term for entries in chosen for _, term in entries])
    states = _list_states([term for entries in chosen for _, term in entries], texts)
    charts = [
        add_heading(
            _build_panel(entries, domain, states, texts, width),
            _format_title(group, texts),
            _format_sizes(group, texts),
            width + 40,
        )
        for group, entries in zip(shown, chosen, strict=True)
    ]
    label_width = max(measure_label_width([name for name, _ in entries]) for entries in chosen)
    columns = min(len(charts), 2)
    return Picture(
        title=texts("compare_by", by=texts.format_field(found.by)),
        caption=_format_caption(found, groups, shown, most, texts),
        language=texts.language,
        chart=arrange_panels(charts, spacing=26, share=("x",)),
        width=columns * (width + label_width + 10),
        columns=_format_columns(texts),
        rows=tuple(
            _format_row(group, term, texts)
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


def _describe_state(term: ComparedTerm, texts: PlotTexts) -> str:
    if term.q is None:
        return texts("untested")
    return texts("significant" if term.q < _LEVEL else "not_significant")


def _list_states(terms: Sequence[ComparedTerm], texts: PlotTexts) -> list[str]:
    """List the states that occur, in legend order."""
    occurring = {_describe_state(term, texts) for term in terms}
    names = ("significant", "not_significant", "untested")
    return [text for name in names if (text := texts(name)) in occurring]


def _build_panel(
    entries: Sequence[LabelledTerm],
    domain: tuple[float, float],
    states: Sequence[str],
    texts: PlotTexts,
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
                "state": _describe_state(term, texts),
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
        x=alt.X("low:Q", scale=scale, title=texts("log_ratio_column"), axis=x_axis),
        x2=alt.X2("high:Q"),
    )
    layers = [zero, lines, *(_build_arrows(base, scale, side) for side in ("left", "right"))]
    dots = base.mark_point(size=70, opacity=1, strokeWidth=1.6).encode(
        x=alt.X("effect:Q", scale=scale), **_encode_states(states, texts)
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
    states: Sequence[str], texts: PlotTexts
) -> dict[str, alt.Fill | alt.Stroke | alt.Shape]:
    """Encode significance as filled and hollow dots, and untested terms by another shape."""
    looks = {
        texts("significant"): (DARK, "circle"),
        texts("not_significant"): (PAPER, "circle"),
        texts("untested"): (PAPER, "diamond"),
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


def _format_title(group: ComparedGroup, texts: PlotTexts) -> str:
    value = clean_text(group.value)
    if group.against:
        return texts("compare_two", value=value, against=clean_text(group.against))
    return texts.join_phrases(value, texts("against_rest"))


def _format_sizes(group: ComparedGroup, texts: PlotTexts) -> str:
    here = texts.join_phrases(
        texts.format_reports(group.reports), texts.format_officials(group.units)
    )
    there = texts.join_phrases(
        texts.format_reports(group.rest_reports), texts.format_officials(group.rest_units)
    )
    return f"{here} / {there}"


def _format_caption(
    found: Comparison,
    groups: Sequence[ComparedGroup],
    shown: Sequence[ComparedGroup],
    limit: int,
    texts: PlotTexts,
) -> str:
    cut = any(len(group.terms) > limit for group in shown)
    return texts.join_sentences(
        texts.format_reports(found.reports),
        texts("log_ratio"),
        texts("lines_are"),
        texts("against_one") if any(group.by_section for group in shown) else "",
        texts("without", reports=texts.format_reports(found.without)) if found.without else "",
        texts("first_groups", shown=len(shown), all=len(groups))
        if len(shown) < len(groups)
        else "",
        texts("first_terms", shown=limit) if cut else "",
    )


def _format_columns(texts: PlotTexts) -> tuple[str, ...]:
    names = (
        "group", "term", "log_ratio_column", "interval", "per_10k_here", "per_10k_rest", "reports",
        "state",
    )  # fmt: skip
    return tuple(texts(name) for name in names)


def _format_row(
    group: ComparedGroup, term: ComparedTerm, texts: PlotTexts
) -> tuple[PictureCell, ...]:
    low, high = ("…" if end is None else f"{end:.2f}" for end in term.interval)
    return (
        _format_title(group, texts),
        term.term,
        term.log_ratio,
        f"{low} – {high}",
        term.per_10k,
        term.rest_per_10k,
        term.reports,
        _describe_state(term, texts),
    )
