"""Word files as packages of parts, without a library that makes them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

W_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

MAIN_TYPE = f"{WORD_TYPE}.document.main+xml"


def relations(links: Mapping[str, str], kinds: str = OFFICE, more: str = "") -> str:
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{kinds}/{kind}" Target="{target}"{more}/>'
        for n, (kind, target) in enumerate(links.items())
    )
    names = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{names}">{inner}</Relationships>'


def content_types(part: str = "/word/document.xml", kind: str = MAIN_TYPE) -> str:
    names = "http://schemas.openxmlformats.org/package/2006/content-types"
    return (
        f'<Types xmlns="{names}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="{part}" ContentType="{kind}"/></Types>'
    )


def document_xml(*blocks: str, names: str = W_NAMESPACE) -> str:
    return f'<w:document xmlns:w="{names}"><w:body>{"".join(blocks)}</w:body></w:document>'


def plain_paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered_paragraph(text: str) -> str:
    return plain_paragraph(text, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')


def numbering_xml(names: str = W_NAMESPACE) -> str:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="%1、"/></w:lvl>'
    )
    return (
        f'<w:numbering xmlns:w="{names}"><w:abstractNum w:abstractNumId="0">{level}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def zip_parts(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def smallest_parts(*blocks: str) -> dict[str, str | bytes]:
    """The parts without which nothing is a Word file."""
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": document_xml(*blocks or (plain_paragraph("述职报告"),)),
    }
