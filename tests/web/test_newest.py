"""The page while other things happen: another process indexes, the index breaks, time passes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reportsearch import Archive
from reportsearch.cli import main
from tests.web.conftest import ask

TEXT = "{name}述职报告\n\n一、招商引资\n\n今年{name}招商引资成效明显，{word}。\n"


def add(folder: Path, name: str, word: str) -> None:
    (folder / "corpus").mkdir(exist_ok=True)
    path = folder / "corpus" / f"{name}.txt"
    path.write_text(TEXT.format(name=name, word=word), encoding="utf-8")


def program(folder: Path) -> list[str]:
    return [sys.executable, "-m", "reportsearch", "--index", str(folder / "index")]


def reportsearch(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program, as another process."""
    return subprocess.run(
        [*program(folder), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def index(folder: Path) -> None:
    done = reportsearch(folder, "index", str(folder / "corpus"))
    assert done.returncode == 0, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a report that is indexed."""
    add(tmp_path, "甲", "签约三个项目")
    with Archive.create(tmp_path / "index") as archive:
        archive.index(tmp_path / "corpus")
    return tmp_path


def reports(client: TestClient) -> int:
    answer = client.get("/api/stats")
    assert answer.status_code == 200, answer.text
    found: int = answer.json()["reports"]
    return found


def test_what_another_process_indexes_is_shown(folder: Path) -> None:
    with ask(folder) as client:
        assert reports(client) == 1
        add(folder, "乙", "签约五个项目")
        index(folder)
        assert reports(client) == 2
        assert client.get("/").status_code == 200
        assert client.get("/api/search", params={"q": "五个"}).json()["matched"]["reports"] == 1


def test_while_another_process_writes_the_old_commit_is_shown(folder: Path) -> None:
    """The writer is stopped in the middle: it has added, and not yet made the commit."""
    script = (
        "import sys; from reportsearch import Archive\n"
        "def told(done, all_, name):\n"
        "    print('reading', flush=True); sys.stdin.readline()\n"
        "with Archive.open(sys.argv[1]) as archive:\n"
        "    archive.index(sys.argv[2], progress=told)\n"
        "print('done', flush=True)\n"
    )
    add(folder, "乙", "签约五个项目")
    with ask(folder) as client:
        assert reports(client) == 1
        with subprocess.Popen(
            [sys.executable, "-c", script, str(folder / "index"), str(folder / "corpus")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "reading\n"
            for _ in range(2):
                assert reports(client) == 1
                assert client.get("/api/reuse_pairs").json()["reports"] == 1
            # Its standard input ends, so that it goes on.
            writer.communicate(timeout=60)
        assert writer.returncode == 0
        assert reports(client) == 2
        assert client.get("/api/reuse_pairs").json()["reports"] == 2


def damage(folder: Path) -> None:
    """Cut every file of the index short."""
    for path in (folder / "index").iterdir():
        if path.is_file():
            os.truncate(path, path.stat().st_size // 2)


def delete(folder: Path) -> None:
    shutil.rmtree(folder / "index")


@pytest.mark.skipif(sys.platform == "win32", reason="files that are open cannot be deleted there")
@pytest.mark.parametrize("spoil", [damage, delete])
def test_an_index_that_is_spoilt_is_told_with_the_remedy(folder: Path, spoil: object) -> None:
    assert callable(spoil)
    with ask(folder) as client:
        assert reports(client) == 1
        assert client.get("/api/reuse_pairs").status_code == 200
        spoil(folder)
        for _ in range(2):
            for path in ("/api/stats", "/api/reports", "/api/reuse_pairs", "/api/search?q=招商"):
                answer = client.get(path)
                assert answer.status_code == 400
                assert "reportsearch --index" in answer.json()["error"]
            answer = client.get("/")
            assert (answer.status_code, answer.text.count("<h1")) == (400, 1)
            assert "reportsearch --index" in answer.text
        assert (folder / "index").exists() == (spoil is damage)
        add(folder, "乙", "签约五个项目")
        with Archive.create(folder / "index", rebuild=True) as archive:
            archive.index(folder / "corpus", rebuild=True)
        assert reports(client) == 2
        assert client.get("/api/reuse_pairs").json()["reports"] == 2
        assert client.get("/").status_code == 200


@pytest.mark.skipif(sys.platform == "win32", reason="files that are open cannot be deleted there")
def test_an_index_that_is_made_again_is_shown(folder: Path) -> None:
    """It has as many commits as the one before."""
    with ask(folder) as client:
        assert client.get("/api/search", params={"q": "三个"}).json()["matched"]["reports"] == 1
        assert client.get("/api/reuse_pairs").json()["reports"] == 1
        delete(folder)
        add(folder, "甲", "签约七个项目")
        with Archive.create(folder / "index") as archive:
            archive.index(folder / "corpus")
        assert client.get("/api/search", params={"q": "三个"}).json()["matched"]["reports"] == 0
        assert client.get("/api/search", params={"q": "七个"}).json()["matched"]["reports"] == 1
        assert client.get("/api/facts_of_all").json()["indicators"][0]["value"] == 7


def test_a_search_is_answered_while_an_analysis_runs(folder: Path) -> None:
    with ask(folder) as client, ThreadPoolExecutor(2) as pool:
        service = client.app.state.service  # type: ignore[attr-defined]
        begun, free = threading.Event(), threading.Event()

        def long(archive: Archive) -> int:
            begun.set()
            assert free.wait(60)
            return archive.stats().reports

        analysis = pool.submit(service.cached, ("an analysis",), long)
        assert begun.wait(60)
        topics = pool.submit(client.get, "/api/topics")
        for _ in range(3):
            assert client.get("/api/search", params={"q": "招商"}).json()["matched"]["reports"] == 1
            assert client.get("/").status_code == 200
        assert not analysis.done()
        assert not topics.done()
        free.set()
        assert analysis.result(60) == 1
        assert topics.result(60).json()["reports"] == 1


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The page as a process of its own, on a port that is free, and the line that it prints."""
    with subprocess.Popen(
        [*program(folder), "serve", "--folder", str(folder / "corpus"), *options],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None
        try:
            yield process, process.stderr.readline()
        finally:
            process.kill()


def fetched(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310
            return answer.status, answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8")


def port_of(line: str) -> int:
    assert line.startswith("reportsearch: the page is at http://127.0.0.1:"), line
    return int(line.split("http://127.0.0.1:")[1].split("/")[0])


@pytest.mark.skipif(sys.platform == "win32", reason="no process there is sent Ctrl+C alone")
def test_serve_as_people_start_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(folder, "--port", "0") as (process, line):
        port = port_of(line)
        address = f"http://127.0.0.1:{port}"
        assert fetched(f"{address}/")[0] == 200
        assert '"reports": 1' in fetched(f"{address}/api/stats")[1]
        # The longest text that is taken, in an address.
        text = urllib.parse.quote("招" * 20_000)
        assert fetched(f"{address}/api/similar?text={text}")[0] == 200
        assert fetched(f"{address}/api/similar?text={text}a")[0] == 400
        assert main(["--index", str(folder / "index"), "serve", "--port", str(port)]) == 1
        taken = capsys.readouterr().err
        assert len(taken.splitlines()) == 1
        assert "--port" in taken
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=30)
        assert process.returncode in (0, 130)
        assert "Traceback" not in rest
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_serve_refuses_what_is_not_safe(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options, said in (
        (("--host", "0.0.0.0"), "--token"),  # noqa: S104
        (("--port", "99999"), "--port must be 0 to 65535"),
    ):
        with pytest.raises(SystemExit) as stopped:
            main(["--index", str(folder / "index"), "serve", *options])
        assert stopped.value.code == 2
        assert said in capsys.readouterr().err
