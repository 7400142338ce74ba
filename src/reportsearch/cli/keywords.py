"""``keywords``: of reports, or of any selection of passages."""

from __future__ import annotations

import argparse

from reportsearch.archive import Archive
from reportsearch.cli.method_note import with_method_note
from reportsearch.cli.output import (
    UsageError,
    draw_plot,
    print_answer,
    print_notes,
    refuse_to_overwrite_source,
    show_progress,
)
from reportsearch.output import tables


def check(options: argparse.Namespace) -> None:
    """Raise UsageError when options do not go together."""
    if options.reports and options.by is not None:
        raise UsageError("--by groups passages; leave it out where REPORT is named")


def run(options: argparse.Namespace) -> int:
    """Weigh, and print."""
    with Archive.open(options.index) as archive, show_progress(options) as advance:
        refuse_to_overwrite_source(archive, options.output)
        found = with_method_note(
            archive,
            options,
            archive.keywords,
            options.reports,
            where=options.where,
            query=options.query,
            by=options.by,
            top=options.top,
            with_formulae=options.with_formulae,
            progress=advance,
        )
        draw_plot(options, archive, found)
        print_notes(archive, options)
    print_answer(options, found, tables.keywords.print_table, tables.keywords.format_csv)
    return 0
