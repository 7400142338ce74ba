"""OFD files (GB/T 33190-2016), the Chinese government's own format.

A file is a zip of XML with positioned characters. Only the content of the pages is read, without
template pages (running headers), notes, seals and pictures.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from math import hypot
from typing import Any

from reportsearch.errors import ExtractError, Message
from reportsearch.extract.pages.ofd_layout import OfdGlyph, OfdPage, build_paragraphs

_MAX_UNPACKED_BYTES = 200 << 20
_MAX_PART_BYTES = 32 << 20
_MAX_GLYPHS = 2_000_000
_CHUNK = 1 << 20
_BAD = Message("the OFD file is damaged; open it in an OFD reader and print it to PDF")
_LOCKED = Message("the OFD file is encrypted; open it in an OFD reader and print it to PDF")
_NUMBER = re.compile(r"[-+]?(?:\d++\.?\d*|\.\d++)(?:[eE][-+]?\d{1,2})?")
_A4 = (210.0, 297.0)


def read(data: bytes) -> str:
    """Return the text of an OFD file, one paragraph or table row per line. Raises ExtractError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            pages = list(_iter_pages(_OfdPackage(archive)))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error) as error:
        raise ExtractError(_BAD) from error
    text = "\n".join(build_paragraphs(pages))
    if not text.strip():
        raise ExtractError(
            "the OFD file contains only pictures, no text; print it to PDF in an OFD reader, "
            "and read the PDF with OCR"
        )
    return text


class _OfdPackage:
    """The parts of a file, with a limit on the unpacked size."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        self._left = _MAX_UNPACKED_BYTES

    def read_xml(self, path: str) -> Any:
        """Return the root element of a part, or None if it does not exist."""
        from lxml import etree

        name = self._names.get(path.lower())
        if name is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        content = self._read_bytes(name)
        if not content.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t").startswith(b"<"):
            raise ExtractError(_LOCKED)
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise ExtractError(_BAD) from error

    def _read_bytes(self, name: str) -> bytes:
        if self._archive.getinfo(name).flag_bits & 1:
            raise ExtractError(_LOCKED)
        chunks = []
        most = min(self._left, _MAX_PART_BYTES)
        with self._archive.open(name) as stream:
            # The archive may declare a wrong size for a part.
            while chunk := stream.read(_CHUNK):
                chunks.append(chunk)
                most -= len(chunk)
                self._left -= len(chunk)
                if most < 0:
                    raise ExtractError(
                        "it unpacks to over {max_unpacked_bytes} MiB, or a page to over "
                        "{max_part_bytes} MiB; print it to PDF in an OFD reader",
                        max_unpacked_bytes=_MAX_UNPACKED_BYTES >> 20,
                        max_part_bytes=_MAX_PART_BYTES >> 20,
                    )
        return b"".join(chunks)


def _iter_pages(package: _OfdPackage) -> Iterator[OfdPage]:
    root = package.read_xml("OFD.xml")
    if root is None:
        raise ExtractError(_BAD)
    if any(True for _ in _iter_descendants(root, "Encryptions")):
        raise ExtractError(_LOCKED)
    documents = [element.text or "" for element in _iter_descendants(root, "DocRoot")]
    glyphs = 0
    for path in documents:
        place = _resolve_path("", path)
        document = package.read_xml(place)
        if document is None:
            raise ExtractError(_BAD)
        area = next(_iter_descendants(document, "PhysicalBox"), None)
        pages = next(_iter_children(document, "Pages"), ())
        for entry in _iter_children(pages, "Page"):
            content = package.read_xml(
                _resolve_path(posixpath.dirname(place), entry.get("BaseLoc", ""))
            )
            if content is None:
                raise ExtractError(_BAD)
            page = _read_page(content, area)
            glyphs += len(page.glyphs)
            if glyphs > _MAX_GLYPHS:
                raise ExtractError("it has over two million characters; split it")
            yield page


def _resolve_path(folder: str, path: str) -> str:
    path = path.strip().replace("\\", "/")
    joined = path if path.startswith("/") else posixpath.join(folder, path)
    return posixpath.normpath(joined).lstrip("/")


def _get_local_name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _iter_children(element: Any, name: str) -> Iterator[Any]:
    return (child for child in element if _get_local_name(child) == name)


def _iter_descendants(element: Any, name: str) -> Iterator[Any]:
    return (one for one in element.iter() if _get_local_name(one) == name)


def _parse_numbers(text: str | None) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text or "")]


def _read_page(root: Any, area: Any) -> OfdPage:
    own = next(_iter_descendants(root, "PhysicalBox"), area)
    box = _parse_numbers(own.text if own is not None else None)
    width, height = (box[2], box[3]) if len(box) == 4 else _A4
    glyphs: list[OfdGlyph] = []
    for content in _iter_children(root, "Content"):
        for element in _iter_descendants(content, "TextObject"):
            if element.get("Visible", "true") != "false":
                glyphs.extend(_iter_glyphs(element))
            if len(glyphs) > _MAX_GLYPHS:
                break
    return OfdPage(width, height, glyphs)


def _iter_glyphs(element: Any) -> Iterator[OfdGlyph]:
    """Iterate over the characters of a text object with their positions, in millimetres."""
    boundary = _parse_numbers(element.get("Boundary"))
    left, top = boundary[:2] if len(boundary) >= 2 else (0.0, 0.0)
    matrix = _parse_numbers(element.get("CTM"))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    if min(abs(a), abs(b)) > 0.2 * max(abs(a), abs(b)):
        # Text written diagonally is a watermark.
        return
    size = (_parse_numbers(element.get("Size")) or [1.0])[0]
    scale = hypot(c, d) or 1.0
    x = y = 0.0
    for code in _iter_children(element, "TextCode"):
        x = (_parse_numbers(code.get("X")) or [x])[0]
        y = (_parse_numbers(code.get("Y")) or [y])[0]
        text = (code.text or "").strip("\r\n")
        across = _parse_deltas(code.get("DeltaX"), len(text))
        down = _parse_deltas(code.get("DeltaY"), len(text))
        here_x, here_y = x, y
        for number, char in enumerate(text):
            yield OfdGlyph(
                left + a * here_x + c * here_y + e,
                top + b * here_x + d * here_y + f,
                size * scale,
                char,
            )
            if number < len(across):
                here_x += across[number]
            elif not down:
                here_x += size if ord(char) > 0x2000 else size / 2
            here_y += down[number] if number < len(down) else 0.0


def _parse_deltas(text: str | None, max_count: int) -> list[float]:
    """Parse distances between consecutive characters; "g 3 5.5" is three times 5.5."""
    deltas: list[float] = []
    words = iter((text or "").split())
    for word in words:
        repeat = 1
        if word == "g":
            times = next(words, "")
            word = next(words, "")
            repeat = int(times) if re.fullmatch(r"\d{1,9}", times) else 0
        if not _NUMBER.fullmatch(word):
            continue
        deltas.extend([float(word)] * min(repeat, max_count - len(deltas)))
        if len(deltas) >= max_count:
            break
    return deltas
