"""Reading processes: what a file does to one is that file's failure, and nobody else's."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from reportsearch import Archive, ExtractError, ReportSearchError
from reportsearch.extract import file_types
from reportsearch.extract.sandbox.pool import (
    Limits,
    ReaderPool,
    fit_limits,
    remove_abandoned_folders,
)
from tests.conftest import CORPUS

WORD = CORPUS / "乙市人民政府副市长2023年度履职报告.docx"
# What the reading process starts for it is what a test puts in LibreOffice's place.
RTF = rb"{\rtf1\ansi report}"


@pytest.fixture
def soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    script = tmp_path / "soffice"
    monkeypatch.setenv("REPORTSEARCH_SOFFICE", str(script))
    yield script
    assert not [process for process in psutil.process_iter() if _command(process, script)]


def _command(process: psutil.Process, script: Path) -> bool:
    try:
        return str(script) in process.cmdline()
    except psutil.Error:
        return False


def write(script: Path, body: str) -> None:
    script.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    script.chmod(0o700)


def test_a_word_file_is_read_in_another_process() -> None:
    with ReaderPool(1) as pool:
        found = pool.submit(file_types.ZIP, WORD.read_bytes()).future.result(60)
    assert found.reader == "docx"
    assert found.lines_are_paragraphs
    assert "文旅" in found.text


def test_a_file_that_hangs_fails_within_its_time_and_the_next_is_read(soffice: Path) -> None:
    write(soffice, "sleep 600")
    started = time.monotonic()
    with ReaderPool(1, Limits(seconds_per_page=1.0)) as pool:
        hanging = pool.submit(file_types.RTF, RTF)
        after = pool.submit(file_types.ZIP, WORD.read_bytes())
        with pytest.raises(ExtractError, match=r"reading it took over 1 s; .* save it as"):
            hanging.future.result(60)
        assert after.future.result(60).reader == "docx"
    assert time.monotonic() - started < 30


def test_a_file_with_page_after_page_fails_within_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turn_pages = (
        "import json, sys, time; sys.path[:] = json.loads(sys.stdin.buffer.readline()); "
        "from reportsearch.extract.sandbox import process; sink = sys.stdout.buffer; "
        "sink.write(process._START_MARK)\n"
        "for page in range(20):\n"
        "    process.send(sink, {'page': page, 'pages': 99}); time.sleep(0.5)"
    )
    monkeypatch.setattr("reportsearch.extract.sandbox.pool._START_CODE", turn_pages)
    with ReaderPool(1, Limits(seconds=1.0)) as pool:
        reading = pool.submit(file_types.ZIP, WORD.read_bytes())
        with pytest.raises(ExtractError, match="reading it took over"):
            reading.future.result(60)


def test_a_file_that_ends_its_process_fails_and_the_next_is_read(soffice: Path) -> None:
    write(soffice, "kill -9 $PPID")
    with ReaderPool(1) as pool:
        deadly = pool.submit(file_types.RTF, RTF)
        after = pool.submit(file_types.ZIP, WORD.read_bytes())
        with pytest.raises(ExtractError, match="the file is damaged"):
            deadly.future.result(60)
        assert after.future.result(60).reader == "docx"


def test_a_file_that_takes_too_much_memory_fails_and_the_next_is_read(soffice: Path) -> None:
    allocate = "import time; x = bytearray(600 << 20); x[::4096] = bytes(len(x[::4096]))"
    write(soffice, f"exec {sys.executable} -c '{allocate}; time.sleep(60)'")
    with ReaderPool(1, Limits(memory=400 << 20)) as pool:
        greedy = pool.submit(file_types.RTF, RTF)
        after = pool.submit(file_types.ZIP, WORD.read_bytes())
        with pytest.raises(ExtractError, match="too much memory"):
            greedy.future.result(60)
        assert after.future.result(60).reader == "docx"


def test_the_memory_of_a_reader_fits_the_machine() -> None:
    most = fit_limits().memory
    assert 0 < most <= 1 << 30
    assert 4 * most <= psutil.virtual_memory().total


def test_a_file_does_not_suffer_from_the_one_before_it(soffice: Path, tmp_path: Path) -> None:
    # It ends its process once only: as when the file before it had left little memory.
    mark = tmp_path / "mark"
    write(soffice, f"test -e {mark} && exec false; touch {mark}; kill -9 $PPID")
    with ReaderPool(1) as pool:
        assert pool.submit(file_types.ZIP, WORD.read_bytes()).future.result(60).reader == "docx"
        again = pool.submit(file_types.RTF, RTF)
        with pytest.raises(ExtractError, match="LibreOffice cannot open it"):
            again.future.result(60)


def test_nothing_is_left_when_the_pool_is_closed_in_the_middle(soffice: Path) -> None:
    write(soffice, "sleep 600")
    before = set(psutil.Process().children(recursive=True))
    with ReaderPool(2) as pool:
        readings = [pool.submit(file_types.RTF, RTF) for _ in range(4)]
        time.sleep(1)
        started = set(psutil.Process().children(recursive=True)) - before
        assert started
    assert all(reading.future.done() or reading.future.cancelled() for reading in readings[:2])
    psutil.wait_procs(list(started), timeout=10)
    assert not [process for process in started if process.is_running()]


def test_nothing_is_left_when_the_program_is_killed(soffice: Path, tmp_path: Path) -> None:
    write(soffice, f"echo $PPID > {tmp_path / 'pid'}; sleep 600")
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.rtf").write_bytes(RTF)
    command = [sys.executable, "-m", "reportsearch", "--index", str(tmp_path / "i"), "index"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen([*command, str(folder)], env=environment) as program:
        reading = _when_there(tmp_path / "pid")
        program.kill()
    gone, _ = psutil.wait_procs([psutil.Process(reading)] if psutil.pid_exists(reading) else [], 10)
    assert not psutil.pid_exists(reading) or gone
    assert not list(tmp_path.glob("reportsearch-*/*/*"))


def test_the_folder_of_a_run_that_was_killed_with_its_readers_is_deleted(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    for pid in (gone.pid, os.getpid()):
        (tmp_path / f"reportsearch-{pid}-x" / "reader").mkdir(parents=True)
    remove_abandoned_folders(tmp_path)
    assert list(tmp_path.iterdir()) == [tmp_path / f"reportsearch-{os.getpid()}-x"]


def _when_there(path: Path) -> int:
    for _ in range(300):
        if path.is_file() and path.read_text().strip():
            return int(path.read_text())
        time.sleep(0.1)
    raise AssertionError(path)


def test_a_run_goes_on_after_a_file_that_breaks_its_process(soffice: Path, tmp_path: Path) -> None:
    write(soffice, "kill -9 $PPID")
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "0a.rtf").write_bytes(RTF)
    for number in range(2):
        (folder / f"{number}b.docx").write_bytes(WORD.read_bytes())
        (folder / f"{number}c.txt").write_text("述职报告\n民政工作。", encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        found = archive.index(folder)
        assert found.added == 4
        assert [failure.source for failure in found.failed] == ["0a.rtf"]
        again = archive.index(folder)
        assert (again.added, again.updated, again.unchanged, len(again.failed)) == (0, 0, 4, 1)


def test_what_goes_wrong_here_never_gives_a_file_the_text_of_another(
    soffice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(soffice, "sleep 2; exit 1")

    def fail(*_: object) -> int:
        raise ValueError("odd")

    with ReaderPool(1) as pool:
        first = pool.submit(file_types.ZIP, WORD.read_bytes()).future.result(60)
        with monkeypatch.context() as patch:
            patch.setattr("reportsearch.extract.sandbox.pool._ReaderProcess._measure_memory", fail)
            with pytest.raises(ValueError, match="odd"):
                pool.submit(file_types.RTF, RTF).future.result(60)
        again = pool.submit(file_types.HTML, "<p>别的文字。</p>".encode()).future.result(60)
    assert again.text == "别的文字。"
    assert first.text != again.text


def test_a_script_needs_no_guard_and_what_it_prints_or_holds_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("print('starting')", encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\nprint('hello')\nsys.path.append(object())\n"
        "from reportsearch import Archive\n"
        f"print(Archive.in_memory().index({str(WORD)!r}).added)\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert done.stdout == "starting\nhello\n1\n"


def test_without_room_for_temporary_files_the_run_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(ReportSearchError, match="no space for temporary files"):
        Archive.in_memory().index(WORD)


def test_where_no_process_can_be_started_the_file_is_not_blamed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with (
        ReaderPool(1) as pool,
        pytest.raises(ExtractError, match="cannot start a process to read it"),
    ):
        pool.submit(file_types.ZIP, WORD.read_bytes()).future.result(60)
