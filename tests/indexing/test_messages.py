"""What an index says of its files is translated wherever it comes from: a process, or the disk."""

from __future__ import annotations

import re
from pathlib import Path

from reportsearch import Archive
from reportsearch.errors import Message
from reportsearch.locale import CHINESE, translate


def is_translated(message: str) -> bool:
    said = translate(CHINESE, message)
    return isinstance(message, Message) and bool(re.search(r"[\u4e00-\u9fff]", said))


def test_reasons_keep_their_chinese_from_the_reading_process_and_on_disk(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    # Files of these types are read in another process, which sends the reason with its values.
    (reports / "half.docx").write_bytes(b"PK\x03\x04 half a Word file")
    (reports / "page.html").write_text("<div>" * 5000, encoding="utf-8")
    (reports / "a.txt").write_text("我分管民政工作。\n新建养老院两所。\n", encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        failed = archive.index([reports]).failed
    assert {failure.source for failure in failed} == {"half.docx", "page.html"}
    assert all(is_translated(failure.reason) for failure in failed)
    with Archive.open(tmp_path / "index") as archive:
        doubts = archive.show("a.txt").doubts
    assert {doubt.field for doubt in doubts} >= {"title", "year"}
    assert all(is_translated(doubt.reason) for doubt in doubts)
