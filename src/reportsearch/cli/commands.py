"""What each command does: call the archive, print the answer."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from reportsearch import validation
from reportsearch.archive import Archive
from reportsearch.cli import (
    batch,
    compare,
    corrections,
    facts,
    keywords,
    portfolios,
    reuse,
    serve,
    similar,
    summary,
    topics,
)
from reportsearch.cli.method_note import with_method_note
from reportsearch.cli.output import (
    draw_plot,
    print_answer,
    print_message,
    print_notes,
    refuse_to_overwrite_source,
    show_progress,
)
from reportsearch.cli.parser import get_semantic_model
from reportsearch.errors import NotFoundError
from reportsearch.models.report import Report
from reportsearch.models.search import SearchResult
from reportsearch.output import json_csv, tables

DEFAULT_LIMIT = 10


def index(options: argparse.Namespace) -> int:
    """Read files into the index."""
    paths = options.paths or ["corpus"]
    # Before an index is made, or with --rebuild a damaged one erased.
    if not (options.prune and Path(options.index).exists()):
        validation.check_paths(paths)
    with (
        Archive.create(options.index, rebuild=options.rebuild) as archive,
        show_progress(options) as advance,
    ):
        result = archive.index(
            paths,
            rebuild=options.rebuild,
            prune=options.prune,
            purge=options.purge,
            progress=advance,
        )
    print_answer(options, result, tables.index.print_table, tables.index.format_csv)
    if result.failed and not (result.added or result.updated or result.unchanged):
        first = result.failed[0]
        print_message(f"nothing could be read: {first.source}: {first.reason}")
        return 1
    return 0


def search(options: argparse.Namespace) -> int:
    """Find reports."""
    if options.batch is not None or options.trec is not None:
        return batch.run(options)
    limit = DEFAULT_LIMIT if options.limit is None else options.limit
    with Archive.open(options.index) as archive:
        result = with_method_note(
            archive,
            options,
            archive.search,
            " ".join(options.query),
            where=options.where,
            limit=limit,
            offset=options.offset,
            sort=options.sort,
            group=options.group,
            facets=options.facet,
            explain=options.explain,
            semantic=get_semantic_model(options),
        )
        refuse_to_overwrite_source(archive, options.output)
        draw_plot(options, archive, result)
        reason = ""
        if options.format == "table" and not options.explain:
            reason = _explain_no_match(archive, result, options)
        print_notes(archive, options)

    def document(path: Path) -> None:
        from reportsearch.output import word

        word.write_search_document(result, path)

    print_answer(
        options,
        result,
        lambda _: tables.search.print_table(result, options.offset, limit, options.group, reason),
        lambda _: tables.search.format_csv(result, options.offset, limit),
        document,
    )
    return 0


def _explain_no_match(archive: Archive, result: SearchResult, options: argparse.Namespace) -> str:
    """Why nothing meets the whole query, where the answer alone does not tell."""
    if result.matched.reports and not result.partial:
        return ""
    asked = archive.search(result.query, where=options.where, limit=0, explain=True)
    reason = asked.explain.reason if asked.explain else ""
    return "" if reason == f"no passage meets {result.query}" else reason


def kwic(options: argparse.Namespace) -> int:
    """List every occurrence in its context."""
    with Archive.open(options.index) as archive:
        result = with_method_note(
            archive,
            options,
            archive.kwic,
            " ".join(options.query),
            where=options.where,
            width=options.width,
            sort=options.sort,
            limit=options.limit,
            offset=options.offset,
        )
        refuse_to_overwrite_source(archive, options.output)
        found = None
        if not result.matched and options.format == "table":
            found = archive.search(result.query, where=options.where, limit=0, explain=True)
        print_notes(archive, options)

    def document(path: Path) -> None:
        from reportsearch.output import word

        word.write_kwic_document(result, path)

    print_answer(
        options,
        result,
        lambda _: tables.kwic.print_table(result, options.offset, options.width, found),
        tables.kwic.format_csv,
        document,
    )
    return 0


def show(options: argparse.Namespace) -> int:
    """Show a report, or one of its passages."""
    with Archive.open(options.index) as archive:
        report, number = _find_report(archive, options.report, options.passage)
        if number is not None:
            passage = archive.passage(f"{report.id}#{number}")
            table = partial(tables.report.print_passage, info=report.info)
            print_answer(options, passage, table, tables.report.format_passage_csv)
            return 0
    if options.format == "json":
        json_csv.write_output(json_csv.to_json(tables.report.to_json_document(report)))
        return 0
    print_answer(options, report, tables.report.print_table, tables.report.format_csv)
    return 0


def _find_report(archive: Archive, name: str, number: int | None) -> tuple[Report, int | None]:
    """The report, and the passage if one is asked for: with --passage, or as hits name it."""
    try:
        return archive.show(name), number
    except NotFoundError:
        # A report's own id may have a # in it, so that it goes first.
        if number is not None or not {"#", "＃"} & set(name):
            raise
        passage = archive.passage(name)
        return archive.show(passage.report), passage.number


def stats(options: argparse.Namespace) -> int:
    """Count what the index holds."""
    with Archive.open(options.index) as archive:
        result = archive.stats()
        print_notes(archive, options)
    print_answer(options, result, tables.stats.print_table, tables.stats.format_csv)
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "index": index,
    "search": search,
    "kwic": kwic,
    "show": show,
    "correct": corrections.correct,
    "remove": corrections.remove,
    "similar": similar.run,
    "reuse": reuse.run,
    "keywords": keywords.run,
    "summary": summary.run,
    "facts": facts.run,
    "topics": topics.run,
    "compare": compare.run,
    "portfolios": portfolios.run,
    "serve": serve.run,
    "stats": stats,
}
