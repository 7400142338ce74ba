"""What a file is, by its first bytes: its name may say anything.

Packed and compound files are only told apart as such here, since to look into a hostile one takes
a process of its own: :mod:`reportsearch.extract.containers` goes on where this stops.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from reportsearch.errors import ExtractError
from reportsearch.extract.plain_text import BOMS

TEXT, ZIP, OLE, PDF, RTF, HTML, MHT, WORD_XML = (
    "text", "zip", "ole", "pdf", "rtf", "html", "mht", "word-xml",
)  # fmt: skip

SUFFIXES = (
    ".txt", ".text", ".md", ".docx", ".docm", ".doc", ".wps", ".rtf", ".odt", ".pdf", ".ofd",
    ".html", ".htm", ".mht", ".mhtml",
)  # fmt: skip
"""What files of reports are called. Text in a file of another name is no report."""

ROW_SUFFIXES = (".jsonl", ".csv")
"""What files with a report a row are called: by their content they are only text."""

_HEAD = 8192
_MAGIC = (
    (b"PK\x03\x04", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"{\\rtf", RTF),
)
_PICTURE = (
    "a picture; make a PDF of it, which the extra reportsearch[ocr] reads, or type it into a Word "
    "file"
)
_ARCHIVE = "an archive; unpack it and index the folder"
_PROGRAM = "a program, whatever its name says"
_REFUSED = (
    (b"PK\x05\x06", "an empty archive, or half a download; get it again"),
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
    (b"%!PS", "a PostScript file; print it to PDF"),
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


def detect_kind(data: bytes, name: str) -> str:
    """What a file is. Raises ExtractError with the remedy when it cannot be a report."""
    if not data.strip():
        raise ExtractError("the file is empty")
    if not data.strip(b"\0 \t\r\n"):
        raise ExtractError("there are only zeros in the file: half a copy; get it again")
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    for magic, what in _REFUSED:
        if data.startswith(magic):
            raise ExtractError(what)
    if b"%PDF-" in data[:1024]:
        return PDF
    head = _decode_head(data[:_HEAD])
    header = _HEADER.match(head.lstrip())
    if header and _MIME.search(header[0]):
        return MHT
    if _WORD_XML.search(head):
        return WORD_XML
    if _MARKUP.match(_strip_comments(head)):
        return HTML
    suffix = PurePath(name).suffix.lower()
    if suffix and suffix not in SUFFIXES:
        known = " ".join((*SUFFIXES, *ROW_SUFFIXES))
        raise ExtractError(f"files of type {suffix} are not read; save it as one of {known}")
    return TEXT


def _strip_comments(head: str) -> str:
    """What stands after an XML declaration and comments at the beginning."""
    rest = head.lstrip()
    for opening, closing in (("<?xml", "?>"), ("<!--", "-->")):
        while rest.startswith(opening) and closing in rest:
            rest = rest.partition(closing)[2].lstrip()
    return rest


def _decode_head(head: bytes) -> str:
    """The beginning of a file as text, as far as markup goes: it is ASCII."""
    for bom, encoding in BOMS:
        if head.startswith(bom):
            return head.decode(encoding, "replace")
    return head.replace(b"\0", b"").decode("latin-1").replace("\r\n", "\n")
