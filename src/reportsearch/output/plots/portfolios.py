"""Plots of portfolios: the share each official gives them, and which are declared."""

from __future__ import annotations

from reportsearch.errors import NothingToDrawError
from reportsearch.locale import FIELD, Translator
from reportsearch.models.portfolios import (
    MENTIONED_ONLY,
    NOT_DECLARED,
    NOT_REPORTED,
    PortfolioRow,
    Portfolios,
    Portion,
    SideBySide,
)
from reportsearch.output.plots.bars import Bar, build_bar_chart
from reportsearch.output.plots.heatmap import HeatCell, HeatMarks, build_heatmap
from reportsearch.output.plots.picture import MAX_ROWS, Picture, PictureCell
from reportsearch.output.plots.text import clean_text, format_cell_share, make_unique_names
from reportsearch.output.plots.wording import (
    COLUMNS,
    OFFICIALS,
    ROWS,
    build_caption,
    count_reports,
    state_cut,
)
from reportsearch.output.prose.formatting import format_percent
from reportsearch.output.prose.portfolio_states import STATES

_MAX_COLUMNS = 24
_MAX_YEARS = 80
_NOTABLE_STATES = (NOT_REPORTED, MENTIONED_ONLY, NOT_DECLARED)


def draw(found: Portfolios, t: Translator) -> Picture:
    """Draw the portfolios of one row as bars, of several rows as a heatmap."""
    rows = [row for row in found.rows if row.chars]
    if not any(row.portions for row in rows):
        raise NothingToDrawError(
            "no portfolio is declared or reported, so there is nothing to plot"
        )
    if len(rows) == 1:
        return _draw_single(found, rows[0], t)
    return _draw_heatmap(found, rows, t)


def _draw_single(found: Portfolios, row: PortfolioRow, t: Translator) -> Picture:
    portions = sorted(row.portions, key=lambda portion: (-portion.share, portion.portfolio))
    shown = portions[:MAX_ROWS]
    chart, width = build_bar_chart(
        [Bar(p.portfolio, p.share * 100, _format_share(p, t)) for p in shown],
        t("Share of characters (%)"),
    )
    return Picture(
        title=t("Portfolios: {value}", value=clean_text(row.value)),
        caption=build_caption(
            t,
            count_reports(t, found.reports),
            t("A passage about several portfolios counts for each"),
            state_cut(t, ROWS, len(shown), len(portions)),
        ),
        language=t.language,
        chart=chart,
        width=width,
        columns=(t("Portfolio"), t("Share of characters (%)"), t("Assignment")),
        rows=tuple((p.portfolio, p.share * 100, t.translate(STATES[p.state])) for p in shown),
    )


def _format_share(portion: Portion, t: Translator) -> str:
    """Format the text after a bar: the share, and its state if notable."""
    if portion.state in _NOTABLE_STATES:
        return f"{format_percent(portion.share)}　{t.translate(STATES[portion.state])}"
    return format_percent(portion.share)


def _draw_heatmap(found: Portfolios, rows: list[PortfolioRow], t: Translator) -> Picture:
    shown = rows[: _MAX_YEARS if found.by == "year" else MAX_ROWS]
    names = make_unique_names([(row.value, row.value) for row in shown])
    # The portfolios with most text, in table order.
    largest = sorted(found.totals, key=lambda total: (-total.share, total.portfolio))
    drawn = {total.portfolio for total in largest[:_MAX_COLUMNS]}
    portfolios = [total.portfolio for total in found.totals if total.portfolio in drawn]
    other = t("other")
    marks = HeatMarks(t.translate(STATES[NOT_REPORTED]), t.translate(STATES[NOT_DECLARED]))
    cells: list[HeatCell] = []
    table: list[tuple[PictureCell, ...]] = []
    for row, name in zip(shown, names, strict=True):
        by_portfolio = {portion.portfolio: portion for portion in row.portions}
        for portfolio in portfolios:
            portion = by_portfolio.get(portfolio)
            if portion is not None:
                is_marked = portion.state in {NOT_REPORTED, NOT_DECLARED}
                mark = t.translate(STATES[portion.state]) if is_marked else ""
                text = format_cell_share(portion.share)
                cells.append(HeatCell(name, portfolio, portion.share * 100, text, mark))
                table.append(
                    (name, portfolio, portion.share * 100, t.translate(STATES[portion.state]))
                )
        cells.append(HeatCell(name, other, row.other * 100, format_cell_share(row.other)))
        table.append((name, other, row.other * 100, ""))
    highest = max((cell.value or 0.0 for cell in cells), default=0.0)
    chart, width = build_heatmap(
        cells, names, [*portfolios, other], t("Share of characters (%)"), top=highest, marks=marks
    )
    return Picture(
        title=t("Portfolios by {by}", by=t.pgettext(FIELD, found.by)),
        caption=build_caption(
            t,
            count_reports(t, found.reports),
            t("A passage about several portfolios counts for each"),
            state_cut(t, ROWS, len(shown), len(rows)),
            state_cut(t, COLUMNS, len(portfolios), len(found.totals)),
        ),
        language=t.language,
        chart=chart,
        width=width,
        columns=(
            t.pgettext(FIELD, found.by).capitalize(),
            t("Portfolio"),
            t("Share of characters (%)"),
            t("Assignment"),
        ),
        rows=tuple(table),
    )


def draw_officials(found: SideBySide, t: Translator) -> Picture:
    """Draw the share of their reports that officials give to one portfolio."""
    if not found.officials:
        raise NothingToDrawError(
            "no official has the portfolio {portfolio}", portfolio=found.portfolio
        )
    entries = sorted(found.officials, key=lambda entry: (-entry.portion.share, entry.value))
    shown = entries[:MAX_ROWS]
    chart, width = build_bar_chart(
        [Bar(e.value, e.portion.share * 100, _format_share(e.portion, t)) for e in shown],
        t("Share of characters (%)"),
    )
    return Picture(
        title=t("{portfolio}: share of text", portfolio=clean_text(found.portfolio)),
        caption=build_caption(
            t,
            count_reports(t, found.reports),
            state_cut(t, OFFICIALS, len(shown), len(entries)),
        ),
        language=t.language,
        chart=chart,
        width=width,
        columns=(
            t("Official"),
            t("Share of characters (%)"),
            t("Assignment"),
            t("Reports"),
        ),
        rows=tuple(
            (e.value, e.portion.share * 100, t.translate(STATES[e.portion.state]), len(e.reports))
            for e in shown
        ),
    )
