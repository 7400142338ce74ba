"""``show``: print a report, or one of its passages."""

from __future__ import annotations

import argparse
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.options import Commands
from reportsearch.cli.output import print_answer
from reportsearch.errors import NotFoundError
from reportsearch.models.report import Report
from reportsearch.output import json_csv
from reportsearch.output.tables import report as report_table


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "show",
        t("show a report: metadata and where it comes from, sections, passages"),
        "reportsearch show 副县长2023 --passage 3",
        run=run,
    )
    parser.add_report()
    parser.add_number("--passage", t("only this passage"))


def run(options: argparse.Namespace) -> int:
    """Print a report, or one of its passages."""
    with Archive.open(options.index) as archive:
        report, number = _find_report(archive, options.report, options.passage)
        if number is not None:
            passage = archive.passage(f"{report.id}#{number}")
            table = partial(report_table.print_passage, info=report.info)
            print_answer(options, passage, table, report_table.format_passage_csv)
            return 0
    if options.format == "json":
        json_csv.write_output(json_csv.to_json(report_table.to_json_document(report)))
        return 0
    print_answer(options, report, report_table.print_table, report_table.format_csv)
    return 0


def _find_report(archive: Archive, name: str, number: int | None) -> tuple[Report, int | None]:
    """Return the report, and the passage named by --passage or in the style of hits, if any."""
    try:
        return archive.show(name), number
    except NotFoundError:
        # A report's own id may contain #, so try it first.
        if number is not None or not {"#", "＃"} & set(name):
            raise
        passage = archive.passage(name)
        return archive.show(passage.report), passage.number
