"""Running an analysis, and the output steps that all commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import Any, TypeVar

from reportsearch.archive import Archive
from reportsearch.cli.checks import WRITTEN
from reportsearch.cli.console import print_message, print_notes, show_progress
from reportsearch.cli.options import DOCUMENT_FORMATS
from reportsearch.errors import NothingToDrawError, ReportSearchError
from reportsearch.locale import Translator
from reportsearch.output import json_csv, plots
from reportsearch.output.tables import method_note

R = TypeVar("R")


def run_analysis(
    options: argparse.Namespace, method: Callable[..., R], *names: str, **others: object
) -> R:
    """Open the archive, call a method of Archive, and return its answer.

    ``names`` are parameters taken from the options of the same name; ``others`` are passed as they
    are. This also shows progress and notes on the index, and handles --plot and --method-note.
    """
    parameters = {name: getattr(options, name) for name in names} | others
    with Archive.open(options.index) as archive:
        refuse_to_overwrite_source(archive, options)
        if "progress" in signature(method).parameters:
            with show_progress(options) as progress:
                result = method(archive, **parameters, progress=progress)
        else:
            result = method(archive, **parameters)
        prepare_note(archive, options, method.__name__, result, parameters)
        _draw_plot(options, result)
        print_notes(archive, options)
    return result


def refuse_to_overwrite_source(archive: Archive, options: argparse.Namespace) -> None:
    """Raise ReportSearchError if an output file is a report in the index."""
    for name in WRITTEN:
        path = getattr(options, name, None)
        if path is not None and archive.is_source(path):
            raise ReportSearchError("{path} is a report in the index; name another file", path=path)


def _draw_plot(options: argparse.Namespace, result: object) -> None:
    """Draw an answer to --plot, if given; print a note if there is nothing to draw."""
    if options.plot is None or not isinstance(result, plots.PlottableResult):
        return
    try:
        plots.write_plot(result, Path(options.plot))
    except NothingToDrawError as error:
        t: Translator = options.t
        print_message(
            t(
                "note: {error}; {file} is not written",
                error=t.translate(error.message),
                file=options.plot,
            )
        )


def prepare_note(
    archive: Archive,
    options: argparse.Namespace,
    method: str,
    result: object,
    parameters: dict[str, Any],
) -> None:
    """Prepare the note of --method-note for an answer of an Archive method, or for several.

    It is written once the command has succeeded; see :func:`write_note`.
    """
    if options.method_note is not None:
        options.note = archive.method_note(method, result=result, **parameters)


def write_note(options: argparse.Namespace) -> None:
    """Write the note, if one was prepared. Raises ReportSearchError."""
    if options.note is None:
        return
    is_json = Path(options.method_note).suffix.lower() == ".json"
    format_note = json_csv.to_json if is_json else method_note.format_markdown
    json_csv.write_output(format_note(options.note), options.method_note)


def print_answer(
    options: argparse.Namespace,
    result: R,
    print_table: Callable[[R, Translator], None],
    format_rows: Callable[[R], str],
    write_document: Callable[[Path], None] | None = None,
) -> None:
    """Print in the requested format, or write to --output.

    Tables and documents are in the language of the options; JSON and CSV are for programs.
    """
    if options.format in DOCUMENT_FORMATS and write_document is not None:
        write_document(Path(options.output))
    elif options.format == "table":
        print_table(result, options.t)
    else:
        text = json_csv.to_json(result) if options.format == "json" else format_rows(result)
        json_csv.write_output(text, options.output)
