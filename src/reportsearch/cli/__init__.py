"""The command line: parse arguments, call :class:`Archive`, print the answer."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from reportsearch.cli.checks import UsageError, check_files
from reportsearch.cli.console import print_message
from reportsearch.cli.help_texts import translate_argparse
from reportsearch.cli.language import find_language
from reportsearch.cli.options import DEFAULTS
from reportsearch.cli.output import write_note
from reportsearch.cli.parser import build_parser
from reportsearch.errors import ReportSearchError
from reportsearch.locale import Translator

__all__ = ["build_parser", "main"]


def _silence_output() -> None:
    """Discard pending output, about which Python would complain on exit."""
    with suppress(OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _decode_argument(argument: str) -> str:
    """Decode as UTF-8 an argument that a shell in the C locale passed as bytes."""
    return os.fsencode(argument).decode("utf-8", "replace") if os.name == "posix" else argument


def _escape_query(argument: str) -> str:
    """Prefix a query that starts with - by a space; argparse would take it for an option."""
    is_query = argument.startswith("-") and not argument.startswith("--")
    return f" {argument}" if is_query and argument not in {"-", "-h"} else argument


def _unescape_query(value: object) -> object:
    """Remove the space added by :func:`_escape_query`."""
    if isinstance(value, list):
        return [_unescape_query(entry) for entry in value]
    return value[1:] if isinstance(value, str) and value.startswith(" -") else value


def _run_command(options: argparse.Namespace) -> int:
    """Run a command and, if it succeeds, write the method note."""
    try:
        code: int = options.run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the pipe (head, less) has exited, which is not an error.
        _silence_output()
        code = 0
    if code == 0:
        write_note(options)
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 for success, 1 for failure, 2 for bad usage."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    given = map(_decode_argument, sys.argv[1:]) if arguments is None else arguments
    # A search does no computation that threads would speed up, and starting them takes time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    words = [_escape_query(argument) for argument in given]
    t = Translator(find_language(words, os.environ))
    with translate_argparse(t):
        return _answer(words, t)


def _answer(words: Sequence[str], t: Translator) -> int:
    """Parse the arguments, run the command and report what goes wrong, in a language."""
    options = build_parser(t).parse_args(words, argparse.Namespace(**DEFAULTS, t=t))
    for name, value in vars(options).items():
        setattr(options, name, _unescape_query(value))
    try:
        if options.check:
            options.check(options)
        check_files(options)
        code = _run_command(options)
    except UsageError as error:
        options.report_usage(t.translate(error.message))
    except ReportSearchError as error:
        print_message(t.translate(error.message))
        return 1
    except KeyboardInterrupt:
        print_message(t("interrupted; the index is unchanged"))
        return 130
    except MemoryError:
        print_message(
            t(
                "out of memory; use fewer or shorter texts, or close other programs (if the index "
                "is small, it may be damaged: rebuild it with reportsearch index --rebuild FOLDER)"
            )
        )
        return 1
    except OSError as error:
        reason = error.strerror or str(error)
        if error.filename:
            reason = f"{error.filename}: {reason}"
        print_message(t("{reason}; check the disk and the permissions", reason=reason))
        _silence_output()
        return 1
    return code
