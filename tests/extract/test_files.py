"""Real files of every kind against what a careful reader sees in them: tests/gold/files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from _pytest.mark import ParameterSet

from reportsearch import ExtractError
from reportsearch.extract import containers, file_types
from reportsearch.extract.models import Extracted
from reportsearch.extract.sandbox.pool import ReaderPool
from tests.conftest import PROJECT

FILES = PROJECT / "tests" / "gold" / "files"
GOLD = ".gold.txt"
# Scans of whole pages, and the same reports through LibreOffice once more, take longer than all the
# rest: benchmarks/campaigns/gold_files.py reads them. A smaller scan is in test_ocr.py.
SLOW = {
    "p06_scan_2pages.pdf", "l1_emergency.odt", "l2_medical.doc",
    "l2_medical.rtf", "l4_doc_named.docx", "l6_rtf_named.doc", "p07_text_plus_scan.pdf",
}  # fmt: skip
READABLE = sorted({path.name.removesuffix(GOLD) for path in FILES.glob(f"*{GOLD}")} - SLOW)
NEEDS_LIBREOFFICE = pytest.mark.needs("LibreOffice")


def with_needs(name: str, *values: str) -> ParameterSet:
    """A parameter set; files whose names begin with l are read by LibreOffice."""
    is_office = name.startswith("l") and name != "l5_docx_named.doc"
    return pytest.param(name, *values, marks=[NEEDS_LIBREOFFICE] if is_office else [])


Read = Callable[[str], Extracted]


@pytest.fixture(scope="module")
def read() -> Iterator[Read]:
    """Read a file in a reading process; what is the same under another name is read once."""
    with ReaderPool(1) as pool:

        @cache
        def read_once(kind: str, data: bytes) -> Extracted:
            return pool.submit(kind, data).future.result()

        def read_file(name: str) -> Extracted:
            data = (FILES / name).read_bytes()
            return read_once(file_types.detect_kind(data, name), data)

        yield read_file


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("name", [with_needs(name) for name in READABLE])
def test_what_is_read_is_what_a_reader_sees(read: Read, name: str) -> None:
    wanted = lines((FILES / f"{name}{GOLD}").read_text(encoding="utf-8"))
    assert lines(read(name).text) == wanted


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        with_needs("l1_emergency.doc", "doc"),
        with_needs("l3_copy_of_doc.wps", "doc"),
        with_needs("l5_docx_named.doc", "docx"),
        with_needs("l2_medical.odt", "odt"),
        with_needs("d15_strict_ooxml.docx", "docx"),
        with_needs("h01_trs_gb2312.html", "html"),
        with_needs("m01_chromium_snapshot.mhtml", "mht"),
        with_needs("o01_line_per_object.ofd", "ofd"),
        with_needs("p01_long_report.pdf", "pdf"),
    ],
)
def test_a_files_kind_is_told_by_its_content(read: Read, name: str, reader: str) -> None:
    assert read(name).reader == reader


def test_what_libreoffice_reads_is_known_whatever_it_is_called() -> None:
    data = (FILES / "l4_doc_named.docx").read_bytes()
    assert file_types.detect_kind(data, "l4_doc_named.docx") == file_types.OLE
    assert containers.detect_ole_kind(data) == "doc"
    data = (FILES / "l6_rtf_named.doc").read_bytes()
    assert file_types.detect_kind(data, "l6_rtf_named.doc") == file_types.RTF


def test_a_pdf_with_a_password_is_refused_with_the_remedy(read: Read) -> None:
    with pytest.raises(ExtractError, match="password"):
        read("p05_password.pdf")
