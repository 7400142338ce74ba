"""Measure how long the pages of ``serve`` take, for the first response and later ones.

    python -m benchmarks.page [--index FOLDER] [--times 20] [--wait 3]

Without --index, the shipped corpus is used. A program on the same machine requests each page, one
request after another: once some seconds after the server was started, then the given number of
times. Analyses are computed for their first response and cached after it. If that takes longer than
the page waits, the response measured is the progress page. For comparison, the same run measures a
Starlette application that responds with one line, requested as often, which is the minimum cost of
a request here, and the same search on the command line. Processor time is that of the server
process (Linux); on a machine that does other work as well, it is the only time that can be compared
between versions.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportsearch import Archive
from reportsearch.web.archive_service import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROJECT = Path(__file__).parents[1]
_BOUND = 100.0
"""Milliseconds within which a search, the front page and a report must respond."""
_BARE = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
app = Starlette(routes=[Route("/", lambda request: HTMLResponse("<h1>one line</h1>"))])
uvicorn.run(app, port=int(sys.argv[1]), log_level="warning", access_log=False)
"""


@dataclass(frozen=True)
class Timed:
    """Response times of a page in milliseconds: wall-clock, and processor time (mean)."""

    place: str
    status: int
    first: float
    first_processor: float
    again: tuple[float, ...]
    processor: float

    @property
    def p95(self) -> float:
        """Return the 95th percentile of the response time."""
        return sorted(self.again)[int(0.95 * len(self.again))]

    @property
    def is_bounded(self) -> bool:
        """Return whether the first response must stay within the bound."""
        name = self.place.split("&")[0]
        is_report = self.place.startswith("/report/") and self.place.count("/") == 2
        return name == "/" or name.startswith("/?q=") or is_report


def main() -> int:
    """Measure and print; return by exit code whether processor time is within the bound."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        index = Path(options.index or Path(folder) / "index")
        if not options.index:
            with Archive.create(index) as archive:
                archive.index(_PROJECT / "corpus")
        with Archive.open(index) as archive:
            places = _places(archive)
            held = archive.stats()
        print(f"{held.reports} reports, {held.passages} passages; load {os.getloadavg()[0]:.1f}")
        with _served(["-c", _BARE]) as (base, process):
            time.sleep(1)
            bare = _timed(base, "/", process, options.times)
        program = ["-m", "reportsearch", "--quiet", "--index", str(index), "serve", "--port"]
        started = time.perf_counter()
        with _served(program) as (base, process):
            answers = 1000 * (time.perf_counter() - started)
            time.sleep(options.wait)
            timed = [_timed(base, place, process, options.times) for place in places]
            peak = _peak(process.pid)
        command = _command_line(index)
    print(
        f"answers after {answers:.0f} ms; peak {peak} MiB; the same search by the command line "
        f"{command:.0f} ms"
    )
    print("page | status | first, ms | on the processor | p50 | p95 | on the processor | x bare")
    floor = statistics.median(bare.again)
    for one in [bare, *timed]:
        p50 = statistics.median(one.again)
        print(
            f"{urllib.parse.unquote(one.place)} | {one.status} | {one.first:.0f} | "
            f"{one.first_processor:.0f} | {p50:.1f} | {one.p95:.1f} | {one.processor:.1f} | "
            f"{p50 / floor:.1f}"
        )
    late = [one.place for one in timed if one.is_bounded and one.first_processor > _BOUND]
    for place in late:
        print(f"the first answer takes longer than {_BOUND:.0f} ms on the processor: {place}")
    return 1 if late else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How long the pages of serve take.")
    parser.add_argument("--index")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--wait", type=float, default=3, help="seconds after the start")
    return parser.parse_args()


def _places(archive: Archive) -> list[str]:
    """Return the addresses of all pages, for what the index contains."""
    infos = archive.infos()
    key = key_of(max(infos, key=lambda info: info.chars).id)
    query = urllib.parse.quote("招商引资")
    text = urllib.parse.quote("扎实推进招商引资工作，全年签约项目。")
    return [
        "/",
        f"/?q={query}",
        f"/?q={query}&view=passages",
        f"/?q={query}&view=lines",
        f"/?q={query}&view=years",
        "/?year=2022",
        "/?view=reports",
        f"/report/{key}",
        f"/report/{key}/summary",
        f"/report/{key}/facts",
        f"/similar?passage={key}:1",
        f"/similar?text={text}",
        "/reuse",
        f"/reuse?report={key}",
        f"/reuse?report={key}&view=years",
        "/keywords",
        "/keywords?by=year",
        "/topics",
        "/topics?by=year",
        "/compare",
        "/compare?by=year",
        f"/compare?by=year&term={query}",
        "/portfolios",
        "/portfolios?view=similarity",
        "/portfolios?portfolio=%E6%96%87%E6%97%85",
        "/add",
        "/add/reports",
        "/add/excluded",
        f"/add/report/{key}",
        "/help",
    ]


@contextmanager
def _served(command: list[str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run a server on a free port, yielding its address once it responds."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, *command, str(port)])
    base = f"http://127.0.0.1:{port}"
    try:
        while process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
            except OSError:
                time.sleep(0.01)
        yield base, process
    finally:
        process.terminate()
        process.wait()


def _timed(base: str, place: str, process: subprocess.Popen[bytes], times: int) -> Timed:
    before = _processor(process.pid)
    status, first = _asked(base, place)
    first_processor = _processor(process.pid) - before
    while status == 202:
        # The answer is still being computed; wait for it, since it is what is measured next.
        time.sleep(0.5)
        if _asked(base, place)[0] != 202:
            break
    before = _processor(process.pid)
    again = tuple(_asked(base, place)[1] for _ in range(times))
    return Timed(
        place, status, first, first_processor, again, (_processor(process.pid) - before) / times
    )


def _asked(base: str, place: str) -> tuple[int, float]:
    started = time.perf_counter()
    try:
        with urllib.request.urlopen(base + place, timeout=600) as answer:  # noqa: S310 - ours
            answer.read()
            status = answer.status
    except urllib.error.HTTPError as error:
        error.read()
        status = error.code
    return status, 1000 * (time.perf_counter() - started)


def _processor(pid: int) -> float:
    """Return the processor time of a process in milliseconds."""
    values = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return 1000 * (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")


def _peak(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def _command_line(index: Path) -> float:
    program = shutil.which("reportsearch")
    command = [program] if program else [sys.executable, "-m", "reportsearch"]
    started = time.perf_counter()
    subprocess.run(
        [*command, "--index", str(index), "search", "招商引资", "--format", "json"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    raise SystemExit(main())
