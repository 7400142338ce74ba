"""Word files: paragraphs and tables in reading order, with Word's automatic numbering."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reportsearch.errors import ExtractError
from reportsearch.extract.numbering import Numbering

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

_BAD = "this is not a Word file, or a damaged one; open it in WPS or Word and save it as .docx"
_LARGEST = 200 << 20
_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(data: bytes) -> str:
    """The text of a .docx file, a paragraph or table row a line. Raises ExtractError."""
    if data.startswith(_OLD_FORMAT):
        raise ExtractError(
            "the file is encrypted or in the old .doc format; open it in WPS or Word and save it "
            "as .docx without a password"
        )
    document = _open(data)
    try:
        return "\n".join(_lines(document))
    except Exception as error:
        # A hostile file can make the libraries raise anything.
        raise ExtractError(_BAD) from error


def _open(data: bytes) -> Document:
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            size = sum(part.file_size for part in parts.infolist())
        document = docx.Document(io.BytesIO(data)) if size <= _LARGEST else None
    except Exception as error:
        raise ExtractError(_BAD) from error
    if document is None:
        raise ExtractError(f"it unpacks to {size >> 20} MiB; the most is {_LARGEST >> 20} MiB")
    return document


def _numbering(document: Document) -> Numbering:
    from docx.opc.constants import RELATIONSHIP_TYPE

    lists: Any = None
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            lists = relation.target_part.element
    return Numbering(lists, document.styles.element)


def _lines(document: Document) -> Iterator[str]:
    from docx.text.paragraph import Paragraph

    numbering = _numbering(document)
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield numbering.label(block._p) + block.text  # noqa: SLF001
        else:
            yield from _table(block, numbering)


def _table(table: Table, numbering: Numbering) -> Iterator[str]:
    """A row a line, cells apart by tabs; a merged cell stands once."""
    from docx.table import _Cell

    for row in table.rows:
        # row.cells would repeat a merged cell for each column it spans, however many.
        cells = [
            _cell(_Cell(cell, table), numbering)
            for cell in row._tr.tc_lst  # noqa: SLF001
            if cell.vMerge != "continue"
        ]
        yield "\t".join(cells)


def _cell(cell: _Cell, numbering: Numbering) -> str:
    from docx.text.paragraph import Paragraph

    parts = []
    for block in cell.iter_inner_content():
        if isinstance(block, Paragraph):
            parts.append(numbering.label(block._p) + block.text)  # noqa: SLF001
        else:
            parts += _table(block, numbering)
    return " ".join(part.strip() for part in parts if part.strip())
