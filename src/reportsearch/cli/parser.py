"""The parser of all commands and options; docs/commands.md is generated from it."""

from __future__ import annotations

import argparse
from importlib import import_module
from pkgutil import iter_modules

from reportsearch import __version__
from reportsearch.cli import commands
from reportsearch.cli.help_texts import translate_argparse
from reportsearch.cli.options import DEFAULTS, FORMATS, CommandParser, Commands
from reportsearch.locale import LANGUAGES, Translator


def _build_common_parser(t: Translator) -> CommandParser:
    """Build the options that may come before or after the command."""
    common = CommandParser(t, add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--index",
        metavar="DIR",
        help=t("folder of the index (default: {default})", default=DEFAULTS["index"]),
    )
    common.add_argument(
        "--format",
        choices=FORMATS,
        help=t(
            "output format (default: {default}); docx and html only where --output says so",
            default=DEFAULTS["format"],
        ),
    )
    common.add_argument(
        "--lang",
        choices=LANGUAGES,
        help=t(
            "Chinese or English help, messages and tables (default: the language of the system); "
            "JSON, CSV and method notes do not change"
        ),
    )
    common.add_argument("--quiet", action="store_true", help=t("suppress progress and notes"))
    return common


def build_parser(t: Translator) -> CommandParser:
    """Build the parser of all commands, the modules of :mod:`reportsearch.cli.commands`."""
    with translate_argparse(t):
        common = _build_common_parser(t)
        parser = CommandParser(
            t,
            prog="reportsearch",
            description=t("Search Chinese officials' duty reports."),
            epilog=t("start with: reportsearch index FOLDER; then: reportsearch search WORDS"),
            parents=[common],
        )
        parser.add_argument(
            "--version",
            action="version",
            version=f"reportsearch {__version__}",
            help=t("show the version and exit"),
        )
        added = Commands(parser, common)
        for module in iter_modules(commands.__path__):
            import_module(f"{commands.__name__}.{module.name}").add_command(added)
        return parser
