"""``verify``: check the files of the index for damage."""

from __future__ import annotations

import argparse

from reportsearch.archive import Archive
from reportsearch.cli.console import format_program, print_message, show_progress
from reportsearch.cli.options import Commands
from reportsearch.cli.output import print_answer
from reportsearch.errors import IndexDamagedError
from reportsearch.locale import Translator
from reportsearch.models.verification import Verification
from reportsearch.output.tables import verification


def add_command(commands: Commands) -> None:
    """Add the command."""
    t = commands.t
    commands.add(
        "verify",
        t("check the files of the index for damage, and name the reports concerned"),
        "reportsearch verify",
        run=run,
    )


def run(options: argparse.Namespace) -> int:
    """Check the files; exit with 1 if any is damaged."""
    try:
        result = _verify(options, repair=False)
    except IndexDamagedError:
        # Damaged so much that it cannot be opened as a whole.
        result = _verify(options, repair=True)
    print_answer(options, result, verification.print_table, verification.format_csv)
    if result.needs_repair:
        t: Translator = options.t
        print_message(t.translate(verification.describe_damage(result, format_program(options))))
        return 1
    return 0


def _verify(options: argparse.Namespace, *, repair: bool) -> Verification:
    with (
        Archive.open(options.index, repair=repair) as archive,
        show_progress(options) as progress,
    ):
        return archive.verify(progress=progress)
