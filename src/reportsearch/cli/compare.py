"""``compare``: groups of passages side by side, and the use of a term over them."""

from __future__ import annotations

import argparse
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.method_note import with_method_note
from reportsearch.cli.options import split_values
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
    given_values = options.values
    options.values = split_values(given_values)
    if given_values and not options.values:
        raise UsageError("--values names no group; write for example --values A,B, or leave it out")
    if options.term and options.pairwise:
        raise UsageError("--term counts in each group by itself; leave out --pairwise")
    # Whether 、 parts values or stands in one only the index tells.
    most = sum(value.count("、") + 1 for value in options.values)
    if options.pairwise and not len(options.values) <= 2 <= most:
        raise UsageError("--pairwise sets two groups against each other; name both: --values A,B")


def run(options: argparse.Namespace) -> int:
    """Compare, and print."""
    with Archive.open(options.index) as archive, show_progress(options) as advance:
        refuse_to_overwrite_source(archive, options.output)
        if options.term:
            uses = with_method_note(
                archive,
                options,
                archive.uses,
                options.term,
                options.by,
                values=options.values,
                where=options.where,
                query=options.query,
                progress=advance,
            )
            draw_plot(options, archive, uses)
            print_notes(archive, options)
            print_answer(options, uses, tables.compare.print_uses, tables.compare.format_uses_csv)
            return 0
        found = with_method_note(
            archive,
            options,
            archive.compare,
            options.by,
            values=options.values,
            where=options.where,
            query=options.query,
            pairwise=options.pairwise,
            terms=options.terms,
            top=options.top,
            progress=advance,
        )
        draw_plot(options, archive, found)
        print_notes(archive, options)
    print_answer(
        options,
        found,
        partial(tables.compare.print_table, limit=options.limit),
        tables.compare.format_csv,
    )
    return 0
