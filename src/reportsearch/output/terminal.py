"""Helpers for all tables: a console as wide as the terminal, and lines wrapped to fit it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reportsearch.errors import Message
from reportsearch.locale import Translator

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

DIM = "dim"
OCR_MARK = "OCR"
"""Marks text that OCR recognised on page images."""
_MAX_LISTED = 20
"""Maximum number of failures and doubts listed in a table; JSON lists all."""

# A line may be broken after each of these.
_PIECE = re.compile(
    r"[《“‘（【「(]*(?:[0-9A-Za-z.,%％]+|.)[，。、；：！？”’）》】」,;:!?)…]*\s*", re.DOTALL
)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def create_console() -> Console:
    """Create a console as wide as the terminal."""
    from rich.console import Console

    class _PipeSafeConsole(Console):
        def on_broken_pipe(self) -> None:
            """Re-raise for cli.main to handle; rich would exit with 1."""
            raise BrokenPipeError

    return _PipeSafeConsole(highlight=False, emoji=False)


def paint(text: str = "", style: str = "") -> Text:
    """Apply a terminal style to a text.

    Rich is imported only here, since JSON and CSV do not need it.
    """
    from rich.text import Text

    return Text(text, style=style)


def print_text(out: Console, text: Text | str, indent: int = 0, style: str = "") -> None:
    """Print a text in lines that fit the terminal, each indented by ``indent`` spaces.

    ``style`` applies to a plain string only.
    """
    from rich.text import Text

    text = Text(text, style=style) if isinstance(text, str) else text.copy()
    text.plain = replace_control_chars(text.plain)
    for line in wrap_text(text, max(out.width - indent, 20)):
        out.print(Text(" " * indent) + line, no_wrap=True, overflow="ignore", crop=False)


LIMIT_OR_CSV = Message("… and {number} more; --limit N shows more, --format csv all")
ALL_IN_JSON = Message("… and {number} more; --format json lists all")
LIMIT = Message("… and {number} more; --limit N shows more")
"""How to see entries that are not shown."""


def print_more(
    out: Console, left: int, hint: Message, t: Translator, indent: int = 0, style: str = ""
) -> None:
    """Print how many entries are not shown, if any, and how to see them."""
    if left > 0:
        print_text(out, t(hint.template, number=left), indent, style)


def print_entries(out: Console, entries: Iterable[str], indent: int) -> None:
    """Print short entries side by side without breaking any of them."""
    from rich.cells import cell_len
    from rich.text import Text

    line = ""
    for entry in map(replace_control_chars, entries):
        if line and indent + cell_len(f"{line}  {entry}") > out.width:
            print_text(out, Text(line), indent)
            line = ""
        line = f"{line}  {entry}" if line else entry
    print_text(out, Text(line), indent)


def replace_control_chars(text: str) -> str:
    """Replace control characters and marks that change the writing direction."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def wrap_text(text: Text, width: int) -> list[Text]:
    """Break a text into lines of at most ``width`` columns.

    Chinese breaks anywhere except before a closing mark or after an opening one; words and numbers
    are not broken.
    """
    from rich.cells import cell_len

    lines = []
    for paragraph in text.split("\n", allow_blank=True):
        breaks: list[int] = []
        start = used = 0
        for piece in _PIECE.finditer(paragraph.plain):
            size = cell_len(piece[0])
            if used + size > width and piece.start() > start:
                breaks.append(piece.start())
                start, used = piece.start(), 0
            used += size
        for line in paragraph.divide(breaks):
            line.rstrip()
            lines.append(line)
    return lines


def join_facts(parts: Iterable[str], style: str = "") -> Text:
    """Join the non-empty parts into one line, separated by dots."""
    from rich.text import Text

    return Text(" · ".join(part for part in parts if part), style=style)


def capitalise(text: str) -> str:
    """Begin a sentence with a capital letter."""
    return f"{text[:1].upper()}{text[1:]}"


def format_range(first: int, last: int, total: int, t: Translator) -> str:
    """State which of all results are shown, and how to see more."""
    return t(
        "{first}–{last} of {total}; more: --offset {last}", first=first, last=last, total=total
    )


def print_list(out: Console, title: str, lines: list[str], t: Translator) -> None:
    """Print a title and the first ``_MAX_LISTED`` lines."""
    from rich.text import Text

    if not lines:
        return
    out.print(Text(title))
    for line in lines[:_MAX_LISTED]:
        print_text(out, Text(line), 2)
    print_more(out, len(lines) - _MAX_LISTED, ALL_IN_JSON, t, 2)
