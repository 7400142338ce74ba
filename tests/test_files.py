"""Files of answers: what is written over keeps what its owner has set."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from reportsearch.files import write_file


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
