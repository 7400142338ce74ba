"""The campaigns of benchmarks/faults against what is on the disk, in short."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from benchmarks.faults import concurrency, flips, full_disk, kills, power_loss
from benchmarks.faults.bench import Bench
from benchmarks.faults.outcome import Outcome
from benchmarks.faults.scenarios import SCENARIOS
from benchmarks.faults.upload import make_place, warm_up

SHORT = ("update", "correct", "remove", "nearest passages, new")


def can_trace() -> bool:
    """Whether strace is there and may trace a process."""
    program = shutil.which("strace")
    if program is None:
        return False
    return not subprocess.run([program, "true"], capture_output=True, check=False).returncode


needs_trace = pytest.mark.skipif(not can_trace(), reason="the system lets nobody trace processes")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    with make_place() as folder:
        warm_up(folder)
        yield folder


@pytest.fixture(scope="module")
def benches(place: Path) -> Sequence[Bench]:
    wanted = [one for one in SCENARIOS if one.name in SHORT]
    return [Bench(one, place / str(number)) for number, one in enumerate(wanted)]


def check(outcomes: Iterable[Outcome]) -> None:
    found = list(outcomes)
    assert sum(one.tried for one in found)
    assert not any(one.failures for one in found), "\n".join(one.format_row() for one in found)


def test_kills_at_random_moments(benches: Sequence[Bench]) -> None:
    outcome = Outcome("kills")
    for bench in benches:
        for part in (0.3, 0.7):
            with outcome.trial(f"{bench.name} after {part} of its time"):
                bench.check_kill(part * bench.undisturbed.ended.seconds)
    check([outcome])


@needs_trace
def test_kills_at_file_operations(benches: Sequence[Bench]) -> None:
    check(kills.run(benches, runs=8, seed=1))


@needs_trace
def test_power_loss(benches: Sequence[Bench]) -> None:
    check(power_loss.run(benches[:2], runs=4, seed=1))


@needs_trace
def test_operations_that_fail(benches: Sequence[Bench]) -> None:
    check(full_disk.fail_operations(benches, runs=6, seed=1))


def test_too_few_descriptors(benches: Sequence[Bench]) -> None:
    check([full_disk.limit_descriptors(benches[:2], (9, 13, 20))])


def test_flips_and_cuts(place: Path) -> None:
    check(flips.run(place / "flips", flips=40, runs=4, reports=0, seed=1))


@needs_trace
def test_two_writers(benches: Sequence[Bench]) -> None:
    check([concurrency.stop_writers(benches[0], stops=2, seed=1)])


def test_readers_during_commits(place: Path) -> None:
    check([concurrency.read_during_commits(place, commits=6)])


def test_a_clock_that_goes_backwards(benches: Sequence[Bench]) -> None:
    check([concurrency.turn_back_clock(benches[:2])])
