"""Bars with a name before and a value behind each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from reportsearch.output.plots.style import (
    DARK,
    LABEL_EMS,
    LIGHT,
    chart_of,
    label_width,
    layered,
    row_step,
    rows_axis,
)
from reportsearch.output.plots.text import label, plain, unique, widest

WIDTH = 420


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: ``text`` stands behind it; ``kind`` is one of the two kinds of the legend."""

    name: str
    value: float
    text: str
    kind: str = ""


def bars(
    entries: Sequence[Bar], axis: str, *, kinds: tuple[str, str] | None = None, width: int = WIDTH
) -> tuple[alt.LayerChart, int]:
    """A chart of bars in the order given, and about how wide it is in pixels.

    ``axis`` names the values and their unit. Of ``kinds`` the first is dark and the second light;
    None for bars of one kind.
    """
    names = [label(name, LABEL_EMS) for name in unique([(b.name, b.name) for b in entries])]
    values = [
        {"name": name, "value": bar.value, "text": plain(bar.text), "kind": bar.kind}
        for name, bar in zip(names, entries, strict=True)
    ]
    base = chart_of(values).encode(
        y=alt.Y(
            "name:N",
            title=None,
            axis=rows_axis(),
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
    chart = layered(drawn, text, width=width, height=alt.Step(row_step(names)))
    room = widest([plain(bar.text) for bar in entries]) * 11 + 10
    return chart, int(label_width(names) + width + room)
