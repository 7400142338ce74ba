"""Topics: a table of colours by group, bars where there is one group, panels over years."""

from __future__ import annotations

import altair as alt

from reportsearch.errors import NothingToDrawError
from reportsearch.locale.plots import Words
from reportsearch.models.topics import Topic, Topics, TopicWeights
from reportsearch.output.plots import years as along
from reportsearch.output.plots.bars import Bar, bars
from reportsearch.output.plots.heat import HeatCell, heat
from reportsearch.output.plots.pictures import MOST_PANELS, MOST_ROWS, Cell, Picture
from reportsearch.output.plots.shares import in_cell
from reportsearch.output.plots.style import DARK, LIGHT, chart_of, layered, panels, with_heading
from reportsearch.output.plots.text import unique, widest
from reportsearch.output.prose.common import percent

_PANEL_WIDTH = 270
_PANEL_HEIGHT = 84
_SHORT = 12
"""Names of groups up to this width, in ems, stand above columns."""


def draw(found: Topics, says: Words) -> Picture:
    """The topics by group; by year as lines, of one group as bars."""
    if not found.topics:
        raise NothingToDrawError("there are no topics to draw")
    groups = [group for group in found.groups if any(group.weights)]
    if found.by == "year" and len(groups) > 1 and all(g.value.isdecimal() for g in groups):
        return _over_years(found, sorted(groups, key=lambda group: int(group.value)), says)
    if len(groups) > 1:
        return _by_group(found, groups, says)
    return _alone(found, groups, says)


def _names(topics: tuple[Topic, ...] | list[Topic]) -> list[str]:
    return unique([(f"{topic.id} {topic.label}", f"{topic.id} {topic.label}") for topic in topics])


def _caption(found: Topics, says: Words, *more: str) -> str:
    quality = ""
    if found.npmi is not None and found.stability is not None:
        quality = says("quality", npmi=f"{found.npmi:.2f}", stability=f"{found.stability:.2f}")
    return says.sentences(
        says.joined(says.reports(found.reports), says.passages(found.passages)),
        says("too_few") if found.too_few else "",
        *more,
        says("unfit", share=percent(found.unfit)) if found.unfit else "",
        quality,
    )


def _limited(says: Words, shown: int, of: int, what: str) -> str:
    return says("first_of", shown=shown, all=of, what=says(what)) if shown < of else ""


def _alone(found: Topics, groups: list[TopicWeights], says: Words) -> Picture:
    weights = groups[0].weights if groups else tuple(topic.share for topic in found.topics)
    paired = sorted(
        zip(found.topics, _names(found.topics), weights, strict=True),
        key=lambda entry: (-entry[2], entry[0].id),
    )
    shown = paired[:MOST_ROWS]
    chart, width = bars(
        [Bar(name, weight * 100, percent(weight)) for _, name, weight in shown],
        says("topic_share"),
    )
    return Picture(
        title=says("topics"),
        caption=_caption(found, says, _limited(says, len(shown), len(paired), "topics_name")),
        language=says.language,
        chart=chart,
        width=width,
        columns=(says("topic"), says("topic_share"), says("passages"), says("reports")),
        rows=tuple((name, weight * 100, t.passages, t.reports) for t, name, weight in shown),
    )


def _by_group(found: Topics, groups: list[TopicWeights], says: Words) -> Picture:
    shown = groups[:MOST_ROWS]
    topics = found.topics[:MOST_ROWS]
    columns = unique([(group.value, group.title) for group in shown])
    rows = _names(topics)
    # The longer names stand before rows, where they have room.
    as_rows = widest(columns) > max(widest(rows), _SHORT)
    cells = [
        HeatCell(*((column, row) if as_rows else (row, column)), weight * 100, _written(weight))
        for place, row in enumerate(rows)
        for group, column in zip(shown, columns, strict=True)
        for weight in (group.weights[place],)
    ]
    names = (columns, rows) if as_rows else (rows, columns)
    chart, width = heat(cells, *names, says("topic_share"))
    table: list[tuple[Cell, ...]] = [
        (row, *(group.weights[place] * 100 for group in shown)) for place, row in enumerate(rows)
    ]
    table.append((says("unfit_column"), *(group.unfit * 100 for group in shown)))
    return Picture(
        title=says("topics_by", by=says.by(found.by)),
        caption=_caption(
            found,
            says,
            _limited(says, len(topics), len(found.topics), "topics_name"),
            _limited(says, len(shown), len(groups), "groups"),
            says("blank"),
        ),
        language=says.language,
        chart=chart,
        width=width,
        columns=(says("topic"), *columns),
        rows=tuple(table),
    )


def _written(weight: float) -> str:
    """Every passage has a little of every topic: that little is not written."""
    return in_cell(weight) if weight >= 0.005 else ""


def _over_years(found: Topics, groups: list[TopicWeights], says: Words) -> Picture:
    topics = found.topics[:MOST_PANELS]
    names = _names(topics)
    years = [int(group.value) for group in groups]
    highest = max(group.weights[place] for group in groups for place in range(len(topics))) * 100
    charts = [
        with_heading(
            _panel(years, [group.weights[place] * 100 for group in groups], highest, says),
            name,
            "",
            _PANEL_WIDTH,
        )
        for place, name in enumerate(names)
    ]
    columns = min(len(charts), 2)
    return Picture(
        title=says("topics_over"),
        caption=_caption(
            found,
            says,
            _limited(says, len(topics), len(found.topics), "topics_name"),
            says("same_scales") if len(charts) > 1 else "",
            says("grey_years") if along.gaps(years) else "",
        ),
        language=says.language,
        chart=panels(charts, spacing=18, share=("x", "y")),
        width=columns * (_PANEL_WIDTH + 70),
        columns=(says("year_axis"), *names),
        rows=tuple(
            (group.value, *(weight * 100 for weight in group.weights[: len(topics)]))
            for group in groups
        ),
    )


def _panel(years: list[int], shares: list[float], highest: float, says: Words) -> alt.LayerChart:
    numbers = along.stretches(years)
    values = [
        {"year": year, "share": share, "stretch": number, "alone": alone}
        for year, share, number, alone in zip(
            years, shares, numbers, along.alone(numbers), strict=True
        )
    ]
    base = chart_of(values).encode(
        x=along.axis(years, None),
        y=alt.Y(
            "share:Q",
            stack=False,
            title=says("share_axis"),
            scale=alt.Scale(domain=[0, highest or 1], nice=True),
            axis=alt.Axis(tickCount=3, domain=False),
        ),
    )
    area = base.mark_area(color=LIGHT, opacity=1).encode(detail="stretch:N")
    line = base.mark_line(color=DARK, strokeJoin="round", strokeWidth=1.8).encode(
        detail="stretch:N"
    )
    dots = base.transform_filter("datum.alone").mark_circle(color=DARK, size=26, opacity=1)
    return layered(along.grey(years), area, line, dots, width=_PANEL_WIDTH, height=_PANEL_HEIGHT)
