"""The options of ``correct`` and ``remove``."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from reportsearch.models.report import METADATA_FIELDS, SIDECAR

_REPORT_HELP = "an id, or any unique part of an id or title"


def add_corrections(add_command: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """Add the two commands."""
    correct = add_command(
        "correct",
        f"put right what was recognised in a report; it is kept in the {SIDECAR} of its folder",
        "reportsearch correct 戊镇镇长2024 --set year=2023 --set official=戊镇镇长",
    )
    correct.add_argument("report", metavar="REPORT", help=_REPORT_HELP)
    correct.add_argument(
        "--set",
        dest="values",
        metavar="F=V",
        action="append",
        required=True,
        help=f"a field and its value, without a value to take the correction away; may be given "
        f"again; fields: {', '.join(METADATA_FIELDS)}",
    )
    remove = add_command(
        "remove",
        f"take a report out of the index for good and erase its text; the {SIDECAR} of its folder "
        "says so, and the file stays",
        "reportsearch remove 戊镇镇长2024",
    )
    remove.add_argument("report", metavar="REPORT", help=_REPORT_HELP)
    remove.add_argument("--undo", action="store_true", help="take it in again")
    remove.add_argument(
        "--folder",
        metavar="DIR",
        default="corpus",
        help="with --undo: where the report is, if no other report of its folder is in the index "
        "(default: corpus)",
    )
