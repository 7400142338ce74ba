"""Checks of the files that a command reads and writes, before any work is done."""

from __future__ import annotations

import argparse
from itertools import combinations
from pathlib import Path

from reportsearch import files
from reportsearch.cli.options import DOCUMENT_FORMATS
from reportsearch.errors import ReportSearchError
from reportsearch.files import resolve_path
from reportsearch.models.report import SIDECAR
from reportsearch.output import plots
from reportsearch.validation import split_values

_NOTE_ENDINGS = (".md", ".json")
WRITTEN = ("plot", "method_note", "output", "trec")
"""Options that name files to write."""
_READ = ("file", "against", "batch")


class UsageError(Exception):
    """Raised for options that conflict; the command line exits with 2."""


def split_group_values(given: list[str], group: str) -> list[str]:
    """Return the groups that --values names. Raises UsageError if it names none."""
    values = split_values(*given, at_pause_marks=False)
    if given and not values:
        raise UsageError(
            f"--values names no {group}; write for example --values A,B, or leave it out"
        )
    return values


def check_files(options: argparse.Namespace) -> None:
    """Check that files fit each other and the format, and can be written.

    Raises UsageError or ReportSearchError.
    """
    if options.format in DOCUMENT_FORMATS:
        _check_document(options)
    if options.format == "table" and options.output is not None:
        raise UsageError(
            f"--output needs --format json, csv, docx or html, to write {options.output}"
        )
    if options.plot is not None:
        _check_plot(options.plot)
    note = options.method_note
    if note is not None and Path(note).suffix.lower() not in _NOTE_ENDINGS:
        raise UsageError(f"--method-note writes .md or .json; call it {note}.md, not {note}")
    given = {name: path for name in WRITTEN if (path := getattr(options, name, None)) is not None}
    for path in given.values():
        _check_writable(path, options.index)
    for (name, path), (other, other_path) in combinations(given.items(), 2):
        if resolve_path(path) == resolve_path(other_path):
            raise UsageError(
                f"--{name.replace('_', '-')} and --{other} are both {path}; name two files"
            )
    read = {resolve_path(path) for path in _list_read_files(options)}
    for path in given.values():
        if resolve_path(path) in read:
            raise UsageError(f"{path} is what is to be read; name another file")


def _list_read_files(options: argparse.Namespace) -> list[str]:
    """List the files that the options name as input."""
    given = [getattr(options, name, None) or [] for name in _READ]
    return [path for entry in given for path in ([entry] if isinstance(entry, str) else entry)]


def _check_plot(path: str) -> None:
    """Check that a path can be written as a picture."""
    if Path(path).suffix.lower() not in plots.ENDINGS:
        name = f"{Path(path).stem or 'picture'}.svg"
        raise UsageError(f"--plot draws .svg, .png or .html; call it {name}, not {path}")
    plots.check_target(Path(path))


def _check_writable(path: str, index: str) -> None:
    """Raise ReportSearchError if a file cannot be written or has another purpose."""
    files.check_writable(Path(path))
    if Path(path).name.lower() == SIDECAR:
        raise ReportSearchError(f"{path} tells what is known of reports; name another file")
    if resolve_path(path).is_relative_to(resolve_path(index)):
        raise ReportSearchError(f"{path} is in the folder of the index; name another place")


def _check_document(options: argparse.Namespace) -> None:
    """Check that the command can write the format, and that the file name fits it."""
    format_, path = options.format, options.output
    commands = options.document_commands[format_]
    if options.command not in commands:
        listed = ", ".join(commands)
        raise UsageError(f"--format {format_} is for {listed}, not for {options.command}")
    if not path:
        raise UsageError(f"--format {format_} needs --output FILE")
    files.check_writable(Path(path))
    endings = (".html", ".htm") if format_ == "html" else (f".{format_}",)
    if Path(path).suffix.lower() not in endings:
        raise UsageError(
            f"--format {format_} writes {DOCUMENT_FORMATS[format_]}; "
            f"call it {path}.{format_}, not {path}"
        )
