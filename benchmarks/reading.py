"""Measure how many files of each format are read per second, and how much memory that takes.

    python benchmarks/reading.py [--each 100] [FOLDER]

FOLDER has a few files of each format (default: the gold of the tests). They are read repeatedly
until there are ``--each`` of a format, or a tenth of that for formats read by LibreOffice or OCR:
by one process, by two, and, as the rival, by a new process for each file, in the same run.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import psutil

from reportsearch.errors import ExtractError
from reportsearch.extract import file_types
from reportsearch.extract.sandbox.pool import ReaderPool, ReadRequest

FILES = Path(__file__).parents[1] / "tests" / "gold" / "files"
SLOW = {"doc", "rtf", "odt", "pdf-ocr"}


def submitted(pool: ReaderPool, data: bytes, name: str) -> ReadRequest:
    return pool.submit(file_types.detect_kind(data, name), data)


def by_format(folder: Path) -> dict[str, list[tuple[str, bytes]]]:
    """Group the readable files by their reader."""
    found = defaultdict(list)
    with ReaderPool() as pool:
        for path in sorted(folder.iterdir()):
            if path.suffix not in file_types.SUFFIXES or path.suffix in {".txt", ".md"}:
                continue
            data = path.read_bytes()
            try:
                reader = submitted(pool, data, path.name).future.result().reader
            except ExtractError as error:
                print(f"not read: {path.name}: {error}")
                continue
            found[reader].append((path.name, data))
    return dict(sorted(found.items()))


@contextmanager
def watched() -> Iterator[Callable[[], float]]:
    """Yield a function that returns the peak memory of any single child process, in MiB."""
    most = 0
    ended = threading.Event()

    def watch() -> None:
        nonlocal most
        while not ended.wait(0.02):
            for process in psutil.Process().children(recursive=True):
                try:
                    most = max(most, process.memory_info().rss)
                except psutil.Error:
                    continue

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield lambda: most / 2**20
    finally:
        ended.set()
        thread.join()


def seconds(files: Sequence[tuple[str, bytes]], size: int) -> float:
    """Return the time in which ``size`` processes read the files, after warming up."""
    with ReaderPool(size) as pool:
        first = [submitted(pool, files[0][1], files[0][0]) for _ in range(size)]
        for reading in first:
            reading.future.result()
        started = time.perf_counter()
        readings = [submitted(pool, data, name) for name, data in files]
        for reading in readings:
            reading.future.result()
        return time.perf_counter() - started


def seconds_each_alone(files: Sequence[tuple[str, bytes]]) -> float:
    """Return the time with a new process for each file."""
    started = time.perf_counter()
    for name, data in files:
        with ReaderPool(1) as pool:
            submitted(pool, data, name).future.result()
    return time.perf_counter() - started


def main() -> None:
    """Print one line per format."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FILES, metavar="FOLDER")
    parser.add_argument("--each", type=int, default=100, help="files of each format")
    options = parser.parse_args()
    print(time.strftime("%Y-%m-%d"), sys.version.split()[0])
    print(f"{'':<10}{'files':>6}{'one':>10}{'two':>10}{'each alone':>12}{'peak, MiB':>11}  files/s")
    for reader, found in by_format(options.folder).items():
        count = max(options.each // (10 if reader in SLOW else 1), 1)
        files = list(islice(cycle(found), count))
        with watched() as peak:
            one = seconds(files, 1)
        two = seconds(files, 2)
        alone = seconds_each_alone(files[: max(count // 5, 1)]) * count / max(count // 5, 1)
        rates = "".join(f"{count / taken:>{width}.1f}" for taken, width in ((one, 10), (two, 10)))
        print(f"{reader:<10}{count:>6}{rates}{count / alone:>12.1f}{peak():>11.0f}", flush=True)


if __name__ == "__main__":
    main()
