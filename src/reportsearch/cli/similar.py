"""``similar``: the nearest passages of a passage, a text or a file."""

from __future__ import annotations

import argparse
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.method_note import with_method_note
from reportsearch.cli.output import UsageError, print_answer, print_notes, show_progress
from reportsearch.cli.parser import get_semantic_model
from reportsearch.output import tables


def check(options: argparse.Namespace) -> None:
    """Raise UsageError when not just one thing is asked about."""
    given = (options.passage, options.text, options.file)
    if sum(entry is not None for entry in given) != 1:
        raise UsageError("give one of PASSAGE, --text T and --file F")


def run(options: argparse.Namespace) -> int:
    """Compare, and print."""
    with Archive.open(options.index) as archive, show_progress(options) as advance:
        found = with_method_note(
            archive,
            options,
            archive.similar,
            options.passage,
            text=options.text,
            file=options.file,
            where=options.where,
            limit=options.limit,
            include_own=options.include_own,
            semantic=get_semantic_model(options),
            progress=advance,
        )
        print_notes(archive, options)
    table = partial(tables.similar.print_table, limit=options.limit)
    print_answer(options, found, table, tables.similar.format_csv)
    return 0
