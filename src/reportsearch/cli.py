"""The command line: parse, call :class:`Archive`, print."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from reportsearch import __version__, display
from reportsearch.archive import Archive, check_paths
from reportsearch.engine import FACETS, GROUPS, SORTS
from reportsearch.errors import ReportSearchError
from reportsearch.query import FIELD_NAMES

FORMATS = ("table", "json", "csv")
_DEFAULTS = {"index": "index", "format": "table", "quiet": False}
_FIELDS = ", ".join(dict.fromkeys(FIELD_NAMES.values()))


def _common() -> argparse.ArgumentParser:
    """The options that stand before or after the command."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--index", metavar="DIR", help="folder of the index (default: index)")
    common.add_argument("--format", choices=FORMATS, help="how to print (default: table)")
    common.add_argument("--quiet", action="store_true", help="no progress and no notes")
    return common


def _whole(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number


_whole.__name__ = "whole number"


def build_parser() -> argparse.ArgumentParser:
    """All commands and options; docs/commands.md is generated from it."""
    common = _common()
    parser = argparse.ArgumentParser(
        prog="reportsearch",
        description="Search Chinese officials' duty reports.",
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"reportsearch {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, help_: str, example: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=help_,
            description=f"{help_[0].upper()}{help_[1:]}.",
            epilog=f"example: {example}",
            parents=[common],
        )

    index = command(
        "index",
        "read files, folders, and .jsonl or .csv files with a report a row into the index",
        "reportsearch index corpus",
    )
    index.add_argument(
        "paths", nargs="*", metavar="PATH", help="what to read (default: the folder corpus)"
    )
    index.add_argument("--rebuild", action="store_true", help="read everything again")
    index.add_argument(
        "--prune", action="store_true", help="drop reports whose file or row is gone"
    )
    index.add_argument(
        "--purge", action="store_true", help="erase the text of dropped reports from disk"
    )

    search = command(
        "search",
        "find reports by words, phrases and fields",
        "reportsearch search '文旅 \"示范县\" year:2022..2023 -招商'",
    )
    search.add_argument(
        "query",
        metavar="QUERY",
        help='terms, all to be met in one passage; OR, NOT or -, ( ), "exact string", field:value',
    )
    search.add_argument(
        "--where",
        metavar="F=V",
        action="append",
        default=[],
        help=f"only reports or sections with this value; fields: {_FIELDS}",
    )
    search.add_argument(
        "--limit", metavar="N", type=_whole, default=10, help="how many hits (default: 10)"
    )
    search.add_argument(
        "--offset", metavar="N", type=_whole, default=0, help="how many hits to leave out first"
    )
    search.add_argument(
        "--sort", choices=SORTS, default="relevance", help="order (default: relevance)"
    )
    search.add_argument(
        "--group", choices=GROUPS, default="report", help="what a hit is (default: report)"
    )
    search.add_argument(
        "--facet",
        metavar="F",
        action="append",
        default=[],
        help=f"count the matching reports by {', '.join(FACETS)}",
    )

    show = command(
        "show",
        "show a report: metadata and its origin, sections, passages",
        "reportsearch show 副县长2023 --passage 3",
    )
    show.add_argument(
        "report", metavar="REPORT", help="an id, or any unique part of an id or title"
    )
    show.add_argument("--passage", metavar="N", type=_whole, help="only this passage")

    command("stats", "count what the index holds", "reportsearch stats --format json")
    return parser


def _index(options: argparse.Namespace) -> int:
    paths = options.paths or ["corpus"]
    # Before an index is made, or with --rebuild a damaged one erased.
    check_paths(paths)
    with (
        Archive.create(options.index, rebuild=options.rebuild) as archive,
        _progress(options) as progress,
    ):
        result = archive.index(
            paths,
            rebuild=options.rebuild,
            prune=options.prune,
            purge=options.purge,
            progress=progress,
        )
    _print(options, result, display.summary, display.summary_rows)
    if result.failed and not result.reports:
        first = result.failed[0]
        _message(f"nothing could be read: {first.source}: {first.reason}")
        return 1
    return 0


def _search(options: argparse.Namespace) -> int:
    with Archive.open(options.index) as archive:
        result = archive.search(
            # See _not_an_option.
            options.query[1:] if options.query.startswith(" -") else options.query,
            where=options.where,
            limit=options.limit,
            offset=options.offset,
            sort=options.sort,
            group=options.group,
            facets=options.facet,
        )
        _note_outdated(archive, options)

        empty = not archive.infos()
    if empty and not options.quiet:
        _message("note: the index is empty; fill it with: reportsearch index FOLDER")

    def table(_: object) -> None:
        display.search(result, options.offset, options.limit, options.group)

    def rows(_: object) -> str:
        return display.search_rows(result, options.offset)

    _print(options, result, table, rows)
    return 0


def _show(options: argparse.Namespace) -> int:
    with Archive.open(options.index) as archive:
        report = archive.show(options.report)
        if options.passage is not None:
            passage = archive.passage(f"{report.id}#{options.passage}")
            _print(options, passage, display.passage, display.passage_rows)
            return 0
    if options.format == "json":
        display.write(display.to_json(display.report_json(report)))
        return 0
    _print(options, report, display.report, display.report_rows)
    return 0


def _stats(options: argparse.Namespace) -> int:
    with Archive.open(options.index) as archive:
        result = archive.stats()
        _note_outdated(archive, options)
    _print(options, result, display.stats, display.stats_rows)
    return 0


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "index": _index,
    "search": _search,
    "show": _show,
    "stats": _stats,
}


def _print(
    options: argparse.Namespace,
    result: Any,
    table: Callable[[Any], None],
    rows: Callable[[Any], str],
) -> None:
    if options.format == "json":
        display.write(display.to_json(result))
    elif options.format == "csv":
        display.write(rows(result))
    else:
        table(result)


def _note_outdated(archive: Archive, options: argparse.Namespace) -> None:
    count = 0 if options.quiet else archive.outdated()
    if count:
        _message(
            f"note: {count} reports were read with other word lists or another version; "
            f"run: reportsearch index FOLDER, the folder of your reports"
        )


@contextmanager
def _progress(options: argparse.Namespace) -> Iterator[Callable[[int, int, str], None] | None]:
    if options.quiet or not sys.stderr.isatty():
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

        def advance(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total or 1, description=name or "writing")

        yield advance


def _silence_output() -> None:
    """What is still to be written goes nowhere: Python would complain at its end."""
    with suppress(OSError, AttributeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _decoded(argument: str) -> str:
    """What a shell in the C locale passed as bytes is UTF-8."""
    return os.fsencode(argument).decode("utf-8", "replace") if os.name == "posix" else argument


def _not_an_option(argument: str) -> str:
    """A query may start with -: argparse takes what starts with a space for no option."""
    is_query = argument.startswith("-") and not argument.startswith("--")
    return f" {argument}" if is_query and argument not in {"-", "-h"} else argument


def _message(text: str) -> None:
    line = display.printable(" ".join(f"reportsearch: {text}".split()))
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(line + "\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code: 0 done, 1 a failure to act on, 2 usage."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    given = map(_decoded, sys.argv[1:]) if arguments is None else arguments
    options = build_parser().parse_args([_not_an_option(argument) for argument in given])
    for name, value in _DEFAULTS.items():
        if not hasattr(options, name):
            setattr(options, name, value)
    try:
        code = _COMMANDS[options.command](options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except ReportSearchError as error:
        _message(str(error))
        return 1
    except BrokenPipeError:
        # The reader of a pipe (head, less) has gone; nothing is wrong.
        _silence_output()
        return 0
    except KeyboardInterrupt:
        _message("interrupted; the index is as it was before")
        return 130
    except MemoryError:
        _message(
            "there is not enough memory; if the index is small, it is damaged: build it anew with "
            "reportsearch index --rebuild FOLDER"
        )
        return 1
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        _message(f"{what}{error.strerror or error}; check the disk and the permissions")
        _silence_output()
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())
