"""``summary``: summarise a report, or several, in their own sentences."""

from __future__ import annotations

import argparse

from reportsearch.archive import Archive
from reportsearch.cli.checks import UsageError
from reportsearch.cli.options import Commands
from reportsearch.cli.output import print_answer, run_analysis
from reportsearch.models.summary import DEFAULT_SUMMARY_CHARS
from reportsearch.output.tables import summary


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "summary",
        t(
            "summarise a report in its own sentences, each with its place; without REPORT, all "
            "reports that match --where"
        ),
        "reportsearch summary 甲县副县长2022 --chars 400",
        run=run,
        check=check,
    )
    parser.add_report(nargs="?")
    parser.add_draft()
    parser.add_where()
    parser.add_number(
        "--chars", t("maximum number of characters"), DEFAULT_SUMMARY_CHARS, minimum=1
    )
    parser.add_output()
    parser.add_method_note()


def check(options: argparse.Namespace) -> None:
    """Raise UsageError if options conflict."""
    given = (options.report is not None, options.file is not None, bool(options.where))
    if sum(given) > 1:
        raise UsageError("give only one of REPORT, --file F and --where F=V")


def run(options: argparse.Namespace) -> int:
    """Summarise a report, or several."""
    found = run_analysis(options, Archive.summary, "report", "file", "where", "chars")
    print_answer(options, found, summary.print_table, summary.format_csv)
    return 0
