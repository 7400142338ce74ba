from __future__ import annotations

import random
import string
import tracemalloc
import warnings
import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest

from reportsearch.errors import ExtractError
from reportsearch.extract.docx.document import read
from tests.extract.docx.packages import (
    MAIN_TYPE,
    W_NAMESPACE,
    WORD_TYPE,
    content_types,
    document_xml,
    numbered_paragraph,
    numbering_xml,
    plain_paragraph,
    relations,
    smallest_parts,
    zip_parts,
)

_STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def _listed(*blocks: str) -> dict[str, str | bytes]:
    """The smallest file with a part for lists."""
    return {
        **smallest_parts(*blocks),
        "word/_rels/document.xml.rels": relations({"numbering": "numbering.xml"}),
        "word/numbering.xml": numbering_xml(),
    }


def _reason(data: bytes) -> str:
    with pytest.raises(ExtractError) as caught:
        read(data)
    reason = str(caught.value)
    assert len(reason.splitlines()) == 1
    return reason


# What a Word file is


def test_a_document_without_styles_and_lists_is_read() -> None:
    assert (
        read(zip_parts(smallest_parts(plain_paragraph("甲"), numbered_paragraph("乙")))) == "甲\n乙"
    )


@pytest.mark.parametrize(
    "kind",
    [
        MAIN_TYPE,
        f"{WORD_TYPE}.template.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_documents_and_templates_with_and_without_macros_are_read(kind: str) -> None:
    parts = smallest_parts()
    parts["[Content_Types].xml"] = content_types(kind=kind)
    assert read(zip_parts(parts)) == "述职报告"


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
        "application/xml",
        "",
    ],
)
def test_what_is_of_another_kind_is_refused(kind: str) -> None:
    parts = smallest_parts()
    parts["[Content_Types].xml"] = content_types(kind=kind)
    assert "not a Word file" in _reason(zip_parts(parts))


def test_the_kind_may_be_given_for_all_files_of_a_suffix() -> None:
    parts = smallest_parts()
    parts["[Content_Types].xml"] = content_types("/other.xml").replace("application/xml", MAIN_TYPE)
    assert read(zip_parts(parts)) == "述职报告"


@pytest.mark.parametrize(
    "target", ["/正文/主.xml", "正文/主.xml", "./正文/x/../主.xml", "正文/%E4%B8%BB.XML"]
)
def test_the_document_is_found_by_what_is_said_of_it_and_not_by_its_name(target: str) -> None:
    parts = {
        "[Content_Types].xml": content_types("/正文/主.xml"),
        "_rels/.rels": relations({"officeDocument": target}),
        "正文/主.xml": document_xml(numbered_paragraph("甲")),
        "正文/_rels/主.xml.rels": relations({"numbering": "/lists.xml"}),
        "lists.xml": numbering_xml(),
    }
    assert read(zip_parts(parts)) == "一、甲"


def test_a_target_outside_the_package_is_looked_for_inside() -> None:
    parts = _listed(numbered_paragraph("甲"))
    parts["word/_rels/document.xml.rels"] = relations({"numbering": "../../../../etc/passwd"})
    assert read(zip_parts(parts)) == "甲"


def test_names_of_parts_are_the_same_in_any_case_and_with_either_slash() -> None:
    parts = {
        name.upper().replace("/", "\\"): text
        for name, text in _listed(numbered_paragraph("甲")).items()
    }
    assert read(zip_parts(parts)) == "一、甲"


def test_a_file_in_the_strict_format_is_read() -> None:
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}, _STRICT_OFFICE),
        "word/document.xml": document_xml(numbered_paragraph("甲"), names=_STRICT_W),
        "word/_rels/document.xml.rels": relations({"numbering": "numbering.xml"}, _STRICT_OFFICE),
        "word/numbering.xml": numbering_xml(_STRICT_W),
    }
    assert read(zip_parts(parts)) == "一、甲"


def test_a_part_that_is_outside_the_file_is_not_fetched() -> None:
    parts = _listed(numbered_paragraph("甲"))
    links = {"numbering": "http://127.0.0.1:9/numbering.xml", "styles": "file:///etc/passwd"}
    parts["word/_rels/document.xml.rels"] = relations(links, more=' TargetMode="External"')
    assert read(zip_parts(parts)) == "甲"


def test_a_document_that_is_outside_the_file_is_refused() -> None:
    parts = smallest_parts()
    parts["_rels/.rels"] = relations(
        {"officeDocument": "word/document.xml"}, more=' TargetMode="External"'
    )
    assert "not a Word file" in _reason(zip_parts(parts))


def test_a_part_that_is_named_but_missing_is_done_without() -> None:
    parts = _listed(numbered_paragraph("甲"))
    del parts["word/numbering.xml"]
    assert read(zip_parts(parts)) == "甲"


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_a_part_in_another_encoding_that_it_declares_is_read(encoding: str) -> None:
    parts = smallest_parts()
    declared = f'<?xml version="1.0" encoding="{encoding}"?>' + document_xml(
        plain_paragraph("履职")
    )
    parts["word/document.xml"] = declared.encode(encoding)
    assert read(zip_parts(parts)) == "履职"


@pytest.mark.parametrize("name", ["word/document.xml", "word/numbering.xml", "_rels/.rels"])
def test_a_part_in_an_encoding_that_it_does_not_declare_is_refused(name: str) -> None:
    parts = _listed(numbered_paragraph("甲"))
    text = str(parts[name]).replace("</", "<!-- 县 --></", 1)
    parts[name] = text.encode("gb18030")
    assert "save it as .docx" in _reason(zip_parts(parts))


def test_a_document_of_another_vocabulary_is_refused() -> None:
    parts = smallest_parts()
    for other in (
        "<document/>",
        f'<w:styles xmlns:w="{W_NAMESPACE}"/>',
        f'<w:document xmlns:w="{W_NAMESPACE}"/>',
    ):
        parts["word/document.xml"] = other
        assert "not a Word file" in _reason(zip_parts(parts))


# Damage


def test_half_a_download_is_refused_by_saying_so() -> None:
    data = zip_parts(smallest_parts())
    for length in (4, len(data) // 2, len(data) - 1):
        reason = _reason(data[:length])
        assert "not fully downloaded" in reason
        assert "get it again" in reason


def test_a_part_whose_bytes_were_damaged_is_refused() -> None:
    data = bytearray(zip_parts(smallest_parts(), zipfile.ZIP_STORED))
    at = data.index("述职报告".encode())
    data[at : at + 3] = "迷".encode()
    assert "damaged" in _reason(bytes(data))


def test_a_part_that_is_packed_in_a_way_that_word_does_not_know_is_refused() -> None:
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        assert "not a Word file" in _reason(zip_parts(smallest_parts(), method))


def test_a_part_under_a_password_is_refused_by_saying_so() -> None:
    data = bytearray(zip_parts(smallest_parts()))
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    assert "password" in _reason(bytes(data))


# Attacks


def _twice(name: str, content: str) -> bytes:
    stream = BytesIO(zip_parts(smallest_parts()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(stream, "a") as package:
            package.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["word/document.xml", "Word/Document.XML", "word//document.xml"])
def test_a_part_that_is_there_twice_is_refused(name: str) -> None:
    assert "two of its parts" in _reason(_twice(name, document_xml(plain_paragraph("另一篇"))))


def test_a_picture_that_is_there_twice_does_no_harm() -> None:
    stream = BytesIO(_twice("word/media/image1.png", "甲"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(stream, "a") as package:
            package.writestr("word/media/image1.png", "乙")
    assert read(stream.getvalue()) == "述职报告"


def _bomb(name: str, piece: bytes, times: int, links: Mapping[str, str] | None = None) -> bytes:
    parts = smallest_parts()
    parts["word/_rels/document.xml.rels"] = relations(links or {})
    stream = BytesIO(zip_parts(parts))
    with (
        zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open(name, "w") as part,
    ):
        for _ in range(times):
            part.write(piece)
    return stream.getvalue()


def test_a_part_of_zeros_is_refused_before_it_is_unpacked() -> None:
    parts = _listed()
    parts["word/numbering.xml"] = bytes(120 << 20)
    data = zip_parts(parts)
    del parts
    tracemalloc.start()
    try:
        assert "compression ratio is over" in _reason(data)
        assert tracemalloc.get_traced_memory()[1] < 64 << 20
    finally:
        tracemalloc.stop()


def test_parts_that_are_too_large_together_are_refused_with_the_limit() -> None:
    # As dense as text gets, and far below what a bomb is.
    signs = random.Random(1).choices(string.ascii_letters, k=4096)
    piece = "".join(signs).encode() * 256
    data = _bomb("word/styles.xml", piece, 201, {"styles": "styles.xml"})
    assert len(data) > 1 << 20
    assert "limit of 200 MiB" in _reason(data)


def test_what_holds_no_text_is_not_unpacked_however_large_it_is() -> None:
    data = _bomb("word/media/image1.bmp", bytes(1 << 20), 201)
    tracemalloc.start()
    try:
        assert read(data) == "述职报告"
        assert tracemalloc.get_traced_memory()[1] < 64 << 20
    finally:
        tracemalloc.stop()


def test_a_table_of_a_thousand_like_rows_is_no_attack() -> None:
    row = f"<w:tr>{''.join(f'<w:tc>{plain_paragraph(text)}</w:tc>' for text in ('项目', '金额', '说明'))}</w:tr>"
    text = read(zip_parts(smallest_parts(f"<w:tbl>{row * 5_000}</w:tbl>")))
    assert text.split("\n") == ["项目\t金额\t说明"] * 5_000


_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE w:document [<!ENTITY a0 "哈">]>',
        f'<!DOCTYPE w:document [<!ENTITY a0 "哈">{_LAUGHS}]>',
        '<!DOCTYPE w:document [<!ENTITY a0 SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY a0 "哈">]>',
    ],
)
def test_a_part_that_declares_entities_is_refused(doctype: str) -> None:
    parts = smallest_parts()
    inner = (
        plain_paragraph("&a0;", '<w:pStyle w:val="&a0;"/>')
        if "SYSTEM" not in doctype
        else plain_paragraph("&a0;")
    )
    parts["word/document.xml"] = doctype + document_xml(inner)
    assert "document type" in _reason(zip_parts(parts))


def test_entities_in_attributes_do_not_grow_without_end() -> None:
    parts = smallest_parts()
    doctype = f'<!DOCTYPE w:document [<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">{_LAUGHS}]>'
    parts["word/document.xml"] = doctype + document_xml(
        plain_paragraph("", '<w:pStyle w:val="&a9;"/>')
    )
    tracemalloc.start()
    try:
        assert "save it as .docx" in _reason(zip_parts(parts))
        assert tracemalloc.get_traced_memory()[1] < 64 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "tag", ["w:p", "w:sdt", "w:tbl", "w:tc", "w:r", "w:ins", "w:fldSimple", "x"]
)
def test_elements_nested_a_hundred_thousand_deep_are_refused(tag: str) -> None:
    deep = f"<{tag}>" * 100_000 + f"</{tag}>" * 100_000
    assert "nested too deeply" in _reason(zip_parts(smallest_parts(deep)))


def test_elements_nested_as_deep_as_xml_allows_are_read() -> None:
    deep = "<w:sdt><w:sdtContent>" * 120 + plain_paragraph("底") + "</w:sdtContent></w:sdt>" * 120
    assert read(zip_parts(smallest_parts(deep))) == "底"


def test_many_thousand_open_fields_do_not_take_long() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    blocks = f"<w:p>{begin * 40_000}{end * 40_000}</w:p>"
    assert read(zip_parts(smallest_parts(blocks, plain_paragraph("甲")))).strip() == "甲"
