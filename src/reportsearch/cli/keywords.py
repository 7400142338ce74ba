"""``keywords``: of reports, or of any selection of passages."""

from __future__ import annotations

import argparse

from reportsearch.archive import Archive
from reportsearch.cli.method_note import noted
from reportsearch.cli.output import UsageError, answer, notes, plot, progress, spare
from reportsearch.output import tables as views


def check(options: argparse.Namespace) -> None:
    """Raise UsageError when options do not go together."""
    if options.reports and options.by is not None:
        raise UsageError("--by groups passages; leave it out where REPORT is named")


def run(options: argparse.Namespace) -> int:
    """Weigh, and print."""
    with Archive.open(options.index) as archive, progress(options) as advance:
        spare(archive, options.output)
        found = noted(
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
        plot(options, archive, found)
        notes(archive, options)
    answer(options, found, views.keywords.table, views.keywords.rows)
    return 0
