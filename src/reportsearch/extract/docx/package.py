"""The parts of a Word file, a zip of XML files that refer to each other (ECMA-376 part 2).

Only the parts with text are unpacked. Nothing outside the file is ever fetched.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import Any
from urllib.parse import unquote

from reportsearch.errors import ExtractError, Message

NOT_A_WORD_FILE = Message(
    "this is not a Word file, or it is damaged; open it in WPS or Word and save it as .docx"
)
TRUNCATED = Message(
    "the file is damaged or was not fully downloaded; get it again, or open it in WPS or Word "
    "and save it again as .docx"
)
TOO_DEEP = Message(
    "its tables or text boxes are nested too deeply; open it in WPS or Word and flatten them"
)
_LOCKED = Message("it is protected by a password; open it in WPS or Word and save it without one")
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OR_OLD = Message(
    "the file is encrypted or in the old .doc format; open it in WPS or Word and save it as .docx "
    "without a password"
)
_HAS_DOCTYPE = Message(
    "it declares a document type, which Word never does; open it in WPS or Word and save it as "
    ".docx"
)
_DUPLICATE_PART = Message(
    "two of its parts have the same name; open it in WPS or Word and save it again as .docx"
)

_MAX_UNPACKED_BYTES = 200 << 20
# Tables of one repeated row are compressed up to a hundredfold; only zeros and such exceed this.
_MAX_COMPRESSION_RATIO = 250
_RATIO_CHECKED_FROM = 16 << 20
_CHUNK_BYTES = 1 << 20

_MAIN_CONTENT_TYPE = re.compile(
    r"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.(?:document|template)"
    r"|ms-word\.(?:document|template)\.macroEnabled(?:Template)?)\.main\+xml",
    re.IGNORECASE,
)
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationships"
# As far as text is concerned, the strict variant of the format differs only in these names.
_STRICT = (
    (
        b'"http://purl.oclc.org/ooxml/wordprocessingml/main"',
        b'"http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
    ),
    (
        b'"http://purl.oclc.org/ooxml/officeDocument/math"',
        b'"http://schemas.openxmlformats.org/officeDocument/2006/math"',
    ),
)


class DocxPackage:
    """The parts of a Word file by their relation to the document. Raises ExtractError."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLE_MAGIC):
            raise ExtractError(_ENCRYPTED_OR_OLD)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:
            raise ExtractError(
                TRUNCATED if data.startswith(b"PK\x03\x04") else NOT_A_WORD_FILE
            ) from error
        self._entries: dict[str, list[zipfile.ZipInfo]] = {}
        for entry in self._zip.infolist():
            self._entries.setdefault(_normalise_part_name(entry.filename), []).append(entry)
        self._unpacked = 0
        self._main = self._find_main()
        self._related = self._read_relationships(self._main)

    def read_document(self) -> Any:
        """Return the root of the main part."""
        root = self._read_xml(self._main)
        if root is None:
            raise ExtractError(NOT_A_WORD_FILE)
        return root

    def read_related(self, kind: str) -> Any:
        """Return the root of a part of the document, such as its styles, or None."""
        return self._read_xml(self._related[kind]) if kind in self._related else None

    def _find_main(self) -> str:
        main = self._read_relationships("").get("officeDocument")
        types = self._read_xml("[content_types].xml")
        if main is None or types is None:
            raise ExtractError(NOT_A_WORD_FILE)
        found = None
        for entry in types:
            if (
                entry.tag == f"{_TYPES}Override"
                and _normalise_part_name(entry.get("PartName", "")) == main
            ):
                found = entry.get("ContentType")
                break
            if entry.tag == f"{_TYPES}Default" and main.endswith(
                "." + entry.get("Extension", "").lower()
            ):
                found = entry.get("ContentType")
        if not _MAIN_CONTENT_TYPE.fullmatch(found or ""):
            raise ExtractError(NOT_A_WORD_FILE)
        return main

    def _read_relationships(self, part: str) -> dict[str, str]:
        """Map kinds to names of the parts that ``part`` refers to, with the first of each kind."""
        folder, name = posixpath.split(part)
        root = self._read_xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, str] = {}
        if root is not None and root.tag != _RELATIONS:
            raise ExtractError(NOT_A_WORD_FILE)
        for relation in () if root is None else root:
            kind = relation.get("Type", "").rpartition("/")[2]
            target = relation.get("Target", "")
            if target and relation.get("TargetMode", "Internal") != "External":
                found.setdefault(
                    kind, _normalise_part_name(posixpath.join("/", folder, unquote(target)))
                )
        return found

    def _read_xml(self, name: str) -> Any:
        from lxml import etree

        entries = self._entries.get(name)
        if entries is None:
            return None
        if len(entries) > 1:
            raise ExtractError(_DUPLICATE_PART)
        data = self._unpack(entries[0])
        if b"/purl.oclc.org/ooxml/" in data:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            deep = "depth" in str(error)
            raise ExtractError(TOO_DEEP if deep else NOT_A_WORD_FILE) from error
        except ValueError as error:
            raise ExtractError(NOT_A_WORD_FILE) from error
        if root.getroottree().docinfo.doctype:
            raise ExtractError(_HAS_DOCTYPE)
        return root

    def _unpack(self, entry: zipfile.ZipInfo) -> bytes:
        """Unpack a part and check its size meanwhile, because a zip may lie about the size."""
        if entry.flag_bits & 1:
            raise ExtractError(_LOCKED)
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise ExtractError(NOT_A_WORD_FILE)
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while piece := stream.read(_CHUNK_BYTES):
                    pieces.append(piece)
                    size += len(piece)
                    self._unpacked += len(piece)
                    self._check_unpacked_size(size, entry.compress_size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise ExtractError(TRUNCATED) from error
        except (NotImplementedError, RuntimeError) as error:
            raise ExtractError(NOT_A_WORD_FILE) from error
        return b"".join(pieces)

    def _check_unpacked_size(self, size: int, packed: int) -> None:
        if self._unpacked > _MAX_UNPACKED_BYTES:
            raise ExtractError(
                "it unpacks to more than the limit of {max_unpacked_bytes} MiB; split it",
                max_unpacked_bytes=_MAX_UNPACKED_BYTES >> 20,
            )
        if size > _RATIO_CHECKED_FROM and size > _MAX_COMPRESSION_RATIO * max(packed, 1):
            raise ExtractError(
                "its compression ratio is over {max_compression_ratio}, too high for text; "
                "open it in WPS or Word and save it again as .docx",
                max_compression_ratio=_MAX_COMPRESSION_RATIO,
            )


def _normalise_part_name(name: str) -> str:
    """Return a part's name for comparison, without root or case (ECMA-376 part 2, 6.2.2.3)."""
    return posixpath.normpath(posixpath.join("/", name.replace("\\", "/"))).lstrip("/").lower()
