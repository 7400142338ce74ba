"""Plots of portfolios: the share each official gives them, and which are declared."""

from __future__ import annotations

from reportsearch.errors import NothingToDrawError
from reportsearch.locale.plots import PlotTexts
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
from reportsearch.output.prose.formatting import format_percent

_MAX_COLUMNS = 24
_MAX_YEARS = 80
_NOTABLE_STATES = (NOT_REPORTED, MENTIONED_ONLY, NOT_DECLARED)


def draw(found: Portfolios, texts: PlotTexts) -> Picture:
    """Draw the portfolios of one row as bars, of several rows as a heatmap."""
    rows = [row for row in found.rows if row.chars]
    if not any(row.portions for row in rows):
        raise NothingToDrawError(
            "no portfolio is declared or reported, so there is nothing to plot"
        )
    if len(rows) == 1:
        return _draw_single(found, rows[0], texts)
    return _draw_heatmap(found, rows, texts)


def _draw_single(found: Portfolios, row: PortfolioRow, texts: PlotTexts) -> Picture:
    portions = sorted(row.portions, key=lambda portion: (-portion.share, portion.portfolio))
    shown = portions[:MAX_ROWS]
    chart, width = build_bar_chart(
        [Bar(p.portfolio, p.share * 100, _format_share(p, texts)) for p in shown],
        texts("portfolio_share"),
    )
    return Picture(
        title=texts("portfolios_one", value=clean_text(row.value)),
        caption=texts.join_sentences(
            texts.format_reports(found.reports),
            texts("counts_for_each"),
            texts.format_first_of(len(shown), len(portions), "rows"),
        ),
        language=texts.language,
        chart=chart,
        width=width,
        columns=(texts("portfolio").capitalize(), texts("portfolio_share"), texts("state")),
        rows=tuple((p.portfolio, p.share * 100, texts(p.state)) for p in shown),
    )


def _format_share(portion: Portion, texts: PlotTexts) -> str:
    """Format the text after a bar: the share, and its state if notable."""
    if portion.state in _NOTABLE_STATES:
        return f"{format_percent(portion.share)}　{texts(portion.state)}"
    return format_percent(portion.share)


def _draw_heatmap(found: Portfolios, rows: list[PortfolioRow], texts: PlotTexts) -> Picture:
    shown = rows[: _MAX_YEARS if found.by == "year" else MAX_ROWS]
    names = make_unique_names([(row.value, row.value) for row in shown])
    # The portfolios with most text, in table order.
    largest = sorted(found.totals, key=lambda total: (-total.share, total.portfolio))
    drawn = {total.portfolio for total in largest[:_MAX_COLUMNS]}
    portfolios = [total.portfolio for total in found.totals if total.portfolio in drawn]
    other = texts("other")
    marks = HeatMarks(texts(NOT_REPORTED), texts(NOT_DECLARED))
    cells: list[HeatCell] = []
    table: list[tuple[PictureCell, ...]] = []
    for row, name in zip(shown, names, strict=True):
        by_portfolio = {portion.portfolio: portion for portion in row.portions}
        for portfolio in portfolios:
            portion = by_portfolio.get(portfolio)
            if portion is not None:
                is_marked = portion.state in {NOT_REPORTED, NOT_DECLARED}
                mark = texts(portion.state) if is_marked else ""
                text = format_cell_share(portion.share)
                cells.append(HeatCell(name, portfolio, portion.share * 100, text, mark))
                table.append((name, portfolio, portion.share * 100, texts(portion.state)))
        cells.append(HeatCell(name, other, row.other * 100, format_cell_share(row.other)))
        table.append((name, other, row.other * 100, ""))
    highest = max((cell.value or 0.0 for cell in cells), default=0.0)
    chart, width = build_heatmap(
        cells, names, [*portfolios, other], texts("portfolio_share"), top=highest, marks=marks
    )
    return Picture(
        title=texts("portfolios", by=texts.format_field(found.by)),
        caption=texts.join_sentences(
            texts.format_reports(found.reports),
            texts("counts_for_each"),
            texts.format_first_of(len(shown), len(rows), "rows"),
            texts.format_first_of(len(portfolios), len(found.totals), "columns"),
        ),
        language=texts.language,
        chart=chart,
        width=width,
        columns=(
            texts.format_field(found.by).capitalize(),
            texts("portfolio").capitalize(),
            texts("portfolio_share"),
            texts("state"),
        ),
        rows=tuple(table),
    )


def draw_officials(found: SideBySide, texts: PlotTexts) -> Picture:
    """Draw the share of their reports that officials give to one portfolio."""
    if not found.officials:
        raise NothingToDrawError(
            "no official has the portfolio {portfolio}", portfolio=found.portfolio
        )
    entries = sorted(found.officials, key=lambda entry: (-entry.portion.share, entry.value))
    shown = entries[:MAX_ROWS]
    chart, width = build_bar_chart(
        [Bar(e.value, e.portion.share * 100, _format_share(e.portion, texts)) for e in shown],
        texts("portfolio_share"),
    )
    return Picture(
        title=texts("within", portfolio=clean_text(found.portfolio)),
        caption=texts.join_sentences(
            texts.format_reports(found.reports),
            texts.format_first_of(len(shown), len(entries), "officials_name"),
        ),
        language=texts.language,
        chart=chart,
        width=width,
        columns=(
            texts("official_one"), texts("portfolio_share"), texts("state"), texts("reports"),
        ),
        rows=tuple(
            (e.value, e.portion.share * 100, texts(e.portion.state), len(e.reports)) for e in shown
        ),
    )  # fmt: skip
