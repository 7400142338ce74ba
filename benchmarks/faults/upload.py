"""Files uploaded through the page, while the server is interrupted; and all that is interrupted."""

from __future__ import annotations

import gc
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stdout, suppress
from io import StringIO
from pathlib import Path

from benchmarks.faults.bench import Bench
from benchmarks.faults.outcome import FaultError
from benchmarks.faults.processes import Ended, Strace, attach_strace
from benchmarks.faults.reports import (
    REPORTS,
    count_files,
    make_name,
    write_reports,
)
from benchmarks.faults.scenarios import (
    INDEX_ALL,
    NUMBERS,
    SCENARIOS,
    Scenario,
    prepare_index,
)
from benchmarks.faults.web_server import WebRequest, WebServer, serve_site
from reportsearch import cli

_MEMORY = Path("/dev/shm")  # noqa: S108 - nothing is left there
_UPLOADED = (20, 21)
_BOUNDARY = "faults"
_NAME = "upload"
_TIMEOUT = 120.0


@contextmanager
def make_place() -> Iterator[Path]:
    """Make a folder for a campaign, in memory if possible: that a disk is slow shows nothing."""
    above = _MEMORY if _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="faults-", dir=above) as place:
        yield Path(place).resolve()


def make_benches(place: Path, only: str = "") -> list[Bench]:
    """Make the folders of all scenarios with ``only`` in their names."""
    warm_up(place)
    wanted = [scenario for scenario in SCENARIOS if only in scenario.name]
    benches = [Bench(scenario, place / str(number)) for number, scenario in enumerate(wanted)]
    return [*benches, *([UploadBench(place / _NAME)] if only in _NAME else [])]


def warm_up(place: Path) -> None:
    """Import and load in this process what commands use, so that forked ones need not."""
    folder = place / "warm"
    folder.mkdir()
    prepare_index(folder)
    with chdir(folder), redirect_stdout(StringIO()):
        for scenario in SCENARIOS:
            cli.main(scenario.command)
    # What is here is not looked at by the collector, and so not copied, in each forked process.
    gc.collect()
    gc.freeze()


class UploadBench(Bench):
    """Two files are uploaded to a server, which is interrupted and killed in the end."""

    def __init__(self, place: Path) -> None:
        super().__init__(Scenario(_NAME, prepare_index, INDEX_ALL), place)
        write_reports(place / "new", _UPLOADED)
        self._files = {path.name: path.read_bytes() for path in (place / "new").iterdir()}

    def execute(self, folder: Path, strace: Strace = (), kill_after: float | None = None) -> Ended:
        """Serve a folder and upload the files to it."""
        is_saved = False
        with serve_site(folder) as server:
            process, _ = server.get_process(), server.find_form_key()
            log = self.outputs / "trace"
            tracer = attach_strace(process.pid, log, strace) if strace else None
            timer = threading.Timer(_TIMEOUT if kill_after is None else kill_after, process.kill)
            timer.start()
            started = time.monotonic()
            with suppress(FaultError):  # the server is gone
                is_saved = self._upload(server)
            seconds = time.monotonic() - started
            timer.cancel()
            process.kill()
        if tracer:
            tracer.communicate()
        errors = folder.with_suffix(".log").read_text("utf-8")
        return Ended(-signal.SIGKILL, "saved" * is_saved, errors, seconds)

    def _upload(self, server: WebServer) -> bool:
        """Upload the files; return whether the page says that they are in the index."""
        parts = [f'name="form_key"\r\n\r\n{server.form_key}'.encode()]
        for name, data in self._files.items():
            parts.append(f'name="files"; filename="{name}"\r\n\r\n'.encode() + data)
        start = f"--{_BOUNDARY}\r\nContent-Disposition: form-data; ".encode()
        body = b"\r\n".join(start + part for part in parts) + f"\r\n--{_BOUNDARY}--\r\n".encode()
        content = (b"Content-Type", f"multipart/form-data; boundary={_BOUNDARY}".encode())
        answer = server.ask(WebRequest(b"POST", b"/add/files", (content,), body))
        while location := answer.find("location"):
            answer = server.get(location)
            while answer.find("refresh"):
                time.sleep(0.02)
                answer = server.get(location)
        return answer.status == 200

    def check(self, folder: Path, ended: Ended | None, *, acknowledged: bool) -> None:
        """Check what has to hold: each file is there whole or not at all, and so is its report."""
        if ended:
            ended.check()
        there = {path.name for path in (folder / REPORTS).glob("*.txt")}
        for name in there & self._files.keys():
            if (folder / REPORTS / name).read_bytes() != self._files[name]:
                raise FaultError(f"{name} is in the folder, but not whole")
        found = self.read_state(folder).reports.keys()
        if acknowledged and not (found & there) >= self._files.keys():
            raise FaultError("an uploaded file that was acknowledged is lost")
        if not found >= {make_name(number) for number in NUMBERS}:
            raise FaultError("a report is lost")
        if found - there:
            raise FaultError("a report of the index has lost its file")
        self.run_next(folder)
        if self.read_state(folder).reports.keys() != there:
            raise FaultError("the next run does not index what is in the folder")
        extra = count_files(folder) - self.undisturbed.files
        if any(not name.endswith((".seg", ".manifest")) for name in extra):
            raise FaultError(f"after the next run: left over {sorted(extra)}")
