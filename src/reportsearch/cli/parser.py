"""The parser of all commands and options; docs/commands.md is generated from it."""

from __future__ import annotations

import argparse
from importlib import import_module
from pkgutil import iter_modules

from reportsearch import __version__
from reportsearch.cli import commands
from reportsearch.cli.options import DEFAULTS, FORMATS, CommandParser, Commands


def _build_common_parser() -> CommandParser:
    """Build the options that may come before or after the command."""
    common = CommandParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--index", metavar="DIR", help=f"folder of the index (default: {DEFAULTS['index']})"
    )
    common.add_argument(
        "--format",
        choices=FORMATS,
        help=f"output format (default: {DEFAULTS['format']}); docx and html only where "
        "--output says so",
    )
    common.add_argument("--quiet", action="store_true", help="suppress progress and notes")
    return common


def build_parser() -> CommandParser:
    """Build the parser of all commands, the modules of :mod:`reportsearch.cli.commands`."""
    common = _build_common_parser()
    parser = CommandParser(
        prog="reportsearch",
        description="Search Chinese officials' duty reports.",
        epilog="start with: reportsearch index FOLDER; then: reportsearch search WORDS",
        parents=[common],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"reportsearch {__version__}")
    added = Commands(parser, common)
    for module in iter_modules(commands.__path__):
        import_module(f"{commands.__name__}.{module.name}").add_command(added)
    return parser
