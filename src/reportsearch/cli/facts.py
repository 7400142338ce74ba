"""``facts``: of a report, of a file, and of all reports."""

from __future__ import annotations

import argparse
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.method_note import with_method_note
from reportsearch.cli.output import (
    UsageError,
    print_answer,
    print_notes,
    refuse_to_overwrite_source,
    show_progress,
)
from reportsearch.files import resolve_path
from reportsearch.models.facts import FACT_KINDS, INDICATORS, Facts, FactsFound
from reportsearch.output import tables


def check(options: argparse.Namespace) -> None:
    """Raise UsageError when options do not go together."""
    named = options.report is not None or options.file is not None
    if options.report is not None and options.file is not None:
        raise UsageError("give REPORT, or --file F for a report that is not in the index")
    if named and (options.query is not None or options.where):
        given = "--query" if options.query is not None else "--where"
        raise UsageError(f"{given} is for the facts of all reports; leave out REPORT and --file")
    if (
        options.output
        and options.file
        and resolve_path(options.output) == resolve_path(options.file)
    ):
        raise UsageError(f"{options.output} is what is to be read; name another file")


def run(options: argparse.Namespace) -> int:
    """Find, and print."""
    kinds = tuple(options.kind or (FACT_KINDS if options.format != "csv" else (INDICATORS,)))
    with Archive.open(options.index) as archive, show_progress(options) as advance:
        refuse_to_overwrite_source(archive, options.output)
        found: Facts | FactsFound
        if options.report is not None or options.file is not None:
            found = with_method_note(
                archive, options, archive.facts, options.report, file=options.file, kinds=kinds
            )
        else:
            found = with_method_note(
                archive,
                options,
                archive.facts_of_all,
                query=options.query,
                where=options.where,
                kinds=kinds,
                progress=advance,
            )
        print_notes(archive, options)
    table = partial(tables.facts.print_table, kinds=kinds, limit=options.limit)
    print_answer(options, found, table, tables.facts.format_csv)
    return 0
