"""Files that nobody sends by mistake: archives that unpack to gigabytes, links, wrong types."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping
from functools import cache

from tests.extract.docx.packages import (
    content_types,
    document_xml,
    plain_paragraph,
    relations,
    zip_parts,
)

REPORT = (
    "甲县副县长2023年度述职报告\n我分管文旅、民政工作。\n一、文旅工作\n全年接待游客12万人次。\n"
)
NAMES = (
    "../../evil.txt", "..\\..\\evil.txt", "/etc/cron.d/evil.txt", "C:\\Windows\\evil.txt",
    "\\\\host\\share\\evil.txt",
    "a/../../../evil.txt", "....//evil.txt", "..%2f..%2fevil.txt", "%2e%2e/evil.txt", "~/evil.txt",
    "file:///evil.txt",
    "CON.txt", "nul", "aux.tar.gz", "LPT1.txt", "com¹.txt", "evil.txt:stream", "evil.txt::$DATA",
    "evil.txt.", "evil.txt ",
    "e\0vil.txt", "evil.txt\0.docx", "evil\n.txt", "evil\r\nX-Injected: 1.txt", "e\x1b[2Jvil.txt",
    "e\u202etxt.exe",
    "长" * 400 + ".txt", "a" * 5_000, "/".join(["a"] * 300) + ".txt", "a" * 300 + "/b.txt",
    "." * 300, "", ".", "..", "/",
    "-rf.txt", "--index=x.txt", "$(id).txt", "`id`.txt", ";id.txt", "*?.txt", "<i9q>.txt",
    "\"'.txt", "=1+1.txt", "{{7*7}}.txt",
    ".hidden.txt", ".htaccess", "metadata.csv", "METADATA.CSV", "a/metadata.csv",
    "reportsearch.toml", "README.md", "~$a.docx",
    "index/evil.txt", "index", "out/evil.txt", "link.txt", "link.txt/evil.txt", "pipe.txt", "é.txt",
    "e\u0301.txt", "ﬁ.txt",
    "evil.TXT", "evil.txt", "evil.txt/evil.txt", "\ud800.txt", "\ufeffevil.txt", "evil\u200b.txt",
    "甲.DOCX", "evil.docx.exe",
)  # fmt: skip


def _docx(*blocks: str, more: Mapping[str, str | bytes] | None = None) -> bytes:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": document_xml(*blocks),
    }
    return zip_parts({**parts, **(more or {})})


def _zip(parts: Mapping[str, bytes]) -> bytes:
    return zip_parts(parts)


def _nest(data: bytes, name: str, depth: int) -> bytes:
    for _ in range(depth):
        data = _zip({name: data})
    return data


def _make_link_entry() -> bytes:
    stream = io.BytesIO(_docx(plain_paragraph("链接")))
    with zipfile.ZipFile(stream, "a") as package:
        link = zipfile.ZipInfo("word/styles.xml")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        package.writestr(link, "/etc/passwd")
    return stream.getvalue()


_XLSX_TYPES = (
    b'<Types><Override PartName="/xl/workbook.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "笑笑笑笑笑笑笑笑笑笑">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]>"
)
_OUTSIDE = '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_OWN_LINKS = {"styles": "file:///etc/passwd", "footnotes": "../../../../etc/passwd"}
_HTML = (
    "<html><body><p>{}</p><iframe src='file:///etc/passwd'></iframe><img src='http://127.0.0.1:1/x'>"
    "<script>alert(1)</script><link rel=stylesheet href='file:///etc/passwd'></body></html>"
)
_RTF = (
    '{\\rtf1\\ansi{\\field{\\*\\fldinst INCLUDETEXT "/etc/passwd"}{\\fldrslt x}}'
    "{\\object\\objautlink{\\*\\objdata 00}}\\par text}"
)
_ODT = b"application/vnd.oasis.opendocument.text"
_ODT_TEXT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<office:body><office:text><text:section text:name="a"><text:section-source '
    'xlink:href="file:///etc/passwd"/><text:p>链接</text:p></text:section></office:text></office:body>'
    "</office:document-content>"
)


_MIME = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
_PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 999999999>>endobj\n"
    b"trailer<</Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF"
)


@cache
def make_files() -> dict[str, bytes]:
    """Make the files, by names whose suffixes say what they claim to be."""
    report = REPORT.encode()
    spaces = b" " * (300 << 20)
    return {
        "report.txt": report,
        "gb18030.txt": REPORT.encode("gb18030"),
        "no-mark.txt": REPORT.encode("utf-16-le"),
        "nul.txt": report.replace("文".encode(), b"\0"),
        "empty.docx": b"",
        "zeros.pdf": b"\0" * 100_000,
        "picture.docx": b"\x89PNG\r\n\x1a\n" + b"\0" * 900,
        "program.pdf": b"MZ\x90\0" + b"\0" * 900,
        "elf.txt": b"\x7fELF" + b"\0" * 900,
        "packed.txt": gzip.compress(b"a" * (50 << 20)),
        "bomb.docx": _docx(more={"word/document.xml": b"<w:document>" + spaces}),
        "bomb-styles.docx": _docx(plain_paragraph("x"), more={"word/styles.xml": spaces}),
        "bomb.xlsx": _zip({"[Content_Types].xml": _XLSX_TYPES, "xl/worksheets/sheet1.xml": spaces}),
        "bomb-types.xlsx": _zip({"[Content_Types].xml": _XLSX_TYPES + spaces}),
        "bomb.ofd": _zip({"OFD.xml": b"<ofd/>", "Doc_0/Document.xml": spaces}),
        "bomb.odt": _zip({"mimetype": _ODT, "content.xml": spaces}),
        "nested.zip": _nest(_zip({"a": spaces[: 50 << 20]}), "a.zip", 9),
        "nested.docx": _docx(more={"word/document.xml": _nest(_docx(), "a.docx", 9)}),
        "many-parts.docx": _zip({f"word/{number}.xml": b"" for number in range(30_000)}),
        "laughs.docx": _docx(more={"word/document.xml": _LAUGHS + document_xml("&a9;")}),
        "outside.docx": _docx(more={"word/document.xml": _OUTSIDE + document_xml("&a;")}),
        "links.docx": _docx(
            plain_paragraph("x"),
            more={
                "word/_rels/document.xml.rels": relations(_OWN_LINKS, more=' TargetMode="External"')
            },
        ),
        "up.docx": _docx(plain_paragraph("x"), more={"../../evil.txt": "x", "/etc/evil.txt": "x"}),
        "link-entry.docx": _make_link_entry(),
        "deep.docx": _docx("<w:p>" * 100_000),
        "deep.html": b"<div>" * 200_000,
        "wide.html": b"<table><tr>" + b"<td colspan=9999999>a" * 20_000,
        "outside.html": _HTML.format(REPORT).encode(),
        "outside.mht": _MIME * 500,
        "outside.rtf": _RTF.encode(),
        "outside.odt": _zip({"mimetype": _ODT, "content.xml": _ODT_TEXT.encode()}),
        "loop.pdf": _PDF,
        "digits.txt": b"1." * 20_000,
        "formulas.csv": "id,正文\n=1+1,\"=cmd|' /C calc'!A0\"\n@x,-1+1\n".encode(),
        "rows.jsonl": b'{"id": "../../x", "text": "' + b"a" * 99 + b'"}\n' + b"[" * 50_000,
        "bad.csv": b'id,official\n"' + b"a" * 200_000,
    }  # fmt: skip
