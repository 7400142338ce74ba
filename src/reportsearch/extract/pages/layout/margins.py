"""Text in the margins of pages: page numbers, running heads, footnotes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportsearch.extract.pages.layout.join_lines import join_lines
from reportsearch.extract.pages.layout.lines import RAISED, RAISED_END, SegmentRow
from reportsearch.extract.pages.layout.tables import LayoutTable

_MARGIN_ZONE = 0.12
"""Share of the page's height at the top and bottom that contains heads and feet."""
_MAX_MARGIN_LINES = 2
"""Number of first or last lines of a page that can be heads or feet."""
_MIN_PAGE_SHARE = 0.5
"""Share of the pages, or of the even or odd ones, that have a running head."""
_MAX_HEIGHT_DIFFERENCE = 0.01
"""Maximum difference in position of a running head, as a share of the page's height."""
_MAX_HEAD_SIZE = 1.1
"""Maximum size of a running head relative to the text, beyond which it is a title."""
_MAX_FOOTNOTE_SIZE = 0.92
"""Maximum size of a footnote relative to the text."""

_NUMBER = re.compile(r"\d+")
_DASHES = r"—–―－─~～·•\-"
_PAGE_NUMBER = re.compile(
    rf"[{_DASHES}]+\d{{1,4}}[{_DASHES}]+"
    r"|第?\d{1,4}(?:页|[/／])[,，/／|｜]?(?:共?\d{1,4}页?)?"
    r"|第\d{1,4}页?[,，]?共\d{1,4}页?"
    r"|第[一二三四五六七八九十百]{1,5}页(?:[,，/]?共[一二三四五六七八九十百]{1,5}页)?"
    r"|page\d{1,4}(?:of\d{1,4})?",
    re.IGNORECASE,
)
_NOTE = re.compile(rf"{RAISED}?(\[?\d{{1,3}}\]?|\[?[①-⑳ivx]{{1,5}}\]?){RAISED_END}?[\s、.]*(?=\S)")
_RAISED = re.compile(f"{RAISED}([^\n{RAISED}{RAISED_END}]*+){RAISED_END}")


@dataclass(slots=True)
class PageLayout:
    """A page's lines and tables, from top to bottom."""

    width: float
    height: float
    rows: list[SegmentRow]
    tables: list[LayoutTable]
    scanned: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _MarginLine:
    """A line at the edge of a page."""

    page: int
    row: SegmentRow
    text: str
    numbers: list[int]


def remove_running_heads(sheets: Sequence[PageLayout], em: float) -> None:
    """Remove page numbers and running heads from pages. ``em`` is the size of the text."""
    groups: dict[tuple[bool, str], list[_MarginLine]] = defaultdict(list)
    dropped: dict[int, set[int]] = defaultdict(set)
    for number, sheet in enumerate(sheets):
        for at_top, row in _find_margin_lines(sheet):
            text = _NUMBER.sub("#", written := "".join(_join_row_text(row).split()))
            numbers = [int(found[-9:]) for found in _NUMBER.findall(written)]
            edge = _MarginLine(number, row, text, numbers)
            alone = text == "#" and numbers == [number + 1]
            if alone or _PAGE_NUMBER.fullmatch(written):
                dropped[number].add(id(row))
            elif max(segment.em for segment in row) <= _MAX_HEAD_SIZE * em:
                groups[at_top, text].append(edge)
    for edges in groups.values():
        for group in _group_alike(edges, sheets):
            if _is_running_head({edge.page for edge in group}, len(sheets)):
                for edge in group:
                    dropped[edge.page].add(id(edge.row))
    for number, gone in dropped.items():
        sheets[number].rows = [row for row in sheets[number].rows if id(row) not in gone]


def _join_row_text(row: SegmentRow) -> str:
    return _RAISED.sub(r"\1", "\t".join(segment.text.strip() for segment in row))


def _find_margin_lines(sheet: PageLayout) -> list[tuple[bool, SegmentRow]]:
    """Return the outermost lines in the margins of a page, and whether each is at the top."""
    first = min((table.top for table in sheet.tables), default=sheet.height)
    last = max((table.bottom for table in sheet.tables), default=0.0)
    top = [
        (True, row)
        for row in sheet.rows[:_MAX_MARGIN_LINES]
        if row[0].middle < min(_MARGIN_ZONE * sheet.height, first)
    ]
    bottom = [
        (False, row)
        for row in sheet.rows[-_MAX_MARGIN_LINES:]
        if row[0].middle > max((1 - _MARGIN_ZONE) * sheet.height, last)
    ]
    return top + bottom


def _group_alike(
    edges: Sequence[_MarginLine], sheets: Sequence[PageLayout]
) -> list[list[_MarginLine]]:
    """Group lines with the same text and height whose numbers are constant or count pages."""
    groups: list[list[_MarginLine]] = []
    by_height = sorted(edges, key=lambda edge: edge.row[0].middle)
    for edge in by_height:
        last = groups[-1][-1] if groups else None
        near = _MAX_HEIGHT_DIFFERENCE * sheets[edge.page].height
        if last is not None and edge.row[0].middle - last.row[0].middle < near:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    counted: list[list[_MarginLine]] = []
    for group in groups:
        # Find the most common numbering: constant, or the page on which each number would be 0.
        ways: dict[tuple[tuple[str, int], ...], list[_MarginLine]] = defaultdict(list)
        for edge in group:
            for way in _list_numberings(edge):
                ways[way].append(edge)
        counted.append(max(ways.values(), key=len))
    return counted


def _list_numberings(edge: _MarginLine) -> list[tuple[tuple[str, int], ...]]:
    ways: list[tuple[tuple[str, int], ...]] = [()]
    for number in edge.numbers[:3]:
        ways = [
            (*way, more)
            for way in ways
            for more in (("stays", number), ("counts", number - edge.page))
        ]
    return ways


def _is_running_head(on: set[int], pages: int) -> bool:
    if len(on) < 2:
        return False
    if len(on) >= _MIN_PAGE_SHARE * pages:
        return True
    parities = {page % 2 for page in on}
    return len(parities) == 1 and len(on) >= _MIN_PAGE_SHARE * len(range(parities.pop(), pages, 2))


def extract_footnotes(sheet: PageLayout, em: float) -> None:
    """Move the footnotes of a page from its foot to ``sheet.notes``, and bracket their numbers."""
    raised = {
        number.strip("[]")
        for row in sheet.rows
        for segment in row
        for number in _RAISED.findall(segment.text)
    }
    raised |= {
        number.strip("[]")
        for table in sheet.tables
        for row in table.rows
        for cell in row
        for number in _RAISED.findall(cell.text)
    }
    start = None
    for i in range(len(sheet.rows) - 1, -1, -1):
        row = sheet.rows[i]
        if row[0].em > _MAX_FOOTNOTE_SIZE * em:
            break
        number = _NOTE.match(row[0].text)
        if number and number[1].strip("[]") in raised:
            start = i
    known = set()
    if start is not None:
        for row in sheet.rows[start:]:
            text = _join_row_text(row)
            number = _NOTE.match(row[0].text)
            if number and number[1].strip("[]") in raised:
                name = number[1].strip("[]")
                known.add(name)
                sheet.notes.append(f"[{name}] {_NOTE.sub('', text, count=1)}")
            else:
                sheet.notes[-1] = join_lines(sheet.notes[-1], text)
        del sheet.rows[start:]

    def bracket_number(found: re.Match[str]) -> str:
        name = found[1].strip("[]")
        return f"[{name}]" if name in known else found[1]

    for row in sheet.rows:
        for segment in row:
            segment.text = _RAISED.sub(bracket_number, segment.text)
    for table in sheet.tables:
        table.rows = [
            [cell._replace(text=_RAISED.sub(bracket_number, cell.text)) for cell in row]
            for row in table.rows
        ]
