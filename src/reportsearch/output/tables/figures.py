"""Table of the figures within a portfolio, with one row for figures of similar meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reportsearch.locale import CHINESE, ENGLISH, Translator
from reportsearch.locale.columns import COLUMN, ENDINGS
from reportsearch.models.portfolios import Figure, FigureRow, FigureTable
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.figures import (
    describe_kind,
    describe_part,
    describe_scope,
    describe_scope_in_row,
    describe_scopes,
    format_time,
    label_sources,
)
from reportsearch.output.prose.formatting import format_passage_number, format_title
from reportsearch.output.prose.joining import put_in_brackets
from reportsearch.output.tables.cells import collapse_blanks, count_groups, pad_text, truncate_text
from reportsearch.output.terminal import (
    DIM,
    LIMIT_OR_CSV,
    create_console,
    join_facts,
    paint,
    print_more,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_NAME_WIDTH = 26


def print_table(found: FigureTable, t: Translator, limit: int) -> None:
    """Print each row with the figures of the officials who report it."""
    out = create_console()
    reports = t.ngettext("{number} report", "{number} reports", found.reports)
    facts = (count_groups(len(found.values), found.by, t), reports)
    print_text(out, paint(f"{found.portfolio}  ", "bold") + join_facts(facts, DIM))
    if not found.rows:
        print_text(out, t("No figure is reported by more than one; --figures all shows all"))
        return
    print_rows(out, found.rows[:limit], found.values, label_sources(found.infos, found.by), t)
    print_more(out, len(found.rows) - limit, LIMIT_OR_CSV, t)


def print_rows(
    out: Console,
    listed: Sequence[FigureRow],
    values: Sequence[str],
    sources: Mapping[str, str],
    t: Translator,
) -> None:
    """Print rows one below the other, with one line per figure.

    ``sources`` maps ids to labels that distinguish the reports of an official with several.
    """
    for row in listed:
        out.print()
        head = paint(f"{collapse_blanks(row.name)}  ", "bold")
        about = (describe_kind(row, t), row.unit, describe_scopes(row, t))
        facts = join_facts(about, DIM)
        print_text(out, head + facts, 2)
        for value in values:
            for one in row.select_figures(value):
                own = format_figure(one, row.name, sources.get(one.report, ""), t)
                print_text(
                    out,
                    paint(pad_text(truncate_text(value, _NAME_WIDTH), _NAME_WIDTH + 2)) + own,
                    4,
                )


def format_figure(one: Figure, name: str, source: str, t: Translator) -> Text:
    """Format a figure with its time and place, and its name if that differs from the row's."""
    own = collapse_blanks(one.name) if one.name != name else ""
    # The name usually includes the scope already.
    scope = describe_scope(replace(one, scope="") if one.scope in one.name else one, t)
    facts = (
        scope,
        own,
        format_time(one, t),
        collapse_blanks(source) + format_passage_number(one.passage),
    )
    return paint(f"{one.text}  ", "bold") + join_facts(facts, DIM)


LONG_COLUMNS = (
    "figure", "kind", "official", "year", "year_told", "number", "unit", "as_written",
    "called", "scope", "report_title", "passage_number", "sentence",
)  # fmt: skip
"""The columns of the table with one row per figure."""


def format_long_csv(
    found: FigureTable, t: Translator | None = None, name: Callable[[str], str] = str
) -> str:
    """Format the table as CSV with one row per figure, its number as a number.

    ``name`` returns the display name of an official.
    """
    notes = _get_notes(t)
    titles = {info.id: format_title(info, notes) for info in found.infos}
    header = [found.by if column == "official" else column for column in LONG_COLUMNS]
    if found.by in {"year", "report"}:
        # Years and reports have their own columns.
        header[LONG_COLUMNS.index("official")] = "group"
    return to_csv(header, _iter_long_rows(found, titles, notes, name), t)


def _iter_long_rows(
    found: FigureTable, titles: Mapping[str, str], t: Translator, name: Callable[[str], str]
) -> Iterator[tuple[object, ...]]:
    for row in found.rows:
        for value in found.values:
            for one in row.select_figures(value):
                yield (
                    row.name, describe_kind(row, t), name(value), one.year,
                    format_time(one, t), one.number, one.unit, one.text, one.name,
                    describe_scope_in_row(one, row, t), titles[one.report],
                    format_passage_number(one.passage).removeprefix("#"), one.sentence,
                )  # fmt: skip


def _get_notes(t: Translator | None) -> Translator:
    """Return the translator of the notes on years and scopes; they are in English by default."""
    return t or Translator(ENGLISH)


def format_wide_csv(
    found: FigureTable, t: Translator | None = None, name: Callable[[str], str] = str
) -> str:
    """Format the table as CSV with one column per official, followed by details of each.

    ``name`` returns the display name of an official.
    """
    names = [name(value) for value in found.values]
    ends = ("", *(end if t is None else t.pgettext(COLUMN, end) for end in ENDINGS))
    own = (f"{official}{end}" for end in ends for official in names)
    header = ("figure", "kind", "unit", "scope", "officials", *own)
    return to_csv(header, _iter_wide_rows(found, _get_notes(t)), t)


def _iter_wide_rows(found: FigureTable, t: Translator) -> Iterator[tuple[object, ...]]:
    """Yield the rows; several figures of a cell are on separate lines, as are their times."""
    for row in found.rows:
        cells = [row.select_figures(value) for value in found.values]
        yield (
            row.name, describe_kind(row, t), row.unit,
            describe_scopes(row, t), row.values,
            *(_format_values(cell, t) for cell in cells),
            *("\n".join(format_time(one, t) for one in cell) for cell in cells),
            *("\n".join(one.name for one in cell) for cell in cells),
            *("\n".join(one.passage for one in cell) for cell in cells),
        )  # fmt: skip


def _format_values(figures: Sequence[Figure], t: Translator) -> str:
    """Format the figures of a cell, with their years, marking those that are part of another."""
    blank = "" if t.language == CHINESE else " "
    return "\n".join(
        (f"{part}{blank}" if (part := describe_part(one, t)) else "")
        + one.text
        + (put_in_brackets(t, str(one.year)) if one.year else "")
        for one in figures
    )
