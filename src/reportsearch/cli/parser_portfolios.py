"""The options of ``portfolios``."""

from __future__ import annotations

from reportsearch.cli import options
from reportsearch.models.portfolios import ROW_FIELDS

DEFAULT_LIMIT = 20
"""Rows that a table shows."""
FIGURE_CHOICES = ("shared", "all")


def add_portfolios(add_command: options.AddCommand) -> None:
    """Add the command."""
    portfolios = add_command(
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
    options.add_where(portfolios)
    portfolios.add_argument(
        "--by",
        metavar="FIELD",
        help=f"what a row is: {', '.join(ROW_FIELDS)} (default: official)",
    )
    options.add_values(portfolios, "rows")
    portfolios.add_argument(
        "--figures",
        choices=FIGURE_CHOICES,
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
        type=options.parse_whole_number,
        default=DEFAULT_LIMIT,
        help=f"how many rows, officials or pairs a table shows (default: {DEFAULT_LIMIT})",
    )
    options.add_output(portfolios)
    options.add_plot(portfolios, "the portfolios, the shares of officials, or their similarity,")
    options.add_method_note(portfolios)
