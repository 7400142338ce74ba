"""Temporary files and folders that a killed process left are removed, and those in use are kept."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportsearch import locks
from reportsearch.files import write_file

MAKE = """
import sys
from pathlib import Path
from reportsearch import locks
with locks.TemporaryFolder() as folder, locks.create_temporary_file(Path(sys.argv[1])) as file:
    (folder / "report.docx").write_bytes(b"x")
    print(folder, file.path, sep="\\n", flush=True)
    sys.stdin.read()
"""
Start = Callable[[], tuple["subprocess.Popen[str]", Path, Path]]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An own place for the system's temporary folder."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    before, tempfile.tempdir = tempfile.tempdir, None
    yield tmp_path / "temporary"
    tempfile.tempdir = before


@pytest.fixture
def start(tmp_path: Path, temporary: Path) -> Iterator[Start]:
    """Start a process that has a temporary folder, and a temporary file in ``tmp_path``."""
    started = []

    def run() -> tuple[subprocess.Popen[str], Path, Path]:
        process = subprocess.Popen(
            [sys.executable, "-c", MAKE, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        started.append(process)
        assert process.stdout is not None
        folder, file = (Path(process.stdout.readline().rstrip("\n")) for _ in range(2))
        assert folder.parent == temporary
        return process, folder, file

    yield run
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="a file is left alone for a minute there")
def test_what_a_killed_process_left_is_removed_and_what_is_in_use_is_kept(
    tmp_path: Path, start: Start
) -> None:
    killed, old_folder, old_file = start()
    _, folder, file = start()
    killed.kill()
    killed.communicate()
    assert old_folder.is_dir()
    assert old_file.exists()
    with locks.TemporaryFolder() as own:
        write_file(tmp_path / "answer.csv", b"x")
        assert own.is_dir()
        assert not old_folder.exists()
        assert not old_file.exists()
        assert (folder / "report.docx").exists()
        assert file.exists()
    assert not own.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_no_link_is_followed_and_no_folder_without_our_lock_is_emptied(
    tmp_path: Path, temporary: Path
) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "mine.txt").write_text("keep", encoding="utf-8")
    (victim / "reportsearch.lock").touch()
    (temporary / "reportsearch-planted0").symlink_to(victim)
    (temporary / "reportsearch-planted_").symlink_to(victim)
    (temporary / "reportsearch-holiday_").mkdir()
    own = temporary / "reportsearch-holidays"
    own.mkdir()
    (own / "mine.txt").write_text("keep", encoding="utf-8")
    trap = temporary / "reportsearch-trapped_"
    trap.mkdir()
    (trap / "reportsearch.lock").symlink_to(victim / "mine.txt")
    file = tmp_path / ".reportsearch-0123456789abcdef.tmp"
    file.symlink_to(victim / "mine.txt")
    locks.remove_abandoned_folders()
    locks.remove_abandoned_files(tmp_path)
    assert (victim / "mine.txt").read_text(encoding="utf-8") == "keep"
    assert (own / "mine.txt").exists()
    assert trap.is_dir()
    assert file.is_symlink()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_what_is_linked_from_an_abandoned_folder_stays(tmp_path: Path, temporary: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    abandoned = temporary / "reportsearch-abcdefgh"
    abandoned.mkdir()
    (abandoned / "reportsearch.lock").touch()
    (abandoned / "link").symlink_to(tmp_path)
    locks.remove_abandoned_folders()
    assert not abandoned.exists()
    assert (tmp_path / "mine.txt").exists()


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can give files away"
)
def test_what_another_user_left_is_not_touched(tmp_path: Path, temporary: Path) -> None:
    folder = temporary / "reportsearch-foreign_"
    folder.mkdir()
    (folder / "reportsearch.lock").touch()
    file = tmp_path / ".reportsearch-0123456789abcdef.tmp"
    file.touch()
    for path in (folder, folder / "reportsearch.lock", file):
        os.chown(path, 65534, 65534)
    locks.remove_abandoned_folders()
    locks.remove_abandoned_files(tmp_path)
    assert folder.is_dir()
    assert file.exists()
