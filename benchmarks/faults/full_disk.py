"""Let commands run out of disk space at each write, and out of file descriptors.

    python -m benchmarks.faults.full_disk [--runs 500] [--seed 1] [--only SCENARIO]

At one operation, a write or the creation or renaming of a file fails with ENOSPC, or a sync with
EIO. In another row, the folder is a file system of a few kilobytes that is really full (tmpfs;
left out for users who may not mount one). In a third, a command may have no more than so many
descriptors. It has to end with a line for a person, or to succeed, and what holds after a kill has
to hold; once there is space again, the next run has to complete the work.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults.bench import Bench
from benchmarks.faults.outcome import Outcome, parse_options, print_rows
from benchmarks.faults.tracing import Operation
from benchmarks.faults.upload import UploadBench, make_benches, make_place
from reportsearch import cli

_DESCRIPTORS = range(9, 40)
"""With fewer, Python cannot even list its modules."""
_STEP = 4096
"""Bytes by which a small disk grows; tmpfs has pages of this size."""
_STEPS = 60
_UNFAILING = {"unlink", "unlinkat", "rmdir", "flock"}
"""Calls that need no space."""


def _find_fault(operation: Operation) -> str:
    """Return how an operation fails on a full disk, for strace; empty if it does not."""
    if operation.name in _UNFAILING:
        return ""
    if operation.name == "openat" and "O_CREAT" not in operation.flags:
        return ""
    return "error=EIO" if "sync" in operation.name else "error=ENOSPC"


def fail_operations(benches: Sequence[Bench], runs: int, seed: int) -> list[Outcome]:
    """Let single operations fail, in random order."""
    outcomes = {bench.name: Outcome(f"no space: {bench.name}") for bench in benches}
    trials = [
        (bench, operation, fault)
        for bench in benches
        for operation in bench.list_operations()
        if (fault := _find_fault(operation))
    ]
    random.Random(seed).shuffle(trials)  # noqa: S311
    for bench, operation, fault in trials[:runs]:
        with outcomes[bench.name].trial(f"{operation.name} number {operation.nth}"):
            bench.check_fault(operation, fault)
    return list(outcomes.values())


def fill_disks(benches: Sequence[Bench], disk: Path) -> Outcome:
    """Run commands on disks of growing size, until they succeed."""
    outcome = Outcome("disk full")
    for bench in benches:
        paths = bench.copy().rglob("*")
        used = sum(path.stat().st_size for path in paths if path.is_file()) // _STEP
        for pages in range(used, used + _STEPS):
            is_done = False
            with outcome.trial(f"{bench.name}, {pages} pages"):
                is_done = _fill_disk(bench, disk, pages * _STEP)
            if is_done:
                break
    return outcome


def _fill_disk(bench: Bench, disk: Path, size: int) -> bool:
    """Run the command on a disk of so many bytes, and check; return whether it succeeded."""
    folder = bench.copy()
    with _mount(disk, size):
        try:
            shutil.copytree(folder, disk / "trial")
        except (OSError, shutil.Error):
            return False
        ended = bench.execute(disk / "trial")
        shutil.rmtree(folder)
        shutil.copytree(disk / "trial", folder)
    bench.check(folder, ended, acknowledged=ended.is_acknowledged)
    return not ended.code


@contextmanager
def _mount(disk: Path, size: int) -> Iterator[None]:
    disk.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    subprocess.run(mount, check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(disk)], check=True)  # noqa: S607


def limit_descriptors(benches: Sequence[Bench], limits: Iterable[int]) -> Outcome:
    """Let commands have no more than so many descriptors."""
    outcome = Outcome("out of descriptors")
    for bench in benches:
        for limit in limits:

            def run(limit: int = limit, bench: Bench = bench) -> int:
                resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
                return cli.main(bench.scenario.command)

            with outcome.trial(f"{bench.name}, {limit} descriptors"):
                bench.check_action(run)
    return outcome


def run(place: Path, only: str, runs: int, seed: int) -> Iterator[Outcome]:
    """Run out of space at each operation, then of disks, then of descriptors."""
    benches = make_benches(place, only)
    yield from fail_operations(benches, runs, seed)
    commands = [bench for bench in benches if not isinstance(bench, UploadBench)]
    if os.geteuid() == 0:
        yield fill_disks(commands, place / "disk")
    yield limit_descriptors(commands, _DESCRIPTORS)


def main() -> int:
    """Run out of all that, and print the rows."""
    options = parse_options(__doc__, runs=500, seed=1, only="")
    with make_place() as place:
        return print_rows(run(place, options.only, options.runs, options.seed))


if __name__ == "__main__":
    sys.exit(main())
