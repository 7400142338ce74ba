"""Detection of what a packed (ZIP) or compound (OLE) file contains, and rejection of other content.

The suffix of Office files is unreliable: WPS saves Word documents as .wps, a .doc may be a .docx,
and a file with a password is wrapped in a compound file. Only the table of contents and the first
bytes of a part are read here.

The reader of compound files follows [MS-CFB]: a file system with a table of sectors (FAT), in which
any number may be wrong. It never reads outside the file, nor follows a chain for longer than the
file has sectors. The package olefile is not used, because it reads properties, streams and dates in
2,600 lines, which no reader of this project needs.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from reportsearch.errors import ExtractError, Message

_SPREADSHEET = Message(
    "a spreadsheet; save the sheet as .csv with one report per row, or its text as .docx"
)
_PRESENTATION = Message("a presentation; save its text as .docx")
_LOCKED = Message(
    "the file has a password; open it in WPS or Word, remove the password and save it as .docx"
)
_ARCHIVE = Message("an archive; unpack it and index the folder")
_DAMAGED = Message(
    "the file is damaged, or was not fully downloaded or copied; get it again, or save it "
    "again in the program that created it"
)

_MAX_PARTS = 20_000
_MAX_READ_BYTES = 1 << 20
_CENTRAL = b"PK\x01\x02"
_WORD_TYPE = re.compile(
    r"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.(?:document|template)"
    r"|ms-word\.(?:document|template)\.macroEnabled(?:Template)?)\.main\+xml",
    re.IGNORECASE,
)
_OFFICE_TYPES = (
    (
        re.compile(r"spreadsheetml\.(?:sheet|template)\.main\+xml|ms-excel\.", re.IGNORECASE),
        _SPREADSHEET,
    ),
    (re.compile(r"presentationml\.|ms-powerpoint\.", re.IGNORECASE), _PRESENTATION),
    (
        re.compile(r"ms-visio\.", re.IGNORECASE),
        Message("a Visio drawing, not a report; save its text as .docx"),
    ),
    (
        re.compile(r"fixedrepresentation\+xml", re.IGNORECASE),
        Message("an XPS file; print it to PDF"),
    ),
)
_ODF = "application/vnd.oasis.opendocument."
_ODF_REFUSED = (
    ("spreadsheet", _SPREADSHEET),
    ("presentation", _PRESENTATION),
    (
        "",
        Message("an OpenDocument drawing, formula or chart, not a report; save its text as .docx"),
    ),
)


def detect_zip_kind(data: bytes) -> str:
    """Return the kind of a ZIP file: "docx", "odt" or "ofd".

    Raises ExtractError with the remedy.
    """
    if data.count(_CENTRAL) > _MAX_PARTS:
        raise ExtractError(_ARCHIVE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _detect_package_kind(archive)
    except ExtractError:
        raise
    except Exception as error:
        # A hostile file can make the library raise anything.
        raise ExtractError(_DAMAGED) from error


def _detect_package_kind(archive: zipfile.ZipFile) -> str:
    parts = {part.filename.replace("\\", "/").lower(): part for part in archive.infolist()}
    if not parts:
        raise ExtractError("an empty archive")
    if "mimetype" in parts:
        mimetype = _read_part_start(archive, parts["mimetype"]).strip()
        if mimetype.startswith(_ODF):
            return _detect_odf_kind(archive, parts, mimetype.removeprefix(_ODF))
        if mimetype == "application/epub+zip":
            raise ExtractError("an e-book; save its text as .docx")
    if "ofd.xml" in parts:
        return "ofd"
    if "[content_types].xml" in parts:
        types = _read_part_start(archive, parts["[content_types].xml"])
        if _WORD_TYPE.search(types):
            return "docx"
        for pattern, what in _OFFICE_TYPES:
            if pattern.search(types):
                raise ExtractError(what)
    if "word/document.xml" in parts:
        return "docx"
    if "index/document.iwa" in parts or "index.zip" in parts:
        raise ExtractError("a Pages, Numbers or Keynote file; export it as .docx")
    raise ExtractError(_ARCHIVE)


def _detect_odf_kind(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], subtype: str
) -> str:
    manifest = parts.get("meta-inf/manifest.xml")
    if "encrypted-package" in parts or (
        manifest is not None and "encryption-data" in _read_part_start(archive, manifest)
    ):
        raise ExtractError(_LOCKED)
    if subtype.startswith("text"):
        return "odt"
    raise ExtractError(next(what for start, what in _ODF_REFUSED if subtype.startswith(start)))


def _read_part_start(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    """Read the start of a part as far as markup goes. Raises ExtractError if it is damaged."""
    # The library limits the size of its output for these two methods only.
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ExtractError(_DAMAGED)
    if part.flag_bits & 1:
        raise ExtractError(_LOCKED)
    with archive.open(part) as stream:
        start = stream.read(_MAX_READ_BYTES)
    return start.replace(b"\0", b"").decode("latin-1")


_FIRST_SPECIAL_SECTOR = 0xFFFFFFFA
"""First of the special sector numbers: end of the chain, free, none."""
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_HEADER = struct.Struct("<30xHH14xI4xI8xI")
_ENTRY = struct.Struct("<64xHBxIII36xIQ")
_MAX_ENTRIES = 20_000
_WORD_MAGIC_NUMBERS = frozenset({0xA5EC, 0xA5DC, 0xA5DB, 0xA697, 0xA698, 0xA699})
"""First words of the WordDocument stream: Word 97 and later; 95 and 6; 2; old Asian versions."""
_ENCRYPTED = 0x0100
_REFUSED_OLE = (
    (frozenset({"encryptedpackage", "encryptioninfo"}), _LOCKED),
    (frozenset({"workbook", "book"}), _SPREADSHEET),
    (frozenset({"powerpoint document", "pp40", "pp97_dualstorage"}), _PRESENTATION),
    (
        frozenset({"__properties_version1.0", "__nameid_version1.0"}),
        Message("an Outlook e-mail; save its attachment, or its text as .docx"),
    ),
    (
        frozenset({"matost", "matadordb", "spelling", "contents"}),
        Message("a Microsoft Works or Publisher file; open it in WPS or Word and save it as .docx"),
    ),
    (
        frozenset({"visiodocument"}),
        Message("a Visio drawing, not a report; save its text as .docx"),
    ),
    (frozenset({"fileheader", "bodytext"}), Message("a Hangul file; save it as .docx")),
)


@dataclass(frozen=True, slots=True)
class _DirectoryEntry:
    """A storage or stream in a compound file."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class _CompoundFile:
    """A compound file. Raises ExtractError if its tables point outside of it or in a circle."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise ExtractError(_DAMAGED)
        self._data = data
        shift, mini, first_entry, self._cutoff, first_more = _HEADER.unpack_from(data)
        if shift not in (9, 12) or mini != 6:
            raise ExtractError(_DAMAGED)
        self._shift = shift
        self._sectors = max(0, (len(data) + (1 << shift) - 1 >> shift) - 1)
        needed = self._sectors * 4 // (1 << shift) + 1
        self._fat_sectors = [*islice(self._iter_fat_sectors(first_more), needed)]
        self.entries = [*self._read_entries(first_entry)]
        if not self.entries or self.entries[0].kind != _ROOT:
            raise ExtractError(_DAMAGED)

    def read_root_entries(self) -> dict[str, _DirectoryEntry]:
        """Return the entries at the top of the tree by their lower-case names."""
        found: dict[str, _DirectoryEntry] = {}
        seen = set()
        ahead = [self.entries[0].child]
        while ahead:
            number = ahead.pop()
            if number >= len(self.entries) or number in seen:
                continue
            seen.add(number)
            entry = self.entries[number]
            if entry.kind in (_STORAGE, _STREAM):
                found.setdefault(entry.name.lower(), entry)
                ahead += [entry.left, entry.right]
        return found

    def read_stream_start(self, entry: _DirectoryEntry) -> bytes:
        """Return up to 64 bytes from the start of a stream."""
        if entry.size >= self._cutoff:
            return self._read_sector(entry.start, 0)[: min(entry.size, 64)]
        # A short stream is a part of the root's own stream.
        before, offset = divmod(entry.start << 6, 1 << self._shift)
        for position, sector in enumerate(self._iter_chain(self.entries[0].start)):
            if position == before:
                return self._read_sector(sector, offset)[: min(entry.size, 64)]
        raise ExtractError(_DAMAGED)

    def _read_sector(self, sector: int, offset: int) -> bytes:
        if sector >= self._sectors:
            raise ExtractError(_DAMAGED)
        start = ((sector + 1) << self._shift) + offset
        return self._data[start : (sector + 2) << self._shift]

    def _read_sector_numbers(self, sector: int) -> tuple[int, ...]:
        content = self._read_sector(sector, 0)
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    def _iter_fat_sectors(self, first_difat_sector: int) -> Iterator[int]:
        """Iterate over the sectors of the FAT: 109 are in the header, the others in a chain."""
        yield from (
            n for n in struct.unpack_from("<109I", self._data, 76) if n < _FIRST_SPECIAL_SECTOR
        )
        for _ in range(self._sectors):
            if first_difat_sector >= _FIRST_SPECIAL_SECTOR:
                return
            *numbers, first_difat_sector = self._read_sector_numbers(first_difat_sector)
            yield from (n for n in numbers if n < _FIRST_SPECIAL_SECTOR)

    def _iter_chain(self, sector: int) -> Iterator[int]:
        each = (1 << self._shift) // 4
        for _ in range(self._sectors + 1):
            if sector >= _FIRST_SPECIAL_SECTOR:
                return
            yield sector
            table, place = divmod(sector, each)
            if table >= len(self._fat_sectors):
                raise ExtractError(_DAMAGED)
            numbers = self._read_sector(self._fat_sectors[table], place * 4)[:4]
            if len(numbers) < 4:
                raise ExtractError(_DAMAGED)
            sector = int.from_bytes(numbers, "little")
        raise ExtractError(_DAMAGED)

    def _read_entries(self, first: int) -> Iterator[_DirectoryEntry]:
        count = 0
        for sector in self._iter_chain(first):
            content = self._read_sector(sector, 0)
            for start in range(0, len(content) - 127, 128):
                length, kind, left, right, child, place, size = _ENTRY.unpack_from(content, start)
                name = content[start : start + max(0, min(length, 64) - 2)]
                # With small sectors, the upper half of the size is undefined.
                size = size & 0xFFFFFFFF if self._shift == 9 else size
                yield _DirectoryEntry(
                    name.decode("utf-16-le", "replace"), kind, left, right, child, place, size
                )
                count += 1
            if count > _MAX_ENTRIES:
                raise ExtractError(
                    "a compound file with too many parts for a report; save its text as .docx"
                )


def detect_ole_kind(data: bytes) -> str:
    """Return the kind of a compound file, "doc". Raises ExtractError with the remedy."""
    compound = _CompoundFile(data)
    top = compound.read_root_entries()
    word = top.get("worddocument")
    if word is not None:
        start = compound.read_stream_start(word)
        if len(start) < 12 or int.from_bytes(start[:2], "little") not in _WORD_MAGIC_NUMBERS:
            raise ExtractError(_DAMAGED)
        if int.from_bytes(start[10:12], "little") & _ENCRYPTED:
            raise ExtractError(_LOCKED)
        return "doc"
    for names, what in _REFUSED_OLE:
        if names & top.keys():
            raise ExtractError(what)
    raise ExtractError("a file without a Word document in it; save the text as .docx")
