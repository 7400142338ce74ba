"""The time and memory of answers, each measured in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
import re
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.drawn_queries import Asked
from reportsearch import Archive

WARM_UP = 5
"""Queries of each kind that are run before timing starts."""
ROUNDS = 3
HEADER = (
    f"  {'':<40}{'p50':>8}{'p95':>8}{'max':>8}   {'p50':>8}{'p95':>8}{'max':>8}"
    f"{'matched':>10}{'queries':>9}"
)

T = TypeVar("T")


@dataclass(frozen=True)
class Timing:
    """Wall-clock and processor seconds of each query, and the passages it matches."""

    wall: list[float]
    cpu: list[float]
    matched: list[int]


@dataclass(frozen=True)
class Answered:
    """The measurements of a process that answers queries; ``peak`` in MiB."""

    timings: dict[str, Timing]
    peak: float


def alone(work: Callable[..., T], *arguments: object) -> T:
    """Call a function in a new process."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def peak_memory() -> float:
    """Return the peak memory of this process in MiB; NaN if it is unknown."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return float("nan")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8"))
    return int(found[1]) / 1024 if found else float("nan")


def time_all(asked: dict[str, list[Asked]], ask: Callable[[str, Asked], int | None]) -> Answered:
    """Warm up with the first queries of each kind, and time the others once each.

    ``ask`` returns the number of passages that match; None if it cannot answer, which is left out.
    """
    for kind, queries in asked.items():
        for query in queries[:WARM_UP]:
            ask(kind, query)
    timings = {}
    for kind, queries in asked.items():
        timing = Timing([], [], [])
        for query in queries[WARM_UP:]:
            clock, processor = time.perf_counter(), time.process_time()
            matched = ask(kind, query)
            cpu, wall = time.process_time() - processor, time.perf_counter() - clock
            if matched is not None:
                timing.matched.append(matched)
                timing.cpu.append(cpu)
                timing.wall.append(wall)
        timings[kind] = timing
    return Answered(timings, peak_memory())


def quickest(rounds: Sequence[Answered]) -> Answered:
    """Return the fastest time of each query over some rounds, and the highest peak."""
    timings = {}
    for kind, first in rounds[0].timings.items():
        walls = [answered.timings[kind].wall for answered in rounds]
        cpus = [answered.timings[kind].cpu for answered in rounds]
        timings[kind] = Timing(
            np.min(walls, axis=0).tolist(), np.min(cpus, axis=0).tolist(), first.matched
        )
    return Answered(timings, max(answered.peak for answered in rounds))


def answer_archive(index: Path, asked: dict[str, list[Asked]]) -> Answered:
    """Time the answers of the archive."""
    with Archive.open(index) as archive:

        def ask(_: str, query: Asked) -> int:
            return archive.search(query.text, where=query.where).matched.passages

        return time_all(asked, ask)


def in_rounds(work: Callable[..., Answered], *arguments: object) -> Answered:
    """Return the fastest time of each query over some processes."""
    return quickest([alone(work, *arguments) for _ in range(ROUNDS)])


def show(name: str, timings: dict[str, Timing]) -> None:
    """Print one line per kind of query."""
    for kind, timing in timings.items():
        if not timing.wall:
            print(f"  {name:<16}{kind:<24}  cannot be answered", flush=True)
            continue
        cells = [
            f"{1000 * float(value):8.2f}"
            for seconds in (timing.wall, timing.cpu)
            for value in (*np.quantile(seconds, (0.5, 0.95)), max(seconds))
        ]
        print(
            f"  {name:<16}{kind:<24}{''.join(cells[:3])}   {''.join(cells[3:])}"
            f"{statistics.median(timing.matched):10.0f}{len(timing.wall):9}",
            flush=True,
        )


def load_average() -> str:
    """Return the load averages over 1, 5 and 15 minutes."""
    return "load " + " ".join(f"{value:.1f}" for value in os.getloadavg())
