"""Plot of keywords: bars by score, with those that name a portfolio distinguished."""

from __future__ import annotations

from reportsearch.errors import NothingToDrawError
from reportsearch.locale.plots import PlotTexts
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

_PANEL_WIDTH = 230


def draw(found: Keywords, texts: PlotTexts) -> Picture:
    """Draw the keywords of one group, or of several groups side by side."""
    groups = [group for group in found.groups if group.keywords]
    if not groups:
        raise NothingToDrawError("there are no keywords to plot")
    if len(groups) == 1:
        return _draw_single(found, groups[0], texts)
    return _draw_panels(found, groups, texts)


def _find_kinds(texts: PlotTexts, groups: list[KeywordGroup]) -> tuple[str, str] | None:
    """Name the two kinds of bars; None if there is only one."""
    if any(entry.portfolio for group in groups for entry in group.keywords):
        return texts("names_portfolio"), texts("other_term")
    return None


def _build_bar(entry: Keyword, kinds: tuple[str, str] | None) -> Bar:
    text = f"{entry.score:.1f}"
    if entry.portfolio:
        text = f"{text}　{entry.portfolio}"
    kind = "" if kinds is None else kinds[0 if entry.portfolio else 1]
    return Bar(entry.term, entry.score, text, kind)


def _sort_keywords(group: KeywordGroup, limit: int) -> list[Keyword]:
    return sorted(group.keywords, key=lambda entry: (-entry.score, entry.term))[:limit]


def _format_sizes(found: Keywords, group: KeywordGroup, texts: PlotTexts) -> str:
    counted = texts("of_index", number=group.reports, all=texts.format_reports(found.reports))
    return texts.join_phrases(counted, texts.format_passages(group.passages))


def _draw_single(found: Keywords, group: KeywordGroup, texts: PlotTexts) -> Picture:
    kinds = _find_kinds(texts, [group])
    entries = _sort_keywords(group, MAX_ROWS)
    chart, width = build_bar_chart(
        [_build_bar(entry, kinds) for entry in entries], texts("score"), kinds=kinds
    )
    title = clean_text(group.title or group.id)
    return Picture(
        title=texts("keywords_of", title=title) if title else texts("keywords"),
        caption=texts.join_sentences(
            _format_sizes(found, group, texts),
            texts(INDEX if group.background == INDEX else "general"),
            texts.format_first_of(len(entries), len(group.keywords), "terms"),
        ),
        language=texts.language,
        chart=chart,
        width=width,
        columns=_format_columns(texts),
        rows=tuple(_format_row(entry) for entry in entries),
    )


def _draw_panels(found: Keywords, groups: list[KeywordGroup], texts: PlotTexts) -> Picture:
    shown = groups[:MAX_PANELS]
    kinds = _find_kinds(texts, shown)
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
            texts("score_column"),
            kinds=kinds,
            width=_PANEL_WIDTH,
        )
        about = texts.format_reports(group.reports)
        charts.append(add_heading(chart, title, about, _PANEL_WIDTH + 80))
        widths.append(width)
        rows += [(title, *_format_row(entry)) for entry in entries]
    return Picture(
        title=texts("keywords_by", by=texts.format_field(found.by or "report")),
        caption=texts.join_sentences(
            texts("in_index", all=texts.format_reports(found.reports)),
            texts("first_groups", shown=len(shown), all=len(groups))
            if len(shown) < len(groups)
            else "",
            texts("first_terms", shown=MAX_ROWS_IN_PANEL) if cut else "",
            texts("scores_within"),
        ),
        language=texts.language,
        chart=arrange_panels(charts, spacing=28),
        width=2 * max(widths) + 28,
        columns=(texts("group"), *_format_columns(texts)),
        rows=tuple(rows),
    )


def _format_columns(texts: PlotTexts) -> tuple[str, ...]:
    names = ("term", "score_column", "ratio", "count", "passages", "reports", "portfolio")
    return tuple(texts(name) for name in names)


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
