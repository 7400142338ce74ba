"""``compare``: groups of passages side by side, and the use of a term over them."""

from __future__ import annotations

import argparse
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.method_note import noted
from reportsearch.cli.options import named
from reportsearch.cli.output import UsageError, answer, notes, plot, progress, spare
from reportsearch.output import tables as views


def check(options: argparse.Namespace) -> None:
    """Raise UsageError when options do not go together."""
    given_values = options.values
    options.values = named(given_values)
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
    with Archive.open(options.index) as archive, progress(options) as advance:
        spare(archive, options.output)
        if options.term:
            uses = noted(
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
            plot(options, archive, uses)
            notes(archive, options)
            answer(options, uses, views.compare.uses_table, views.compare.uses_rows)
            return 0
        found = noted(
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
        plot(options, archive, found)
        notes(archive, options)
    answer(options, found, partial(views.compare.table, limit=options.limit), views.compare.rows)
    return 0
