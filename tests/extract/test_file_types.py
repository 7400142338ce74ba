"""What a file is, by its first bytes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reportsearch import Archive, ExtractError
from reportsearch.extract import file_types
from reportsearch.extract.models import TEXT


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7", file_types.PDF),
        (b"junk\n%PDF-1.4", file_types.PDF),
        (b"{\\rtf1", file_types.RTF),
        (b"PK\x03\x04", file_types.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", file_types.OLE),
        (b"<!DOCTYPE html>", file_types.HTML),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><!-- a --> <!-- b --><HTML>", file_types.HTML),
        ("<html>".encode("utf-16"), file_types.HTML),
        (b"<p>text</p>", file_types.HTML),
        (
            b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary=x\n",
            file_types.MHT,
        ),
        (b"<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?>", file_types.WORD_XML),
        ("述职报告：民政".encode("gb18030"), TEXT),
        (b"a < b, <x> und <html>", TEXT),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a"])
def test_the_first_bytes_tell_whatever_the_name_says(head: bytes, kind: str, name: str) -> None:
    assert file_types.detect_kind(head, name) == kind


def test_any_number_of_comments_is_looked_through_at_once() -> None:
    assert file_types.detect_kind(b"<!---->" * 1_000 + b"<xx\n", "a.txt") == TEXT
    assert file_types.detect_kind(b"<!---->" * 1_000 + b"<html>", "a.txt") == file_types.HTML


@pytest.mark.parametrize("data", [b"", b" \n", bytes(5_000)])
def test_nothing_is_refused_as_nothing(data: bytes) -> None:
    with pytest.raises(ExtractError, match=r"empty|zeros"):
        file_types.detect_kind(data, "a.txt")


def test_the_files_of_the_system_and_of_saved_pages_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "报告_files").mkdir()
    (tmp_path / "别的_files").mkdir()
    page = "<p>述职报告</p><p>分管民政。</p>"
    for name in (
        "报告.html",
        "报告_files/ad.html",
        "别的_files/a.html",
        "Thumbs.db",
        "desktop.ini",
    ):
        (tmp_path / name).write_text(page, encoding="utf-8")
    with Archive.in_memory() as archive:
        found = archive.index(tmp_path)
        assert [info.id for info in archive.infos()] == ["别的_files/a.html", "报告.html"]
        assert found.failed == ()


def test_a_file_that_becomes_a_pipe_in_the_middle_is_not_waited_for(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("述职报告\n民政工作。", encoding="utf-8")

    def change(_: int, __: int, name: str) -> None:
        if name == "a.txt" and (tmp_path / "c.txt").is_file():
            (tmp_path / "c.txt").unlink()
            os.mkfifo(tmp_path / "c.txt")

    for number in range(80):
        (tmp_path / f"b{number:02}.txt").write_text("述职报告\n民政工作。", encoding="utf-8")
    (tmp_path / "c.txt").write_text("述职报告\n民政工作。", encoding="utf-8")
    with Archive.in_memory() as archive:
        found = archive.index(tmp_path, progress=change)
    assert found.added == 82
    assert [(entry.source, entry.reason) for entry in found.failed] == [
        ("c.txt", "not a regular file")
    ]
