"""``topics``: of all passages, or of a selection."""

from __future__ import annotations

import argparse
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.method_note import noted
from reportsearch.cli.output import answer, notes, plot, progress, spare
from reportsearch.cli.parser_topics import TERMS
from reportsearch.output import tables as views


def run(options: argparse.Namespace) -> int:
    """Find, and print."""
    with Archive.open(options.index) as archive, progress(options) as advance:
        spare(archive, options.output)
        found = noted(
            archive,
            options,
            archive.topics,
            options.topics,
            where=options.where,
            query=options.query,
            by=options.by,
            progress=advance,
        )
        plot(options, archive, found)
        notes(archive, options)
    table = partial(views.topics.table, top=options.top, limit=options.limit)
    if options.kind == TERMS:
        answer(options, found, table, partial(views.topics.term_rows, top=options.top))
    else:
        answer(options, found, table, partial(views.topics.group_rows, top=options.top))
    return 0
