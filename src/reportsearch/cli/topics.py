"""``topics``: of all passages, or of a selection."""

from __future__ import annotations

import argparse
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.method_note import with_method_note
from reportsearch.cli.output import (
    draw_plot,
    print_answer,
    print_notes,
    refuse_to_overwrite_source,
    show_progress,
)
from reportsearch.cli.parser_topics import TERMS
from reportsearch.output import tables


def run(options: argparse.Namespace) -> int:
    """Find, and print."""
    with Archive.open(options.index) as archive, show_progress(options) as advance:
        refuse_to_overwrite_source(archive, options.output)
        found = with_method_note(
            archive,
            options,
            archive.topics,
            options.topics,
            where=options.where,
            query=options.query,
            by=options.by,
            progress=advance,
        )
        draw_plot(options, archive, found)
        print_notes(archive, options)
    table = partial(tables.topics.print_table, top=options.top, limit=options.limit)
    if options.kind == TERMS:
        print_answer(
            options, found, table, partial(tables.topics.format_terms_csv, top=options.top)
        )
    else:
        print_answer(
            options, found, table, partial(tables.topics.format_groups_csv, top=options.top)
        )
    return 0
