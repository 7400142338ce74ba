"""``remove``: take a report out of the index permanently, or undo that."""

from __future__ import annotations

import argparse

from reportsearch.archive import Archive
from reportsearch.cli.options import Commands
from reportsearch.cli.output import print_answer
from reportsearch.models.report import SIDECAR
from reportsearch.output.tables import corrections, index


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "remove",
        t(
            "remove a report from the index and erase its text; the {file} of its folder keeps it "
            "out, and the file itself stays",
            file=SIDECAR,
        ),
        "reportsearch remove 戊镇镇长2024",
        run=run,
    )
    parser.add_report()
    parser.add_argument("--undo", action="store_true", help=t("add the report again"))
    parser.add_argument(
        "--folder",
        metavar="DIR",
        help=t(
            "with --undo: the report's folder, if the index has no other report from it "
            "(default: the library's folder)"
        ),
    )


def run(options: argparse.Namespace) -> int:
    """Remove a report, or with --undo restore it."""
    with Archive.open(options.index) as archive:
        if options.undo:
            summary = archive.restore(options.report, options.folder)
            print_answer(options, summary, index.print_table, index.format_csv)
            return 0
        exclusion = archive.remove(options.report)
    print_answer(
        options,
        exclusion,
        corrections.print_exclusion,
        corrections.format_exclusion_csv,
    )
    return 0
