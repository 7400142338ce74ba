"""Characters with their places on pages become text: lines, columns, tables, paragraphs.

No PDF library is known here. ``lines.py`` makes lines of characters, ``tables.py`` finds tables,
``columns.py`` the reading order, ``margins.py`` what is not text, ``paragraphs.py`` joins lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from reportsearch.extract.pages.layout.columns import blocks_of
from reportsearch.extract.pages.layout.lines import Glyph, Page, Row, Rule, Segment, rows_of
from reportsearch.extract.pages.layout.margins import Sheet, drop_furniture, take_footnotes
from reportsearch.extract.pages.layout.paragraphs import Lane, Line, frames_of, paragraphs_of
from reportsearch.extract.pages.layout.tables import Cell, Table, aligned, following, ruled
from reportsearch.extract.pages.layout.text import HYPHEN

__all__ = ["Glyph", "Page", "Rule", "Sheet", "sheet_of", "text_of"]

_TABULATOR = 2.0
"""In a line that is no row of a table, a gap narrower than so many characters is a space."""
_SAME_BAND = 0.8
"""Lines nearer than this, in heights of a character, cannot stand below each other."""
_BELOW = 1.6
"""The next line of a cell is at most so far below."""
_TABLE_EM = 10.0
"""The size of a character that stands for a table."""
_TABLE_ROWS = 2
"""So many rows with gaps in the same places make a table."""


def sheet_of(page: Page) -> Sheet:
    """The lines and ruled tables of a page: much less than its characters."""
    glyphs, tables = ruled(page)
    return Sheet(page.width, page.height, rows_of(glyphs), tables, page.scanned)


def text_of(sheets: Sequence[Sheet]) -> str:
    """The text of all pages, a paragraph or table row a line, cells apart by a tabulator."""
    em = _usual_size(sheets)
    drop_furniture(sheets, em)
    for sheet in sheets:
        take_footnotes(sheet, em)
    flow: list[Line | Table] = []
    gutter = None
    for number, sheet in enumerate(sheets):
        gutter = _read(sheet, number, gutter, flow)
    frames = frames_of(item for item in flow if isinstance(item, Line))
    lines: list[str] = []
    for kind, items in groupby(flow, type):
        if kind is Line:
            lines += paragraphs_of([item for item in items if isinstance(item, Line)], frames)
            continue
        rows: list[list[Cell]] = []
        page = -1
        for part in items:
            if isinstance(part, Table):
                rows += following(rows, part.rows) if rows and part.page > page else part.rows
                page = part.page
        lines += ["\t".join(cell.text for cell in row) for row in rows]
    lines += [note for sheet in sheets for note in sheet.notes]
    return "\n".join(line.rstrip(" ").replace(HYPHEN, "-") for line in lines)


def _usual_size(sheets: Iterable[Sheet]) -> float:
    """The size in which most of the text is written."""
    counts: dict[float, int] = {}
    for sheet in sheets:
        for row in sheet.rows:
            for segment in row:
                size = round(segment.em * 2) / 2
                counts[size] = counts.get(size, 0) + len(segment.text)
    return max(counts, key=lambda size: counts[size], default=0.0)


def _read(
    sheet: Sheet, number: int, gutter: float | None, flow: list[Line | Table]
) -> float | None:
    """Add the lines and tables of a page in reading order; where its columns are parted."""
    # For the order a table is like one large character.
    tables = [
        (table, Segment("", table.x0, table.x1, table.top, table.bottom, _TABLE_EM))
        for table in sheet.tables
    ]
    stands_for = {id(segment): table for table, segment in tables}
    rows = [*sheet.rows, *([segment] for _, segment in tables)]
    rows.sort(key=lambda row: row[0].middle)
    blocks, gutter = blocks_of(rows, known=gutter)
    for place, block in blocks:
        # On scans the text stands somewhere else on each page.
        lane: Lane = (number if sheet.scanned else -1, round(sheet.width), *place)
        for table, group in groupby(block, lambda row: stands_for.get(id(row[0]))):
            if table is not None:
                table.page = number
                flow.append(table)
                continue
            for bands in _groups(list(group)):
                cells = aligned(bands) if _is_tabular(bands) else None
                part = [row for band in bands for row in band]
                if cells is None:
                    flow += [_line(row, number, lane, sheet.scanned) for row in part]
                else:
                    first, last = part[0][0], part[-1][-1]
                    flow.append(Table(first.x0, first.top, last.x1, last.bottom, cells, number))
    return gutter


Band = list[Row]


def _groups(rows: Sequence[Row]) -> list[list[Band]]:
    """The rows in bands, and those in which there are gaps with what may go on in a cell below."""
    bands: list[Band] = []
    for row in rows:
        if bands and row[0].middle - bands[-1][-1][0].middle < _SAME_BAND * row[0].em:
            bands[-1].append(row)
        else:
            bands.append([row])
    groups: list[list[Band]] = []
    for band in bands:
        open_group = bool(groups) and _has_gaps(groups[-1][0])
        if open_group and (_has_gaps(band) or _may_go_on(groups[-1], band[0])):
            groups[-1].append(band)
        else:
            groups.append([band])
    return groups


def _has_gaps(band: Band) -> bool:
    return len(band) > 1 or len(band[0]) > 1


def _is_tabular(bands: Sequence[Band]) -> bool:
    return len(bands) >= _TABLE_ROWS or len(bands[0]) > 1


def _may_go_on(group: Sequence[Band], row: Row) -> bool:
    """Whether a row without gaps lies below just one of the cells above it."""
    (part,) = row
    above = [cell for band in group for line in band for cell in line]
    over = sorted((cell.x0, cell.x1) for cell in above if cell.x0 < part.x1 and cell.x1 > part.x0)
    overlap = all(after[0] < before[1] for before, after in pairwise(over))
    near = part.middle - group[-1][-1][-1].middle < _BELOW * part.em
    return bool(over) and overlap and near


def _line(row: Row, number: int, lane: Lane, scanned: bool) -> Line:
    if len(row) == 1:
        return Line(row[0], number, lane, scanned, apart=False)
    text = row[0].text
    apart = False
    for before, part in pairwise(row):
        wide = part.x0 - before.x1 > _TABULATOR * part.em
        apart = apart or wide
        text = text.rstrip() + ("\t" if wide else " ") + part.text.lstrip(" ")
    whole = Segment(
        text,
        row[0].x0,
        row[-1].x1,
        min(part.top for part in row),
        max(part.bottom for part in row),
        max(part.em for part in row),
        row[0].unit,
        row[0].hang,
    )
    return Line(whole, number, lane, scanned, apart)
