"""Indexes of collections of growing size, with what building them took."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.timing import alone, peak_memory
from reportsearch import Archive


@dataclass(frozen=True)
class Built:
    """Processor seconds of a build, its peak memory and the size of its files in MiB."""

    cpu: float
    peak: float
    size: float


def index_rows(index: Path, rows: Path) -> None:
    """Index a file of rows."""
    with Archive.create(index) as archive:
        archive.index(rows)


def build(index: Path, make: Callable[[Path, Path], None], source: Path) -> Built:
    """Make an index of a file, unless it is kept from another run."""
    return once(index.with_name(f"{index.name}.built.json"), _build, index, make, source)


def once(record: Path, work: Callable[..., Built], *arguments: object) -> Built:
    """Return what work in a process of its own took, or is recorded to have taken."""
    if not record.is_file():
        built = alone(work, *arguments)
        print(
            f"{record.name.partition('.')[0]}: {built.cpu:.1f} s on the processor, peak "
            f"{built.peak:.0f} MiB, {built.size:.1f} MiB on disk",
            flush=True,
        )
        record.write_text(json.dumps(asdict(built)), encoding="utf-8")
    return Built(**json.loads(record.read_text(encoding="utf-8")))


def _build(index: Path, make: Callable[[Path, Path], None], source: Path) -> Built:
    before = processor_seconds()
    # Under another name until complete, as a run may be interrupted.
    part = index.with_name(f"{index.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.rmtree(index, ignore_errors=True)
    make(part, source)
    part.rename(index)
    return Built(processor_seconds() - before, peak_memory(), megabytes(index))


def processor_seconds() -> float:
    """Return the processor time of this process and of the ended ones that it started."""
    return sum(os.times()[:4])


def sizes_of_reports(index: Path) -> dict[str, int]:
    """Return the number of passages of each report."""
    with Archive.open(index) as archive:
        return {report.id: len(report.passages) for report in archive.reports()}


def megabytes(folder: Path) -> float:
    """Return the size of all files of a folder in MiB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


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
        build(whole, index_rows, folder / "all.jsonl")
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
        write(folder / f"{size}.jsonl", rows[:taken])
        build(found[passages], index_rows, folder / f"{size}.jsonl")
    return found


def write(path: Path, lines: Sequence[str]) -> None:
    """Write lines to a file."""
    path.write_text("".join(lines), encoding="utf-8")


@contextmanager
def kept_in(folder: Path | None) -> Iterator[Path]:
    """Yield the given folder, made if need be, or a temporary one."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
