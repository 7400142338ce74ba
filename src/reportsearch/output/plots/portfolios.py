"""Portfolios: who gives how much of the reports to what, and what was declared."""

from __future__ import annotations

from reportsearch.errors import NothingToDrawError
from reportsearch.locale.plots import Words
from reportsearch.models.portfolios import (
    IN_WORDS_ONLY,
    NOT_DECLARED,
    NOT_REPORTED,
    PortfolioRow,
    Portfolios,
    Portion,
    SideBySide,
)
from reportsearch.output.plots.bars import Bar, bars
from reportsearch.output.plots.heat import HeatCell, Marks, heat
from reportsearch.output.plots.pictures import MOST_ROWS, Cell, Picture
from reportsearch.output.plots.shares import in_cell
from reportsearch.output.plots.text import plain, unique
from reportsearch.output.prose.common import percent

_MOST_COLUMNS = 24
_MOST_YEARS = 80
_STANDING_OUT = (NOT_REPORTED, IN_WORDS_ONLY, NOT_DECLARED)


def draw(found: Portfolios, says: Words) -> Picture:
    """The portfolios of one row as bars, of several as a table of colours."""
    rows = [row for row in found.rows if row.chars]
    if not any(row.portions for row in rows):
        raise NothingToDrawError("no portfolio is declared or reported, so nothing can be drawn")
    if len(rows) == 1:
        return _alone(found, rows[0], says)
    return _table(found, rows, says)


def _alone(found: Portfolios, row: PortfolioRow, says: Words) -> Picture:
    portions = sorted(row.portions, key=lambda portion: (-portion.share, portion.portfolio))
    shown = portions[:MOST_ROWS]
    chart, width = bars(
        [Bar(p.portfolio, p.share * 100, _text(p, says)) for p in shown], says("portfolio_share")
    )
    return Picture(
        title=says("portfolios_one", value=plain(row.value)),
        caption=says.sentences(
            says.reports(found.reports),
            says("counts_for_each"),
            says("first_of", shown=len(shown), all=len(portions), what=says("rows"))
            if len(shown) < len(portions)
            else "",
        ),
        language=says.language,
        chart=chart,
        width=width,
        columns=(says("portfolio").capitalize(), says("portfolio_share"), says("state")),
        rows=tuple((p.portfolio, p.share * 100, says(p.state)) for p in shown),
    )


def _text(portion: Portion, says: Words) -> str:
    """What stands behind a bar: the share, and what stands out."""
    if portion.state in _STANDING_OUT:
        return f"{percent(portion.share)}　{says(portion.state)}"
    return percent(portion.share)


def _table(found: Portfolios, rows: list[PortfolioRow], says: Words) -> Picture:
    shown = rows[: _MOST_YEARS if found.by == "year" else MOST_ROWS]
    names = unique([(row.value, row.value) for row in shown])
    # Those with most text, in the order of the table.
    largest = sorted(found.totals, key=lambda total: (-total.share, total.portfolio))
    drawn = {total.portfolio for total in largest[:_MOST_COLUMNS]}
    portfolios = [total.portfolio for total in found.totals if total.portfolio in drawn]
    other = says("other")
    marks = Marks(says(NOT_REPORTED), says(NOT_DECLARED))
    cells: list[HeatCell] = []
    table: list[tuple[Cell, ...]] = []
    for row, name in zip(shown, names, strict=True):
        by_portfolio = {portion.portfolio: portion for portion in row.portions}
        for portfolio in portfolios:
            portion = by_portfolio.get(portfolio)
            if portion is not None:
                is_marked = portion.state in {NOT_REPORTED, NOT_DECLARED}
                mark = says(portion.state) if is_marked else ""
                text = in_cell(portion.share)
                cells.append(HeatCell(name, portfolio, portion.share * 100, text, mark))
                table.append((name, portfolio, portion.share * 100, says(portion.state)))
        cells.append(HeatCell(name, other, row.other * 100, in_cell(row.other)))
        table.append((name, other, row.other * 100, ""))
    highest = max((cell.value or 0.0 for cell in cells), default=0.0)
    chart, width = heat(
        cells, names, [*portfolios, other], says("portfolio_share"), top=highest, marks=marks
    )
    return Picture(
        title=says("portfolios", by=says.by(found.by)),
        caption=says.sentences(
            says.reports(found.reports),
            says("counts_for_each"),
            says("first_of", shown=len(shown), all=len(rows), what=says("rows"))
            if len(shown) < len(rows)
            else "",
            says("first_of", shown=len(portfolios), all=len(found.totals), what=says("columns"))
            if len(portfolios) < len(found.totals)
            else "",
        ),
        language=says.language,
        chart=chart,
        width=width,
        columns=(
            says.by(found.by).capitalize(),
            says("portfolio").capitalize(),
            says("portfolio_share"),
            says("state"),
        ),
        rows=tuple(table),
    )


def draw_officials(found: SideBySide, says: Words) -> Picture:
    """What share of their reports officials give to one portfolio."""
    if not found.officials:
        raise NothingToDrawError(f"no official has the portfolio {found.portfolio}")
    entries = sorted(found.officials, key=lambda entry: (-entry.portion.share, entry.value))
    shown = entries[:MOST_ROWS]
    chart, width = bars(
        [Bar(e.value, e.portion.share * 100, _text(e.portion, says)) for e in shown],
        says("portfolio_share"),
    )
    return Picture(
        title=says("within", portfolio=plain(found.portfolio)),
        caption=says.sentences(
            says.reports(found.reports),
            says("first_of", shown=len(shown), all=len(entries), what=says("officials_name"))
            if len(shown) < len(entries)
            else "",
        ),
        language=says.language,
        chart=chart,
        width=width,
        columns=(
            says("official_one"), says("portfolio_share"), says("state"), says("reports"),
        ),
        rows=tuple(
            (e.value, e.portion.share * 100, says(e.portion.state), len(e.reports)) for e in shown
        ),
    )  # fmt: skip
