"""The options of ``portfolios``."""

from __future__ import annotations

from reportsearch.cli import options
from reportsearch.models.portfolios import ROWS_BY

LIMIT = 20
"""Rows that a table shows."""
FIGURES = ("shared", "all")


def add_portfolios(command: options.Command) -> None:
    """Add the command."""
    portfolios = command(
        "portfolios",
        "tell what officials are in charge of, and the share of their reports about it; with "
        "PORTFOLIO, the officials who have it side by side",
        "reportsearch portfolios 文旅 --where year=2023",
    )
    portfolios.add_argument(
        "portfolio",
        metavar="PORTFOLIO",
        nargs="?",
        help="a portfolio by any of its names: 文旅, 文化和旅游",
    )
    options.where(portfolios)
    portfolios.add_argument(
        "--by",
        metavar="FIELD",
        help=f"what a row is: {', '.join(ROWS_BY)} (default: official)",
    )
    options.values(portfolios, "rows")
    portfolios.add_argument(
        "--figures",
        choices=FIGURES,
        help="with PORTFOLIO, only the table of figures, those of like meaning in one row: those "
        "that several report, with their changes and plans, or all",
    )
    portfolios.add_argument(
        "--similarity",
        action="store_true",
        help="how alike the reports of officials are, each with each, with formulae and without",
    )
    portfolios.add_argument(
        "--limit",
        metavar="N",
        type=options.whole,
        default=LIMIT,
        help=f"how many rows, officials or pairs a table shows (default: {LIMIT})",
    )
    options.output(portfolios)
    options.plot(portfolios, "the portfolios, the shares of officials, or their similarity,")
    options.method_note(portfolios)
