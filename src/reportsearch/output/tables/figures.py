"""The table of figures within a portfolio: a row for figures of like meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reportsearch.models.portfolios import Figure, FigureRow, FigureTable
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose import figures as wording
from reportsearch.output.prose.common import number_of, title_of
from reportsearch.output.tables.cells import cut, flat, padded
from reportsearch.output.terminal import DIM, console, count, line, show

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
    rows(out, found.rows[:limit], found.values, wording.sources(found.infos, found.by))
    if len(found.rows) > limit:
        rest = len(found.rows) - limit
        show(out, line([f"… and {rest} more; --limit N shows more, --format csv all"]))


def rows(
    out: Console,
    listed: Sequence[FigureRow],
    values: Sequence[str],
    sources: Mapping[str, str],
) -> None:
    """Rows under one another, each with a line for each figure.

    ``sources`` tells reports apart, by id, where an official has several.
    """
    from rich.text import Text

    for row in listed:
        out.print()
        head = Text(f"{flat(row.name)}  ", style="bold")
        told = line((wording.kind(row), row.unit, wording.scopes(row)), DIM)
        show(out, head + told, 2)
        for value in values:
            for one in row.of(value):
                own = figure(one, row.name, sources.get(one.report, ""))
                show(out, Text(padded(cut(value, _NAME), _NAME + 2)) + own, 4)


def figure(one: Figure, name: str, source: str) -> Text:
    """A figure with its name, where that is another than the row's, its time and place."""
    from rich.text import Text

    own = flat(one.name) if one.name != name else ""
    # What narrows it down mostly stands in its name.
    scope = wording.scope(replace(one, scope="") if one.scope in one.name else one)
    told = (scope, own, wording.time(one), flat(source) + number_of(one.passage))
    return Text(f"{one.text}  ", style="bold") + line(told, DIM)


LONG = (
    "figure", "kind", "official", "year", "year_told", "number", "unit", "as_written",
    "called", "scope", "report_title", "passage_number", "sentence",
)  # fmt: skip
"""Columns of the table with a line for each figure."""


def long_rows(found: FigureTable, language: str = "en", name: Callable[[str], str] = str) -> str:
    """The table as CSV with a line for each figure, its number as a number.

    ``language`` is that of what is said of years and scopes; ``name`` gives what an official is
    called.
    """
    titles = {info.id: title_of(info) for info in found.infos}
    header = [found.by if column == "official" else column for column in LONG]
    if found.by in {"year", "report"}:
        # Years are columns anyway, and so are reports.
        header[LONG.index("official")] = "group"
    return to_csv(header, _figures(found, titles, language, name))


def _figures(
    found: FigureTable, titles: Mapping[str, str], language: str, name: Callable[[str], str]
) -> Iterator[tuple[object, ...]]:
    for row in found.rows:
        kind = wording.kind_in_chinese(row) if language == "zh" else wording.kind(row)
        for value in found.values:
            for one in row.of(value):
                yield (
                    row.name, kind, name(value), one.year, wording.time(one, language),
                    one.number, one.unit, one.text, one.name,
                    wording.scope_in_row(one, row, language), titles[one.report],
                    number_of(one.passage).removeprefix("#"), one.sentence,
                )  # fmt: skip


def table_rows(found: FigureTable, language: str = "en", name: Callable[[str], str] = str) -> str:
    """The table as CSV: a line for each row, a column for each official, then more of each.

    ``language`` is that of what is said of years; ``name`` gives what an official is called.
    """
    names = [name(value) for value in found.values]
    ends = ("", wording.TIME, wording.NAME, wording.PASSAGE)
    own = (f"{official}{end}" for end in ends for official in names)
    header = ("figure", "kind", "unit", "scope", "officials", *own)
    return to_csv(header, _lines(found, language))


def _lines(found: FigureTable, language: str) -> Iterator[tuple[object, ...]]:
    for row in found.rows:
        kind = wording.kind_in_chinese(row) if language == "zh" else wording.kind(row)
        cells = [row.of(value) for value in found.values]
        yield (
            row.name, kind, row.unit, wording.scopes(row, language), row.values,
            *(_values(figures, language) for figures in cells),
            *(_BESIDE.join(wording.time(one, language) for one in figures) for figures in cells),
            *(_BESIDE.join(one.name for one in figures) for figures in cells),
            *(_BESIDE.join(one.passage for one in figures) for figures in cells),
        )  # fmt: skip


def _values(figures: Sequence[Figure], language: str) -> str:
    """The figures of a cell, each with its year, and whether it is a part of another."""
    marks = "（{}）" if language == "zh" else " ({})"
    blank = "" if language == "zh" else " "
    return _BESIDE.join(
        (f"{part}{blank}" if (part := wording.part(one, language)) else "")
        + one.text
        + (marks.format(one.year) if one.year else "")
        for one in figures
    )
