"""Detection of tables, by ruling lines or by the alignment of rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportsearch.extract.pages.layout.join_lines import join_lines
from reportsearch.extract.pages.layout.lines import (
    Glyph,
    LayoutPage,
    Rule,
    SegmentRow,
    TextSegment,
    build_rows,
)

_TOUCH_DISTANCE = 3.0
"""Distance in points up to which drawn lines count as one, or as meeting."""
_PADDING = 5.4
"""Distance between the edge of a cell and its text in points, as set by Word."""
_SHORT_LINE_SLACK = 0.5
"""In widths; a line of a cell ended early if the next piece and this much more would have fit."""
_MAX_CROSSINGS = 4_000_000
_MAX_CELLS = 5_000
"""Limits beyond which a page was made to keep a machine busy."""
_MAX_ROW_LINE_DISTANCE = 1.6
"""Maximum distance of lines in the same row, in character heights."""


class LayoutCell(NamedTuple):
    """The text of a cell, the free space on its last line, and its first unbreakable piece."""

    text: str = ""
    room: float = 0.0
    first_unit: float = 0.0


@dataclass(slots=True)
class LayoutTable:
    """A table, or the part of one that is on a page. Each row is a list of cells."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: list[list[LayoutCell]]
    page: int = 0


@dataclass(slots=True)
class _RulingLine:
    at: float
    start: float
    end: float


def extract_ruled_tables(page: LayoutPage) -> tuple[list[Glyph], list[LayoutTable]]:
    """Extract the tables drawn with lines from a page; return the other characters, and tables."""
    glyphs = page.glyphs
    tables: list[LayoutTable] = []
    for level, upright in _group_connected(page.rules):
        grid = _TableGrid(level, upright)
        if not grid.is_table():
            continue
        inside: list[Glyph] = []
        outside: list[Glyph] = []
        for glyph in glyphs:
            (inside if grid.contains(glyph) else outside).append(glyph)
        rows = grid.build_rows(inside)
        if rows:
            glyphs = outside
            tables.append(LayoutTable(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1], rows))
    return glyphs, tables


def _group_connected(rules: Sequence[Rule]) -> list[tuple[list[_RulingLine], list[_RulingLine]]]:
    """Group drawn lines that meet."""
    level = _merge_lines(
        _RulingLine(rule.top, rule.x0, rule.x1) for rule in rules if rule.top == rule.bottom
    )
    upright = _merge_lines(
        _RulingLine(rule.x0, rule.top, rule.bottom) for rule in rules if rule.x0 == rule.x1
    )
    if len(level) * len(upright) > _MAX_CROSSINGS:
        return []
    parents = list(range(len(level) + len(upright)))
    for i, across in enumerate(level):
        for j, down in enumerate(upright, len(level)):
            if (
                across.start - _TOUCH_DISTANCE <= down.at <= across.end + _TOUCH_DISTANCE
                and down.start - _TOUCH_DISTANCE <= across.at <= down.end + _TOUCH_DISTANCE
            ):
                parents[_find_root(parents, i)] = _find_root(parents, j)
    groups: dict[int, tuple[list[_RulingLine], list[_RulingLine]]] = {}
    for i, line in enumerate([*level, *upright]):
        group = groups.setdefault(_find_root(parents, i), ([], []))
        group[i >= len(level)].append(line)
    return [group for group in groups.values() if group[0] and group[1]]


def _find_root(parents: list[int], i: int) -> int:
    while parents[i] != i:
        parents[i] = i = parents[parents[i]]
    return i


def _merge_lines(lines: Iterable[_RulingLine]) -> list[_RulingLine]:
    """Merge lines that overlap or continue each other."""
    merged: list[_RulingLine] = []
    level: list[_RulingLine] = []
    for line in sorted(lines, key=lambda line: line.at):
        if level and line.at - level[0].at > _TOUCH_DISTANCE:
            merged.extend(_chain_lines(level))
            level = []
        level.append(line)
    return merged + _chain_lines(level)


def _chain_lines(lines: list[_RulingLine]) -> list[_RulingLine]:
    chained: list[_RulingLine] = []
    for line in sorted(lines, key=lambda line: line.start):
        if chained and line.start - chained[-1].end <= _TOUCH_DISTANCE:
            chained[-1].end = max(chained[-1].end, line.end)
        else:
            chained.append(_RulingLine(line.at, line.start, line.end))
    return chained


def _merge_positions(values: Iterable[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _TOUCH_DISTANCE:
            places.append(value)
    return places


class _TableGrid:
    """The cells between lines that meet. Cells without a line between them are merged."""

    def __init__(self, level: list[_RulingLine], upright: list[_RulingLine]) -> None:
        self._level, self._upright = level, upright
        # If the sides of a table are open, they are where the horizontal lines end.
        ends = [end for line in level for end in (line.start, line.end)]
        sides = [end for line in upright for end in (line.start, line.end)]
        self.xs = _merge_positions([*(line.at for line in upright), min(ends), max(ends)])
        self.ys = _merge_positions([*(line.at for line in level), min(sides), max(sides)])

    def is_table(self) -> bool:
        """Return whether there are at least two cells. A frame around text is not a table."""
        cells = (len(self.xs) - 1) * (len(self.ys) - 1)
        return 1 < cells <= _MAX_CELLS and len(set(self._find_regions())) > 1

    def contains(self, glyph: Glyph) -> bool:
        """Return whether a character is inside."""
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def _find_regions(self) -> list[int]:
        """Return for each cell, row by row, the first of the cells that it is merged with."""
        columns, rows = len(self.xs) - 1, len(self.ys) - 1
        parents = list(range(columns * rows))

        def merge(one: int, other: int) -> None:
            one, other = _find_root(parents, one), _find_root(parents, other)
            parents[max(one, other)] = min(one, other)

        for row in range(rows):
            y = (self.ys[row] + self.ys[row + 1]) / 2
            for column in range(columns):
                x = (self.xs[column] + self.xs[column + 1]) / 2
                cell = row * columns + column
                if column + 1 < columns and not _has_line_at(self._upright, self.xs[column + 1], y):
                    merge(cell, cell + 1)
                if row + 1 < rows and not _has_line_at(self._level, self.ys[row + 1], x):
                    merge(cell, cell + columns)
        return [_find_root(parents, cell) for cell in range(columns * rows)]

    def build_rows(self, glyphs: Iterable[Glyph]) -> list[list[LayoutCell]]:
        """Build the rows of cells. Of cells merged vertically, only the first has text."""
        columns = len(self.xs) - 1
        regions = self._find_regions()
        found: dict[int, list[Glyph]] = {}
        for glyph in glyphs:
            x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
            column = min(max(bisect_right(self.xs, x) - 1, 0), columns - 1)
            row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
            found.setdefault(regions[row * columns + column], []).append(glyph)
        right = {region: cell % columns for cell, region in enumerate(regions)}
        rows = []
        for start in range(0, len(regions), columns):
            cells: dict[int, LayoutCell] = {}
            for region in regions[start : start + columns]:
                x0, x1 = self.xs[region % columns], self.xs[right[region] + 1]
                if region not in cells:
                    here = found.get(region, ()) if region >= start else ()
                    cells[region] = _build_cell(here, x0, x1)
            if any(cell.text for cell in cells.values()):
                rows.append(list(cells.values()))
        return rows


def _has_line_at(lines: Iterable[_RulingLine], at: float, along: float) -> bool:
    return any(
        abs(line.at - at) <= _TOUCH_DISTANCE and line.start <= along <= line.end for line in lines
    )


def _build_cell(glyphs: Iterable[Glyph], x0: float, x1: float) -> LayoutCell:
    """Build a cell on one line, with broken lines joined and spaces between paragraphs."""
    text = ""
    room = unit = 0.0
    for row in build_rows(glyphs):
        line = " ".join(segment.text.strip() for segment in row)
        needed = row[0].first_unit + _SHORT_LINE_SLACK * row[0].em
        if not text:
            text, unit = line, needed
        elif room > needed:
            text = f"{text} {line}"
        else:
            text = join_lines(text, line)
        room = _measure_room(row[-1], x0 + _PADDING, x1 - _PADDING)
    return LayoutCell(text, room, unit)


def _measure_room(line: TextSegment, left: float, right: float) -> float:
    """Return the free space on a line: to the right, or on both sides if it is centred."""
    before, after = line.x0 - left, right - line.x1
    return before + after if abs(before - after) < line.em else after


def continue_table(
    table: list[list[LayoutCell]], part: list[list[LayoutCell]]
) -> list[list[LayoutCell]]:
    """Return the rows of a table's part on the next page, without the repeated header.

    Joins the rest of a row that was broken across the pages to the table's last row.
    """
    same = 0
    for row, before in zip(part, table, strict=False):
        if [cell.text for cell in row] != [cell.text for cell in before]:
            break
        same += 1
    rows = part[same:]
    if rows and _is_row_rest(table[-1], rows[0]):
        table[-1] = _join_rows(table[-1], rows[0])
        return rows[1:]
    return rows


def _is_row_rest(above: Sequence[LayoutCell], below: Sequence[LayoutCell]) -> bool:
    """Return whether a row is the rest of another, with all its cells continuing full ones."""
    if len(above) != len(below) or all(cell.text for cell in below):
        return False
    return all(
        before.text and before.room <= cell.first_unit
        for before, cell in zip(above, below, strict=True)
        if cell.text
    )


def align_rows(bands: Sequence[Sequence[SegmentRow]]) -> list[list[LayoutCell]] | None:
    """Return the cells of consecutive rows with gaps, or None if they are not aligned.

    A band is the lines next to each other, half a line off if a cell has more lines than another. A
    band that continues full cells belongs to the row above it.
    """
    columns = _find_columns(row for band in bands for row in band)
    if len(columns) < 2:
        return None
    found: list[list[LayoutCell]] = []
    below = 0.0
    for band in bands:
        cells = [LayoutCell()] * len(columns)
        for row in band:
            line = [LayoutCell()] * len(columns)
            for segment in row:
                column = next(i for i, (_, end) in enumerate(columns) if segment.x0 <= end)
                if line[column].text:
                    return None
                room = columns[column][1] - segment.x1
                line[column] = LayoutCell(
                    segment.text.strip(), room, segment.first_unit + _SHORT_LINE_SLACK * segment.em
                )
            cells = _join_rows(cells, line)
        first = band[0][0]
        if (
            found
            and first.middle - below < _MAX_ROW_LINE_DISTANCE * first.em
            and _is_row_rest(found[-1], cells)
        ):
            found[-1] = _join_rows(found[-1], cells)
        else:
            found.append(cells)
        below = band[-1][0].middle
    return found


def _join_rows(above: Sequence[LayoutCell], below: Sequence[LayoutCell]) -> list[LayoutCell]:
    """Join a row and the rest of it."""
    return [
        LayoutCell(
            join_lines(before.text, cell.text), cell.room, before.first_unit or cell.first_unit
        )
        if cell.text
        else before
        for before, cell in zip(above, below, strict=True)
    ]


def _find_columns(rows: Iterable[SegmentRow]) -> list[tuple[float, float]]:
    """Return the horizontal ranges covered by the segments of all rows, with gaps between them."""
    columns: list[tuple[float, float]] = []
    for x0, x1 in sorted((segment.x0, segment.x1) for row in rows for segment in row):
        if columns and x0 <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns
