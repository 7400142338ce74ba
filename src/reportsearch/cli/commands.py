"""What each command does: call the archive, print the answer."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from reportsearch import display as views
from reportsearch import output
from reportsearch.archive import Archive, check_paths
from reportsearch.cli import batch
from reportsearch.cli.parser import DEFAULTS
from reportsearch.display import formats
from reportsearch.display.terminal import count, printable
from reportsearch.errors import NotFoundError, ReportSearchError
from reportsearch.models import Report, SearchResult

DEFAULT_LIMIT = 10


class UsageError(Exception):
    """Options that do not go together; the command line exits with 2."""


def index(options: argparse.Namespace) -> int:
    """Read files into the index."""
    paths = options.paths or ["corpus"]
    # Before an index is made, or with --rebuild a damaged one erased.
    if not (options.prune and Path(options.index).exists()):
        check_paths(paths)
    with (
        Archive.create(options.index, rebuild=options.rebuild) as archive,
        progress(options) as advance,
    ):
        result = archive.index(
            paths,
            rebuild=options.rebuild,
            prune=options.prune,
            purge=options.purge,
            progress=advance,
        )
    _print(options, result, views.index.table, views.index.rows)
    if result.failed and not (result.added or result.updated or result.unchanged):
        first = result.failed[0]
        message(f"nothing could be read: {first.source}: {first.reason}")
        return 1
    return 0


def search(options: argparse.Namespace) -> int:
    """Find reports."""
    if options.batch is not None or options.trec is not None:
        return batch.run(options)
    limit = DEFAULT_LIMIT if options.limit is None else options.limit
    with Archive.open(options.index) as archive:
        result = archive.search(
            " ".join(options.query),
            where=options.where,
            limit=limit,
            offset=options.offset,
            sort=options.sort,
            group=options.group,
            facets=options.facet,
            explain=options.explain,
            semantic=semantic(options),
        )
        spare(archive, options.output)
        reason = ""
        if options.format == "table" and not options.explain:
            reason = _reason(archive, result, options)
        _notes(archive, options)

    def document(path: Path) -> None:
        from reportsearch import word

        word.search_document(result, path)

    _print(
        options,
        result,
        lambda _: views.search.table(result, options.offset, limit, options.group, reason),
        lambda _: views.search.rows(result, options.offset, limit),
        document,
    )
    return 0


def _reason(archive: Archive, result: SearchResult, options: argparse.Namespace) -> str:
    """Why nothing meets the whole query, where the answer alone does not tell."""
    if result.matched.reports and not result.partial:
        return ""
    asked = archive.search(result.query, where=options.where, limit=0, explain=True)
    reason = asked.explain.reason if asked.explain else ""
    return "" if reason == f"no passage meets {result.query}" else reason


def semantic(options: argparse.Namespace) -> str | bool:
    """What is asked for with --semantic and --model."""
    return bool(options.semantic) if options.model is None else str(options.model)


def kwic(options: argparse.Namespace) -> int:
    """List every occurrence in its context."""
    with Archive.open(options.index) as archive:
        result = archive.kwic(
            " ".join(options.query),
            where=options.where,
            width=options.width,
            sort=options.sort,
            limit=options.limit,
            offset=options.offset,
        )
        spare(archive, options.output)
        found = None
        if not result.matched and options.format == "table":
            found = archive.search(result.query, where=options.where, limit=0, explain=True)
        _notes(archive, options)

    def document(path: Path) -> None:
        from reportsearch import word

        word.kwic_document(result, path)

    _print(
        options,
        result,
        lambda _: views.kwic.table(result, options.offset, options.width, found),
        views.kwic.rows,
        document,
    )
    return 0


def show(options: argparse.Namespace) -> int:
    """Show a report, or one of its passages."""
    with Archive.open(options.index) as archive:
        report, number = _asked(archive, options.report, options.passage)
        if number is not None:
            passage = archive.passage(f"{report.id}#{number}")
            table = partial(views.report.passage_table, info=report.info)
            _print(options, passage, table, views.report.passage_rows)
            return 0
    if options.format == "json":
        formats.write(formats.to_json(views.report.document(report)))
        return 0
    _print(options, report, views.report.table, views.report.rows)
    return 0


def _asked(archive: Archive, name: str, number: int | None) -> tuple[Report, int | None]:
    """The report, and the passage if one is asked for: with --passage, or as hits name it."""
    try:
        return archive.show(name), number
    except NotFoundError:
        # A report's own id may end with # and a number, so that it goes first.
        head, mark, tail = name.rpartition("#")
        if number is not None or not mark or not tail.isdecimal():
            raise
        return archive.show(head), int(tail)


def stats(options: argparse.Namespace) -> int:
    """Count what the index holds."""
    with Archive.open(options.index) as archive:
        result = archive.stats()
        _notes(archive, options)
    _print(options, result, views.stats.table, views.stats.rows)
    return 0


def check_output(options: argparse.Namespace) -> None:
    """Before any work is done: what is asked for goes together, and the files can be written.

    Raises UsageError or ReportSearchError.
    """
    place = getattr(options, "output", None)
    if options.format == "docx" and not hasattr(options, "output"):
        raise UsageError(f"--format docx is for search and kwic, not for {options.command}")
    if options.format == "docx" and place is None:
        raise UsageError("--format docx needs --output FILE")
    if options.format == "table" and place is not None:
        raise UsageError("--output is for --format json, csv or docx")
    if options.format == "docx" and Path(place or "").suffix.lower() != ".docx":
        raise UsageError(f"--format docx writes a Word file; call it {place}.docx, not {place}")
    trec = getattr(options, "trec", None)
    for name in (place, trec):
        if name is None:
            continue
        output.check(Path(name))
        if Path(name).resolve().is_relative_to(Path(options.index).resolve()):
            raise ReportSearchError(f"{name} is in the folder of the index; name another place")
    batched = getattr(options, "batch", None)
    if batched and trec and Path(batched).resolve() == Path(trec).resolve():
        raise ReportSearchError(f"{trec} holds the queries; name another file for the run")


def spare(archive: Archive, name: str | None) -> None:
    """Refuse to write over a report that is in the index. Raises ReportSearchError."""
    if name is not None and archive.is_source(name):
        raise ReportSearchError(f"{name} is a report in the index; name another file")


def _print(
    options: argparse.Namespace,
    result: Any,
    table: Callable[[Any], None],
    rows: Callable[[Any], str],
    document: Callable[[Path], None] | None = None,
) -> None:
    """Print in the format that is asked for, or write it to --output."""
    place = getattr(options, "output", None)
    if options.format == "docx" and document is not None:
        document(Path(place or ""))
    elif options.format == "table":
        table(result)
    else:
        text = formats.to_json(result) if options.format == "json" else rows(result)
        formats.write(text, place)


def _notes(archive: Archive, options: argparse.Namespace) -> None:
    if options.quiet:
        return
    if archive.is_empty():
        message(f"note: the index is empty; fill it with: {_program(options)} index FOLDER")
    outdated = archive.outdated()
    if outdated:
        reports = count(outdated, "report")
        message(
            f"note: {reports} would be read otherwise with today's word lists and version; "
            f"run: {_program(options)} index FOLDER, the folder of your reports"
        )


def _program(options: argparse.Namespace) -> str:
    """How the program is called for this index."""
    if options.index == DEFAULTS["index"]:
        return "reportsearch"
    return f"reportsearch --index {shlex.quote(options.index)}"


@contextmanager
def progress(options: argparse.Namespace) -> Iterator[Callable[[int, int, str], None] | None]:
    """A progress bar on a terminal: what it yields is called with done, total and a name."""
    if options.quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def update(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total or 1, description=name or "writing")

        yield update


def message(text: str) -> None:
    """Write a line to standard error."""
    line = printable(" ".join(f"reportsearch: {text}".split()))
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(line + "\n")


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "index": index,
    "search": search,
    "kwic": kwic,
    "show": show,
    "stats": stats,
}
