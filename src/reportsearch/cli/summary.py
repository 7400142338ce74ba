"""``summary``: the best of a report, or of several, in its own sentences."""

from __future__ import annotations

import argparse

from reportsearch.archive import Archive
from reportsearch.cli.method_note import noted
from reportsearch.cli.output import UsageError, answer, notes, progress, spare
from reportsearch.output import tables as views


def check(options: argparse.Namespace) -> None:
    """Raise UsageError when options do not go together."""
    given = (options.report is not None, options.file is not None, bool(options.where))
    if sum(given) > 1:
        raise UsageError("give one of REPORT, --file F and --where F=V")


def run(options: argparse.Namespace) -> int:
    """Sum up, and print."""
    with Archive.open(options.index) as archive, progress(options) as advance:
        spare(archive, options.output)
        found = noted(
            archive,
            options,
            archive.summary,
            options.report,
            file=options.file,
            where=options.where,
            chars=options.chars,
            progress=advance,
        )
        notes(archive, options)
    answer(options, found, views.summary.table, views.summary.rows)
    return 0
