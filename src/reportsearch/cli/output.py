"""What every command does with its answer, its notes and its progress."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from reportsearch import files as output
from reportsearch import validation as arguments
from reportsearch.archive import Archive
from reportsearch.cli.parser import DEFAULTS
from reportsearch.errors import NothingToDrawError, ReportSearchError
from reportsearch.files import real
from reportsearch.models.report import SIDECAR
from reportsearch.output import json_csv as formats
from reportsearch.output import plots
from reportsearch.output.terminal import count, printable

_DOCUMENTS = {
    "docx": ("a Word file", ("search", "kwic", "reuse")),
    "html": ("a web page", ("reuse",)),
}
"""Formats that are written to a file: what each is, and the commands that have it."""


class UsageError(Exception):
    """Options that do not go together; the command line exits with 2."""


def check_output(options: argparse.Namespace) -> None:
    """Before any work is done: what is asked for goes together, and the files can be written.

    Raises UsageError or ReportSearchError.
    """
    place = getattr(options, "output", None)
    if options.format in _DOCUMENTS:
        _check_document(options, place)
    if options.format == "table" and place is not None:
        raise UsageError(f"--output needs --format json, csv, docx or html, to write {place}")
    trec = getattr(options, "trec", None)
    drawn = getattr(options, "plot", None)
    if drawn is not None:
        _check_plot(options, drawn, place)
    for name in (place, trec, drawn):
        if name is not None:
            check_place(options, name)
    batched = getattr(options, "batch", None)
    if batched and trec and real(batched) == real(trec):
        raise ReportSearchError(f"{trec} holds the queries; name another file for the run")


def _check_plot(options: argparse.Namespace, drawn: str, place: str | None) -> None:
    """A picture that is asked for, in a file that can be one."""
    if Path(drawn).suffix.lower() not in plots.ENDINGS:
        name = f"{Path(drawn).stem or 'picture'}.svg"
        raise UsageError(f"--plot draws .svg, .png or .html; call it {name}, not {drawn}")
    by_year = options.command != "search" or "year" in map(_facet, options.facet)
    if not by_year and options.batch is None:
        raise UsageError("--plot draws a search by year; add --facet year")
    if place is not None and real(drawn) == real(place):
        raise UsageError(f"--plot and --output are both {drawn}; name two files")
    plots.check(Path(drawn))


def _facet(name: str) -> str:
    """The name of a facet; of what is none as it is, for the archive to tell."""
    with suppress(ReportSearchError):
        return arguments.facet(name)
    return name


def check_place(options: argparse.Namespace, name: str) -> None:
    """Refuse a file that cannot be written, or that holds something else. ReportSearchError."""
    output.check(Path(name))
    if Path(name).name.lower() == SIDECAR:
        raise ReportSearchError(f"{name} tells what is known of reports; name another file")
    if real(name).is_relative_to(real(options.index)):
        raise ReportSearchError(f"{name} is in the folder of the index; name another place")


def _check_document(options: argparse.Namespace, place: str | None) -> None:
    """What is not printed but written to a file."""
    wanted, commands = _DOCUMENTS[options.format]
    if options.command not in commands:
        listed = ", ".join(commands)
        raise UsageError(f"--format {options.format} is for {listed}, not for {options.command}")
    if not place:
        raise UsageError(f"--format {options.format} needs --output FILE")
    output.check(Path(place))
    endings = (".html", ".htm") if options.format == "html" else (f".{options.format}",)
    if Path(place).suffix.lower() not in endings:
        name = f"{place}.{options.format}"
        raise UsageError(f"--format {options.format} writes {wanted}; call it {name}, not {place}")


def spare(archive: Archive, name: str | None) -> None:
    """Refuse to write over a report that is in the index. Raises ReportSearchError."""
    if name is not None and archive.is_source(name):
        raise ReportSearchError(f"{name} is a report in the index; name another file")


def plot(options: argparse.Namespace, archive: Archive, result: plots.Drawn) -> None:
    """Draw the answer to --plot, where that is given; tell where there is nothing to draw."""
    name = getattr(options, "plot", None)
    if name is None:
        return
    spare(archive, name)
    try:
        plots.write(result, Path(name))
    except NothingToDrawError as error:
        message(f"note: {error}; {name} is not written")


def answer(
    options: argparse.Namespace,
    result: Any,
    table: Callable[[Any], None],
    rows: Callable[[Any], str],
    document: Callable[[Path], None] | None = None,
) -> None:
    """Print in the format that is asked for, or write it to --output."""
    place = getattr(options, "output", None)
    if options.format in _DOCUMENTS and document is not None:
        document(Path(place or ""))
    elif options.format == "table":
        table(result)
    else:
        text = formats.to_json(result) if options.format == "json" else rows(result)
        formats.write(text, place)


def notes(archive: Archive, options: argparse.Namespace) -> None:
    """Tell on standard error what is wrong with the index as a whole."""
    if options.quiet:
        return
    if archive.is_empty():
        message(f"note: the index is empty; fill it with: {program(options)} index FOLDER")
    outdated = archive.outdated()
    if outdated:
        reports = count(outdated, "report")
        message(
            f"note: {reports} would be read otherwise with today's word lists and version; "
            f"run: {program(options)} index FOLDER, the folder of your reports"
        )


def program(options: argparse.Namespace) -> str:
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
            nonlocal task
            if total:
                bar.update(task, completed=done, total=total, description=name or "writing")
            else:
                # How long it will take is not known: the bar only tells that it goes on.
                bar.remove_task(task)
                task = bar.add_task(name, total=None)

        yield update


def message(text: str) -> None:
    """Write a line to standard error."""
    line = printable(" ".join(f"reportsearch: {text}".split()))
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(line + "\n")
