"""``facts``: list the facts of a report, of a file, or of all reports."""

from __future__ import annotations

import argparse
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.checks import UsageError
from reportsearch.cli.options import Commands
from reportsearch.cli.output import print_answer, run_analysis
from reportsearch.models.facts import FACT_KINDS, INDICATORS, Facts, FactsFound
from reportsearch.output.tables import facts


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "facts",
        t(
            "list the figures, documents, projects and dates that reports mention; without REPORT, "
            "those of all reports, with equal figures grouped"
        ),
        "reportsearch facts --where portfolio=招商引资 --format csv --output facts.csv",
        run=run,
        check=check,
    )
    parser.add_report(nargs="?")
    parser.add_draft()
    parser.add_query()
    parser.add_where()
    parser.add_argument(
        "--kind",
        choices=FACT_KINDS,
        action="append",
        help=t("only this kind; can be repeated (default: all; with CSV, indicators)"),
    )
    parser.add_number(
        "--limit",
        t("number of figures shown in the table for all reports, those in most reports first"),
        20,
    )
    parser.add_output()
    parser.add_method_note()


def check(options: argparse.Namespace) -> None:
    """Raise UsageError if options conflict."""
    if options.report is not None and options.file is not None:
        raise UsageError("give either REPORT, or --file F for a report that is not in the index")
    is_named = options.report is not None or options.file is not None
    if is_named and (options.query is not None or options.where):
        given = "--query" if options.query is not None else "--where"
        raise UsageError(
            "{given} filters the facts of all reports; omit REPORT and --file", given=given
        )


def run(options: argparse.Namespace) -> int:
    """List the facts."""
    kinds = tuple(options.kind or (FACT_KINDS if options.format != "csv" else (INDICATORS,)))
    found: Facts | FactsFound
    if options.report is None and options.file is None:
        found = run_analysis(options, Archive.facts_of_all, "query", "where", kinds=kinds)
    else:
        found = run_analysis(options, Archive.facts, "report", "file", kinds=kinds)
    table = partial(facts.print_table, kinds=kinds, limit=options.limit)
    print_answer(options, found, table, facts.format_csv)
    return 0
