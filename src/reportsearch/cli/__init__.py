"""The command line: parse, call :class:`Archive`, print."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from reportsearch.cli.checks import UsageError, check_files
from reportsearch.cli.console import print_message
from reportsearch.cli.options import DEFAULTS
from reportsearch.cli.output import write_note
from reportsearch.cli.parser import build_parser
from reportsearch.errors import ReportSearchError

__all__ = ["build_parser", "main"]


def _silence_output() -> None:
    """What is still to be written goes nowhere: Python would complain at its end."""
    with suppress(OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _decode_argument(argument: str) -> str:
    """What a shell in the C locale passed as bytes is UTF-8."""
    return os.fsencode(argument).decode("utf-8", "replace") if os.name == "posix" else argument


def _escape_query(argument: str) -> str:
    """A query may start with -: argparse takes what starts with a space for no option."""
    is_query = argument.startswith("-") and not argument.startswith("--")
    return f" {argument}" if is_query and argument not in {"-", "-h"} else argument


def _unescape_query(value: object) -> object:
    """A value without the space of :func:`_escape_query`."""
    if isinstance(value, list):
        return [_unescape_query(entry) for entry in value]
    return value[1:] if isinstance(value, str) and value.startswith(" -") else value


def _run_command(options: argparse.Namespace) -> int:
    """Run a command, and when it has done what was asked write the method note."""
    try:
        code: int = options.run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe (head, less) has gone; nothing is wrong.
        _silence_output()
        code = 0
    if code == 0:
        write_note(options)
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code: 0 done, 1 a failure to act on, 2 usage."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    given = map(_decode_argument, sys.argv[1:]) if arguments is None else arguments
    # A search calculates nothing that threads would help with, and starting them takes time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    words = [_escape_query(argument) for argument in given]
    options = build_parser().parse_args(words, argparse.Namespace(**DEFAULTS))
    for name, value in vars(options).items():
        setattr(options, name, _unescape_query(value))
    try:
        if options.check:
            options.check(options)
        check_files(options)
        code = _run_command(options)
    except UsageError as error:
        options.report_usage(str(error))
    except ReportSearchError as error:
        print_message(str(error))
        return 1
    except KeyboardInterrupt:
        print_message("interrupted; the index is as it was before")
        return 130
    except MemoryError:
        print_message(
            "there is not enough memory for this; ask about fewer or shorter texts, or end other "
            "programs. Where the index is small, it is damaged: build it anew with "
            "reportsearch index --rebuild FOLDER"
        )
        return 1
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        print_message(f"{what}{error.strerror or error}; check the disk and the permissions")
        _silence_output()
        return 1
    return code
