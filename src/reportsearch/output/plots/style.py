"""How all charts look: sizes, and colours that keep their order when printed in grey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from reportsearch.output.plots.pictures import Picture
from reportsearch.output.plots.text import ems, lines_of, widest, wrapped

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
"""The font that the extra brings first: with it a picture is laid out alike everywhere."""

DARK = "#1f4e79"
LIGHT = "#b7cbdf"
BLACK = "#000000"
INK = "#222222"
SOFT = "#555555"
GRID = "#e3e3e3"
MISSING = "#ececec"
PAPER = "#ffffff"
SHADES = ("#f4f7fa", "#c3d5e6", "#7fa5c9", "#3a6f9f", "#0d3156")
"""From little to much; the luminance falls from each to the next."""

FONT_SIZE = 12
TITLE_SIZE = 16
LINE = 15
"""The height of a line of labels, in pixels."""
LABEL_EMS = 18
"""The width at which labels of rows are broken, in ems."""
BAR = 22
"""The height of a row with one line."""
_LEAST_WIDTH = 640
_MOST_LINES = 12
_BREAK = r"split(datum.label, '\n')"


def row_step(labels: Sequence[str]) -> int:
    """The height of a row in which all labels have room."""
    return max(BAR, lines_of(labels) * LINE + 6)


def label_width(labels: Sequence[str]) -> int:
    """Room for labels beside a chart, in pixels."""
    return int(widest(labels) * FONT_SIZE) + 16


def rows_axis() -> alt.Axis:
    """The axis of rows: labels whole, in as many lines as they have."""
    return alt.Axis(
        labelLimit=0,
        labelExpr=_BREAK,
        labelLineHeight=LINE,
        labelBaseline="middle",
        labelOffset=_raised(),
        labelOverlap=False,
        ticks=False,
        domain=False,
        grid=False,
        labelPadding=6,
    )


def _raised() -> dict[str, Any]:
    """How far the first line of a label stands above its middle."""
    return {
        "condition": [
            {
                "test": rf"length(split(datum.value, '\n')) === {lines}",
                "value": -(lines - 1) * LINE / 2,
            }
            for lines in range(2, _MOST_LINES + 1)
        ],
        "value": 0,
    }


def columns_axis(title: str | None = None) -> alt.Axis:
    """The axis of columns above a table of colours: labels whole, slanting."""
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


def columns_room(labels: Sequence[str], step: int) -> int:
    """How far slanting labels go beyond the right of a table, in pixels."""
    ends = (
        ems(text) * FONT_SIZE * 0.72 - step * (len(labels) - place - 0.5)
        for place, text in enumerate(labels)
    )
    return max(int(max(ends, default=0)), 0)


def heading(text: str, more: str, width: int) -> alt.TitleParams:
    """The title of a panel and what is said of it in a second line."""
    below: dict[str, Any] = {"subtitle": wrapped(more, width / 11)} if more else {}
    return alt.TitleParams(
        text=wrapped(text, width / 13),
        **below,
        anchor="start",
        frame="group",
        fontSize=13,
        fontWeight="normal",
        subtitleFontSize=11,
        subtitleColor=SOFT,
        offset=6,
    )


def titled(picture: Picture) -> alt.TopLevelMixin:
    """The chart with its title and caption above it."""
    width = max(picture.width, _LEAST_WIDTH)
    chart = picture.chart.copy(deep=True)
    chart.title = alt.TitleParams(
        text=wrapped(picture.title, width / TITLE_SIZE),
        subtitle=_caption(picture, width),
        anchor="start",
        frame="bounds",
        fontSize=TITLE_SIZE,
        fontWeight="normal",
        subtitleFontSize=FONT_SIZE,
        subtitleColor=SOFT,
        subtitleLineHeight=LINE + 2,
        subtitlePadding=6,
        offset=16,
    )
    return styled(chart)


def _caption(picture: Picture, width: int) -> list[str]:
    return wrapped(picture.caption, width / FONT_SIZE)


def styled(chart: alt.TopLevelMixin) -> alt.TopLevelMixin:
    """The chart with fonts and colours of its axes."""
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


def chart_of(values: Sequence[Mapping[str, object]]) -> alt.Chart:
    """A chart of some rows of data, which go into it."""
    return alt.Chart(alt.InlineData(values=[dict(row) for row in values]))


def layered(*layers: alt.Chart, width: int | alt.Step, height: int | alt.Step) -> alt.LayerChart:
    """Charts over each other, the first at the bottom."""
    return alt.LayerChart(layer=list(layers), width=width, height=height)


def panels(
    charts: Sequence[alt.LayerChart], *, spacing: int, share: Sequence[str] = ()
) -> alt.ConcatChart:
    """Charts in two columns; the scales named in ``share``, of ``x`` and ``y``, are alike."""
    resolve: dict[str, Any] = {
        channel: "shared" if channel in share else "independent" for channel in ("x", "y")
    }
    together: alt.ConcatChart = alt.concat(
        *charts, columns=min(len(charts), 2), spacing=spacing
    ).resolve_scale(**resolve)
    return together


def with_heading(chart: alt.LayerChart, text: str, more: str, width: int) -> alt.LayerChart:
    """A chart with a title of its own."""
    chart.title = heading(text, more, width)
    return chart
