"""Bar charts with a name before each bar and a value after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from reportsearch.output.plots.style import (
    DARK,
    LABEL_EMS,
    LIGHT,
    build_chart,
    build_row_axis,
    compute_row_height,
    layer_charts,
    measure_label_width,
)
from reportsearch.output.plots.text import clean_text, make_unique_names, measure_widest, wrap_label

WIDTH = 420


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar; ``text`` is shown after it, and ``kind`` is one of the two kinds of the legend."""

    name: str
    value: float
    text: str
    kind: str = ""


def build_bar_chart(
    entries: Sequence[Bar], axis: str, *, kinds: tuple[str, str] | None = None, width: int = WIDTH
) -> tuple[alt.LayerChart, int]:
    """Build a chart of bars in the given order, and return it with its approximate pixel width.

    ``axis`` names the values and their unit. Of ``kinds``, the first is dark and the second light;
    None if all bars are of one kind.
    """
    names = [
        wrap_label(name, LABEL_EMS)
        for name in make_unique_names([(b.name, b.name) for b in entries])
    ]
    values = [
        {"name": name, "value": bar.value, "text": clean_text(bar.text), "kind": bar.kind}
        for name, bar in zip(names, entries, strict=True)
    ]
    base = build_chart(values).encode(
        y=alt.Y(
            "name:N",
            title=None,
            axis=build_row_axis(),
            scale=alt.Scale(domain=names, paddingInner=0.3, paddingOuter=0.15),
        ),
        x=alt.X(
            "value:Q",
            title=axis,
            scale=alt.Scale(domain=[0, max((b.value for b in entries), default=0) or 1]),
            axis=alt.Axis(tickCount=5, domain=False, titleAnchor="start"),
        ),
    )
    drawn = base.mark_bar(color=DARK, stroke=DARK, strokeWidth=0.8)
    if kinds is not None:
        scale = alt.Scale(domain=list(kinds), range=[DARK, LIGHT])
        legend = alt.Legend(title=None, orient="top", direction="horizontal", offset=14)
        drawn = drawn.encode(color=alt.Color("kind:N", scale=scale, legend=legend))
    text = base.mark_text(align="left", dx=5).encode(text="text:N")
    chart = layer_charts(drawn, text, width=width, height=alt.Step(compute_row_height(names)))
    room = measure_widest([clean_text(bar.text) for bar in entries]) * 11 + 10
    return chart, int(measure_label_width(names) + width + room)
