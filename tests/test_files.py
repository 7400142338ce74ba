"""Files of answers: what is written over keeps what its owner has set."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path

import pytest

from reportsearch import Archive
from reportsearch.files import name_temporary, write_file


@pytest.mark.skipif(sys.platform == "win32", reason="files there have no such modes")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_a_file_that_is_replaced_keeps_who_may_read_it(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"before")
    path.chmod(mode)
    write_file(path, b"after")
    assert path.read_bytes() == b"after"
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert list(tmp_path.iterdir()) == [path]


def leave_temporary(folder: Path, hours: float) -> Path:
    path = name_temporary(folder)
    path.touch()
    then = time.time() - 3600 * hours
    os.utime(path, (then, then))
    return path


def test_what_an_interrupted_process_left_is_deleted_by_the_next_one(tmp_path: Path) -> None:
    reports, index = tmp_path / "reports", tmp_path / "index"
    (reports / "sub").mkdir(parents=True)
    (reports / "sub" / "a.txt").write_text("述职报告\n民政工作。", encoding="utf-8")
    with Archive.create(index) as archive:
        left = [leave_temporary(folder, 2) for folder in (reports, reports / "sub", index)]
        living = leave_temporary(reports / "sub", 0)
        assert archive.index(reports).added == 1
        assert not any(path.exists() for path in left)
        left = [leave_temporary(tmp_path, 2)]
        write_file(tmp_path / "a.csv", b"")
        assert not left[0].exists()
    assert living.exists()
