"""The supported formats, in the table FILE_TYPES, and their detection by a file's first bytes.

To add a format, write its reader and a row of the table. A format in ZIP or OLE files also needs a
line in :mod:`reportsearch.extract.containers`, which looks inside them. That happens in a separate
process, since such files may be hostile; here only their first bytes are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath

from reportsearch.errors import ExtractError, Message
from reportsearch.extract import plain_text
from reportsearch.extract.models import TEXT, Extracted, ExtractionTask
from reportsearch.models.report import OCR

ZIP, OLE = "zip", "ole"
"""Containers, whose type depends on their content."""
PDF, RTF, HTML, MHT, WORD_XML = "pdf", "rtf", "html", "mht", "word-xml"

ROW_SUFFIXES = (".jsonl", ".csv")
"""Suffixes of files with one report per row, which ``row_files.py`` reads."""

_HEAD = 8192
_CONTAINERS = ((b"PK\x03\x04", ZIP), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE))
_PICTURE = Message(
    "a picture; convert it to PDF, which the extra reportsearch[ocr] reads, or type its text "
    "into a Word file"
)
_ARCHIVE = Message("an archive; unpack it and index the folder")
_PROGRAM = Message("a program, despite its name")
_REFUSED = (
    (b"PK\x05\x06", Message("an empty archive, or one not fully downloaded; get it again")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"\x7fELF", _PROGRAM),
    (b"MZ\x90", _PROGRAM),
    (b"%!PS", Message("a PostScript file; print it to PDF")),
)
_HEADER = re.compile(r"(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_MIME = re.compile(
    r"^content-type:\s*(?:multipart/related|text/html)", re.IGNORECASE | re.MULTILINE
)
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|table|p|center|font|span|script|style|h1)\b",
    re.IGNORECASE,
)
_WORD_XML = re.compile(r"<\?mso-application\s+progid=\"Word|<w:wordDocument|<pkg:package")


@dataclass(frozen=True, slots=True)
class FileStart:
    """The evidence of a file's type: its bytes, their start as text, and the suffix of its name."""

    data: bytes
    head: str
    suffix: str


@dataclass(frozen=True, slots=True)
class FileType:
    """A format: its name, its suffixes, and the function that reads its files.

    ``matches`` recognises a file of the format. Types found inside a container do not have it.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[ExtractionTask], Extracted]
    matches: Callable[[FileStart], bool] = lambda _: False


def _read_text(task: ExtractionTask) -> Extracted:
    return Extracted(plain_text.read(task.data), task.kind)


# Each reader is imported on use, since a search must not load all their libraries.
def _read_docx(task: ExtractionTask) -> Extracted:
    from reportsearch.extract.docx import document

    return Extracted(document.read(task.data), task.kind)


def _read_with_libreoffice(task: ExtractionTask) -> Extracted:
    from reportsearch.extract import libreoffice

    return Extracted(libreoffice.read(task.data, f".{task.kind}", task.folder), task.kind)


def _read_word_xml(task: ExtractionTask) -> Extracted:
    from reportsearch.extract.docx import document, flat_xml

    return Extracted(document.read(flat_xml.to_docx(task.data)), task.kind)


def _read_pdf(task: ExtractionTask) -> Extracted:
    from reportsearch.extract.pages import pdf

    text, some_is_ocr = pdf.read(task.data, task.advance)
    return Extracted(text, OCR if some_is_ocr else task.kind)


def _read_ofd(task: ExtractionTask) -> Extracted:
    from reportsearch.extract.pages import ofd

    return Extracted(ofd.read(task.data), task.kind)


def _read_html(task: ExtractionTask) -> Extracted:
    from reportsearch.extract.html import main_text

    return Extracted(main_text.read(task.data), task.kind)


def _read_mht(task: ExtractionTask) -> Extracted:
    from reportsearch.extract.html import mht

    return Extracted(mht.read(task.data), task.kind)


def _is_rtf(start: FileStart) -> bool:
    return start.data.startswith(b"{\\rtf")


def _is_pdf(start: FileStart) -> bool:
    return b"%PDF-" in start.data[:1024]


def _is_mht(start: FileStart) -> bool:
    header = _HEADER.match(start.head.lstrip())
    return header is not None and _MIME.search(header[0]) is not None


def _is_word_xml(start: FileStart) -> bool:
    return not _is_mht(start) and _WORD_XML.search(start.head) is not None


def _is_html(start: FileStart) -> bool:
    return _MARKUP.match(_strip_comments(start.head)) is not None


FILE_TYPES = (
    FileType(TEXT, (".txt", ".text", ".md"), _read_text),
    FileType("docx", (".docx", ".docm"), _read_docx),
    FileType("doc", (".doc", ".wps"), _read_with_libreoffice),
    FileType(RTF, (".rtf",), _read_with_libreoffice, _is_rtf),
    FileType("odt", (".odt",), _read_with_libreoffice),
    FileType(PDF, (".pdf",), _read_pdf, _is_pdf),
    FileType("ofd", (".ofd",), _read_ofd),
    FileType(WORD_XML, (), _read_word_xml, _is_word_xml),
    FileType(HTML, (".html", ".htm"), _read_html, _is_html),
    FileType(MHT, (".mht", ".mhtml"), _read_mht, _is_mht),
)
"""Every format, of which a file has the first that matches.

(.wps files of WPS are Word's .doc.)
"""
TYPES_BY_NAME = {type_.name: type_ for type_ in FILE_TYPES}
SUFFIXES = tuple(suffix for type_ in FILE_TYPES for suffix in type_.suffixes)
"""Suffixes of report files. Text in a file with another suffix is not a report."""


def is_row_file(path: PurePath) -> bool:
    """Return whether a file has the suffix of files with one report per row."""
    return path.suffix.lower() in ROW_SUFFIXES


def read(task: ExtractionTask) -> Extracted:
    """Read a file with the reader of its kind, after looking inside ZIP and OLE files."""
    if task.kind in {ZIP, OLE}:
        from reportsearch.extract import containers

        detect = containers.detect_zip_kind if task.kind == ZIP else containers.detect_ole_kind
        task = replace(task, kind=detect(task.data))
    return TYPES_BY_NAME[task.kind].read(task)


def detect_kind(data: bytes, name: str) -> str:
    """Detect the kind of a file. Raises ExtractError with the remedy if it cannot be a report."""
    if not data.strip():
        raise ExtractError("the file is empty")
    if not data.strip(b"\0 \t\r\n"):
        raise ExtractError("the file contains only zeros, so it was not fully copied; get it again")
    for magic, kind in _CONTAINERS:
        if data.startswith(magic):
            return kind
    for magic, what in _REFUSED:
        if data.startswith(magic):
            raise ExtractError(what)
    suffix = PurePath(name).suffix.lower()
    start = FileStart(data, _decode_head(data[:_HEAD]), suffix)
    for type_ in FILE_TYPES:
        if type_.matches(start):
            return type_.name
    if suffix and suffix not in SUFFIXES:
        known = " ".join((*SUFFIXES, *ROW_SUFFIXES))
        raise ExtractError(
            "{suffix} files are not supported; save it as one of {known}",
            suffix=suffix,
            known=known,
        )
    return TEXT


def _strip_comments(head: str) -> str:
    """Strip an XML declaration and comments from the start."""
    rest = head.lstrip()
    for opening, closing in (("<?xml", "?>"), ("<!--", "-->")):
        while rest.startswith(opening) and closing in rest:
            rest = rest.partition(closing)[2].lstrip()
    return rest


def _decode_head(head: bytes) -> str:
    """Decode the start of a file as far as needed for markup, which is ASCII."""
    for bom, encoding in plain_text.BOMS:
        if head.startswith(bom):
            return head.decode(encoding, "replace")
    return head.replace(b"\0", b"").decode("latin-1").replace("\r\n", "\n")
