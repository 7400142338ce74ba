"""Options shared by several commands, and the parsing of their values."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from reportsearch.cli.help_texts import HelpFormatter
from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.search import FIELD_NAMES
from reportsearch.output.terminal import capitalise

DOCUMENT_FORMATS = {"docx": Message("a Word file"), "html": Message("a web page")}
"""Formats that must be written to a file, with a description of each."""
FORMATS = ("table", "json", "csv", *DOCUMENT_FORMATS)
DEFAULTS = {
    "index": "index",
    "lang": None,
    "format": "table",
    "quiet": False,
    "output": None,
    "plot": None,
    "method_note": None,
    "note": None,
    "official": None,
}
"""Values of common options that are not given or that a command lacks."""
REPORT_HELP = Message("an id, or any unique part of an id or title")
_FIELDS = ", ".join(dict.fromkeys(FIELD_NAMES.values()))


class CommandParser(argparse.ArgumentParser):
    """Parses the options of a command, with methods to add the shared ones.

    ``t`` is the language of the help; descriptions are passed in that language.
    """

    def __init__(self, t: Translator, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=HelpFormatter, **settings)
        self.t = t

    def add_number(
        self, option: str, description: str, default: int | None = None, *, minimum: int = 0
    ) -> None:
        """Add an option that takes a whole number; its help states the default."""
        self.add_argument(
            option,
            metavar="N",
            type=_parse_integer(minimum, self.t),
            default=default,
            help=description if default is None else self.add_default(description, default),
        )

    def add_default(self, description: str, default: object) -> str:
        """Add the default of an option to its description."""
        return self.t(
            "{description} (default: {default})", description=description, default=default
        )

    def add_report(self, nargs: str | None = None) -> None:
        """Add REPORT, which is optional if ``nargs`` is ?."""
        about = self.t.translate(REPORT_HELP)
        self.add_argument("report", metavar="REPORT", nargs=nargs, help=about)

    def add_draft(self) -> None:
        """Add --file, a report that is not in the index."""
        about = self.t("a report in a file, which is not added to the index")
        self.add_argument("--file", metavar="F", help=about)

    def add_where(self) -> None:
        """Add --where, which filters by fields."""
        self.add_argument(
            "--where",
            metavar="F=V",
            action="append",
            default=[],
            help=self.t(
                "only reports or sections with this value; can be repeated; fields: {fields}",
                fields=_FIELDS,
            ),
        )

    def add_query(self) -> None:
        """Add --query, which selects passages."""
        about = self.t("only passages that match this query")
        self.add_argument("--query", metavar="QUERY", help=about)

    def add_values(self, description: str) -> None:
        """Add --values, which names groups."""
        self.add_argument("--values", metavar="A,B", action="append", default=[], help=description)

    def add_offset(self, description: str) -> None:
        """Add --offset, the number of results to skip."""
        # The default goes without saying.
        self.add_argument(
            "--offset", metavar="N", type=_parse_integer(0, self.t), default=0, help=description
        )

    def add_output(self, documents: str = "") -> None:
        """Add --output; ``documents`` names the formats that require it."""
        about = self.t("write JSON or CSV to this file")
        if documents:
            about = self.t(
                "write JSON or CSV to this file; required for --format {documents}",
                documents=documents,
            )
        self.add_argument("--output", metavar="FILE", help=about)

    def add_plot(self, drawn: str) -> None:
        """Add --plot, a picture of the answer."""
        self.add_argument(
            "--plot",
            metavar="FILE",
            help=self.t(
                "also plot {drawn} to this file, .svg, .png or .html; requires the extra "
                "reportsearch[plots]",
                drawn=drawn,
            ),
        )

    def add_method_note(self) -> None:
        """Add --method-note, a file that documents how the answer was obtained."""
        self.add_argument(
            "--method-note",
            metavar="FILE",
            help=self.t(
                "also document how the answer was obtained, as .md or .json: selection, "
                "parameters, hashes of reports and word lists, versions, method"
            ),
        )

    def add_semantic(self) -> None:
        """Add ranking by a language model."""
        self.add_argument(
            "--semantic",
            action="store_true",
            help=self.t(
                "order the first hits by meaning, using a language model; requires the extra "
                "reportsearch[semantic], or --model"
            ),
        )
        about = self.t("the model for --semantic: a folder or an ONNX file")
        self.add_argument("--model", metavar="PATH", help=about)


class Commands:
    """Adds commands to the main parser, each with the common options.

    ``t`` is the language of the help.
    """

    def __init__(self, parser: CommandParser, common_options: CommandParser) -> None:
        self.t = parser.t
        self._add_parser = parser.add_subparsers(
            dest="command", metavar="COMMAND", required=True
        ).add_parser
        self._common_options = common_options
        self._document_commands: dict[str, list[str]] = {name: [] for name in DOCUMENT_FORMATS}

    def add(
        self,
        name: str,
        description: str,
        example: str,
        *,
        run: Callable[[argparse.Namespace], int],
        check: Callable[[argparse.Namespace], None] | None = None,
        documents: tuple[str, ...] = (),
    ) -> CommandParser:
        """Add a command and return its parser, for its own options.

        ``check`` raises UsageError if options conflict, before ``run`` does the work. ``documents``
        are the formats of DOCUMENT_FORMATS that the command can write.
        """
        parser = self._add_parser(
            name,
            t=self.t,
            help=description,
            description=self.t("{sentence}.", sentence=capitalise(description)),
            epilog=self.t("example: {example}", example=example),
            parents=[self._common_options],
        )
        for format_ in documents:
            self._document_commands[format_].append(name)
        parser.set_defaults(
            run=run,
            check=check,
            report_usage=parser.error,
            document_commands=self._document_commands,
        )
        return parser


def _parse_integer(minimum: int, t: Translator) -> Callable[[str], int]:
    """Return a parser of whole numbers of at least ``minimum``."""

    def parse(text: str) -> int:
        number = int(text)
        if number < minimum:
            raise argparse.ArgumentTypeError(
                t("must be at least {minimum}", minimum=minimum)
                if minimum
                else t("must not be negative")
            )
        return number

    # argparse names what it expected by the function.
    parse.__name__ = t("whole number")
    return parse


def get_semantic_model(options: argparse.Namespace) -> str | bool:
    """Return the model named by --model, or whether --semantic is set."""
    return bool(options.semantic) if options.model is None else str(options.model)
