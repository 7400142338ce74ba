"""Layout analysis: from characters with positions on pages to lines, columns, tables, paragraphs.

It does not depend on any PDF library. ``lines.py`` builds lines from characters, ``tables.py``
finds tables, ``columns.py`` the reading order, ``margins.py`` parts that are not running text, and
``paragraphs.py`` joins lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from reportsearch.extract.pages.layout.columns import split_columns
from reportsearch.extract.pages.layout.join_lines import HYPHEN
from reportsearch.extract.pages.layout.lines import (
    Glyph,
    LayoutPage,
    Rule,
    SegmentRow,
    TextSegment,
    build_rows,
)
from reportsearch.extract.pages.layout.margins import (
    PageLayout,
    extract_footnotes,
    remove_running_heads,
)
from reportsearch.extract.pages.layout.paragraphs import (
    FrameKey,
    LayoutLine,
    build_paragraphs,
    find_frames,
)
from reportsearch.extract.pages.layout.tables import (
    LayoutCell,
    LayoutTable,
    align_rows,
    continue_table,
    extract_ruled_tables,
)

__all__ = ["Glyph", "LayoutPage", "PageLayout", "Rule", "analyse_page", "build_text"]

_MIN_TAB_GAP = 2.0
"""In characters; outside of tables, a narrower gap in a line is a space."""
_MAX_BAND_DISTANCE = 0.8
"""In character heights; lines nearer than this cannot be one below the other."""
_MAX_CELL_LINE_DISTANCE = 1.6
"""Maximum distance of the next line in a cell."""
_TABLE_EM = 10.0
"""Character size that represents a table."""
_MIN_TABLE_ROWS = 2
"""Number of rows with gaps in the same places that make a table."""


def analyse_page(page: LayoutPage) -> PageLayout:
    """Find the lines and ruled tables of a page, which take far less memory than its characters."""
    glyphs, tables = extract_ruled_tables(page)
    return PageLayout(page.width, page.height, build_rows(glyphs), tables, page.scanned)


def build_text(sheets: Sequence[PageLayout]) -> str:
    """Build the text of all pages, one paragraph or table row per line, with tabs between cells."""
    em = _find_body_size(sheets)
    remove_running_heads(sheets, em)
    for sheet in sheets:
        extract_footnotes(sheet, em)
    flow: list[LayoutLine | LayoutTable] = []
    gutter = None
    for number, sheet in enumerate(sheets):
        gutter = _add_page(sheet, number, gutter, flow)
    frames = find_frames(item for item in flow if isinstance(item, LayoutLine))
    lines: list[str] = []
    for kind, items in groupby(flow, type):
        if kind is LayoutLine:
            lines += build_paragraphs(
                [item for item in items if isinstance(item, LayoutLine)], frames
            )
            continue
        rows: list[list[LayoutCell]] = []
        page = -1
        for part in items:
            if isinstance(part, LayoutTable):
                rows += continue_table(rows, part.rows) if rows and part.page > page else part.rows
                page = part.page
        lines += ["\t".join(cell.text for cell in row) for row in rows]
    lines += [note for sheet in sheets for note in sheet.notes]
    return "\n".join(line.rstrip(" ").replace(HYPHEN, "-") for line in lines)


def _find_body_size(sheets: Iterable[PageLayout]) -> float:
    """Return the font size of most of the text."""
    counts: dict[float, int] = {}
    for sheet in sheets:
        for row in sheet.rows:
            for segment in row:
                size = round(segment.em * 2) / 2
                counts[size] = counts.get(size, 0) + len(segment.text)
    return max(counts, key=lambda size: counts[size], default=0.0)


def _add_page(
    sheet: PageLayout, number: int, gutter: float | None, flow: list[LayoutLine | LayoutTable]
) -> float | None:
    """Add the lines and tables of a page in reading order; return its gutter between columns."""
    # For the order, a table is like one large character.
    tables = [
        (table, TextSegment("", table.x0, table.x1, table.top, table.bottom, _TABLE_EM))
        for table in sheet.tables
    ]
    stands_for = {id(segment): table for table, segment in tables}
    rows = [*sheet.rows, *([segment] for _, segment in tables)]
    rows.sort(key=lambda row: row[0].middle)
    blocks, gutter = split_columns(rows, previous_gutter=gutter)
    for place, block in blocks:
        # On scans the text is in a different position on each page.
        lane: FrameKey = (number if sheet.scanned else -1, round(sheet.width), *place)
        for table, group in groupby(block, lambda row: stands_for.get(id(row[0]))):
            if table is not None:
                table.page = number
                flow.append(table)
                continue
            for bands in _group_bands(list(group)):
                cells = align_rows(bands) if _is_tabular(bands) else None
                part = [row for band in bands for row in band]
                if cells is None:
                    flow += [_build_line(row, number, lane, sheet.scanned) for row in part]
                else:
                    first, last = part[0][0], part[-1][-1]
                    flow.append(
                        LayoutTable(first.x0, first.top, last.x1, last.bottom, cells, number)
                    )
    return gutter


Band = list[SegmentRow]


def _group_bands(rows: Sequence[SegmentRow]) -> list[list[Band]]:
    """Group rows into bands, and bands with gaps with those that may continue a cell below."""
    bands: list[Band] = []
    for row in rows:
        if bands and row[0].middle - bands[-1][-1][0].middle < _MAX_BAND_DISTANCE * row[0].em:
            bands[-1].append(row)
        else:
            bands.append([row])
    groups: list[list[Band]] = []
    for band in bands:
        open_group = bool(groups) and _has_gaps(groups[-1][0])
        if open_group and (_has_gaps(band) or _may_continue_cell(groups[-1], band[0])):
            groups[-1].append(band)
        else:
            groups.append([band])
    return groups


def _has_gaps(band: Band) -> bool:
    return len(band) > 1 or len(band[0]) > 1


def _is_tabular(bands: Sequence[Band]) -> bool:
    return len(bands) >= _MIN_TABLE_ROWS or len(bands[0]) > 1


def _may_continue_cell(group: Sequence[Band], row: SegmentRow) -> bool:
    """Return whether a row without gaps lies below exactly one of the cells above it."""
    (part,) = row
    above = [cell for band in group for line in band for cell in line]
    over = sorted((cell.x0, cell.x1) for cell in above if cell.x0 < part.x1 and cell.x1 > part.x0)
    overlap = all(after[0] < before[1] for before, after in pairwise(over))
    near = part.middle - group[-1][-1][-1].middle < _MAX_CELL_LINE_DISTANCE * part.em
    return bool(over) and overlap and near


def _build_line(row: SegmentRow, number: int, lane: FrameKey, scanned: bool) -> LayoutLine:
    if len(row) == 1:
        return LayoutLine(row[0], number, lane, scanned, has_cells=False)
    text = row[0].text
    apart = False
    for before, part in pairwise(row):
        wide = part.x0 - before.x1 > _MIN_TAB_GAP * part.em
        apart = apart or wide
        text = text.rstrip() + ("\t" if wide else " ") + part.text.lstrip(" ")
    whole = TextSegment(
        text,
        row[0].x0,
        row[-1].x1,
        min(part.top for part in row),
        max(part.bottom for part in row),
        max(part.em for part in row),
        row[0].first_unit,
        row[0].hang,
    )
    return LayoutLine(whole, number, lane, scanned, apart)
