"""A concordance: the matches under one another."""

from __future__ import annotations

from reportsearch.display.formats import to_csv
from reportsearch.display.terminal import DIM, console, count, printable, show
from reportsearch.models import Concordance

_LABEL = 12
"""Characters of a report's name that are shown; more in a wide terminal."""
_LEAST = 6
"""Columns that are left to the context in a narrow terminal."""


def table(result: Concordance, offset: int, width: int) -> None:
    """A line for each occurrence, aligned on the match; the context shrinks to the terminal."""
    from rich.cells import cell_len, chop_cells, set_cell_size
    from rich.text import Text

    out = console()
    if not result.matched:
        show(out, Text(f"No passage meets all of {result.query}, or it asks for no words"))
        return
    show(out, Text(count(result.matched, "occurrence")))
    places = [_short(line.passage, max(_LABEL, out.width // 6)) for line in result.lines]
    label = max(map(cell_len, places), default=0)
    middle = max((cell_len(_flat(line.match)) for line in result.lines), default=0)
    room = max(_LEAST, min(2 * width, (out.width - label - middle - 4) // 2))
    for line, place in zip(result.lines, places, strict=True):
        left = _flat(line.left)
        while cell_len(left) > room:
            left = left[1:]
        right = (chop_cells(_flat(line.right), room) or [""])[0]
        match = _flat(line.match)
        text = Text(" " * (room - cell_len(left)) + left + " ")
        text.append(match, style="bold red")
        text.append(" " + set_cell_size(right, room + middle - cell_len(match)))
        text.append(" " + place, style=DIM)
        text.rstrip()
        out.print(text, no_wrap=True, overflow="ignore", crop=False)
    shown = offset + len(result.lines)
    if shown < result.matched:
        more = f"{offset + 1}–{shown} of {result.matched}; more: --offset {shown}"
        out.print(Text(more, style=DIM))


def _flat(text: str) -> str:
    return printable(" ".join(text.split("\n")))


def _short(passage: str, longest: int) -> str:
    """A passage's id without the folders, and a long name cut."""
    name, _, number = passage.rpartition("#")
    name = name.rpartition("/")[2]
    return printable(f"{name if len(name) <= longest else name[: longest - 1] + '…'}#{number}")


def rows(result: Concordance) -> str:
    """A line for each occurrence."""
    header = ("report", "title", "passage", "left", "match", "right", "start", "end")
    return to_csv(
        header,
        [
            (
                line.report, line.title, line.passage, line.left, line.match, line.right,
                line.start, line.end,
            )
            for line in result.lines
        ],
    )  # fmt: skip
