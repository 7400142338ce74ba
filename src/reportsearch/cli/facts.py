"""``facts``: of a report, of a file, and of all reports."""

from __future__ import annotations

import argparse
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.method_note import noted
from reportsearch.cli.output import UsageError, answer, notes, progress, spare
from reportsearch.files import real
from reportsearch.models.facts import FACT_KINDS, INDICATORS, Facts, FactsFound
from reportsearch.output import tables as views


def check(options: argparse.Namespace) -> None:
    """Raise UsageError when options do not go together."""
    named = options.report is not None or options.file is not None
    if options.report is not None and options.file is not None:
        raise UsageError("give REPORT, or --file F for a report that is not in the index")
    if named and (options.query is not None or options.where):
        given = "--query" if options.query is not None else "--where"
        raise UsageError(f"{given} is for the facts of all reports; leave out REPORT and --file")
    if options.output and options.file and real(options.output) == real(options.file):
        raise UsageError(f"{options.output} is what is to be read; name another file")


def run(options: argparse.Namespace) -> int:
    """Find, and print."""
    kinds = tuple(options.kind or (FACT_KINDS if options.format != "csv" else (INDICATORS,)))
    with Archive.open(options.index) as archive, progress(options) as advance:
        spare(archive, options.output)
        found: Facts | FactsFound = noted(
            archive,
            options,
            archive.facts,
            options.report,
            file=options.file,
            query=options.query,
            where=options.where,
            kinds=kinds,
            progress=advance,
        )
        notes(archive, options)
    table = partial(views.facts.table, kinds=kinds, limit=options.limit)
    answer(options, found, table, views.facts.rows)
    return 0
