"""Word files made of a few elements."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from lxml import etree

from reportsearch.extract.docx.document import read

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

LISTS = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/>
    <w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
    <w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
"""


def _elements(inner: str) -> list[Any]:
    return list(etree.fromstring(f'<w:body xmlns:w="{_NAMESPACE}">{inner}</w:body>'))


def word_file(*blocks: str, lists: str = "", styles: str = "") -> bytes:
    """A Word file with these paragraphs and tables."""
    made = docx.Document()
    end = made.element.body[-1]
    for element in _elements("".join(blocks)):
        end.addprevious(element)
    if lists:
        numbering = made.part.numbering_part.element
        for element in list(numbering):
            numbering.remove(element)
        numbering.extend(_elements(lists))
    made.styles.element.extend(_elements(styles))
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def text_run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{text_run(text)}</w:p>"


def numbered(text: str, ilvl: int = 0, number: int = 1) -> str:
    return paragraph(
        text, f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def table_cell(*blocks: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks)}</w:tc>"


def word_table(*rows: Iterable[str], columns: int = 2) -> str:
    grid = "<w:gridCol/>" * columns
    body = "".join(f"<w:tr>{''.join(cells)}</w:tr>" for cells in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def read_lines(data: bytes) -> list[str]:
    return [line for line in read(data).split("\n") if line.strip()]


def write_docx(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path
