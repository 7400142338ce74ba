"""What every command does with its answer, its notes and its progress."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from reportsearch import files, validation
from reportsearch.archive import Archive
from reportsearch.cli.parser import DEFAULTS
from reportsearch.errors import NothingToDrawError, ReportSearchError
from reportsearch.files import resolve_path
from reportsearch.models.report import SIDECAR
from reportsearch.output import json_csv, plots
from reportsearch.output.terminal import format_count, replace_control_chars

_FILE_FORMATS = {
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
    if options.format in _FILE_FORMATS:
        _check_document(options, place)
    if options.format == "table" and place is not None:
        raise UsageError(f"--output needs --format json, csv, docx or html, to write {place}")
    trec = getattr(options, "trec", None)
    drawn = getattr(options, "plot", None)
    if drawn is not None:
        _check_plot(options, drawn, place)
    for name in (place, trec, drawn):
        if name is not None:
            check_output_path(options, name)
    batched = getattr(options, "batch", None)
    if batched and trec and resolve_path(batched) == resolve_path(trec):
        raise ReportSearchError(f"{trec} holds the queries; name another file for the run")


def _check_plot(options: argparse.Namespace, plot_path: str, output_path: str | None) -> None:
    """A picture that is asked for, in a file that can be one."""
    if Path(plot_path).suffix.lower() not in plots.ENDINGS:
        name = f"{Path(plot_path).stem or 'picture'}.svg"
        raise UsageError(f"--plot draws .svg, .png or .html; call it {name}, not {plot_path}")
    by_year = options.command != "search" or "year" in map(_resolve_facet, options.facet)
    if not by_year and options.batch is None:
        raise UsageError("--plot draws a search by year; add --facet year")
    if output_path is not None and resolve_path(plot_path) == resolve_path(output_path):
        raise UsageError(f"--plot and --output are both {plot_path}; name two files")
    plots.check_target(Path(plot_path))


def _resolve_facet(name: str) -> str:
    """The name of a facet; of what is none as it is, for the archive to tell."""
    with suppress(ReportSearchError):
        return validation.parse_facet(name)
    return name


def check_output_path(options: argparse.Namespace, name: str) -> None:
    """Refuse a file that cannot be written, or that holds something else. ReportSearchError."""
    files.check_writable(Path(name))
    if Path(name).name.lower() == SIDECAR:
        raise ReportSearchError(f"{name} tells what is known of reports; name another file")
    if resolve_path(name).is_relative_to(resolve_path(options.index)):
        raise ReportSearchError(f"{name} is in the folder of the index; name another place")


def _check_document(options: argparse.Namespace, output_path: str | None) -> None:
    """What is not printed but written to a file."""
    wanted, commands = _FILE_FORMATS[options.format]
    if options.command not in commands:
        listed = ", ".join(commands)
        raise UsageError(f"--format {options.format} is for {listed}, not for {options.command}")
    if not output_path:
        raise UsageError(f"--format {options.format} needs --output FILE")
    files.check_writable(Path(output_path))
    endings = (".html", ".htm") if options.format == "html" else (f".{options.format}",)
    if Path(output_path).suffix.lower() not in endings:
        name = f"{output_path}.{options.format}"
        raise UsageError(
            f"--format {options.format} writes {wanted}; call it {name}, not {output_path}"
        )


def refuse_to_overwrite_source(archive: Archive, name: str | None) -> None:
    """Refuse to write over a report that is in the index. Raises ReportSearchError."""
    if name is not None and archive.is_source(name):
        raise ReportSearchError(f"{name} is a report in the index; name another file")


def draw_plot(options: argparse.Namespace, archive: Archive, result: plots.PlottableResult) -> None:
    """Draw the answer to --plot, where that is given; tell where there is nothing to draw."""
    name = getattr(options, "plot", None)
    if name is None:
        return
    refuse_to_overwrite_source(archive, name)
    try:
        plots.write_plot(result, Path(name))
    except NothingToDrawError as error:
        print_message(f"note: {error}; {name} is not written")


def print_answer(
    options: argparse.Namespace,
    result: Any,
    print_table: Callable[[Any], None],
    format_rows: Callable[[Any], str],
    write_document: Callable[[Path], None] | None = None,
) -> None:
    """Print in the format that is asked for, or write it to --output."""
    place = getattr(options, "output", None)
    if options.format in _FILE_FORMATS and write_document is not None:
        write_document(Path(place or ""))
    elif options.format == "table":
        print_table(result)
    else:
        text = json_csv.to_json(result) if options.format == "json" else format_rows(result)
        json_csv.write_output(text, place)


def print_notes(archive: Archive, options: argparse.Namespace) -> None:
    """Tell on standard error what is wrong with the index as a whole."""
    if options.quiet:
        return
    if archive.is_empty():
        print_message(
            f"note: the index is empty; fill it with: {format_program(options)} index FOLDER"
        )
    outdated = archive.count_outdated()
    if outdated:
        reports = format_count(outdated, "report")
        print_message(
            f"note: {reports} would be read otherwise with today's word lists and version; "
            f"run: {format_program(options)} index FOLDER, the folder of your reports"
        )


def format_program(options: argparse.Namespace) -> str:
    """How the program is called for this index."""
    if options.index == DEFAULTS["index"]:
        return "reportsearch"
    return f"reportsearch --index {shlex.quote(options.index)}"


@contextmanager
def show_progress(options: argparse.Namespace) -> Iterator[Callable[[int, int, str], None] | None]:
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


def print_message(text: str) -> None:
    """Write a line to standard error."""
    line = replace_control_chars(" ".join(f"reportsearch: {text}".split()))
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(line + "\n")
