"""Word files: paragraphs and tables in reading order, with Word's automatic numbering.

The text is that of the file with all tracked changes accepted. python-docx opens the file; its
paragraphs and tables see only what stands directly in the body, so the elements are walked here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reportsearch.errors import ExtractError
from reportsearch.extract.numbering import Numbering

if TYPE_CHECKING:
    from docx.document import Document

_BAD = "this is not a Word file, or a damaged one; open it in WPS or Word and save it as .docx"
_LARGEST = 200 << 20
_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {"t": "", "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Deleted text, field codes, properties; text boxes are no part of the paragraph that anchors them.
_SKIPPED = frozenset({"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "drawing", "pict"})


def read(data: bytes) -> str:
    """The text of a .docx file, a paragraph or table row a line. Raises ExtractError."""
    if data.startswith(_OLD_FORMAT):
        raise ExtractError(
            "the file is encrypted or in the old .doc format; open it in WPS or Word and save it "
            "as .docx without a password"
        )
    document = _open(data)
    try:
        return "\n".join(_lines(document.element.body, _numbering(document)))
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


def _name(element: Any) -> str:
    tag = element.tag
    return tag[len(_W) :] if isinstance(tag, str) and tag.startswith(_W) else ""


def _found(element: Any, *names: str) -> Iterator[Any]:
    """The nearest elements of these names, also inside content controls and insertions."""
    for child in element:
        name = _name(child)
        if name in names:
            yield child
        elif name not in _SKIPPED:
            yield from _found(child, *names)


def _lines(element: Any, numbering: Numbering) -> Iterator[str]:
    for block in _found(element, "p", "tbl"):
        if _name(block) == "p":
            yield numbering.label(block) + _text(block)
        else:
            for row in _found(block, "tr"):
                yield "\t".join(_cell(cell, numbering) for cell in _found(row, "tc"))


def _text(element: Any) -> str:
    parts = []
    for child in element:
        name = _name(child)
        if name in _SIGNS:
            parts.append(_SIGNS[name] or child.text or "")
        elif name not in _SKIPPED:
            parts.append(_text(child))
    return "".join(parts)


def _cell(cell: Any, numbering: Numbering) -> str:
    """A cell on one line. Of cells merged downwards the first has the text, the rest are empty."""
    merged = cell.find(f"{_W}tcPr/{_W}vMerge")
    if merged is not None and merged.get(f"{_W}val", "continue") == "continue":
        return ""
    return " ".join(" ".join(line.split()) for line in _lines(cell, numbering)).strip()
