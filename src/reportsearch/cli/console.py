"""Output on standard error: messages, notes on the index, progress."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from reportsearch.archive import Archive
from reportsearch.cli.options import DEFAULTS
from reportsearch.locale import Translator
from reportsearch.output.terminal import replace_control_chars


def print_message(text: str) -> None:
    """Write a line to standard error."""
    line = replace_control_chars(" ".join(f"reportsearch: {text}".split()))
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(line + "\n")


def print_notes(archive: Archive, options: argparse.Namespace) -> None:
    """Write notes on the state of the index to standard error."""
    if options.quiet:
        return
    t: Translator = options.t
    program = format_program(options)
    if archive.is_empty():
        print_message(
            t(
                "note: the index is empty; add reports with: {program} index FOLDER",
                program=program,
            )
        )
    outdated = archive.count_outdated()
    if outdated:
        print_message(
            t.ngettext(
                "note: {number} report would be read differently with the current word lists and "
                "version; run: {program} index FOLDER, the folder of your reports",
                "note: {number} reports would be read differently with the current word lists and "
                "version; run: {program} index FOLDER, the folder of your reports",
                outdated,
                program=program,
            )
        )
    # A typo in the name would go unnoticed.
    name = options.official
    if name and not any(name in {info.person, info.official} for info in archive.infos()):
        print_message(
            t(
                "note: the index has no report by {name}; all reports count as other officials'",
                name=name,
            )
        )


def format_program(options: argparse.Namespace) -> str:
    """Return the command line that runs the program with this index."""
    if options.index == DEFAULTS["index"]:
        return "reportsearch"
    return f"reportsearch --index {shlex.quote(options.index)}"


@contextmanager
def show_progress(options: argparse.Namespace) -> Iterator[Callable[[int, int, str], None] | None]:
    """Show a progress bar on a terminal; yield a callback for done, total and name."""
    if options.quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    t: Translator = options.t
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
            # Names of files are no messages and stay as they are.
            name = t.translate(name) or t("writing")
            if total:
                bar.update(task, completed=done, total=total, description=name)
            else:
                # The duration is unknown; the bar only shows that work continues.
                bar.remove_task(task)
                task = bar.add_task(name, total=None)

        yield update
