"""The table of figures within a portfolio: a row for figures of like meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from reportsearch.display.cells import cut, flat, padded
from reportsearch.display.formats import to_csv
from reportsearch.display.terminal import DIM, console, count, line, show
from reportsearch.models import Figure, FigureRow, FigureTable
from reportsearch.wording import figures as wording
from reportsearch.wording.common import number_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_NAME = 26
_BESIDE = "\n"
"""Between several figures of an official in a cell; their times and places stand likewise."""


def table(found: FigureTable, limit: int) -> None:
    """Each row with the figures of the officials who have it."""
    from rich.text import Text

    out = console()
    officials = f"{found.by}s" if found.by in {"official", "report"} else f"values of {found.by}"
    told = (f"{len(found.values)} {officials}", count(found.reports, "report"))
    show(out, Text(f"{found.portfolio}  ", style="bold") + line(told, DIM))
    if not found.rows:
        show(out, line(["No figure is reported by more than one; --figures all has all"]))
        return
    rows(out, found.rows[:limit], found.values)
    if len(found.rows) > limit:
        rest = len(found.rows) - limit
        show(out, line([f"… and {rest} more; --limit N shows more, --format csv all"]))


def rows(out: Console, listed: Sequence[FigureRow], values: Sequence[str]) -> None:
    """Rows under one another, each with a line for each figure."""
    from rich.text import Text

    for row in listed:
        out.print()
        head = Text(f"{flat(row.name)}  ", style="bold")
        show(out, head + line((wording.kind(row), row.unit), DIM), 2)
        for value in values:
            for one in row.of(value):
                show(out, Text(padded(cut(value, _NAME), _NAME + 2)) + figure(one, row.name), 4)


def figure(one: Figure, name: str) -> Text:
    """A figure with its name, where that is another than the row's, its time and place."""
    from rich.text import Text

    own = flat(one.name) if one.name != name else ""
    told = (own, wording.time(one), number_of(one.passage))
    return Text(f"{one.text}  ", style="bold") + line(told, DIM)


def table_rows(found: FigureTable, language: str = "en", name: Callable[[str], str] = str) -> str:
    """The table as CSV: a line for each row, a column for each official, then more of each.

    ``language`` is that of what is said of years; ``name`` gives what an official is called.
    """
    names = [name(value) for value in found.values]
    ends = ("", wording.TIME, wording.NAME, wording.PASSAGE)
    header = ("figure", "kind", "unit", "officials", *(f"{n}{end}" for end in ends for n in names))
    return to_csv(header, _lines(found, language))


def _lines(found: FigureTable, language: str) -> Iterator[tuple[object, ...]]:
    for row in found.rows:
        kind = wording.kind_in_chinese(row) if language == "zh" else wording.kind(row)
        cells = [row.of(value) for value in found.values]
        yield (
            row.name, kind, row.unit, row.values,
            *(_values(figures, language) for figures in cells),
            *(_BESIDE.join(wording.time(one, language) for one in figures) for figures in cells),
            *(_BESIDE.join(one.name for one in figures) for figures in cells),
            *(_BESIDE.join(one.passage for one in figures) for figures in cells),
        )  # fmt: skip


def _values(figures: Sequence[Figure], language: str) -> str:
    """The figures of a cell, each with its year."""
    marks = "（{}）" if language == "zh" else " ({})"
    return _BESIDE.join(one.text + (marks.format(one.year) if one.year else "") for one in figures)
