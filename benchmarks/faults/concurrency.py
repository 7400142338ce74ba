"""Two writers, readers during commits, and a clock that goes backwards.

    python -m benchmarks.faults.concurrency [--stops 60] [--commits 200] [--seed 1]

A writer is stopped at an operation, and another is started: that one has to succeed, or be told
which process writes; then the first goes on and succeeds. A reader is stopped between listing the
folder and opening its newest commit, and another commits: it has to see one of the two commits.
Readers open, refresh and search during so many commits, each of which changes all reports: what
they see has to be one commit, never an older one than before. In the last row, the clock goes back
by a year between two commands, and files are from the future.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

from benchmarks.faults.bench import Bench
from benchmarks.faults.outcome import FaultError, Outcome, parse_options, print_rows
from benchmarks.faults.processes import Child, Ended
from benchmarks.faults.reports import INDEX, REPORTS, read_state, write_reports
from benchmarks.faults.scenarios import NUMBERS, prepare_index
from benchmarks.faults.tracing import Operation, read_trace
from benchmarks.faults.upload import UploadBench, make_benches, make_place
from reportsearch import Archive, cli

_OPENING = ("-y", "-xx", "-e", "trace=openat,getdents64")
_READERS = 3
_YEAR = timedelta(days=365).total_seconds()
_WAIT = 60
_STOPPED = re.compile(r"--- stopped by SIGSTOP ---|\+\+\+ exited")
_SECONDS_PER_COMMIT = 10


def stop_writers(bench: Bench, stops: int, seed: int) -> Outcome:
    """Stop a writer at drawn operations, and start another."""
    outcome = Outcome("two writers")
    write = partial(cli.main, bench.scenario.command)
    for operation in _draw(bench.list_operations(), stops, seed):
        with outcome.trial(f"the first stopped at {operation.name} number {operation.nth}"):
            folder = bench.copy()
            first, second, pid = _run_two(bench, write, operation)
            first.check()
            second.check()
            if first.code:
                raise FaultError(f"the first writer fails: {first.errors.strip()}")
            # Between taking the lock and writing its name, it is another process.
            if second.code and not re.search(rf"\b{pid}\b|another process", second.errors):
                raise FaultError(f"the second is not told who writes: {second.errors.strip()}")
            bench.check(folder, first, acknowledged=True)
    return outcome


def stop_readers(bench: Bench) -> Outcome:
    """Stop a reader each time before it opens the table of contents, and commit."""
    outcome = Outcome("commits while a reader opens")
    commits = bench.before, bench.undisturbed.after
    folder = bench.copy()

    def read() -> None:
        if read_state(folder) not in commits:
            raise FaultError("what is read is no commit")

    Child(read, folder, bench.outputs, _OPENING).wait()
    operations = pairwise(read_trace(bench.outputs / "trace"))
    before = [one for one, following in operations if following.path.endswith(".toc")]
    for operation in before:
        with outcome.trial(f"stopped at {operation.name} number {operation.nth}"):
            bench.copy()
            first, second, _ = _run_two(bench, read, operation)
            first.check()
            second.check()
            if first.code or second.code:
                raise FaultError(first.errors.strip() or second.errors.strip())
    return outcome


def _draw(operations: Sequence[Operation], number: int, seed: int) -> list[Operation]:
    return random.Random(seed).sample(operations, min(number, len(operations)))  # noqa: S311


def _run_two(
    bench: Bench, action: Callable[[], int | None], operation: Operation
) -> tuple[Ended, Ended, int]:
    """Run an action that is stopped at an operation, until the command of the bench has ended.

    Returns how both ended, and the process that was stopped. Raises FaultError.
    """
    folder, others = bench.trial, bench.outputs / "second"
    first = Child(action, folder, bench.outputs, operation.build_injection("signal=STOP"))
    try:
        _wait_until_stopped(bench.outputs / "trace")
        second = Child(partial(cli.main, bench.scenario.command), folder, others).wait()
    finally:
        first.kill(signal.SIGCONT)
    return first.wait(), second, first.pid


def _wait_until_stopped(trace: Path) -> None:
    """Wait until strace says that a process is stopped, or has ended."""
    end = time.monotonic() + _WAIT
    while time.monotonic() < end and not _STOPPED.search(trace.read_text("utf-8")):
        time.sleep(0.01)


def read_during_commits(place: Path, commits: int) -> Outcome:
    """Read in some processes while another commits; each commit is a trial."""
    outcome = Outcome("readers during commits", tried=commits)
    folder = place / "readers"
    folder.mkdir()
    prepare_index(folder)
    readers = [
        Child(partial(_read, folder, reopens=number % 2 == 0), folder, place / f"reader{number}")
        for number in range(_READERS)
    ]
    writer = Child(partial(_write_commits, folder, commits), folder, place / "writer")
    written = writer.wait(commits * _SECONDS_PER_COMMIT)
    (folder / "done").touch()
    for number, reader in enumerate(readers):
        with outcome.trial(f"reader {number}"):
            reader.wait().check()
    with outcome.trial("the writer"):
        written.check()
        with Archive.open(folder / INDEX) as archive:
            if _find_edition(archive) != commits + 1:
                raise FaultError("the last commit is lost")
    return outcome


def _write_commits(folder: Path, commits: int) -> None:
    """Change all reports so many times, with a commit for each."""
    with Archive.open(folder / INDEX) as archive:
        for edition in range(2, commits + 2):
            write_reports(folder / REPORTS, NUMBERS, edition)
            archive.index(folder / REPORTS, purge=edition % 10 == 0)


def _read(folder: Path, *, reopens: bool) -> None:
    """Read until the writer has ended."""
    seen = 0
    archive = Archive.open(folder / INDEX)
    while not (folder / "done").exists():
        if reopens:
            archive.close()
            archive = Archive.open(folder / INDEX)
        archive.refresh()
        edition = _find_edition(archive)
        if edition < seen:
            raise FaultError(f"edition {edition} after {seen}")
        seen = edition


def _find_edition(archive: Archive) -> int:
    """Return the edition of all reports. Raises FaultError if they are not of one commit."""
    hits = archive.search("养老服务站").hits
    reports = list(archive.reports())
    editions = {int(one) for report in reports for one in re.findall(r"第(\d+)版", report.text)}
    if len(hits) != len(NUMBERS) or len(reports) != len(NUMBERS) or len(editions) != 1:
        raise FaultError(f"{len(hits)} hits, {len(reports)} reports, editions {editions}")
    return editions.pop()


def turn_back_clock(benches: Sequence[Bench]) -> Outcome:
    """Run commands on files from the future, with a clock that has gone back."""
    outcome = Outcome("clock going backwards")
    for bench in benches:
        with outcome.trial(bench.name):
            bench.check_action(partial(_run_in_the_past, bench))
    return outcome


def _run_in_the_past(bench: Bench) -> int:
    now = time.time
    for path in Path.cwd().rglob("*"):
        os.utime(path, (now() + _YEAR, now() + _YEAR))
    time.time = lambda: now() - _YEAR
    return cli.main(bench.scenario.command)


def run(place: Path, stops: int, commits: int, seed: int) -> Iterator[Outcome]:
    """Try two writers, readers during commits, and the clock."""
    benches = [one for one in make_benches(place) if not isinstance(one, UploadBench)]
    by_name = {bench.name: bench for bench in benches}
    yield stop_writers(by_name["rebuild"], stops, seed)
    yield stop_readers(by_name["update"])
    yield read_during_commits(place, commits)
    yield turn_back_clock(benches)


def main() -> int:
    """Try all that, and print the rows."""
    options = parse_options(__doc__, stops=60, commits=200, seed=1)
    with make_place() as place:
        return print_rows(run(place, options.stops, options.commits, options.seed))


if __name__ == "__main__":
    sys.exit(main())
