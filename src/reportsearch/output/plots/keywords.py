"""Plot of keywords: bars by score, with those that name a portfolio distinguished."""

from __future__ import annotations

from reportsearch.errors import Message, NothingToDrawError
from reportsearch.locale import FIELD, Translator
from reportsearch.models.keywords import INDEX, Keyword, KeywordGroup, Keywords
from reportsearch.output.plots.bars import Bar, build_bar_chart
from reportsearch.output.plots.picture import (
    MAX_PANELS,
    MAX_ROWS,
    MAX_ROWS_IN_PANEL,
    Picture,
    PictureCell,
)
from reportsearch.output.plots.style import add_heading, arrange_panels
from reportsearch.output.plots.text import clean_text, make_unique_names
from reportsearch.output.plots.wording import (
    GROUPS,
    TERMS,
    build_caption,
    count_passages,
    count_reports,
    state_cut,
)
from reportsearch.output.prose.joining import join_phrases

_PANEL_WIDTH = 230
_BACKGROUND = Message("Compared with general Chinese and the rest of the index")
_GENERAL_BACKGROUND = Message(
    "Compared mainly with general Chinese; the rest of the index is small"
)


def draw(found: Keywords, t: Translator) -> Picture:
    """Draw the keywords of one group, or of several groups side by side."""
    groups = [group for group in found.groups if group.keywords]
    if not groups:
        raise NothingToDrawError("there are no keywords to plot")
    if len(groups) == 1:
        return _draw_single(found, groups[0], t)
    return _draw_panels(found, groups, t)


def _find_kinds(t: Translator, groups: list[KeywordGroup]) -> tuple[str, str] | None:
    """Name the two kinds of bars; None if there is only one."""
    if any(entry.portfolio for group in groups for entry in group.keywords):
        return t("names a portfolio (shown after it)"), t("other term")
    return None


def _build_bar(entry: Keyword, kinds: tuple[str, str] | None) -> Bar:
    text = f"{entry.score:.1f}"
    if entry.portfolio:
        text = f"{text}　{entry.portfolio}"
    kind = "" if kinds is None else kinds[0 if entry.portfolio else 1]
    return Bar(entry.term, entry.score, text, kind)


def _sort_keywords(group: KeywordGroup, limit: int) -> list[Keyword]:
    return sorted(group.keywords, key=lambda entry: (-entry.score, entry.term))[:limit]


def _format_sizes(found: Keywords, group: KeywordGroup, t: Translator) -> str:
    counted = t.ngettext(
        "{part} of {number} report in the index",
        "{part} of {number} reports in the index",
        found.reports,
        part=group.reports,
    )
    return join_phrases(t, counted, count_passages(t, group.passages))


def _draw_single(found: Keywords, group: KeywordGroup, t: Translator) -> Picture:
    kinds = _find_kinds(t, [group])
    entries = _sort_keywords(group, MAX_ROWS)
    chart, width = build_bar_chart(
        [_build_bar(entry, kinds) for entry in entries],
        t("Score (higher is more distinctive)"),
        kinds=kinds,
    )
    title = clean_text(group.title or group.id)
    return Picture(
        title=t("Keywords: {title}", title=title) if title else t("Keywords"),
        caption=build_caption(
            t,
            _format_sizes(found, group, t),
            t.translate(_BACKGROUND if group.background == INDEX else _GENERAL_BACKGROUND),
            state_cut(t, TERMS, len(entries), len(group.keywords)),
        ),
        language=t.language,
        chart=chart,
        width=width,
        columns=_format_columns(t),
        rows=tuple(_format_row(entry) for entry in entries),
    )


def _draw_panels(found: Keywords, groups: list[KeywordGroup], t: Translator) -> Picture:
    shown = groups[:MAX_PANELS]
    kinds = _find_kinds(t, shown)
    titles = make_unique_names([(group.id, group.title) for group in shown])
    charts = []
    widths = []
    rows: list[tuple[PictureCell, ...]] = []
    cut = False
    for group, title in zip(shown, titles, strict=True):
        entries = _sort_keywords(group, MAX_ROWS_IN_PANEL)
        cut = cut or len(entries) < len(group.keywords)
        chart, width = build_bar_chart(
            [_build_bar(entry, kinds) for entry in entries],
            t("Score"),
            kinds=kinds,
            width=_PANEL_WIDTH,
        )
        about = count_reports(t, group.reports)
        charts.append(add_heading(chart, title, about, _PANEL_WIDTH + 80))
        widths.append(width)
        rows += [(title, *_format_row(entry)) for entry in entries]
    return Picture(
        title=t("Keywords by {by}", by=t.pgettext(FIELD, found.by or "report")),
        caption=build_caption(
            t,
            t.ngettext(
                "{number} report in the index", "{number} reports in the index", found.reports
            ),
            state_cut(t, GROUPS, len(shown), len(groups)),
            t("First {shown} terms of each group shown", shown=MAX_ROWS_IN_PANEL) if cut else "",
            t("Scores are comparable within a group only"),
        ),
        language=t.language,
        chart=arrange_panels(charts, spacing=28),
        width=2 * max(widths) + 28,
        columns=(t("Group"), *_format_columns(t)),
        rows=tuple(rows),
    )


def _format_columns(t: Translator) -> tuple[str, ...]:
    return (
        t("Term"),
        t("Score"),
        t("Times expected"),
        t("Occurrences"),
        t.pgettext("plot", "Passages"),
        t("Reports"),
        t("Portfolio"),
    )


def _format_row(entry: Keyword) -> tuple[PictureCell, ...]:
    return (
        entry.term,
        entry.score,
        entry.ratio,
        entry.count,
        entry.passages,
        entry.reports,
        entry.portfolio or "",
    )
