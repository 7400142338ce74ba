"""``kwic``: list every occurrence in its context."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from reportsearch.archive import Archive
from reportsearch.cli.options import Commands
from reportsearch.cli.output import print_answer, run_analysis
from reportsearch.models.search import Concordance
from reportsearch.output.tables import kwic
from reportsearch.search.concordance import SORTS


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add(
        "kwic",
        "list every occurrence of a term in context",
        "reportsearch kwic 招商引资 --sort right",
        run=run,
        documents=("docx",),
    )
    parser.add_argument("query", metavar="QUERY", nargs="+", help="a query, as for search")
    parser.add_where()
    parser.add_number("--width", "characters of context on each side", 20)
    parser.add_argument(
        "--sort",
        choices=SORTS,
        default="place",
        help="order by place, or by the context to the left or right (default: place)",
    )
    parser.add_number("--limit", "number of lines to show", 100)
    parser.add_offset("lines")
    parser.add_output("docx")
    parser.add_method_note()


def run(options: argparse.Namespace) -> int:
    """List the occurrences."""
    result = run_analysis(
        options,
        Archive.kwic,
        *("where", "width", "sort", "limit", "offset"),
        text=" ".join(options.query),
    )
    found = None
    if not result.matched and options.format == "table":
        with Archive.open(options.index) as archive:
            found = archive.search(result.query, where=options.where, limit=0, explain=True)
    print_answer(
        options,
        result,
        lambda _: kwic.print_table(result, options.offset, options.width, found),
        kwic.format_csv,
        partial(_write_document, result),
    )
    return 0


def _write_document(result: Concordance, path: Path) -> None:
    from reportsearch.output import word

    word.write_kwic_document(result, path)
