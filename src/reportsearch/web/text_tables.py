"""Tables in a report's text, rebuilt from lines with cells separated by tabs, bars or wide gaps.

The readers turn each row of a table into a line with tabs between the cells, and into a separate
passage. Markdown uses bars, plain text gaps. This module turns such lines back into rows without
moving any character. Empty cells at the ends of a row leave no trace in its line, so a row with
fewer cells than the others is shown whole instead of under heads that may be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from reportsearch.models.report import Passage
from reportsearch.web.report_view import DisplayedPassage, PassageBlock

_TAB = re.compile(r"[^\S\t]*+[^\t\s][^\t]*+\t.*\S")
_BAR = re.compile(r"\s*\|.*\|\s*")
_RULE = re.compile(r"[\s|:-]+")
_GAPPED = re.compile(
    r"(?=[^。；，！？|\t]*+\Z)"
    r"[^。；，！？|\t]*[^\s。；，！？|\t][ \u3000]{2,}[^\s。；，！？|\t][^。；，！？|\t]*"
)
_NUMBER = re.compile(r"[\s\d.,，%％*＊/×+–—-]+")
_MIN_ROWS = 2
_MIN_ROWS_OF_TWO_COLUMNS = 3
"""The fewest rows of a two-column table with gaps; two such lines can be anything."""
_SEPARATORS = {
    "tab": re.compile(r"\t"),
    "bar": re.compile(r"\|"),
    "gap": re.compile(r"[ \u3000]{2,}"),
}
_BLANK = " \u3000\xa0\r"


@dataclass(frozen=True, slots=True)
class TextTableCell:
    """A cell: its text and the offset of that in the report's clean text."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class TextTableRow:
    """A row: its passage and cells; a ``whole`` row spans all columns.

    If ``anchored``, the address of the passage leads here instead of to a heading before the table.
    """

    passage: Passage
    cells: tuple[TextTableCell, ...]
    whole: bool
    anchored: bool


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of rows. ``head`` is the first one if it names the columns.

    ``rules`` are the passages of lines that only separate the head from the rest.
    """

    columns: int
    head: TextTableRow | None
    rows: tuple[TextTableRow, ...]
    rules: tuple[int, ...]

    @property
    def first(self) -> int:
        """Return the passage number of the first row."""
        return (self.head or self.rows[0]).passage.number

    @property
    def last(self) -> int:
        """Return the passage number of the last row."""
        return self.rows[-1].passage.number


@dataclass(frozen=True, slots=True)
class _TextTableLine:
    """A line of a passage, or a block with a heading, which is not a row."""

    passage: Passage
    block: PassageBlock
    kind: str
    anchored: bool


def separate_tables(shown: Iterable[DisplayedPassage]) -> list[DisplayedPassage | TextTable]:
    """Return passages and tables in order; a passage that starts with a heading can be in both."""
    lines = [line for one in shown for line in _iter_lines(one)]
    found: list[DisplayedPassage | TextTable] = []
    plain: list[_TextTableLine] = []
    for kind, group in groupby(lines, key=lambda line: line.kind):
        run = list(group)
        table = _build_table(kind, run) if kind else None
        if table is None:
            plain += run
            continue
        found += _iter_passages(plain, leading=run[0])
        plain = []
        found.append(table)
    return [*found, *_iter_passages(plain)]


def _iter_lines(one: DisplayedPassage) -> Iterator[_TextTableLine]:
    anchored = True
    for block in one.blocks:
        if block.head:
            yield _TextTableLine(one.passage, block, "", anchored)
            anchored = False
            continue
        at = block.start
        for text in block.text.split("\n"):
            yield _TextTableLine(
                one.passage, PassageBlock(text, at), _detect_separator(text), anchored
            )
            anchored = False
            at += len(text) + 1


def _detect_separator(text: str) -> str:
    if _TAB.fullmatch(text):
        return "tab"
    if _BAR.fullmatch(text):
        return "bar"
    return "gap" if _GAPPED.fullmatch(text) else ""


def _iter_passages(
    lines: list[_TextTableLine], leading: _TextTableLine | None = None
) -> Iterator[DisplayedPassage]:
    """Yield lines as passages again; the one that ``leading`` continues is not closed."""
    for number, group in groupby(lines, key=lambda line: line.passage.number):
        run = list(group)
        goes_on = leading is not None and leading.passage.number == number
        yield DisplayedPassage(
            run[0].passage, tuple(_join_lines(run)), run[0].anchored, not goes_on
        )


def _join_lines(lines: list[_TextTableLine]) -> Iterator[PassageBlock]:
    """Join consecutive lines of a text into one block."""
    joined: PassageBlock | None = None
    for line in lines:
        block = line.block
        if (
            joined
            and not joined.head
            and not block.head
            and joined.start + len(joined.text) + 1 == block.start
        ):
            joined = PassageBlock(f"{joined.text}\n{block.text}", joined.start)
            continue
        if joined:
            yield joined
        joined = block
    if joined:
        yield joined


def _build_table(kind: str, lines: list[_TextTableLine]) -> TextTable | None:
    """Build a table from lines; None if they are not a table."""
    rules = [line for line in lines if _is_rule(line.block.text)]
    row_lines = [line for line in lines if not _is_rule(line.block.text)]
    cells = [_split_cells(kind, line.block) for line in row_lines]
    columns = max(map(len, cells), default=0)
    alike = sum(len(row) == columns for row in cells)
    least = _MIN_ROWS_OF_TWO_COLUMNS if kind == "gap" and columns == 2 else _MIN_ROWS
    if columns < 2 or alike < least or (kind == "gap" and alike < len(cells)):
        return None
    rows = tuple(
        TextTableRow(
            line.passage,
            row if len(row) == columns else (TextTableCell(line.block.text, line.block.start),),
            len(row) != columns,
            line.anchored,
        )
        for line, row in zip(row_lines, cells, strict=True)
    )
    first = rows[0]
    has_head = not first.whole and not any(_NUMBER.fullmatch(cell.text) for cell in first.cells)
    return TextTable(
        columns,
        first if has_head else None,
        rows[1:] if has_head else rows,
        tuple(line.passage.number for line in rules if line.anchored),
    )


def _is_rule(text: str) -> bool:
    """Check for a line that only separates the head from the rest: |---|---|."""
    return "--" in text and _RULE.fullmatch(text) is not None


def _split_cells(kind: str, block: PassageBlock) -> tuple[TextTableCell, ...]:
    """Split a line into its cells, without surrounding blanks."""
    text = block.text.rstrip(_BLANK)
    at = len(text) - len(text.lstrip(_BLANK))
    cells = []
    for separator in _SEPARATORS[kind].finditer(text, at):
        cells.append(_build_cell(text, block.start, at, separator.start()))
        at = separator.end()
    cells.append(_build_cell(text, block.start, at, len(text)))
    # Drop the empty cells before the first bar and after the last.
    return tuple(cells[1:-1] if kind == "bar" else cells)


def _build_cell(text: str, start: int, first: int, last: int) -> TextTableCell:
    cell = text[first:last]
    indent = len(cell) - len(cell.lstrip(_BLANK))
    return TextTableCell(cell.strip(_BLANK), start + first + indent)
