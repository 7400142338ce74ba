"""``--method-note FILE``: beside an answer, how it came about; the same for every analysis."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from reportsearch.archive import Archive
from reportsearch.cli.output import UsageError, check_place, spare
from reportsearch.files import real
from reportsearch.output import json_csv as formats
from reportsearch.output import tables as views

_ENDINGS = (".md", ".json")
_WRITTEN = ("output", "trec")
_READ = ("file", "against", "batch")
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
    check_place(options, name)
    for option in _WRITTEN:
        other = getattr(options, option, None)
        if other is not None and real(other) == real(name):
            raise UsageError(f"{name} is the file of --{option}; name another one for the note")
    for option in _READ:
        given = getattr(options, option, None) or ()
        for file in (given,) if isinstance(given, str) else given:
            if real(file) == real(name):
                raise UsageError(f"{name} is what is to be read; name another file for the note")


def noted(
    archive: Archive,
    options: argparse.Namespace,
    analyse: Callable[P, R],
    *given: P.args,
    **named: P.kwargs,
) -> R:
    """Call a method of the archive; where a note is asked for, prepare it with the same parameters.

    The note is written when the command has succeeded; see :func:`write`.
    """
    result = analyse(*given, **named)
    prepare(archive, options, analyse, result, *given, **named)
    return result


def prepare(
    archive: Archive,
    options: argparse.Namespace,
    analyse: Callable[..., Any],
    result: object,
    *given: object,
    **named: object,
) -> None:
    """Prepare the note on an answer that is there, or several in a list."""
    if options.method_note is None:
        return
    spare(archive, options.method_note)
    parameters = signature(analyse).bind(*given, **named).arguments
    options.note = archive.method_note(analyse.__name__, result=result, **parameters)


def write(options: argparse.Namespace) -> None:
    """Write the note, if one was prepared. Raises ReportSearchError."""
    note = getattr(options, "note", None)
    if note is None:
        return
    place = str(options.method_note)
    is_json = Path(place).suffix.lower() == ".json"
    formats.write(formats.to_json(note) if is_json else views.method.markdown(note), place)
