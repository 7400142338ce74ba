"""``summary``: the best of a report, or of several, in its own sentences."""

from __future__ import annotations

import argparse

from reportsearch.archive import Archive
from reportsearch.cli.method_note import with_method_note
from reportsearch.cli.output import (
    UsageError,
    print_answer,
    print_notes,
    refuse_to_overwrite_source,
    show_progress,
)
from reportsearch.output import tables


def check(options: argparse.Namespace) -> None:
    """Raise UsageError when options do not go together."""
    given = (options.report is not None, options.file is not None, bool(options.where))
    if sum(given) > 1:
        raise UsageError("give one of REPORT, --file F and --where F=V")


def run(options: argparse.Namespace) -> int:
    """Sum up, and print."""
    with Archive.open(options.index) as archive, show_progress(options) as advance:
        refuse_to_overwrite_source(archive, options.output)
        found = with_method_note(
            archive,
            options,
            archive.summary,
            options.report,
            file=options.file,
            where=options.where,
            chars=options.chars,
            progress=advance,
        )
        print_notes(archive, options)
    print_answer(options, found, tables.summary.print_table, tables.summary.format_csv)
    return 0
