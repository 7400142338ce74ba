"""The common look of charts: sizes, and colours that keep their order when printed in grey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from reportsearch.output.plots.picture import Picture
from reportsearch.output.plots.text import count_lines, measure_ems, measure_widest, wrap_ems

FONTS = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "SimHei",
    "sans-serif",
)
"""The extra's font is first, so that layout is the same everywhere it is installed."""

DARK = "#1f4e79"
LIGHT = "#b7cbdf"
BLACK = "#000000"
INK = "#222222"
SOFT = "#555555"
GRID = "#e3e3e3"
MISSING = "#ececec"
PAPER = "#ffffff"
SHADES = ("#f4f7fa", "#c3d5e6", "#7fa5c9", "#3a6f9f", "#0d3156")
"""Shades from low to high, each darker than the one before."""

FONT_SIZE = 12
TITLE_SIZE = 16
LINE_HEIGHT = 15
"""The height of a line of labels, in pixels."""
LABEL_EMS = 18
"""The width in ems at which row labels are wrapped."""
ROW_HEIGHT = 22
"""The height of a row with one line, in pixels."""
_MIN_WIDTH = 640
_MAX_LINES = 12
_SPLIT_LABEL = r"split(datum.label, '\n')"


def compute_row_height(labels: Sequence[str]) -> int:
    """Compute the height of a row that fits every label."""
    return max(ROW_HEIGHT, count_lines(labels) * LINE_HEIGHT + 6)


def measure_label_width(labels: Sequence[str]) -> int:
    """Measure the space for labels next to a chart, in pixels."""
    return int(measure_widest(labels) * FONT_SIZE) + 16


def build_row_axis() -> alt.Axis:
    """Build a row axis with uncut labels of several lines."""
    return alt.Axis(
        labelLimit=0,
        labelExpr=_SPLIT_LABEL,
        labelLineHeight=LINE_HEIGHT,
        labelBaseline="middle",
        labelOffset=_build_label_offset(),
        labelOverlap=False,
        ticks=False,
        domain=False,
        grid=False,
        labelPadding=6,
    )


def _build_label_offset() -> dict[str, Any]:
    """Compute how far the first line of a label is above its middle."""
    return {
        "condition": [
            {
                "test": rf"length(split(datum.value, '\n')) === {lines}",
                "value": -(lines - 1) * LINE_HEIGHT / 2,
            }
            for lines in range(2, _MAX_LINES + 1)
        ],
        "value": 0,
    }


def build_column_axis(title: str | None = None) -> alt.Axis:
    """Build a column axis above a heatmap with uncut, slanted labels."""
    return alt.Axis(
        title=title,
        orient="top",
        labelAngle=-45,
        labelAlign="left",
        labelBaseline="middle",
        labelLimit=0,
        labelOverlap=False,
        ticks=False,
        domain=False,
        grid=False,
        labelPadding=8,
    )


def measure_overhang(labels: Sequence[str], step: int) -> int:
    """Measure how far slanted labels extend beyond the right of a heatmap, in pixels."""
    ends = (
        measure_ems(text) * FONT_SIZE * 0.72 - step * (len(labels) - place - 0.5)
        for place, text in enumerate(labels)
    )
    return max(int(max(ends, default=0)), 0)


def build_heading(text: str, more: str, width: int) -> alt.TitleParams:
    """Build the title of a panel with an optional second line."""
    below: dict[str, Any] = {"subtitle": wrap_ems(more, width / 11)} if more else {}
    return alt.TitleParams(
        text=wrap_ems(text, width / 13),
        **below,
        anchor="start",
        frame="group",
        fontSize=13,
        fontWeight="normal",
        subtitleFontSize=11,
        subtitleColor=SOFT,
        offset=6,
    )


def add_title(picture: Picture) -> alt.TopLevelMixin:
    """Add a title and caption above a chart."""
    width = max(picture.width, _MIN_WIDTH)
    chart = picture.chart.copy(deep=True)
    chart.title = alt.TitleParams(
        text=wrap_ems(picture.title, width / TITLE_SIZE),
        subtitle=_wrap_caption(picture, width),
        anchor="start",
        frame="bounds",
        fontSize=TITLE_SIZE,
        fontWeight="normal",
        subtitleFontSize=FONT_SIZE,
        subtitleColor=SOFT,
        subtitleLineHeight=LINE_HEIGHT + 2,
        subtitlePadding=6,
        offset=16,
    )
    return apply_style(chart)


def _wrap_caption(picture: Picture, width: int) -> list[str]:
    return wrap_ems(picture.caption, width / FONT_SIZE)


def apply_style(chart: alt.TopLevelMixin) -> alt.TopLevelMixin:
    """Set the fonts and axis colours of a chart."""
    styled: alt.TopLevelMixin = chart.configure(
        font=", ".join(FONTS),
        background=PAPER,
        padding={"left": 12, "top": 12, "right": 28, "bottom": 12},
        aria=False,
        axis=alt.AxisConfig(
            labelFontSize=FONT_SIZE,
            titleFontSize=FONT_SIZE,
            titleFontWeight="normal",
            labelColor=INK,
            titleColor=INK,
            gridColor=GRID,
            domainColor=SOFT,
            tickColor=SOFT,
            titlePadding=8,
        ),
        legend=alt.LegendConfig(
            labelFontSize=FONT_SIZE,
            titleFontSize=FONT_SIZE,
            titleFontWeight="normal",
            labelLimit=0,
            titleLimit=0,
            labelColor=INK,
            titleColor=INK,
            symbolSize=110,
        ),
        title=alt.TitleConfig(color=INK),
        view=alt.ViewConfig(stroke=None),
        text=alt.MarkConfig(fontSize=FONT_SIZE - 1, color=INK),
    )
    return styled


def build_chart(values: Sequence[Mapping[str, object]]) -> alt.Chart:
    """Build a chart with some rows of data inlined."""
    return alt.Chart(alt.InlineData(values=[dict(row) for row in values]))


def layer_charts(
    *layers: alt.Chart, width: int | alt.Step, height: int | alt.Step
) -> alt.LayerChart:
    """Layer charts over each other, the first at the bottom."""
    return alt.LayerChart(layer=list(layers), width=width, height=height)


def arrange_panels(
    charts: Sequence[alt.LayerChart], *, spacing: int, share: Sequence[str] = ()
) -> alt.ConcatChart:
    """Arrange charts in two columns, sharing the scales named in ``share`` (``x``, ``y``)."""
    resolve: dict[str, Any] = {
        channel: "shared" if channel in share else "independent" for channel in ("x", "y")
    }
    together: alt.ConcatChart = alt.concat(
        *charts, columns=min(len(charts), 2), spacing=spacing
    ).resolve_scale(**resolve)
    return together


def add_heading(chart: alt.LayerChart, text: str, more: str, width: int) -> alt.LayerChart:
    """Add a separate title to a chart."""
    chart.title = build_heading(text, more, width)
    return chart
