"""Word files: paragraphs and tables in reading order, with Word's automatic numbering.

The text is that of the printed page with all tracked changes accepted, without what repeats on
each page. Text boxes follow the paragraph that anchors them; notes stand at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from reportsearch.errors import ExtractError
from reportsearch.extract.docx.notes import Notes
from reportsearch.extract.docx.numbering import Numbering
from reportsearch.extract.docx.package import BAD, DEEP, Package
from reportsearch.extract.docx.runs import Fields, Runs, blocks
from reportsearch.extract.docx.xml import W, number, switch, value

_P, _TABLE, _ROW, _CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_MARK = f"{W}pPr/{W}rPr"
_BLANK = " \t\u3000\xa0"
_GAP = re.compile(r"[\t\n]+")
# Tables in tables and boxes in boxes; Word's own limit is lower.
_DEEPEST = 30
_COLUMNS = 63
"""Word's most; also what stands for the columns of a table that does not say how many it has."""
_BASES = 50


def read(data: bytes) -> str:
    """The text of a .docx file, a paragraph or table row a line. Raises ExtractError."""
    package = Package(data)
    document = package.document()
    body = document.find(f"{W}body")
    if document.tag != f"{W}document" or body is None:
        raise ExtractError(BAD)
    try:
        return "\n".join(_Document(package, document).lines(body))
    except (ExtractError, MemoryError):
        raise
    except Exception as error:
        # A hostile file can make the libraries raise anything.
        raise ExtractError(BAD) from error


_PARAGRAPHS, _LONG_CELL = 4, 80
"""A cell of so many paragraphs and more characters is text, and no entry of a table."""


class _Document:
    """The parts of a document that its text depends on."""

    def __init__(self, package: Package, document: Any) -> None:
        styles = package.related("styles")
        footnotes, endnotes = package.related("footnotes"), package.related("endnotes")
        roots = [root for root in (document, footnotes, endnotes) if root is not None]
        settings = package.related("settings") if len(roots) > 1 else None
        self._numbering = Numbering(package.related("numbering"), styles)
        self._footnotes = Notes("footnote", footnotes, settings, document)
        self._endnotes = Notes("endnote", endnotes, settings, document)
        self._runs = Runs(self._footnotes, self._endnotes, _hidden_styles(styles), roots)
        self._depth = 0

    def lines(self, body: Any) -> Iterator[str]:
        """The lines of the body, then those of the notes."""
        yield from self._story(body, Fields())
        for notes in (self._footnotes, self._endnotes):
            for mark, note in notes.referred():
                text = " ".join(filter(None, self._story(note, Fields())))
                yield f"{mark} {text}".strip(_BLANK)

    def _story(self, element: Any, fields: Fields) -> Iterator[str]:
        """The lines of what holds paragraphs and tables: the body, a cell, a box, a note."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ExtractError(DEEP)
        # Of paragraphs whose end was deleted or is hidden: they run into the next one.
        begun = _Begun()
        for block in blocks(element, _P, _TABLE):
            if block.tag == _TABLE:
                yield from self._end(begun)
                begun = _Begun()
                yield from self._rows(block, fields)
                continue
            text, boxes = self._runs.text(block, fields)
            begun.text += text
            begun.boxes += boxes
            if _is_deleted(block):
                continue
            hides = self._runs.hides_mark(block)
            if begun.label is None and (begun.text or not hides):
                begun.label = self._numbering.label(block)
            if hides:
                continue
            yield from self._end(begun, is_whole=True)
            begun = _Begun()
        yield from self._end(begun)
        self._depth -= 1

    def _end(self, begun: _Begun, *, is_whole: bool = False) -> Iterator[str]:
        text = (begun.label or "") + begun.text.strip(_BLANK)
        if text or is_whole:
            for line in text.split("\n"):
                yield line.strip(_BLANK)
        for box in begun.boxes:
            yield from self._story(box, Fields())

    def _rows(self, table: Any, fields: Fields) -> Iterator[str]:
        """The rows of a table with a tab between columns; a merged cell stands where it begins."""
        columns = min(len(table.findall(f"{W}tblGrid/{W}gridCol")) or _COLUMNS, _COLUMNS)
        for row in blocks(table, _ROW):
            properties = row.find(f"{W}trPr")
            if _says(properties, "del") or switch(properties, "hidden"):
                continue
            cells: list[list[str]] = [[]] * _within(value(properties, "gridBefore"), 0, columns)
            for cell in blocks(row, _CELL):
                own = cell.find(f"{W}tcPr")
                if _says(own, "cellDel"):
                    continue
                story = () if _continues(own) else self._story(cell, fields)
                cells.append([line for line in story if line])
                span = _within(value(own, "gridSpan"), 1, columns)
                cells += [[]] * (min(span, columns - len(cells) + 1) - 1)
            after = _within(value(properties, "gridAfter"), 0, columns)
            cells += [[]] * min(after, columns - len(cells))
            if any(map(_is_text, cells)):
                # The form of a yearly assessment: its cells hold the report, with its headings.
                yield from chain.from_iterable(cells)
            elif any(cells):
                yield "\t".join(map(_on_one_line, cells))


def _is_text(cell: list[str]) -> bool:
    """Whether a cell holds paragraphs rather than an entry."""
    return len(cell) >= _PARAGRAPHS and sum(map(len, cell)) > _LONG_CELL


def _on_one_line(cell: list[str]) -> str:
    pieces = (piece.strip(_BLANK) for line in cell for piece in _GAP.split(line))
    return " ".join(filter(None, pieces))


class _Begun:
    """A paragraph that is not yet at its end."""

    def __init__(self) -> None:
        self.label: str | None = None
        self.text = ""
        self.boxes: list[Any] = []


def _says(properties: Any, name: str) -> bool:
    return properties is not None and properties.find(W + name) is not None


def _is_deleted(paragraph: Any) -> bool:
    """Whether the end of a paragraph was deleted or moved away under review."""
    mark = paragraph.find(_MARK)
    return _says(mark, "del") or _says(mark, "moveFrom")


def _continues(properties: Any) -> bool:
    """Whether a cell is merged into the one above it or before it."""
    for name in ("vMerge", "hMerge"):
        if _says(properties, name) and value(properties, name, "continue") == "continue":
            return True
    merged = None if properties is None else properties.find(f"{W}cellMerge")
    return merged is not None and merged.get(f"{W}vMerge") == "cont"


def _within(text: str | None, least: int, most: int) -> int:
    return max(least, min(number(text, least), most))


def _hidden_styles(styles: Any) -> set[str]:
    """The styles whose text is hidden, by themselves or through the ones they are based on."""
    if styles is None or next(styles.iter(f"{W}vanish"), None) is None:
        return set()
    own: dict[str, bool | None] = {}
    based: dict[str, str | None] = {}
    for style in styles.findall(f"{W}style"):
        key = style.get(f"{W}styleId", "")
        own[key] = switch(style.find(f"{W}rPr"), "vanish")
        based[key] = value(style, "basedOn")
    found = set()
    for key in own:
        at: str | None = key
        for _ in range(_BASES):
            if at is None or own.get(at) is not None:
                break
            at = based.get(at)
        if at is not None and own.get(at):
            found.add(key)
    return found
