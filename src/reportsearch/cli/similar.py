"""``similar``: the nearest passages of a passage, a text or a file."""

from __future__ import annotations

import argparse
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.method_note import noted
from reportsearch.cli.output import UsageError, answer, notes, progress
from reportsearch.cli.parser import model_of
from reportsearch.output import tables as views


def check(options: argparse.Namespace) -> None:
    """Raise UsageError when not just one thing is asked about."""
    given = (options.passage, options.text, options.file)
    if sum(entry is not None for entry in given) != 1:
        raise UsageError("give one of PASSAGE, --text T and --file F")


def run(options: argparse.Namespace) -> int:
    """Compare, and print."""
    with Archive.open(options.index) as archive, progress(options) as advance:
        found = noted(
            archive,
            options,
            archive.similar,
            options.passage,
            text=options.text,
            file=options.file,
            where=options.where,
            limit=options.limit,
            include_own=options.include_own,
            semantic=model_of(options),
            progress=advance,
        )
        notes(archive, options)
    table = partial(views.similar.table, limit=options.limit)
    answer(options, found, table, views.similar.rows)
    return 0
