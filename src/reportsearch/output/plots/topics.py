"""Plot of topics: a heatmap by group, bars for a single group, panels over years."""

from __future__ import annotations

import altair as alt

from reportsearch.errors import NothingToDrawError
from reportsearch.locale import FIELD, Translator
from reportsearch.models.topics import Topic, Topics, TopicWeights
from reportsearch.output.plots import year_axis
from reportsearch.output.plots.bars import Bar, build_bar_chart
from reportsearch.output.plots.heatmap import HeatCell, build_heatmap
from reportsearch.output.plots.picture import MAX_PANELS, MAX_ROWS, Picture, PictureCell
from reportsearch.output.plots.style import (
    DARK,
    LIGHT,
    add_heading,
    arrange_panels,
    build_chart,
    layer_charts,
)
from reportsearch.output.plots.text import format_cell_share, make_unique_names, measure_widest
from reportsearch.output.plots.wording import (
    GROUPS,
    TOPICS,
    build_caption,
    count_passages,
    count_reports,
    state_cut,
)
from reportsearch.output.prose.formatting import format_percent
from reportsearch.output.prose.joining import join_phrases

_PANEL_WIDTH = 270
_PANEL_HEIGHT = 84
_MAX_COLUMN_EMS = 12
"""The widest group names, in ems, that are placed above columns."""


def draw(found: Topics, t: Translator) -> Picture:
    """Draw the topics by group: lines for years, bars for a single group."""
    if not found.topics:
        raise NothingToDrawError("there are no topics to plot")
    groups = [group for group in found.groups if any(group.weights)]
    if found.by == "year" and len(groups) > 1 and all(g.value.isdecimal() for g in groups):
        return _draw_years(found, sorted(groups, key=lambda group: int(group.value)), t)
    if len(groups) > 1:
        return _draw_groups(found, groups, t)
    return _draw_single(found, groups, t)


def _name_topics(topics: tuple[Topic, ...] | list[Topic]) -> list[str]:
    return make_unique_names(
        [(f"{topic.id} {topic.label}", f"{topic.id} {topic.label}") for topic in topics]
    )


def _format_caption(found: Topics, t: Translator, *more: str) -> str:
    quality = ""
    if found.npmi is not None and found.stability is not None:
        quality = t(
            "Coherence (NPMI) {npmi}, stability {stability}",
            npmi=f"{found.npmi:.2f}",
            stability=f"{found.stability:.2f}",
        )
    return build_caption(
        t,
        join_phrases(t, count_reports(t, found.reports), count_passages(t, found.passages)),
        t("Too few passages for topics; grouped by portfolio") if found.too_few else "",
        *more,
        t("{share} of passages fit no topic", share=format_percent(found.unfit))
        if found.unfit
        else "",
        quality,
    )


def _draw_single(found: Topics, groups: list[TopicWeights], t: Translator) -> Picture:
    weights = groups[0].weights if groups else tuple(topic.share for topic in found.topics)
    paired = sorted(
        zip(found.topics, _name_topics(found.topics), weights, strict=True),
        key=lambda entry: (-entry[2], entry[0].id),
    )
    shown = paired[:MAX_ROWS]
    chart, width = build_bar_chart(
        [Bar(name, weight * 100, format_percent(weight)) for _, name, weight in shown],
        t("Share of topic weight (%)"),
    )
    return Picture(
        title=t("Topics"),
        caption=_format_caption(found, t, state_cut(t, TOPICS, len(shown), len(paired))),
        language=t.language,
        chart=chart,
        width=width,
        columns=(
            t("Topic"),
            t("Share of topic weight (%)"),
            t.pgettext("plot", "Passages"),
            t("Reports"),
        ),
        rows=tuple(
            (name, weight * 100, topic.passages, topic.reports) for topic, name, weight in shown
        ),
    )


def _draw_groups(found: Topics, groups: list[TopicWeights], t: Translator) -> Picture:
    shown = groups[:MAX_ROWS]
    topics = found.topics[:MAX_ROWS]
    columns = make_unique_names([(group.value, group.title) for group in shown])
    rows = _name_topics(topics)
    # The longer names go before rows, where there is space.
    as_rows = measure_widest(columns) > max(measure_widest(rows), _MAX_COLUMN_EMS)
    cells = [
        HeatCell(
            *((column, row) if as_rows else (row, column)), weight * 100, _format_weight(weight)
        )
        for place, row in enumerate(rows)
        for group, column in zip(shown, columns, strict=True)
        for weight in (group.weights[place],)
    ]
    names = (columns, rows) if as_rows else (rows, columns)
    chart, width = build_heatmap(cells, *names, t("Share of topic weight (%)"))
    table: list[tuple[PictureCell, ...]] = [
        (row, *(group.weights[place] * 100 for group in shown)) for place, row in enumerate(rows)
    ]
    table.append((t("No topic"), *(group.unfit * 100 for group in shown)))
    return Picture(
        title=t("Topics by {by}", by=t.pgettext(FIELD, found.by)),
        caption=_format_caption(
            found,
            t,
            state_cut(t, TOPICS, len(topics), len(found.topics)),
            state_cut(t, GROUPS, len(shown), len(groups)),
            t("Blank: less than 0.5 %"),
        ),
        language=t.language,
        chart=chart,
        width=width,
        columns=(t("Topic"), *columns),
        rows=tuple(table),
    )


def _format_weight(weight: float) -> str:
    """Format a weight; tiny weights, which every passage has, are left out."""
    return format_cell_share(weight) if weight >= 0.005 else ""


def _draw_years(found: Topics, groups: list[TopicWeights], t: Translator) -> Picture:
    topics = found.topics[:MAX_PANELS]
    names = _name_topics(topics)
    years = [int(group.value) for group in groups]
    highest = max(group.weights[place] for group in groups for place in range(len(topics))) * 100
    charts = [
        add_heading(
            _build_panel(years, [group.weights[place] * 100 for group in groups], highest, t),
            name,
            "",
            _PANEL_WIDTH,
        )
        for place, name in enumerate(names)
    ]
    columns = min(len(charts), 2)
    return Picture(
        title=t("Topics over time"),
        caption=_format_caption(
            found,
            t,
            state_cut(t, TOPICS, len(topics), len(found.topics)),
            t("Panels share one scale") if len(charts) > 1 else "",
            t("Grey bands and gaps: no reports") if year_axis.find_gaps(years) else "",
        ),
        language=t.language,
        chart=arrange_panels(charts, spacing=18, share=("x", "y")),
        width=columns * (_PANEL_WIDTH + 70),
        columns=(t("Year"), *names),
        rows=tuple(
            (group.value, *(weight * 100 for weight in group.weights[: len(topics)]))
            for group in groups
        ),
    )


def _build_panel(
    years: list[int], shares: list[float], highest: float, t: Translator
) -> alt.LayerChart:
    numbers = year_axis.number_year_runs(years)
    values = [
        {"year": year, "share": share, "stretch": number, "alone": alone}
        for year, share, number, alone in zip(
            years, shares, numbers, year_axis.flag_isolated(numbers), strict=True
        )
    ]
    base = build_chart(values).encode(
        x=year_axis.build_year_axis(years, None),
        y=alt.Y(
            "share:Q",
            stack=False,
            title=t("Share (%)"),
            scale=alt.Scale(domain=[0, highest or 1], nice=True),
            axis=alt.Axis(tickCount=3, domain=False),
        ),
    )
    area = base.mark_area(color=LIGHT, opacity=1).encode(detail="stretch:N")
    line = base.mark_line(color=DARK, strokeJoin="round", strokeWidth=1.8).encode(
        detail="stretch:N"
    )
    dots = base.transform_filter("datum.alone").mark_circle(color=DARK, size=26, opacity=1)
    return layer_charts(
        year_axis.shade_gaps(years), area, line, dots, width=_PANEL_WIDTH, height=_PANEL_HEIGHT
    )
