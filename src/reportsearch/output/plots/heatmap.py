"""Heatmaps: the higher a value, the darker its cell, with the number in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from reportsearch.output.plots.style import (
    BLACK,
    GRID,
    INK,
    LABEL_EMS,
    LIGHT,
    PAPER,
    SHADES,
    build_chart,
    build_column_axis,
    build_row_axis,
    compute_row_height,
    layer_charts,
    measure_label_width,
    measure_overhang,
)
from reportsearch.output.plots.text import clean_text, wrap_label

CELL_WIDTH = 40
"""The width of a cell in pixels."""
HOLLOW = "square"
CROSS = "M-0.9,-0.9L0.9,0.9M-0.9,0.9L0.9,-0.9"
"""Mark shapes that are distinguishable without colour."""
_DARK_FROM = 0.71
"""The point on the scale from which white text is more legible than black."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell: its place, its value (None if empty), its text and its mark."""

    row: str
    column: str
    value: float | None
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class HeatMarks:
    """The meanings of the marks: the words for the hollow square and the cross."""

    hollow: str
    cross: str


def build_heatmap(
    cells: Sequence[HeatCell],
    rows: Sequence[str],
    columns: Sequence[str],
    legend: str,
    *,
    top: float | None = None,
    marks: HeatMarks | None = None,
) -> tuple[alt.LayerChart, int]:
    """Build a heatmap, and return it with its approximate pixel width.

    ``rows`` and ``columns`` are unique names in order. ``legend`` names the values and their unit.
    ``top`` is the value of the darkest shade, by default the largest value.
    """
    row_names = {name: wrap_label(name, LABEL_EMS) for name in rows}
    column_names = {name: clean_text(name) for name in columns}
    highest = top or max((cell.value for cell in cells if cell.value is not None), default=0) or 1
    values = [
        {
            "row": row_names[cell.row],
            "column": column_names[cell.column],
            "value": cell.value,
            "text": cell.text,
            "mark": cell.mark,
            "dark": (cell.value or 0) / highest >= _DARK_FROM,
        }
        for cell in cells
    ]
    base = build_chart(values).encode(
        y=alt.Y(
            "row:N",
            title=None,
            axis=build_row_axis(),
            scale=alt.Scale(domain=list(row_names.values()), paddingInner=0.06, paddingOuter=0.03),
        ),
        x=alt.X(
            "column:N",
            axis=build_column_axis(),
            scale=alt.Scale(
                domain=list(column_names.values()), paddingInner=0.04, paddingOuter=0.02
            ),
        ),
    )
    shades = _build_shades(base, highest, legend)
    written = base.mark_text(baseline="middle").encode(
        text="text:N",
        color=alt.when("datum.dark").then(alt.value(PAPER)).otherwise(alt.value(BLACK)),
    )
    layers = [_build_empty_cells(cells, row_names, column_names, base), shades, written]
    if marks is not None and any(cell.mark for cell in cells):
        layers += _build_marks(base, marks)
    height = max(compute_row_height(list(row_names.values())), 24)
    chart = layer_charts(*layers, width=alt.Step(CELL_WIDTH), height=alt.Step(height))
    room = measure_overhang(list(column_names.values()), CELL_WIDTH)
    width = measure_label_width(list(row_names.values())) + CELL_WIDTH * len(columns) + room + 60
    return chart, int(width)


def _build_shades(base: alt.Chart, highest: float, legend: str) -> alt.Chart:
    """Build the coloured cells and the colour legend."""
    shades: alt.Chart = (
        base.transform_filter("datum.value !== null")
        .mark_rect(stroke=LIGHT, strokeWidth=0.5)
        .encode(
            color=alt.Color(
                "value:Q",
                scale=alt.Scale(domain=[0, highest], range=list(SHADES), interpolate="lab"),
                legend=alt.Legend(
                    title=legend,
                    orient="right",
                    gradientLength=140,
                    gradientThickness=14,
                    tickCount=5,
                    offset=14,
                ),
            )
        )
    )
    return shades


def _build_empty_cells(
    cells: Sequence[HeatCell], rows: dict[str, str], columns: dict[str, str], base: alt.Chart
) -> alt.Chart:
    """Build outlines of the empty cells to guide the eye."""
    full = {(cell.row, cell.column) for cell in cells if cell.value is not None}
    values = [
        {"row": rows[row], "column": columns[column]}
        for row in rows
        for column in columns
        if (row, column) not in full
    ]
    empty: alt.Chart = base.mark_rect(fill=PAPER, stroke=GRID, strokeWidth=0.5)
    empty.data = alt.InlineData(values=values)
    return empty


def _build_marks(base: alt.Chart, marks: HeatMarks) -> list[alt.Chart]:
    """Build the marks: a hollow square in the middle of a cell, a cross next to its number."""
    shape = alt.Shape(
        "mark:N",
        scale=alt.Scale(domain=[marks.hollow, marks.cross], range=[HOLLOW, CROSS]),
        legend=alt.Legend(
            title=None,
            orient="bottom",
            direction="horizontal",
            symbolStrokeColor=INK,
            symbolFillColor="transparent",
            symbolStrokeWidth=1.6,
            columnPadding=24,
        ),
    )

    def build_mark(mark: str, size: int, right: int, up: int) -> alt.Chart:
        drawn: alt.Chart = (
            base.transform_filter(alt.FieldEqualPredicate(field="mark", equal=mark))
            .mark_point(
                filled=False, size=size, strokeWidth=1.6, opacity=1, xOffset=right, yOffset=-up
            )
            .encode(
                shape=shape,
                stroke=alt.when("datum.dark").then(alt.value(PAPER)).otherwise(alt.value(BLACK)),
            )
        )
        return drawn

    return [build_mark(marks.hollow, 130, 0, 0), build_mark(marks.cross, 40, 14, 6)]
