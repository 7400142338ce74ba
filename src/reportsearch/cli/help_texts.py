"""Help and usage errors in the language of the user: the words of argparse, and the line breaks."""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from reportsearch.locale import Translator

ARGPARSE = "argparse"
"""The context of argparse's own sentences."""
_USAGE = "usage: "

# A line may be broken after each of these: Chinese anywhere except before a closing mark or after
# an opening one, other words and what is quoted at blanks only, so that options stay whole.
_PIECE = re.compile(
    r"[《“‘（【「]*(?:\"[^\" ]+\"|[!-~]+|.)[，。、；：！？”’）》】」…]*\s*", re.DOTALL
)


@contextmanager
def translate_argparse(t: Translator) -> Iterator[None]:
    """Let argparse speak the language of ``t`` while parsers are built and used.

    argparse looks each of its sentences up by a function ``_``, by default that of gettext, which
    goes by the environment alone.
    """

    def translate(text: str) -> str:
        return t.pgettext(ARGPARSE, text)

    before = argparse._  # type: ignore[attr-defined]
    argparse._ = translate  # type: ignore[attr-defined]
    try:
        yield
    finally:
        argparse._ = before  # type: ignore[attr-defined]


class HelpFormatter(argparse.HelpFormatter):
    """Breaks lines by the columns that Chinese takes on a terminal, and between its characters."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return list(_iter_lines(text, width))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in _iter_lines(text, width - len(indent)))

    def _format_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None,
    ) -> str:
        """Align further lines below the first, by columns instead of characters."""
        said = argparse._(_USAGE) if prefix is None else prefix  # type: ignore[attr-defined]
        blank = " " * _measure_width(said)
        return super()._format_usage(usage, actions, groups, blank).replace(blank, said, 1)


def _iter_lines(text: str, width: int) -> Iterator[str]:
    """Break a text into lines of at most ``width`` columns, if no word is longer."""
    line, used = "", 0
    for piece in _PIECE.findall(" ".join(text.split())):
        size = _measure_width(piece.rstrip())
        if line and used + size > width:
            yield line.rstrip()
            line, used = "", 0
        line += piece
        used += _measure_width(piece)
    yield line.rstrip()


def _measure_width(text: str) -> int:
    """Count the terminal columns of a text; rich does the same, but is not loaded for a search."""
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)
