"""Measure how long a search takes, in collections of growing size.

    python -m benchmarks.latency REPORTS.jsonl [MORE ...] [--sizes 1000,10000,100000,300000]
        [--queries 40] [--seed 1] [--keep FOLDER]

Reports are taken from the files in order until they have the given number of passages. Five kinds
of queries are drawn from their text with a fixed seed. A process that has opened the index and
answered five others of each kind answers them one after another (10 hits, with an exact count).
Three processes do so and the fastest time of each query counts, so that no answer comes from a
cache. Rivals over the same passages: benchmarks/peers.py.

Processor time is listed next to wall-clock time: on a machine that does other work as well, only
the former can be compared between versions. Memory is the peak of the answering process (VmHWM,
including the mapped pages of the index); a cold start is a whole command line.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.drawn_queries import draw_queries
from benchmarks.sized_indexes import kept_in, megabytes, prepared
from benchmarks.timing import (
    HEADER,
    WARM_UP,
    alone,
    answer_archive,
    in_rounds,
    load_average,
    show,
)

COLD_STARTS = 5


def cold_start(index: Path, query: str) -> tuple[float, float]:
    """Return the median processor and wall-clock seconds of a search on the command line."""
    command = [sys.executable, "-m", "reportsearch", "--index", str(index), "search", query]
    cpu, wall = [], []
    for _ in range(COLD_STARTS):
        before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        wall.append(time.perf_counter() - clock)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(cpu), statistics.median(wall)


def measure(folder: Path, options: argparse.Namespace) -> None:
    """Print the table."""
    indexes = prepared(folder, options)
    print(
        f"\n{options.queries} queries of each kind, seed {options.seed}; milliseconds: by the "
        f"clock, on the processor; median number of passages that match\n{HEADER}"
    )
    for size, index in indexes.items():
        asked = alone(draw_queries, index, options.seed, options.queries + WARM_UP)
        answered = in_rounds(answer_archive, index, asked)
        cpu, wall = cold_start(index, asked["a rare word"][0].text)
        print(
            f"{size} passages: index {megabytes(index):.1f} MiB, memory {answered.peak:.0f} MiB, "
            f"cold start {cpu:.2f} s on the processor, {wall:.2f} s by the clock, {load_average()}"
        )
        show("reportsearch", answered.timings)


def main() -> None:
    """Measure the collections named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="REPORTS.jsonl")
    parser.add_argument("--sizes", default="1000,10000,100000,300000", help="in passages")
    parser.add_argument("--queries", type=int, default=40, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="indexes to use again")
    options = parser.parse_args()
    print(time.strftime("%Y-%m-%d"), sys.version.split()[0], load_average())
    with kept_in(options.keep) as folder:
        measure(folder, options)


if __name__ == "__main__":
    main()
