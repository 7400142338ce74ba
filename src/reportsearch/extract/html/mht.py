"""Web pages saved as one file (.mht, .mhtml), in which the page is a part of a mail message.

The standard library parses headers and encodings, but not the parts: for these it takes seconds per
hostile megabyte and recurses without limit.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

from reportsearch.errors import ExtractError
from reportsearch.extract import plain_text
from reportsearch.extract.html import main_text

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_MAX_HEADER_BYTES = 1 << 14
_MAX_PARTS = 10_000
_MAX_DEPTH = 10
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_START = re.compile(rb"\A\s*(?:\xef\xbb\xbf)?\s*")


@dataclass(frozen=True, slots=True)
class _MimePart:
    header: Message
    body: bytes

    @property
    def kind(self) -> str:
        return self.header.get_content_type()

    @property
    def charset(self) -> str:
        charset = self.header.get_param("charset", "")
        return charset if isinstance(charset, str) else ""

    def decode_body(self) -> bytes:
        encoding = str(self.header.get("Content-Transfer-Encoding", "")).strip().lower()
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.body)
        if encoding == "base64":
            try:
                return binascii.a2b_base64(self.body)
            except binascii.Error:
                # Truncated, so decode all complete groups.
                letters = re.sub(rb"[^A-Za-z0-9+/]", b"", self.body)
                return binascii.a2b_base64(letters[: len(letters) // 4 * 4])
        return self.body


def read(data: bytes) -> str:
    """Return the text of the saved page, one paragraph or table row per line.

    Raises ExtractError.
    """
    whole = _parse_part(_START.sub(b"", data, count=1))
    parts = list(_iter_leaf_parts(whole))
    pages = [part for part in parts if part.kind in _PAGES]
    if pages:
        return _read_root_page(pages, _find_root_id(whole))
    for part in parts:
        if part.kind == "text/plain" and part.body.strip():
            text = main_text.decode(part.decode_body(), part.charset)
            return "\n".join(plain_text.read(text.encode("utf-8", "replace")).splitlines())
    raise ExtractError(
        "the web archive contains no page; open it in a browser and copy its text into a Word file"
    )


def _read_root_page(pages: list[_MimePart], root: str) -> str:
    """Return the text of the root page.

    If it has none, as with frames, return the longest text of the other pages.
    """
    pages.sort(key=lambda part: bool(root) and part.header.get("Content-ID", "").strip() != root)
    failure = None
    texts = []
    for part in pages:
        try:
            texts.append(
                main_text.extract_main_text(main_text.decode(part.decode_body(), part.charset))
            )
        except ExtractError as error:
            failure = failure or error
        if texts and not failure:
            break
    if not texts:
        raise failure or ExtractError("the web archive contains no text")
    return max(texts, key=len)


def _find_root_id(whole: _MimePart) -> str:
    start = whole.header.get_param("start", "")
    return start.strip() if isinstance(start, str) else ""


def _parse_part(data: bytes) -> _MimePart:
    """Split a part into its header and the rest."""
    blank = _BLANK_LINE.search(data, 0, _MAX_HEADER_BYTES)
    if data[:1] in b"\r\n":
        # No header at all.
        return _MimePart(Message(), data)
    header = data[: blank.start() if blank else _MAX_HEADER_BYTES]
    return _MimePart(BytesHeaderParser().parsebytes(header), data[blank.end() :] if blank else b"")


def _iter_leaf_parts(whole: _MimePart) -> Iterator[_MimePart]:
    """Iterate over the parts without nested parts, in order."""
    waiting = [(whole, 0)]
    seen = 0
    while waiting:
        part, depth = waiting.pop()
        if len(waiting) + seen > _MAX_PARTS:
            raise ExtractError(
                "the web archive has over {max_parts:,} parts; open it in a browser and copy "
                "its text into a Word file",
                max_parts=_MAX_PARTS,
            )
        boundary = part.header.get_boundary()
        if not part.kind.startswith("multipart/") or not boundary or depth >= _MAX_DEPTH:
            seen += 1
            yield part
            continue
        line = rb"(?:\A|\r?\n)--" + re.escape(boundary.encode("utf-8", "surrogateescape"))
        # The text before the first boundary and after the last one is for old mail programs.
        pieces = re.split(line + rb"(?=-*[ \t]*(?:\r?\n|\Z))", part.body, maxsplit=_MAX_PARTS)[1:]
        inside = [re.sub(rb"\A-*[ \t]*\r?\n?", b"", piece, count=1) for piece in pieces]
        waiting.extend(
            (_parse_part(piece), depth + 1) for piece in reversed(inside) if piece.strip()
        )
