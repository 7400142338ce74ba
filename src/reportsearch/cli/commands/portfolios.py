"""``portfolios``: the table, officials side by side, and their similarity."""

from __future__ import annotations

import argparse
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.checks import UsageError, split_group_values
from reportsearch.cli.options import Commands
from reportsearch.cli.output import print_answer, run_analysis
from reportsearch.models.portfolios import ROW_FIELDS
from reportsearch.output.tables import figures as figures_table
from reportsearch.output.tables import official_similarity, portfolios, side_by_side

_DEFAULT_BY = "official"
_SHARED = "shared"


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "portfolios",
        t(
            "show what officials are in charge of, and how much of their reports is about it; with "
            "PORTFOLIO, compare the officials who have it"
        ),
        "reportsearch portfolios 文旅 --where year=2023",
        run=run,
        check=check,
    )
    parser.add_argument(
        "portfolio",
        metavar="PORTFOLIO",
        nargs="?",
        help=t("a portfolio, by any of its names: 文旅, 文化和旅游"),
    )
    parser.add_where()
    parser.add_argument(
        "--by",
        metavar="FIELD",
        help=t(
            "field that defines the rows: {fields} (default: {default})",
            fields=", ".join(ROW_FIELDS),
            default=_DEFAULT_BY,
        ),
    )
    parser.add_values(t("only these rows; part of a name is enough"))
    parser.add_argument(
        "--figures",
        choices=(_SHARED, "all"),
        help=t(
            "with PORTFOLIO, show only the table of figures, with similar figures in one row; "
            "shared: figures that several officials report, with their changes and plans; "
            "all: all figures"
        ),
    )
    parser.add_argument(
        "--similarity",
        action="store_true",
        help=t(
            "show how similar the reports of each pair of officials are, with and without "
            "boilerplate"
        ),
    )
    parser.add_number("--limit", t("number of rows, officials or pairs shown in the table"), 20)
    parser.add_output()
    parser.add_plot(t("the portfolios, the shares of officials, or their similarity,"))
    parser.add_method_note()


def check(options: argparse.Namespace) -> None:
    """Raise UsageError if options conflict."""
    options.values = split_group_values(options.values)
    if options.figures is not None and options.portfolio is None:
        raise UsageError(
            "--figures shows a single portfolio; name it: portfolios 文旅 --figures shared"
        )
    if not options.similarity:
        return
    if options.portfolio is not None:
        raise UsageError(
            "--similarity compares officials; omit PORTFOLIO, or select passages with --where "
            "portfolio=PORTFOLIO"
        )
    for option in ("by", "values"):
        if getattr(options, option):
            raise UsageError("--similarity compares officials; omit --{option}", option=option)


def run(options: argparse.Namespace) -> int:
    """Print the table, one portfolio or its figures, or the similarity of officials."""
    by = _DEFAULT_BY if options.by is None else options.by
    selection = ("where", "values")
    limit = options.limit
    if options.similarity:
        similarity = run_analysis(options, Archive.official_similarity, "where")
        show_pairs = partial(official_similarity.print_table, limit=limit)
        print_answer(options, similarity, show_pairs, official_similarity.format_csv)
    elif options.portfolio is None:
        table = run_analysis(options, Archive.portfolios, *selection, by=by)
        show_table = partial(portfolios.print_table, limit=limit)
        print_answer(options, table, show_table, portfolios.format_csv)
    else:
        found = run_analysis(options, Archive.portfolio, "portfolio", *selection, by=by)
        if options.figures is None:
            show_officials = partial(side_by_side.print_table, limit=limit)
            print_answer(options, found, show_officials, side_by_side.format_csv)
        else:
            figures = found.build_figure_table(shared=options.figures == _SHARED)
            show_figures = partial(figures_table.print_table, limit=limit)
            print_answer(options, figures, show_figures, figures_table.format_long_csv)
    return 0
