"""Fifty clients with indexing beside: how long searches take, compared with an idle run.

    python -m benchmarks.faults.load [--minutes 10] [--clients 50] [--reports 1000] [--think 30]

A client asks for a search, a page, a report, an analysis or an export, waits as a reader would
(``--think`` seconds on average), and asks for the next. All the while, reports are added to the
folder and indexed. Before that, one client alone searches as often as it takes for steady figures.
An answer that the server is busy (503 with Retry-After) is no error and is counted apart.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, repeat
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import quote

import numpy as np

from benchmarks.faults.memory import watch_memory
from benchmarks.faults.outcome import FaultError, Outcome, parse_options
from benchmarks.faults.web_server import WebServer, list_keys, make_name, make_site, serve_site

MAX_MEGABYTES = 1_000.0
"""Resident memory of the server."""
SEARCH, PAGE, REPORT, ANALYSIS, EXPORT = "search", "page", "report", "analysis", "export"
_WEIGHTS = {SEARCH: 50, PAGE: 15, REPORT: 20, ANALYSIS: 5, EXPORT: 10}
_WORDS = ("招商引资", "文旅", "游客", "先进制造业", "古城保护", "审计", "全域旅游", "签约项目")
_IDLE_SEARCHES = 200
_PROCESSES = 2
"""Processes of the clients: the threads of one alone would wait for each other."""
_BUSY = "busy"
_ADDED = 20
"""Reports that are added before each run of indexing."""


@dataclass(frozen=True)
class Load:
    """What clients do, and where: for how long, and how long they wait after an answer."""

    port: int
    reports: int
    seconds: float
    think: float


@dataclass(frozen=True)
class Asked:
    """An address that was asked for, the wall-clock time of the answer, and its fault if any."""

    kind: str
    address: str
    seconds: float
    fault: str = ""


def choose_address(chance: random.Random, kind: str, reports: int) -> str:
    """Return an address as a reader would open it."""
    word = quote(chance.choice(_WORDS))
    (key,) = list_keys([chance.randrange(reports)])
    year = chance.randint(2000, 2024)
    choices = {
        SEARCH: (f"/?q={word}", f"/?q={word}+{year}", f"/?q={word}&view=passages",
        f"/?q=year:{year}+{word}"),
        PAGE: ("/", "/add", "/add/reports", "/help", "/?q=&all=portfolio", "/static/base.css"),
        REPORT: (f"/report/{key}", f"/report/{key}?q={word}", f"/report/{key}/summary"),
        ANALYSIS: (f"/reuse?report={key}", f"/keywords?report={key}", "/compare?by=year",
        f"/similar?text={word * 9}"),
        EXPORT: (f"/search.csv?q={word}", f"/search.docx?q={word}", f"/search.json?q={word}",
        f"/api/search?q={word}"),
    }  # fmt: skip
    return chance.choice(choices[kind])


def ask(load: Load, chance: random.Random, kind: str) -> Asked:
    """Ask for an address of a kind, and time it."""
    address, fault = choose_address(chance, kind, load.reports), ""
    started = time.perf_counter()
    try:
        answer = WebServer(load.port).get(address)
        if answer.status == 503 and answer.find("retry-after"):
            fault = _BUSY
        elif answer.status not in (200, 202, 303):
            fault = f"status {answer.status}"
    except (FaultError, OSError) as error:
        fault = str(error)
    return Asked(kind, address, time.perf_counter() - started, fault)


def run_client(load: Load, seed: int) -> list[Asked]:
    """Ask and wait by turns."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated
    end, asked = time.monotonic() + load.seconds, []
    time.sleep(chance.random() * load.think)
    while time.monotonic() < end:
        (kind,) = chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
        asked.append(ask(load, chance, kind))
        time.sleep(chance.random() * 2 * load.think)
    return asked


def run_clients(load: Load, seeds: range) -> list[Asked]:
    """Run some clients in threads of this process."""
    with ThreadPoolExecutor(len(seeds)) as threads:
        return list(chain.from_iterable(threads.map(run_client, repeat(load), seeds)))


def search_alone(load: Load) -> list[Asked]:
    """Search one after the other."""
    chance = random.Random(0)  # noqa: S311 - to be repeated
    return [ask(load, chance, SEARCH) for _ in range(_IDLE_SEARCHES)]


def index_until(site: Path, end: float) -> list[str]:
    """Add reports and index them, again and again; return the last line of each run that failed."""
    command = [sys.executable, "-m", "reportsearch", "index", "corpus", "--quiet"]
    corpus, failed, run = site / "corpus", [], 0
    while time.monotonic() < end:
        for number in range(_ADDED):
            text = (corpus / make_name(number)).read_text(encoding="utf-8")
            name = f"新增{run:04}-{number:02}.txt"
            (corpus / name).write_text(f"{text}第{run}批", encoding="utf-8")
        done = subprocess.run(command, cwd=site, capture_output=True, check=False, text=True)
        if done.returncode:
            failed.append(done.stderr.strip().rpartition("\n")[2])
        run += 1
    return failed


def format_times(asked: Iterable[Asked], title: str) -> list[str]:
    """Return a row with quantiles in milliseconds for each kind of request."""
    rows = []
    for kind in _WEIGHTS:
        times = [1000 * one.seconds for one in asked if one.kind == kind and not one.fault]
        if times:
            middle, high, highest = np.quantile(times, (0.5, 0.95, 0.99))
            rows.append(
                f"    {title:<8} {kind:<8} {len(times):>6} answered; "
                f"p50 {middle:>6.0f}  p95 {high:>6.0f}  p99 {highest:>6.0f} ms"
            )
    return rows


def run_load(load: Load, site: Path, clients: int) -> list[Asked]:
    """Run all clients, and the indexing beside; a failed run of it is a fault, too."""
    shares = [range(number, clients, _PROCESSES) for number in range(_PROCESSES)]
    # A process that is forked while another thread measures may wait for its locks forever.
    spawn = get_context("spawn")
    with ProcessPoolExecutor(_PROCESSES, spawn) as processes, ThreadPoolExecutor(1) as beside:
        indexing = beside.submit(index_until, site, time.monotonic() + load.seconds)
        asked = list(chain.from_iterable(processes.map(run_clients, repeat(load), shares)))
        return asked + [Asked("indexing", "", 0.0, line) for line in indexing.result()]


def measure(site: Path, options: argparse.Namespace) -> tuple[Outcome, list[str]]:
    """Search alone, then run the load; return the outcome, and rows about it."""
    outcome = Outcome(f"{options.clients} clients with indexing")
    with serve_site(site) as server:
        load = Load(server.port, options.reports, 60 * options.minutes, options.think)
        search_alone(load)  # what is loaded only once
        rows = format_times(search_alone(load), "idle")
        with watch_memory(server) as watch:
            before = watch.most
            asked = run_load(load, site, options.clients)
        server.report_log(outcome)
    outcome.tried = len(asked)
    outcome.failures += [
        f"{one.kind} {one.address}: {one.fault}" for one in asked if one.fault not in ("", _BUSY)
    ]
    busy = Counter(one.kind for one in asked if one.fault == _BUSY)
    told = ", ".join(f"{kind} {number}" for kind, number in busy.items())
    rows += format_times(asked, "loaded")
    rows.append(f"    told to come again: {told or 'none'}")
    rows.append(f"    memory {before:.0f} MB before, at most {watch.most:.0f} MB")
    with outcome.trial("memory"):
        if watch.most > MAX_MEGABYTES:
            raise FaultError(f"{watch.most:.0f} MB")
    return outcome, rows


def main() -> int:
    """Run the load, and print the rows."""
    options = parse_options(__doc__, minutes=10.0, clients=50, reports=1000, think=30.0)
    with make_site(reports=options.reports) as site:
        outcome, rows = measure(site, options)
    print("\n".join([outcome.format_row(), *rows]))
    return int(bool(outcome.failures))


if __name__ == "__main__":
    sys.exit(main())
