"""Keywords: bars by score, those that name a portfolio told apart."""

from __future__ import annotations

from reportsearch.errors import NothingToDrawError
from reportsearch.locale.plots import Words
from reportsearch.models.keywords import INDEX, Keyword, KeywordGroup, Keywords
from reportsearch.output.plots.bars import Bar, bars
from reportsearch.output.plots.pictures import MOST_IN_PANEL, MOST_PANELS, MOST_ROWS, Cell, Picture
from reportsearch.output.plots.style import panels, with_heading
from reportsearch.output.plots.text import plain, unique

_PANEL_WIDTH = 230


def draw(found: Keywords, says: Words) -> Picture:
    """The keywords of one group, or of several side by side."""
    groups = [group for group in found.groups if group.keywords]
    if not groups:
        raise NothingToDrawError("there are no keywords to draw")
    if len(groups) == 1:
        return _single(found, groups[0], says)
    return _several(found, groups, says)


def _kinds(says: Words, groups: list[KeywordGroup]) -> tuple[str, str] | None:
    """The two kinds of bars, where there are both."""
    if any(entry.portfolio for group in groups for entry in group.keywords):
        return says("names_portfolio"), says("other_term")
    return None


def _bar(entry: Keyword, kinds: tuple[str, str] | None) -> Bar:
    text = f"{entry.score:.1f}"
    if entry.portfolio:
        text = f"{text}　{entry.portfolio}"
    kind = "" if kinds is None else kinds[0 if entry.portfolio else 1]
    return Bar(entry.term, entry.score, text, kind)


def _sorted(group: KeywordGroup, most: int) -> list[Keyword]:
    return sorted(group.keywords, key=lambda entry: (-entry.score, entry.term))[:most]


def _of(found: Keywords, group: KeywordGroup, says: Words) -> str:
    counted = says("of_index", number=group.reports, all=says.reports(found.reports))
    return says.joined(counted, says.passages(group.passages))


def _single(found: Keywords, group: KeywordGroup, says: Words) -> Picture:
    kinds = _kinds(says, [group])
    entries = _sorted(group, MOST_ROWS)
    chart, width = bars([_bar(entry, kinds) for entry in entries], says("score"), kinds=kinds)
    left = len(group.keywords) - len(entries)
    title = plain(group.title or group.id)
    return Picture(
        title=says("keywords_of", title=title) if title else says("keywords"),
        caption=says.sentences(
            _of(found, group, says),
            says(INDEX if group.background == INDEX else "general"),
            says("first_of", shown=len(entries), all=len(group.keywords), what=says("terms"))
            if left
            else "",
        ),
        language=says.language,
        chart=chart,
        width=width,
        columns=_columns(says),
        rows=tuple(_row(entry) for entry in entries),
    )


def _several(found: Keywords, groups: list[KeywordGroup], says: Words) -> Picture:
    shown = groups[:MOST_PANELS]
    kinds = _kinds(says, shown)
    titles = unique([(group.id, group.title) for group in shown])
    charts = []
    widths = []
    rows: list[tuple[Cell, ...]] = []
    cut = False
    for group, title in zip(shown, titles, strict=True):
        entries = _sorted(group, MOST_IN_PANEL)
        cut = cut or len(entries) < len(group.keywords)
        chart, width = bars(
            [_bar(entry, kinds) for entry in entries],
            says("score_column"),
            kinds=kinds,
            width=_PANEL_WIDTH,
        )
        about = says.reports(group.reports)
        charts.append(with_heading(chart, title, about, _PANEL_WIDTH + 80))
        widths.append(width)
        rows += [(title, *_row(entry)) for entry in entries]
    return Picture(
        title=says("keywords_by", by=says.by(found.by or "report")),
        caption=says.sentences(
            says("in_index", all=says.reports(found.reports)),
            says("first_groups", shown=len(shown), all=len(groups))
            if len(shown) < len(groups)
            else "",
            says("first_terms", shown=MOST_IN_PANEL) if cut else "",
            says("scores_within"),
        ),
        language=says.language,
        chart=panels(charts, spacing=28),
        width=2 * max(widths) + 28,
        columns=(says("group"), *_columns(says)),
        rows=tuple(rows),
    )


def _columns(says: Words) -> tuple[str, ...]:
    names = ("term", "score_column", "ratio", "count", "passages", "reports", "portfolio")
    return tuple(says(name) for name in names)


def _row(entry: Keyword) -> tuple[Cell, ...]:
    return (
        entry.term,
        entry.score,
        entry.ratio,
        entry.count,
        entry.passages,
        entry.reports,
        entry.portfolio or "",
    )
