"""``similar``: find the passages nearest to a passage, a text or a file."""

from __future__ import annotations

import argparse
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.checks import UsageError
from reportsearch.cli.options import Commands, get_semantic_model
from reportsearch.cli.output import print_answer, run_analysis
from reportsearch.output.tables import similar


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "similar",
        t("find the passages most similar to a passage, text or file, and the text they share"),
        "reportsearch similar 副县长2023#9",
        run=run,
        check=check,
    )
    parser.add_argument(
        "passage",
        metavar="PASSAGE",
        nargs="?",
        help=t("a passage, REPORT#N as search shows it; or REPORT, for each of its passages"),
    )
    parser.add_argument("--text", metavar="T", help=t("a text, paragraph by paragraph"))
    parser.add_argument(
        "--file",
        metavar="F",
        help=t("a file, paragraph by paragraph; it is not added to the index"),
    )
    parser.add_where()
    parser.add_number(
        "--limit",
        t("number of passages for each paragraph (default: 10, or 3 if there are several)"),
    )
    parser.add_argument(
        "--include-own", action="store_true", help=t("also include passages of the same report")
    )
    parser.add_semantic()
    parser.add_output()
    parser.add_method_note()


def check(options: argparse.Namespace) -> None:
    """Raise UsageError unless exactly one query is given."""
    given = (options.passage, options.text, options.file)
    if sum(entry is not None for entry in given) != 1:
        raise UsageError("give exactly one of PASSAGE, --text T and --file F")


def run(options: argparse.Namespace) -> int:
    """Find the nearest passages."""
    found = run_analysis(
        options,
        Archive.similar,
        *("passage", "text", "file", "where", "limit", "include_own"),
        semantic=get_semantic_model(options),
    )
    table = partial(similar.print_table, limit=options.limit)
    print_answer(options, found, table, similar.format_csv)
    return 0
