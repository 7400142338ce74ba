"""``kwic``: list every occurrence in its context."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from reportsearch.archive import Archive
from reportsearch.cli.options import Commands
from reportsearch.cli.output import print_answer, run_analysis
from reportsearch.locale import Translator
from reportsearch.models.search import Concordance
from reportsearch.output.tables import kwic
from reportsearch.search.concordance import SORTS


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "kwic",
        t("list every occurrence of a term in context"),
        "reportsearch kwic 招商引资 --sort right",
        run=run,
        documents=("docx",),
    )
    parser.add_argument("query", metavar="QUERY", nargs="+", help=t("a query, as for search"))
    parser.add_where()
    parser.add_number("--width", t("characters of context on each side"), 20)
    parser.add_argument(
        "--sort",
        choices=SORTS,
        default="place",
        help=t("order by place, or by the context to the left or right (default: place)"),
    )
    parser.add_number("--limit", t("number of lines to show"), 100)
    parser.add_offset(t("number of lines to skip"))
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
        partial(kwic.print_table, offset=options.offset, width=options.width, found=found),
        kwic.format_csv,
        partial(_write_document, result, options.t),
    )
    return 0


def _write_document(result: Concordance, t: Translator, path: Path) -> None:
    from reportsearch.output import word

    word.write_kwic_document(result, path, t)
