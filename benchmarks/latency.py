"""Measure how long a search takes, in collections of growing size.

    python benchmarks/latency.py REPORTS.jsonl [MORE ...] [--sizes 1000,10000,100000,300000]
        [--queries 40] [--seed 1] [--keep FOLDER]

Reports are taken from the files in order until they have the given number of passages. Five kinds
of queries are drawn from their text with a fixed seed. A process that has opened the index and
answered five others of each kind answers them one after another (10 hits, with an exact count).
Three processes do so and the fastest time of each query counts, so that no answer comes from a
cache. For comparison, Whoosh with jieba's ``ChineseAnalyzer`` runs over the same passages, at the
size nearest to 10,000.

Processor time is listed next to wall-clock time: on a machine that does other work as well, only
the former can be compared between versions. Memory is the peak of the answering process (VmHWM,
including the mapped pages of the index); a cold start is a whole command line.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import multiprocessing
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from reportsearch import Archive, Passage, Report

WARM_UP = 5
"""Queries of each kind that are run before timing starts."""
ROUNDS = 3
RARE = 3
"""A rare word occurs in at most this many passages."""
STOCK_SIZE = 10_000
COLD_STARTS = 5

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_SENTENCE = re.compile(r"(?<![^。；\n])[\u4e00-\u9fff0-9，、]{19,59}。")

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """A query and its filters."""

    text: str
    where: tuple[str, ...] = ()


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


def build(index: Path, rows: Path) -> tuple[int, float, float]:
    """Index a file of rows; return passages, processor seconds and peak memory."""
    started = time.process_time()
    # Under another name until complete, as a run may be interrupted.
    part = index.with_name(f"{index.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    with Archive.create(part) as archive:
        passages = archive.index(rows).passages
    part.rename(index)
    return passages, time.process_time() - started, peak_memory()


def sizes_of_reports(index: Path) -> dict[str, int]:
    """Return the number of passages of each report."""
    with Archive.open(index) as archive:
        return {report.id: len(report.passages) for report in archive.reports()}


class Draw:
    """Draws five kinds of queries from the text of a collection."""

    def __init__(self, reports: Sequence[Report], seed: int) -> None:
        """Count in how many passages each word occurs."""
        import rjieba

        self._chance = random.Random(seed)  # noqa: S311
        self._passages: list[tuple[Report, Passage]] = [
            (report, passage) for report in reports for passage in report.passages
        ]
        self._cut = rjieba.cut
        holding: Counter[str] = Counter()
        for _, passage in self._passages:
            holding.update(self._words(passage.text))
        by_frequency = [word for word, _ in holding.most_common()]
        self._frequent = by_frequency[:100]
        self._rare = [word for word, count in holding.items() if count <= RARE]

    def _words(self, text: str) -> list[str]:
        words = dict.fromkeys(self._cut(text))
        return [word for word in words if len(word) > 1 and _CHINESE.fullmatch(word)]

    def _passage(self) -> tuple[Report, Passage]:
        return self._chance.choice(self._passages)

    def rare(self) -> Asked:
        """Draw a word that is in at most RARE passages."""
        return Asked(self._chance.choice(self._rare))

    def frequent(self) -> Asked:
        """Draw one of the hundred words that are in most passages."""
        return Asked(self._chance.choice(self._frequent))

    def quoted(self) -> Asked:
        """Draw a run of 4-8 Chinese characters, cut anywhere, in quotation marks."""
        size = self._chance.randint(4, 8)
        while True:
            runs = [run for run in _CHINESE.findall(self._passage()[1].text) if len(run) >= size]
            if runs:
                run = self._chance.choice(runs)
                at = self._chance.randint(0, len(run) - size)
                return Asked(f'"{run[at : at + size]}"')

    def filtered(self) -> Asked:
        """Draw three words of a passage, with a filter by its report's year or title."""
        while True:
            report, passage = self._passage()
            words = self._words(passage.text)
            if len(words) < 3:
                continue
            text = " ".join(self._chance.sample(words, 3))
            if report.info.year is not None:
                return Asked(text, (f"year={report.info.year - 2}..{report.info.year + 2}",))
            parts = self._words(report.title)
            if parts:
                return Asked(text, (f"title={self._chance.choice(parts)}",))

    def sentence(self) -> Asked:
        """Draw a sentence of 20-60 characters with its full stop."""
        while True:
            sentences = _SENTENCE.findall(self._passage()[1].text)
            if sentences:
                return Asked(self._chance.choice(sentences))


KINDS: dict[str, Callable[[Draw], Asked]] = {
    "a rare word": Draw.rare,
    "a frequent word": Draw.frequent,
    "a quoted string": Draw.quoted,
    "three words, a filter": Draw.filtered,
    "a pasted sentence": Draw.sentence,
}
QUOTED, SENTENCE = "a quoted string", "a pasted sentence"


def draw(index: Path, seed: int, count: int, texts: Path | None) -> dict[str, list[Asked]]:
    """Draw ``count`` queries of each kind, and write the passages to ``texts``, one per line."""
    with Archive.open(index) as archive:
        reports = list(archive.reports())
    if texts:
        with texts.open("w", encoding="utf-8") as out:
            for report in reports:
                for passage in report.passages:
                    out.write(json.dumps([passage.id, passage.text], ensure_ascii=False) + "\n")
    drawn = Draw(reports, seed)
    return {kind: [make(drawn) for _ in range(count)] for kind, make in KINDS.items()}


def time_all(asked: dict[str, list[Asked]], ask: Callable[[str, Asked], int]) -> Answered:
    """Warm up with the first queries of each kind, and time the others once each."""
    for kind, queries in asked.items():
        for query in queries[:WARM_UP]:
            ask(kind, query)
    timings = {}
    for kind, queries in asked.items():
        timing = Timing([], [], [])
        for query in queries[WARM_UP:]:
            clock, processor = time.perf_counter(), time.process_time()
            timing.matched.append(ask(kind, query))
            timing.cpu.append(time.process_time() - processor)
            timing.wall.append(time.perf_counter() - clock)
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


def answer(index: Path, asked: dict[str, list[Asked]]) -> Answered:
    """Time the answers of the archive."""
    with Archive.open(index) as archive:

        def ask(_: str, query: Asked) -> int:
            return archive.search(query.text, where=query.where).matched.passages

        return time_all(asked, ask)


def build_stock(folder: Path, texts: Path) -> None:
    """Index passages with Whoosh and jieba's ChineseAnalyzer, as a user would."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        from jieba.analyse import ChineseAnalyzer
    from whoosh import fields, index

    jieba.setLogLevel(logging.WARNING)
    schema = fields.Schema(
        id=fields.ID(stored=True), text=fields.TEXT(analyzer=ChineseAnalyzer(), stored=True)
    )
    folder.mkdir()
    writer = index.create_in(str(folder), schema).writer(limitmb=256)
    with texts.open(encoding="utf-8") as lines:
        for line in lines:
            name, text = json.loads(line)
            writer.add_document(id=name, text=text)
    writer.commit()


def answer_stock(folder: Path, asked: dict[str, list[Asked]]) -> Answered:
    """Time the answers of Whoosh, for the queries it can answer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    from whoosh import index, query

    jieba.setLogLevel(logging.WARNING)
    searcher: Any = index.open_dir(str(folder)).searcher()
    analyzer = searcher.schema["text"].analyzer

    def ask(kind: str, wanted: Asked) -> int:
        terms = sorted({token.text for token in analyzer(wanted.text)})
        parts = [query.Term("text", term) for term in terms]
        joined = query.Or(parts) if kind == SENTENCE else query.And(parts)
        results = searcher.search(joined, limit=10)
        shown = [(hit["id"], hit["text"]) for hit in results]
        return len(results) if shown else 0

    # Its quoted strings find nothing, because the analyser gives offsets as positions.
    return time_all({kind: asked[kind] for kind in asked if kind != QUOTED}, ask)


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


def megabytes(folder: Path) -> float:
    """Return the size of all files of a folder in MiB."""
    return sum(path.stat().st_size for path in folder.iterdir()) / 2**20


def show(name: str, timings: dict[str, Timing]) -> None:
    """Print one line per kind of query."""
    for kind, timing in timings.items():
        cells = [
            f"{1000 * float(value):8.1f}"
            for seconds in (timing.wall, timing.cpu)
            for value in (*np.quantile(seconds, (0.5, 0.95)), max(seconds))
        ]
        print(
            f"  {name:<16}{kind:<24}{''.join(cells[:3])}   {''.join(cells[3:])}"
            f"{statistics.median(timing.matched):10.0f}",
            flush=True,
        )


def load_average() -> str:
    """Return the load averages over 1, 5 and 15 minutes."""
    return "load " + " ".join(f"{value:.1f}" for value in os.getloadavg())


def rows_of(paths: Sequence[Path]) -> Iterator[str]:
    """Yield the lines of the files, compressed or not."""
    for path in paths:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as lines
        ):
            yield from (line for line in lines if line.strip())


def prepared(folder: Path, options: argparse.Namespace) -> dict[int, Path]:
    """Return an index for each size that the files allow, by passages, reusing kept ones."""
    rows = list(rows_of(options.paths))
    known = folder / "all.json"
    whole = folder / "all"
    if not known.is_file():
        write(folder / "all.jsonl", rows)
        passages, cpu, peak = alone(build, whole, folder / "all.jsonl")
        print(f"indexed {passages} passages: {cpu:.0f} s on the processor, peak {peak:.0f} MiB")
        known.write_text(json.dumps(alone(sizes_of_reports, whole)), encoding="utf-8")
    counts: dict[str, int] = json.loads(known.read_text(encoding="utf-8"))
    total = sum(counts.values())
    found = {}
    for size in sorted(map(int, options.sizes.split(","))):
        if size >= total:
            print(f"{size} passages are asked for; the files have {total} in all")
            found[total] = whole
            break
        taken, passages = 0, 0
        while passages < size:
            passages += counts.get(json.loads(rows[taken])["id"], 0)
            taken += 1
        found[passages] = folder / str(size)
        if not found[passages].is_dir():
            write(folder / f"{size}.jsonl", rows[:taken])
            _, cpu, peak = alone(build, found[passages], folder / f"{size}.jsonl")
            print(f"indexed {passages} passages: {cpu:.0f} s on the processor, peak {peak:.0f} MiB")
    return found


def write(path: Path, lines: Sequence[str]) -> None:
    """Write lines to a file."""
    path.write_text("".join(lines), encoding="utf-8")


def measure(folder: Path, options: argparse.Namespace) -> None:
    """Print the table."""
    indexes = prepared(folder, options)
    with_stock = min(indexes, key=lambda size: abs(size - STOCK_SIZE)) if options.stock else 0
    print(
        f"\n{options.queries} queries of each kind, seed {options.seed}; milliseconds: by the "
        f"clock, on the processor; median number of passages that match\n"
        f"  {'':<40}{'p50':>8}{'p95':>8}{'max':>8}   {'p50':>8}{'p95':>8}{'max':>8}{'matched':>10}"
    )
    for size, index in indexes.items():
        texts = folder / "texts" if size == with_stock else None
        asked = alone(draw, index, options.seed, options.queries + WARM_UP, texts)
        answered = quickest([alone(answer, index, asked) for _ in range(ROUNDS)])
        cpu, wall = cold_start(index, asked["a rare word"][0].text)
        print(
            f"{size} passages: index {megabytes(index):.1f} MiB, memory {answered.peak:.0f} MiB, "
            f"cold start {cpu:.2f} s on the processor, {wall:.2f} s by the clock, {load_average()}"
        )
        show("reportsearch", answered.timings)
        if texts:
            with tempfile.TemporaryDirectory() as name:
                stock = Path(name) / "stock"
                alone(build_stock, stock, texts)
                rival = quickest([alone(answer_stock, stock, asked) for _ in range(ROUNDS)])
                show("Whoosh + jieba", rival.timings)
                print(
                    f"  Whoosh + jieba: index {megabytes(stock):.1f} MiB, memory "
                    f"{rival.peak:.0f} MiB; a sentence is an OR of its tokens, "
                    f"all else an AND, without the filter; a quoted string is not possible"
                )


def main() -> None:
    """Measure the collections named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="REPORTS.jsonl")
    parser.add_argument("--sizes", default="1000,10000,100000,300000", help="in passages")
    parser.add_argument("--queries", type=int, default=40, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="indexes to use again")
    parser.add_argument("--no-stock", dest="stock", action="store_false", help="without the rival")
    options = parser.parse_args()
    print(time.strftime("%Y-%m-%d"), sys.version.split()[0], load_average())
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        measure(options.keep, options)
        return
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), options)


if __name__ == "__main__":
    main()
