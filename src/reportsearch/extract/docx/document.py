"""Word files: paragraphs and tables in reading order, with Word's automatic numbering.

The text is that of the printed page with all tracked changes accepted, without headers and footers.
Text boxes follow the paragraph that anchors them, and notes come at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from reportsearch.errors import ExtractError
from reportsearch.extract.docx.notes import Notes
from reportsearch.extract.docx.numbering import Numbering
from reportsearch.extract.docx.package import NOT_A_WORD_FILE, TOO_DEEP, DocxPackage
from reportsearch.extract.docx.runs import FieldStack, ParagraphReader, iter_blocks
from reportsearch.extract.docx.xml import W, get_on_off, get_val, parse_int

_P, _TABLE, _ROW, _CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_PARAGRAPH_MARK = f"{W}pPr/{W}rPr"
_BLANK = " \t\u3000\xa0"
_GAP = re.compile(r"[\t\n]+")
# Nesting of tables and text boxes; Word's own limit is lower.
_MAX_DEPTH = 30
_MAX_COLUMNS = 63
"""Maximum number of columns in Word, also assumed for a table that does not state its number."""
_MAX_BASE_STYLES = 50


def read(data: bytes) -> str:
    """Return the text of a .docx file, one paragraph or table row per line. Raises ExtractError."""
    package = DocxPackage(data)
    document = package.read_document()
    body = document.find(f"{W}body")
    if document.tag != f"{W}document" or body is None:
        raise ExtractError(NOT_A_WORD_FILE)
    try:
        return "\n".join(_DocxDocument(package, document).iter_lines(body))
    except (ExtractError, MemoryError):
        raise
    except Exception as error:
        # A hostile file can make the libraries raise anything.
        raise ExtractError(NOT_A_WORD_FILE) from error


_MIN_CELL_PARAGRAPHS, _LONG_CELL_CHARS = 4, 80
"""Limits above which a cell is running text instead of a table entry."""


class _DocxDocument:
    """The parts of a document that determine its text."""

    def __init__(self, package: DocxPackage, document: Any) -> None:
        styles = package.read_related("styles")
        footnotes, endnotes = package.read_related("footnotes"), package.read_related("endnotes")
        roots = [root for root in (document, footnotes, endnotes) if root is not None]
        settings = package.read_related("settings") if len(roots) > 1 else None
        self._numbering = Numbering(package.read_related("numbering"), styles)
        self._footnotes = Notes("footnote", footnotes, settings, document)
        self._endnotes = Notes("endnote", endnotes, settings, document)
        self._runs = ParagraphReader(
            self._footnotes, self._endnotes, _find_hidden_styles(styles), roots
        )
        self._depth = 0

    def iter_lines(self, body: Any) -> Iterator[str]:
        """Iterate over the lines of the body, then those of the notes."""
        yield from self._iter_story_lines(body, FieldStack())
        for notes in (self._footnotes, self._endnotes):
            for mark, note in notes.get_referenced_notes():
                text = " ".join(filter(None, self._iter_story_lines(note, FieldStack())))
                yield f"{mark} {text}".strip(_BLANK)

    def _iter_story_lines(self, element: Any, fields: FieldStack) -> Iterator[str]:
        """Iterate over the lines of a container of paragraphs: the body, a cell, a box, a note."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ExtractError(TOO_DEEP)
        # Collects paragraphs whose end is deleted or hidden, which continue in the next one.
        begun = _OpenParagraph()
        for block in iter_blocks(element, _P, _TABLE):
            if block.tag == _TABLE:
                yield from self._finish_paragraph(begun)
                begun = _OpenParagraph()
                yield from self._iter_rows(block, fields)
                continue
            text, boxes = self._runs.read_text(block, fields)
            begun.text += text
            begun.boxes += boxes
            if _is_deleted(block):
                continue
            hides = self._runs.is_mark_hidden(block)
            if begun.label is None and (begun.text or not hides):
                begun.label = self._numbering.format_next_label(block)
            if hides:
                continue
            yield from self._finish_paragraph(begun, is_whole=True)
            begun = _OpenParagraph()
        yield from self._finish_paragraph(begun)
        self._depth -= 1

    def _finish_paragraph(self, begun: _OpenParagraph, *, is_whole: bool = False) -> Iterator[str]:
        text = (begun.label or "") + begun.text.strip(_BLANK)
        if text or is_whole:
            for line in text.split("\n"):
                yield line.strip(_BLANK)
        for box in begun.boxes:
            yield from self._iter_story_lines(box, FieldStack())

    def _iter_rows(self, table: Any, fields: FieldStack) -> Iterator[str]:
        """Iterate over table rows, with tabs between columns and merged cells at their start."""
        columns = min(len(table.findall(f"{W}tblGrid/{W}gridCol")) or _MAX_COLUMNS, _MAX_COLUMNS)
        for row in iter_blocks(table, _ROW):
            properties = row.find(f"{W}trPr")
            if _has_child(properties, "del") or get_on_off(properties, "hidden"):
                continue
            cells: list[list[str]] = [[]] * _parse_clamped(
                get_val(properties, "gridBefore"), 0, columns
            )
            for cell in iter_blocks(row, _CELL):
                own = cell.find(f"{W}tcPr")
                if _has_child(own, "cellDel"):
                    continue
                story = () if _is_merged_cell(own) else self._iter_story_lines(cell, fields)
                cells.append([line for line in story if line])
                span = _parse_clamped(get_val(own, "gridSpan"), 1, columns)
                cells += [[]] * (min(span, columns - len(cells) + 1) - 1)
            after = _parse_clamped(get_val(properties, "gridAfter"), 0, columns)
            cells += [[]] * min(after, columns - len(cells))
            if any(map(_is_text_cell, cells)):
                # The form of a yearly assessment, whose cells contain the report with its headings.
                yield from chain.from_iterable(cells)
            elif any(cells):
                yield "\t".join(map(_join_cell_lines, cells))


def _is_text_cell(cell: list[str]) -> bool:
    """Return whether a cell contains paragraphs rather than an entry."""
    return len(cell) >= _MIN_CELL_PARAGRAPHS and sum(map(len, cell)) > _LONG_CELL_CHARS


def _join_cell_lines(cell: list[str]) -> str:
    pieces = (piece.strip(_BLANK) for line in cell for piece in _GAP.split(line))
    return " ".join(filter(None, pieces))


class _OpenParagraph:
    """A paragraph that is still incomplete."""

    def __init__(self) -> None:
        self.label: str | None = None
        self.text = ""
        self.boxes: list[Any] = []


def _has_child(properties: Any, name: str) -> bool:
    return properties is not None and properties.find(W + name) is not None


def _is_deleted(paragraph: Any) -> bool:
    """Return whether the end of a paragraph was deleted or moved away in a tracked change."""
    mark = paragraph.find(_PARAGRAPH_MARK)
    return _has_child(mark, "del") or _has_child(mark, "moveFrom")


def _is_merged_cell(properties: Any) -> bool:
    """Return whether a cell is merged into the one above or before it."""
    for name in ("vMerge", "hMerge"):
        if _has_child(properties, name) and get_val(properties, name, "continue") == "continue":
            return True
    merged = None if properties is None else properties.find(f"{W}cellMerge")
    return merged is not None and merged.get(f"{W}vMerge") == "cont"


def _parse_clamped(text: str | None, minimum: int, maximum: int) -> int:
    return max(minimum, min(parse_int(text, minimum), maximum))


def _find_hidden_styles(styles: Any) -> set[str]:
    """Return the styles whose text is hidden, directly or through a style they are based on."""
    if styles is None or next(styles.iter(f"{W}vanish"), None) is None:
        return set()
    own: dict[str, bool | None] = {}
    based: dict[str, str | None] = {}
    for style in styles.findall(f"{W}style"):
        key = style.get(f"{W}styleId", "")
        own[key] = get_on_off(style.find(f"{W}rPr"), "vanish")
        based[key] = get_val(style, "basedOn")
    found = set()
    for key in own:
        at: str | None = key
        for _ in range(_MAX_BASE_STYLES):
            if at is None or own.get(at) is not None:
                break
            at = based.get(at)
        if at is not None and own.get(at):
            found.add(key)
    return found
