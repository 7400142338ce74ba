from __future__ import annotations

import base64
import io
import zipfile

import docx
import pytest

from reportsearch.errors import ExtractError
from reportsearch.extract.docx import document, flat_xml

_ROOT = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core" '
    'xmlns:st1="urn:schemas-microsoft-com:office:smarttags">{}</w:wordDocument>'
)


def _p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _numbered(label: str, text: str) -> str:
    return _p(text, f'<w:listPr><w:ilvl w:val="0"/><wx:t wx:val="{label}"/></w:listPr>')


def _lines(*blocks: str) -> list[str]:
    body = f"<w:body><wx:sect>{''.join(blocks)}</wx:sect></w:body>"
    # Nothing is written: no folder is needed.
    text = document.read(flat_xml.to_docx(_ROOT.format(body).encode()))
    return [line for line in text.split("\n") if line.strip()]


def test_numbers_stand_before_the_text_as_word_wrote_them() -> None:
    assert _lines(
        _p("述职报告"), _numbered("一、", "履职"), _numbered("（一）", "检查"), _numbered("二、", "问题")
    ) == ["述职报告", "一、履职", "（一）检查", "二、问题"]  # fmt: skip


def test_changes_are_accepted_and_comments_left_out() -> None:
    def change(kind: str, inner: str) -> str:
        return f'<aml:annotation w:type="Word.{kind}"><aml:content>{inner}</aml:content></aml:annotation>'

    run = "<w:r><w:t>{}</w:t></w:r>"
    assert _lines(
        "<w:p>",
        run.format("完成"),
        change("Deletion", "<w:r><w:delText>旧的</w:delText></w:r>"),
        change("Insertion", run.format("新的")),
        change("Comment", _p("批注")),
        '<aml:annotation w:type="Word.Bookmark.Start"/>',
        f"<st1:chmetcnv>{run.format('3亩')}</st1:chmetcnv>",
        f"<w:hlink>{run.format('。')}</w:hlink>",
        "</w:p>",
    ) == ["完成新的3亩。"]


def test_tables_come_row_by_row_and_headers_not_at_all() -> None:
    def cell(text: str, merged: str = "") -> str:
        return f"<w:tc><w:tcPr>{merged}</w:tcPr>{_p(text)}</w:tc>"

    first, more = '<w:vmerge w:val="restart"/>', "<w:vmerge/>"
    assert _lines(
        f"<w:tbl><w:tr>{cell('行业', first)}{cell('46')}</w:tr>"
        f"<w:tr>{cell('', more)}{cell('47')}</w:tr></w:tbl>",
        f"<w:sectPr><w:hdr>{_p('页眉')}</w:hdr></w:sectPr>",
    ) == ["行业\t46", "\t47"]


def test_a_footnote_does_not_stand_within_the_text() -> None:
    note = f"<w:r><w:footnote>{_p('含抽查')}</w:footnote></w:r>"
    inner = f"<w:p><w:r><w:t>检查</w:t></w:r>{note}<w:r><w:t>412家。</w:t></w:r></w:p>"
    packed = flat_xml.to_docx(_ROOT.format(f"<w:body>{inner}</w:body>").encode())
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert "含抽查" in archive.read("word/footnotes.xml").decode()
        assert "含抽查" not in archive.read("word/document.xml").decode()


def test_the_parts_of_a_word_file_in_one_xml_file() -> None:
    made = docx.Document()
    made.add_paragraph("述职报告")
    stream = io.BytesIO()
    made.save(stream)
    parts = []
    with zipfile.ZipFile(stream) as archive:
        types = {part.partname: part.content_type for part in made.part.package.iter_parts()}
        for name in archive.namelist():
            kind = types.get(f"/{name}", "application/vnd.openxmlformats-package.relationships+xml")
            if name == "[Content_Types].xml":
                continue
            content = archive.read(name)
            inner = (
                f"<pkg:xmlData>{content.decode().split('?>', 1)[1]}</pkg:xmlData>"
                if name.endswith((".xml", ".rels"))
                else f"<pkg:binaryData>{base64.b64encode(content).decode()}</pkg:binaryData>"
            )
            parts.append(
                f'<pkg:part pkg:name="/{name}" pkg:contentType="{kind}">{inner}</pkg:part>'
            )
    flat = (
        '<?xml version="1.0"?><pkg:package '
        f'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{"".join(parts)}'
        "</pkg:package>"
    )
    assert document.read(flat_xml.to_docx(flat.encode())) == "述职报告"


@pytest.mark.parametrize(
    "data",
    [
        b"<a/>",
        b"<w:wordDocument>",
        b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        _ROOT.format("").encode(),
    ],
)
def test_other_xml_is_refused(data: bytes) -> None:
    with pytest.raises(ExtractError, match="not a Word file"):
        flat_xml.to_docx(data)
