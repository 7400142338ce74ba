"""Options that several commands have, and how their values are read."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable

from reportsearch.search.query import FIELD_NAMES

AddCommand = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds a command: its name, what it does, an example."""
_SEPARATORS = re.compile(r"[,，;；]")
_FIELDS = ", ".join(dict.fromkeys(FIELD_NAMES.values()))


def parse_whole_number(text: str) -> int:
    """A whole number that is not negative."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number


parse_whole_number.__name__ = "whole number"


def at_least(minimum: int) -> Callable[[str], int]:
    """What reads a whole number from ``least`` on."""

    def parse_number(text: str) -> int:
        number = int(text)
        if number < minimum:
            raise argparse.ArgumentTypeError(f"must be at least {minimum}")
        return number

    parse_number.__name__ = "whole number"
    return parse_number


def add_where(parser: argparse.ArgumentParser) -> None:
    """Filters."""
    parser.add_argument(
        "--where",
        metavar="F=V",
        action="append",
        default=[],
        help=f"only reports or sections with this value; fields: {_FIELDS}",
    )


def add_values(parser: argparse.ArgumentParser, what: str) -> None:
    """Which groups are asked for."""
    parser.add_argument(
        "--values",
        metavar="A,B",
        action="append",
        default=[],
        help=f"only these {what}, of whose names a part will do",
    )


def split_values(given: list[str]) -> list[str]:
    """The groups that --values names, between commas."""
    parts = (part.strip() for value in given for part in _SEPARATORS.split(value))
    return [part for part in parts if part]


def add_offset(parser: argparse.ArgumentParser, what: str) -> None:
    """How many to leave out first."""
    parser.add_argument(
        "--offset",
        metavar="N",
        type=parse_whole_number,
        default=0,
        help=f"how many {what} to leave out first",
    )


def add_output(parser: argparse.ArgumentParser, documents: str = "") -> None:
    """A file for the answer; ``documents`` are the formats that are only written to one."""
    needed = f"; needed for --format {documents}" if documents else ""
    parser.add_argument("--output", metavar="FILE", help=f"write JSON or CSV to this file{needed}")


def add_plot(parser: argparse.ArgumentParser, what: str) -> None:
    """A picture of ``what``."""
    parser.add_argument(
        "--plot",
        metavar="FILE",
        help=f"also draw {what} to this file, .svg, .png or .html; needs the extra "
        "reportsearch[plots]",
    )


def add_method_note(parser: argparse.ArgumentParser) -> None:
    """How the answer came about."""
    parser.add_argument(
        "--method-note",
        metavar="FILE",
        help="also write how the answer came about, to .md or .json: selection, parameters, hashes "
        "of reports and word lists, versions, the method",
    )


def add_semantic(parser: argparse.ArgumentParser) -> None:
    """Order by a language model."""
    parser.add_argument(
        "--semantic",
        action="store_true",
        help="order the first hits by meaning, with a language model; needs the extra "
        "reportsearch[semantic], or --model",
    )
    parser.add_argument(
        "--model", metavar="PATH", help="the model for --semantic: a folder or an ONNX file"
    )
