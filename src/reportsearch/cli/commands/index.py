"""``index``: read files into the index."""

from __future__ import annotations

import argparse
from pathlib import Path

from reportsearch import validation
from reportsearch.archive import Archive
from reportsearch.cli.console import print_message, show_progress
from reportsearch.cli.options import Commands
from reportsearch.cli.output import print_answer
from reportsearch.locale import Translator
from reportsearch.output.tables import index


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "index",
        t("index files, folders, and .jsonl or .csv files with one report per row"),
        "reportsearch index corpus",
        run=run,
    )
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help=t(
            "files and folders to read (default: the library's folder; for a new index, the folder "
            "corpus beside it)"
        ),
    )
    parser.add_argument(
        "--folder",
        metavar="DIR",
        help=t(
            "the library's folder of originals, in which the page saves files (default: the folder "
            "indexed first, or INDEX-originals beside the index); kept in the index"
        ),
    )
    parser.add_argument("--rebuild", action="store_true", help=t("read everything again"))
    parser.add_argument(
        "--repair",
        action="store_true",
        help=t("read damaged reports again, and only those if no PATH is given"),
    )
    parser.add_argument(
        "--prune", action="store_true", help=t("drop reports whose file or row no longer exists")
    )
    parser.add_argument(
        "--purge", action="store_true", help=t("erase the text of dropped reports from the disk")
    )


def run(options: argparse.Namespace) -> int:
    """Read files into the index and print the outcome."""
    paths = options.paths
    if not paths and not options.repair:
        paths = [options.folder or Archive.default_path(options.index)]
    # Check before an index is made or, with --rebuild, a damaged one erased.
    if not (options.prune and Path(options.index).exists()):
        validation.check_paths(paths)
    with (
        _open_archive(options) as archive,
        show_progress(options) as progress,
    ):
        result = archive.index(
            paths,
            rebuild=options.rebuild,
            prune=options.prune,
            purge=options.purge,
            progress=progress,
        )
    print_answer(options, result, index.print_table, index.format_csv)
    if result.failed and not (result.added or result.updated or result.unchanged):
        first = result.failed[0]
        t: Translator = options.t
        reason = t.translate(first.reason)
        print_message(
            t("nothing could be read: {file}: {reason}", file=first.source, reason=reason)
        )
        return 1
    return 0


def _open_archive(options: argparse.Namespace) -> Archive:
    if options.repair:
        return Archive.open(options.index, repair=True)
    return Archive.create(options.index, rebuild=options.rebuild, folder=options.folder)
