from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportsearch.errors import ExtractError
from reportsearch.extract.containers import detect_ole_kind, detect_zip_kind

_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_ODT = "application/vnd.oasis.opendocument.text"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WORD_FILE = struct.pack("<HHIHH", 0xA5EC, 193, 0, 0, 0x1200).ljust(5000, b"\0")


def _zip(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _office(kind: str) -> bytes:
    return _zip({"[Content_Types].xml": f'<Types><Override ContentType="{kind}"/></Types>'})


def _odf(kind: str, manifest: str = "<manifest/>") -> bytes:
    return _zip({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": "<a/>"})


def _compound(
    streams: dict[str, bytes], inside: frozenset[str] = frozenset(), more: int = _END
) -> bytes:
    """A compound file: its table, its directory of one chain, and each stream after the other.

    Those whose names are in ``inside`` are in a storage of their own; short ones are in the root's.
    """
    entries, contents = [], []
    sector = 1 + (len(streams) + 2 + 3) // 4
    names = [name for name in streams if name not in inside]
    hidden = [name for name in streams if name in inside]
    small = b""

    def entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
        encoded = name.encode("utf-16-le").ljust(64, b"\0")
        length = len(name) * 2 + 2
        return struct.pack(
            "<64sHBBIII36xIQ", encoded, length, kind, 1, _FREE, right, child, start, size
        )

    chains = {}
    for position, name in enumerate([*names, *hidden]):
        content = streams[name]
        last = position in (len(names) - 1, len(streams) - 1)
        right = _FREE if last else position + 2
        if len(content) < 4096:
            entries.append(entry(name, 2, right, _FREE, len(small) // 64, len(content)))
            small += content.ljust(-(-len(content) // 64) * 64, b"\0")
            continue
        entries.append(entry(name, 2, right, _FREE, sector, len(content)))
        contents.append(content)
        chains[sector] = -(-len(content) // 512)
        sector += chains[sector]
    if hidden:
        # The storage comes first among those at the top.
        entries.append(entry("MBD01", 1, 1 if names else _FREE, len(names) + 1, 0, 0))
    child = len(entries) if hidden else 1
    if small:
        contents.append(small)
        chains[sector] = -(-len(small) // 512)
    root = entry("Root Entry", 5, _FREE, child, sector if small else _END, len(small))
    directory = b"".join([root, *entries]).ljust((len(streams) + 2 + 3) // 4 * 512, b"\0")
    chains[1] = len(directory) // 512
    table = [_FREE] * 128
    table[0] = _TABLE
    for start, length in chains.items():
        table[start : start + length] = [*range(start + 1, start + length), _END]
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, more, 0, 0),
        *[_FREE] * 108,
    )
    body = b"".join(content.ljust(-(-len(content) // 512) * 512, b"\0") for content in contents)
    return header + struct.pack("<128I", *table) + directory + body


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (_office(_WORD), "docx"),
        (_office(_WORD.replace("document.main", "template.main")), "docx"),
        (_office("application/vnd.ms-word.document.macroEnabled.main+xml"), "docx"),
        (_office("application/vnd.ms-word.template.macroEnabledTemplate.main+xml"), "docx"),
        (_zip({"word\\document.xml": "<w/>"}), "docx"),
        (_odf(_ODT), "odt"),
        (_odf(f"{_ODT}-template"), "odt"),
        (_zip({"OFD.xml": "<ofd/>", "Doc_0/Document.xml": ""}), "ofd"),
    ],
)
def test_reports_are_known_by_what_is_packed(data: bytes, kind: str) -> None:
    assert detect_zip_kind(data) == kind


def test_the_table_of_types_may_be_in_another_encoding() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types a="{_WORD}"/>'.encode("utf-16"))
    assert detect_zip_kind(stream.getvalue()) == "docx"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (_office("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "a spreadsheet; save"),
        (
            _office(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
            ),
            "as .csv with one report per row",
        ),
        (
            _office(
                "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml"
            ),
            "a presentation",
        ),
        (_odf("application/vnd.oasis.opendocument.spreadsheet"), "a spreadsheet"),
        (_odf("application/vnd.oasis.opendocument.presentation"), "a presentation"),
        (_odf("application/vnd.oasis.opendocument.graphics"), "a.* drawing"),
        (_odf(_ODT, "<m><manifest:encryption-data/></m>"), "the file has a password"),
        (_zip({"mimetype": "application/epub+zip"}), "an e-book"),
        (_zip({"Index/Document.iwa": ""}), "a Pages"),
        (_zip({"述职报告.docx": "x", "总结.txt": "x"}), "an archive; unpack it"),
        (_zip({}), "an empty archive"),
        (_office(_WORD)[:100], "get it again"),
        (b"PK\x03\x04", "get it again"),
    ],
    # Bytes of a package hold the time at which it was made: each process would have other names.
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)  # fmt: skip
def test_what_is_packed_but_no_report_is_named_with_the_remedy(data: bytes, what: str) -> None:
    with pytest.raises(ExtractError, match=what):
        detect_zip_kind(data)


def test_a_packed_file_with_a_million_entries_is_refused_at_once() -> None:
    entry = b"PK\x01\x02" + b"\0" * 24 + struct.pack("<HHH", 1, 0, 0) + b"\0" * 12 + b"a"
    many = entry * 1_000_000
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, len(many), 4, 0)
    started = time.perf_counter()
    with pytest.raises(ExtractError, match="archive"):
        detect_zip_kind(b"PK\x03\x04" + many + end)
    assert time.perf_counter() - started < 2


def test_of_a_part_that_unpacks_to_more_only_the_beginning_is_read() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types a="{_WORD}"/>' + " " * (8 << 20))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("[Content_Types].xml", f'<Types a="{_WORD}"/>' + " " * (8 << 20))
    assert detect_zip_kind(stream.getvalue()) == "docx"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_to_a_packed_file_comes_out_as_another_error(data: st.DataObject) -> None:
    mangled = bytearray(_odf(_ODT))
    for _ in range(data.draw(st.integers(1, 4))):
        mangled[data.draw(st.integers(4, len(mangled) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert detect_zip_kind(bytes(mangled)) == "odt"
    except ExtractError:
        return


@pytest.mark.parametrize("length", [12, 64, 4095, 4096, 9000])
def test_a_word_document_is_known_by_its_first_bytes_long_or_short(length: int) -> None:
    padding = {"\x01CompObj": b"x" * 700, "1Table": b"x" * 5000}
    assert detect_ole_kind(_compound(padding | {"WordDocument": _WORD_FILE[:length]})) == "doc"


def test_a_word_document_inside_of_a_spreadsheet_makes_it_no_word_document() -> None:
    both = {"Workbook": b"x" * 5000, "WordDocument": _WORD_FILE}
    with pytest.raises(ExtractError, match="a spreadsheet"):
        detect_ole_kind(_compound(both, inside=frozenset({"WordDocument"})))
    assert detect_ole_kind(_compound(both, inside=frozenset({"Workbook"}))) == "doc"


@pytest.mark.parametrize(
    ("stream", "what"),
    [
        ("Workbook", "a spreadsheet"),
        ("Book", "a spreadsheet"),
        ("PowerPoint Document", "a presentation"),
        ("EncryptedPackage", "the file has a password"),
        ("__properties_version1.0", "an Outlook e-mail"),
        ("MatOST", "Microsoft Works"),
        ("VisioDocument", "a Visio drawing"),
        ("Catalog", "a file without a Word document in it"),
    ],
)
def test_other_compound_files_are_named_with_the_remedy(stream: str, what: str) -> None:
    with pytest.raises(ExtractError, match=what):
        detect_ole_kind(_compound({stream: b"x" * 5000}))


def test_a_word_document_with_a_password_is_told_so() -> None:
    locked = struct.pack("<HHIHH", 0xA5EC, 193, 0, 0, 0x1300).ljust(5000, b"\0")
    with pytest.raises(ExtractError, match="remove the password"):
        detect_ole_kind(_compound({"WordDocument": locked}))


@pytest.mark.parametrize(
    "data",
    [
        _compound({"WordDocument": b"\0" * 5000}),
        _compound({"WordDocument": _WORD_FILE})[:1024],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(3000, b"\xd0"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ],
)
def test_a_damaged_compound_file_is_to_be_got_again(data: bytes) -> None:
    with pytest.raises(ExtractError, match="get it again"):
        detect_ole_kind(data)


def test_tables_that_lead_in_a_circle_are_left_at_once() -> None:
    circle = bytearray(_compound({"WordDocument": _WORD_FILE}, more=3)) + b"\3\0\0\0" * (5 << 20)
    # The directory's sector is followed by itself.
    circle[512 + 4 : 512 + 8] = struct.pack("<I", 1)
    started = time.perf_counter()
    with pytest.raises(ExtractError):
        detect_ole_kind(bytes(circle))
    assert time.perf_counter() - started < 2


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_damage_to_a_compound_file_comes_out_as_another_error(data: st.DataObject) -> None:
    mangled = bytearray(_compound({"0Table": b"x" * 100, "WordDocument": _WORD_FILE}))
    for _ in range(data.draw(st.integers(1, 6))):
        mangled[data.draw(st.integers(8, 1536))] = data.draw(st.integers(0, 255))
    try:
        assert detect_ole_kind(bytes(mangled)) == "doc"
    except ExtractError:
        return


def test_a_container_whose_beginning_is_packed_unusually_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_BZIP2) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(ExtractError, match="damaged"):
        detect_zip_kind(stream.getvalue())
