"""Year axes: runs without a gap, and the years without a report."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import altair as alt

from reportsearch.output.plots.style import MISSING, build_chart

_MAX_LABELLED_YEARS = 16


def number_year_runs(years: Sequence[int]) -> list[int]:
    """Number the runs of successive years and return the run number of each year, in order."""
    numbers: list[int] = []
    for place, year in enumerate(years):
        follows = place > 0 and years[place - 1] == year - 1
        numbers.append(numbers[-1] + (not follows) if numbers else 0)
    return numbers


def flag_isolated(numbers: Sequence[int]) -> list[bool]:
    """Return whether each year is alone in its run, so that no line passes through it."""
    return [numbers.count(number) == 1 for number in numbers]


def find_gaps(years: Sequence[int]) -> list[dict[str, float]]:
    """Find the stretches between the first and the last year that are missing from ``years``."""
    return [
        {"from": before + 0.5, "to": after - 0.5}
        for before, after in pairwise(years)
        if after > before + 1
    ]


def build_year_axis(years: Sequence[int], title: str | None, *, labels: bool = True) -> alt.X:
    """Build the axis of years, labelling all if they are few, else every fifth or tenth."""
    first, last = years[0], years[-1]
    step = 1 if last - first < _MAX_LABELLED_YEARS else 5 if last - first < 50 else 10
    ticks = [year for year in range(first, last + 1) if step == 1 or year % step == 0]
    return alt.X(
        "year:Q",
        title=title,
        scale=alt.Scale(domain=[first - 0.5, last + 0.5], nice=False, zero=False),
        axis=alt.Axis(values=ticks, format="d", grid=False, labels=labels, labelOverlap=True),
    )


def shade_gaps(years: Sequence[int]) -> alt.Chart:
    """Draw a grey band over each stretch without reports."""
    values = find_gaps(years)
    drawn: alt.Chart = (
        build_chart(values).mark_rect(color=MISSING).encode(x=alt.X("from:Q"), x2=alt.X2("to:Q"))
    )
    return drawn
