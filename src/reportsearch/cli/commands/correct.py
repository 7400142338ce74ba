"""``correct``: correct the metadata recognised in a report."""

from __future__ import annotations

import argparse

from reportsearch.archive import Archive
from reportsearch.cli.checks import UsageError
from reportsearch.cli.options import Commands
from reportsearch.cli.output import print_answer
from reportsearch.models.report import METADATA_FIELDS, SIDECAR
from reportsearch.output.tables import corrections


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "correct",
        t("correct the metadata of a report; saved in the {file} of its folder", file=SIDECAR),
        "reportsearch correct 戊镇镇长2024 --set year=2023 --set official=戊镇镇长",
        run=run,
        check=check,
    )
    parser.add_report()
    parser.add_argument(
        "--set",
        dest="values",
        metavar="F=V",
        action="append",
        required=True,
        help=t(
            "a field and its value, or FIELD= to undo the correction; can be repeated; fields: "
            "{fields}",
            fields=", ".join(METADATA_FIELDS),
        ),
    )


def check(options: argparse.Namespace) -> None:
    """Raise UsageError if a correction names no field."""
    for text in options.values:
        if "=" not in text.replace("＝", "="):
            raise UsageError(
                "--set requires a field and its value, as in year=2023, not {text}", text=text
            )


def run(options: argparse.Namespace) -> int:
    """Correct the metadata recognised in a report."""
    pairs = (text.replace("＝", "=", 1).partition("=") for text in options.values)
    values = {name: value for name, _, value in pairs}
    with Archive.open(options.index) as archive:
        info = archive.correct(options.report, values)
    print_answer(options, info, corrections.print_table, corrections.format_csv)
    return 0
