"""``stats``: count what the index contains."""

from __future__ import annotations

import argparse

from reportsearch.archive import Archive
from reportsearch.cli.options import Commands
from reportsearch.cli.output import print_answer, run_analysis
from reportsearch.output.tables import stats


def add_command(commands: Commands) -> None:
    """Add the command."""
    t = commands.t
    commands.add(
        "stats",
        t("show how many reports, passages and officials the index contains"),
        "reportsearch stats --format json",
        run=run,
    )


def run(options: argparse.Namespace) -> int:
    """Count what the index contains."""
    result = run_analysis(options, Archive.stats)
    print_answer(options, result, stats.print_table, stats.format_csv)
    return 0
