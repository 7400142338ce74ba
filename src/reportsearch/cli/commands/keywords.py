"""``keywords``: extract keywords of reports, or of any selection of passages."""

from __future__ import annotations

import argparse

from reportsearch.archive import Archive
from reportsearch.cli.checks import UsageError
from reportsearch.cli.options import REPORT_HELP, Commands
from reportsearch.cli.output import print_answer, run_analysis
from reportsearch.models.keywords import GROUPING_FIELDS
from reportsearch.output.tables import keywords


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "keywords",
        t("extract the terms that distinguish a report, or a selection of passages, from the rest"),
        "reportsearch keywords 副县长2023 --top 10",
        run=run,
        check=check,
    )
    parser.add_argument(
        "reports",
        metavar="REPORT",
        nargs="*",
        help=t(
            "{report}; without REPORT, all passages that match --where and --query",
            report=t.translate(REPORT_HELP),
        ),
    )
    parser.add_where()
    parser.add_query()
    parser.add_argument(
        "--by",
        metavar="FIELD",
        help=t("keywords for each value of a field: {fields}", fields=", ".join(GROUPING_FIELDS)),
    )
    parser.add_number("--top", t("number of keywords for each"), 20)
    parser.add_argument(
        "--with-formulae",
        action="store_true",
        help=t(
            "also show excluded terms: set phrases, words common to all reports, places, "
            "posts, and terms as frequent elsewhere"
        ),
    )
    parser.add_output()
    parser.add_plot(t("the keywords"))
    parser.add_method_note()


def check(options: argparse.Namespace) -> None:
    """Raise UsageError if options conflict."""
    if options.reports and options.by is not None:
        raise UsageError("--by groups passages; omit it when you name REPORT")


def run(options: argparse.Namespace) -> int:
    """Extract keywords."""
    found = run_analysis(
        options,
        Archive.keywords,
        *("reports", "where", "query", "by", "top", "with_formulae"),
    )
    print_answer(options, found, keywords.print_table, keywords.format_csv)
    return 0
