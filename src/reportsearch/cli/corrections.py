"""``correct`` and ``remove``: what was recognised put right, and reports left out for good."""

from __future__ import annotations

import argparse

from reportsearch.archive import Archive
from reportsearch.cli.output import UsageError, print_answer
from reportsearch.output import tables


def check_correct(options: argparse.Namespace) -> None:
    """Raise UsageError when a correction names no field."""
    for text in options.values:
        if "=" not in text.replace("＝", "="):
            raise UsageError(f"--set needs a field and its value, as in year=2023, not {text}")


def correct(options: argparse.Namespace) -> int:
    """Correct what was recognised in a report."""
    pairs = (text.replace("＝", "=", 1).partition("=") for text in options.values)
    values = {name: value for name, _, value in pairs}
    with Archive.open(options.index) as archive:
        info = archive.correct(options.report, values)
    print_answer(options, info, tables.corrections.print_table, tables.corrections.format_csv)
    return 0


def remove(options: argparse.Namespace) -> int:
    """Take a report out of the index for good, or undo that."""
    with Archive.open(options.index) as archive:
        if options.undo:
            summary = archive.restore(options.report, options.folder)
            print_answer(options, summary, tables.index.print_table, tables.index.format_csv)
        else:
            exclusion = archive.remove(options.report)
            print_answer(
                options,
                exclusion,
                tables.corrections.print_exclusion,
                tables.corrections.format_exclusion_csv,
            )
    return 0
