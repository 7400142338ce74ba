"""``--method-note FILE``: beside an answer, how it came about; the same for every analysis."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from reportsearch.archive import Archive
from reportsearch.cli.output import UsageError, check_output_path, refuse_to_overwrite_source
from reportsearch.files import resolve_path
from reportsearch.output import json_csv, tables

_ENDINGS = (".md", ".json")
_OUTPUT_OPTIONS = ("output", "trec")
_INPUT_OPTIONS = ("file", "against", "batch")
P = ParamSpec("P")
R = TypeVar("R")


def check(options: argparse.Namespace) -> None:
    """Before any work is done: the note can be written where it is asked for.

    Raises UsageError or ReportSearchError.
    """
    name = getattr(options, "method_note", None)
    if name is None:
        return
    if Path(name).suffix.lower() not in _ENDINGS:
        raise UsageError(f"--method-note writes .md or .json; call it {name}.md, not {name}")
    check_output_path(options, name)
    for option in _OUTPUT_OPTIONS:
        other = getattr(options, option, None)
        if other is not None and resolve_path(other) == resolve_path(name):
            raise UsageError(f"{name} is the file of --{option}; name another one for the note")
    for option in _INPUT_OPTIONS:
        given = getattr(options, option, None) or ()
        for file in (given,) if isinstance(given, str) else given:
            if resolve_path(file) == resolve_path(name):
                raise UsageError(f"{name} is what is to be read; name another file for the note")


def with_method_note(
    archive: Archive,
    options: argparse.Namespace,
    analyse: Callable[P, R],
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """Call a method of the archive; where a note is asked for, prepare it with the same parameters.

    The note is written when the command has succeeded; see :func:`write`.
    """
    result = analyse(*args, **kwargs)
    prepare_note(archive, options, analyse, result, *args, **kwargs)
    return result


def prepare_note(
    archive: Archive,
    options: argparse.Namespace,
    analyse: Callable[..., Any],
    result: object,
    *args: object,
    **kwargs: object,
) -> None:
    """Prepare the note on an answer that is there, or several in a list."""
    if options.method_note is None:
        return
    refuse_to_overwrite_source(archive, options.method_note)
    parameters = signature(analyse).bind(*args, **kwargs).arguments
    options.note = archive.method_note(analyse.__name__, result=result, **parameters)


def write_note(options: argparse.Namespace) -> None:
    """Write the note, if one was prepared. Raises ReportSearchError."""
    note = getattr(options, "note", None)
    if note is None:
        return
    place = str(options.method_note)
    is_json = Path(place).suffix.lower() == ".json"
    json_csv.write_output(
        json_csv.to_json(note) if is_json else tables.method_note.format_markdown(note), place
    )
