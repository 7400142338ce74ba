"""Generate docs/commands.md from the parser of the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reportsearch.cli import build_parser
from reportsearch.locale import ENGLISH, Translator

PLACE = Path(__file__).parents[1] / "docs" / "commands.md"


def _invocation(action: argparse.Action) -> str:
    if not action.option_strings:
        return f"`{action.metavar or action.dest}`"
    names = ", ".join(action.option_strings)
    if action.nargs == 0:
        return f"`{names}`"
    value = action.metavar or "|".join(str(choice) for choice in action.choices or ())
    return f"`{names} {value}`"


def _table(actions: list[argparse.Action]) -> list[str]:
    lines = ["| | |", "|---|---|"]
    lines += [
        f"| {_invocation(action).replace('|', '&#124;')} | {action.help} |" for action in actions
    ]
    return lines


def _own(parser: argparse.ArgumentParser, common: set[str]) -> list[argparse.Action]:
    return [
        action
        for action in parser._actions  # noqa: SLF001
        if not isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
        and action.dest not in {"help", "version"}
        and action.dest not in common
    ]


def reference() -> str:
    """Return the command reference as Markdown."""
    parser = build_parser(Translator(ENGLISH))
    commands = next(
        action
        for action in parser._actions  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
    )
    lines = [
        "# Command reference",
        "",
        "Generated from the command line itself by `make docs`; do not edit.",
        "",
        parser.description or "",
        f"{str(parser.epilog)[0].upper()}{str(parser.epilog)[1:]}.",
        "Exit codes: 0 done, 1 a failure that you can act on (one line on standard error), 2 wrong",
        "usage.",
        "",
        "## Options of every command",
        "",
        "They stand before or after the command.",
        "",
        *_table(_own(parser, set())),
    ]
    common = {action.dest for action in _own(parser, set())}
    for name, command in commands.choices.items():
        lines += ["", f"## reportsearch {name}", "", str(command.description)]
        own = _own(command, common)
        if own:
            lines += ["", *_table(own)]
        example = str(command.epilog).removeprefix("example: ")
        lines += ["", "```sh", example, "```"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PLACE.parent.mkdir(exist_ok=True)
    PLACE.write_text(reference(), encoding="utf-8")
    sys.stdout.write(f"wrote {PLACE.name}\n")
