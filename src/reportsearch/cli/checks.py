"""Checks of the files that a command reads and writes, before any work is done."""

from __future__ import annotations

import argparse
from itertools import combinations
from pathlib import Path

from reportsearch import files
from reportsearch.cli.options import DOCUMENT_FORMATS
from reportsearch.errors import MessageError, ReportSearchError
from reportsearch.files import resolve_path
from reportsearch.models.report import SIDECAR
from reportsearch.output import plots
from reportsearch.validation import split_values

_NOTE_ENDINGS = (".md", ".json")
WRITTEN = ("plot", "method_note", "output", "trec", "export")
"""Options that name files to write."""
_READ = ("file", "against", "batch", "table")


class UsageError(MessageError):
    """Raised for options that conflict; the command line exits with 2."""


def split_group_values(given: list[str]) -> list[str]:
    """Return the groups that --values names. Raises UsageError if it names none."""
    values = split_values(*given, at_pause_marks=False)
    if given and not values:
        raise UsageError("--values names nothing; write for example --values A,B, or omit it")
    return values


def check_files(options: argparse.Namespace) -> None:
    """Check that files fit each other and the format, and can be written.

    Raises UsageError or ReportSearchError.
    """
    if options.format in DOCUMENT_FORMATS:
        _check_document(options)
    if options.format == "table" and options.output is not None:
        raise UsageError(
            "--output {output} requires --format json, csv, docx or html",
            output=options.output,
        )
    if options.plot is not None:
        _check_plot(options.plot)
    note = options.method_note
    if note is not None and Path(note).suffix.lower() not in _NOTE_ENDINGS:
        raise UsageError(
            "--method-note writes .md or .json; name it {note}.md, not {note}", note=note
        )
    given = {name: path for name in WRITTEN if (path := getattr(options, name, None)) is not None}
    for path in given.values():
        _check_writable(path, options.index)
    for (name, path), (other, other_path) in combinations(given.items(), 2):
        if resolve_path(path) == resolve_path(other_path):
            raise UsageError(
                "--{replace} and --{other} are both {path}; name two different files",
                replace=name.replace("_", "-"),
                other=other,
                path=path,
            )
    read = {resolve_path(path) for path in _list_read_files(options)}
    for path in given.values():
        if resolve_path(path) in read:
            raise UsageError("{path} is an input file; name another file for the output", path=path)


def _list_read_files(options: argparse.Namespace) -> list[str]:
    """List the files that the options name as input."""
    given = [getattr(options, name, None) or [] for name in _READ]
    return [path for entry in given for path in ([entry] if isinstance(entry, str) else entry)]


def _check_plot(path: str) -> None:
    """Check that a path can be written as a picture."""
    if Path(path).suffix.lower() not in plots.ENDINGS:
        name = f"{Path(path).stem or 'picture'}.svg"
        raise UsageError(
            "--plot writes .svg, .png or .html; name it {name}, not {path}", name=name, path=path
        )
    plots.check_target(Path(path))


def _check_writable(path: str, index: str) -> None:
    """Raise ReportSearchError if a file cannot be written or has another purpose."""
    files.check_writable(Path(path))
    if Path(path).name.lower() == SIDECAR:
        raise ReportSearchError(
            "{path} holds the metadata of reports; name another file", path=path
        )
    if resolve_path(path).is_relative_to(resolve_path(index)):
        raise ReportSearchError(
            "{path} is inside the index folder; choose another location", path=path
        )


def _check_document(options: argparse.Namespace) -> None:
    """Check that the command can write the format, and that the file name fits it."""
    format_, path = options.format, options.output
    commands = options.document_commands[format_]
    if options.command not in commands:
        listed = ", ".join(commands)
        raise UsageError(
            "--format {format} works with {listed}, not with {command}",
            format=format_,
            listed=listed,
            command=options.command,
        )
    if not path:
        raise UsageError("--format {format} requires --output FILE", format=format_)
    files.check_writable(Path(path))
    endings = (".html", ".htm") if format_ == "html" else (f".{format_}",)
    if Path(path).suffix.lower() not in endings:
        raise UsageError(
            "--format {format} writes {document_formats}; name it {path}.{format}, not {path}",
            format=format_,
            document_formats=DOCUMENT_FORMATS[format_],
            path=path,
        )
