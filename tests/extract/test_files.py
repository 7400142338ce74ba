"""Real files of every kind against what a careful reader sees in them: tests/gold/files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reportsearch import ExtractError
from reportsearch.extract import file_types
from reportsearch.extract.models import Extracted
from reportsearch.extract.sandbox.pool import ReaderPool
from tests.conftest import PROJECT

FILES = PROJECT / "tests" / "gold" / "files"
GOLD = ".gold.txt"
READABLE = sorted(path.name.removesuffix(GOLD) for path in FILES.glob(f"*{GOLD}"))
# Where a file is read with known differences: how many lines of the gold come out to the letter.
# What is lost, and why, stands in docs/formats.md.
KNOWN: dict[str, int] = {}


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool() as pool:
        yield pool


def read(pool: ReaderPool, name: str) -> Extracted:
    data = (FILES / name).read_bytes()
    return pool.submit(file_types.detect_kind(data, name), data).future.result()


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("name", READABLE)
def test_what_is_read_is_what_a_reader_sees(pool: ReaderPool, name: str) -> None:
    wanted = lines((FILES / f"{name}{GOLD}").read_text(encoding="utf-8"))
    found = lines(read(pool, name).text)
    if name not in KNOWN:
        assert found == wanted
    else:
        assert len(set(found) & set(wanted)) >= KNOWN[name]


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("l1_emergency.doc", "doc"),
        ("l3_copy_of_doc.wps", "doc"),
        ("l4_doc_named.docx", "doc"),
        ("l5_docx_named.doc", "docx"),
        ("l6_rtf_named.doc", "rtf"),
        ("l2_medical.odt", "odt"),
        ("d15_strict_ooxml.docx", "docx"),
        ("h01_trs_gb2312.html", "html"),
        ("m01_chromium_snapshot.mhtml", "mht"),
        ("o01_line_per_object.ofd", "ofd"),
        ("p01_long_report.pdf", "pdf"),
        ("p07_text_plus_scan.pdf", "pdf-ocr"),
    ],
)
def test_a_files_kind_is_told_by_its_content(pool: ReaderPool, name: str, reader: str) -> None:
    assert read(pool, name).reader == reader


def test_a_pdf_with_a_password_is_refused_with_the_remedy(pool: ReaderPool) -> None:
    with pytest.raises(ExtractError, match="password"):
        read(pool, "p05_password.pdf")
