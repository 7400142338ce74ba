"""The parts of a Word file: a zip of XML files that name each other (ECMA-376 part 2).

Only the parts that hold text are unpacked; nothing outside the file is ever fetched.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import Any
from urllib.parse import unquote

from reportsearch.errors import ExtractError

BAD = "this is not a Word file, or a damaged one; open it in WPS or Word and save it as .docx"
HALF = (
    "the file is half a download, or damaged; get it again, or open it in WPS or Word and save it "
    "anew as .docx"
)
DEEP = "its tables or text boxes are nested too deeply; open it in WPS or Word and flatten them"
_LOCKED = "it is locked with a password; open it in WPS or Word and save it without one"
_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD = (
    "the file is encrypted or in the old .doc format; open it in WPS or Word and save it as .docx "
    "without a password"
)
_ENTITIES = (
    "it declares a document type, which Word never does; open it in WPS or Word and save it as "
    ".docx"
)
_TWICE = "two of its parts have one name; open it in WPS or Word and save it anew as .docx"

_LARGEST = 200 << 20
# Tables of one repeated row are packed up to a hundredfold; only zeros and the like go further.
_DENSEST = 250
_DENSE_FROM = 16 << 20
_STEP = 1 << 20

_MAIN = re.compile(
    r"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.(?:document|template)"
    r"|ms-word\.(?:document|template)\.macroEnabled(?:Template)?)\.main\+xml",
    re.IGNORECASE,
)
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationships"
# The strict variant of the format differs in these names alone, as far as text goes.
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


class Package:
    """A Word file's parts by what they are to the document. Raises ExtractError."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLD_FORMAT):
            raise ExtractError(_OLD)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:
            raise ExtractError(HALF if data.startswith(b"PK\x03\x04") else BAD) from error
        self._entries: dict[str, list[zipfile.ZipInfo]] = {}
        for entry in self._zip.infolist():
            self._entries.setdefault(_key(entry.filename), []).append(entry)
        self._unpacked = 0
        self._main = self._find_main()
        self._related = self._relations(self._main)

    def document(self) -> Any:
        """The root of the main part."""
        root = self._xml(self._main)
        if root is None:
            raise ExtractError(BAD)
        return root

    def related(self, kind: str) -> Any:
        """The root of the part that is the document's ``styles``, say; None when there is none."""
        return self._xml(self._related[kind]) if kind in self._related else None

    def _find_main(self) -> str:
        main = self._relations("").get("officeDocument")
        types = self._xml("[content_types].xml")
        if main is None or types is None:
            raise ExtractError(BAD)
        found = None
        for entry in types:
            if entry.tag == f"{_TYPES}Override" and _key(entry.get("PartName", "")) == main:
                found = entry.get("ContentType")
                break
            if entry.tag == f"{_TYPES}Default" and main.endswith(
                "." + entry.get("Extension", "").lower()
            ):
                found = entry.get("ContentType")
        if not _MAIN.fullmatch(found or ""):
            raise ExtractError(BAD)
        return main

    def _relations(self, part: str) -> dict[str, str]:
        """Kind to name of the parts that ``part`` names; of two of a kind the first."""
        folder, name = posixpath.split(part)
        root = self._xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, str] = {}
        if root is not None and root.tag != _RELATIONS:
            raise ExtractError(BAD)
        for relation in () if root is None else root:
            kind = relation.get("Type", "").rpartition("/")[2]
            target = relation.get("Target", "")
            if target and relation.get("TargetMode", "Internal") != "External":
                found.setdefault(kind, _key(posixpath.join("/", folder, unquote(target))))
        return found

    def _xml(self, name: str) -> Any:
        from lxml import etree

        entries = self._entries.get(name)
        if entries is None:
            return None
        if len(entries) > 1:
            raise ExtractError(_TWICE)
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
            raise ExtractError(DEEP if deep else BAD) from error
        except ValueError as error:
            raise ExtractError(BAD) from error
        if root.getroottree().docinfo.doctype:
            raise ExtractError(_ENTITIES)
        return root

    def _unpack(self, entry: zipfile.ZipInfo) -> bytes:
        """The content of a part, counted while it is unpacked: a zip may lie about the size."""
        if entry.flag_bits & 1:
            raise ExtractError(_LOCKED)
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise ExtractError(BAD)
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while piece := stream.read(_STEP):
                    pieces.append(piece)
                    size += len(piece)
                    self._unpacked += len(piece)
                    self._check(size, entry.compress_size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise ExtractError(HALF) from error
        except (NotImplementedError, RuntimeError) as error:
            raise ExtractError(BAD) from error
        return b"".join(pieces)

    def _check(self, size: int, packed: int) -> None:
        if self._unpacked > _LARGEST:
            raise ExtractError(
                f"it unpacks to more than {_LARGEST >> 20} MiB, the most that is read; save it in "
                "parts"
            )
        if size > _DENSE_FROM and size > _DENSEST * max(packed, 1):
            raise ExtractError(
                f"it is packed more than {_DENSEST} times, as no text is; open it in WPS or Word "
                "and save it anew as .docx"
            )


def _key(name: str) -> str:
    """A part's name as it is compared: without the root, in one case (ECMA-376 part 2, 6.2.2.3)."""
    return posixpath.normpath(posixpath.join("/", name.replace("\\", "/"))).lstrip("/").lower()
