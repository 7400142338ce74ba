"""``correct`` and ``remove``: what was recognised put right, and reports left out for good."""

from __future__ import annotations

import argparse

from reportsearch.archive import Archive
from reportsearch.cli.output import UsageError, answer
from reportsearch.output import tables as views


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
    answer(options, info, views.corrections.table, views.corrections.rows)
    return 0


def remove(options: argparse.Namespace) -> int:
    """Take a report out of the index for good, or undo that."""
    with Archive.open(options.index) as archive:
        if options.undo:
            summary = archive.restore(options.report, options.folder)
            answer(options, summary, views.index.table, views.index.rows)
        else:
            exclusion = archive.remove(options.report)
            answer(options, exclusion, views.corrections.left_out, views.corrections.left_out_rows)
    return 0
