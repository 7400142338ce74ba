"""Cut the power after each file operation of a command.

    python -m benchmarks.faults.power_loss [--runs 100] [--seed 1] [--only SCENARIO]

The writes, renames, syncs and other operations of a command are recorded, and replayed in memory
up to each of them. What POSIX promises of such a disk: the data of a file that was synced, and the
names in a folder that was synced. Of the rest, everything may be lost; or names survive without
data, or data without names, or everything; or some changes of names and not others, with old data,
new, or half of it (drawn at random, ``--seed``). Equal disks are checked once, and of all of them
as many per scenario as ``--runs`` says, drawn at random after those that come after the
acknowledgement; 0 checks all.

On each such disk the index has to open as before or as after the command; what the command had
acknowledged before the cut has to be there; the same command has to complete the work.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator, Sequence

from benchmarks.faults.bench import Bench
from benchmarks.faults.disk import Content, Disk, read_content, write_content
from benchmarks.faults.outcome import Outcome, parse_options, print_rows
from benchmarks.faults.tracing import RECORD, Operation, read_trace
from benchmarks.faults.upload import make_benches, make_place

_ORDERS = 2
"""Disks per operation on which changes survive in another order."""


def _iter_crashes(disk: Disk, chance: random.Random) -> Iterator[tuple[str, Content]]:
    """Iterate over what may be on a disk after the power was cut, with a name for each."""
    for names in (1.0, 0.0):
        for data in (1.0, 0.0):
            kept = f"{'all' if names else 'synced'} names, {'all' if data else 'synced'} data"
            yield kept, disk.crash(chance, names, (data,))
    for order in range(_ORDERS):
        yield f"another order ({order})", disk.crash(chance, 0.5, (0.0, 0.5, 1.0))


def _acknowledges(operation: Operation, bench: Bench) -> bool:
    return operation.name == "write" and operation.find_path(0) == str(bench.outputs / "output")


def list_crashes(bench: Bench, chance: random.Random) -> list[tuple[str, bool, Content]]:
    """Return the disks, each with the place of its cut and whether the work was acknowledged."""
    folder = bench.copy()
    disk = Disk(folder)
    bench.execute(folder, RECORD)
    found: dict[tuple[bool, int], tuple[str, bool, Content]] = {}
    acknowledged = False
    for number, operation in enumerate(read_trace(bench.outputs / "trace")):
        acknowledged = acknowledged or _acknowledges(operation, bench)
        if disk.apply(operation) or _acknowledges(operation, bench):
            place = f"operation {number}, {operation.describe(folder)}"
            for kept, content in _iter_crashes(disk, chance):
                key = acknowledged, hash(frozenset(content.items()))
                found.setdefault(key, (f"{place}, {kept}", acknowledged, content))
    for kept, content in _iter_crashes(disk, chance):
        found.setdefault(
            (True, hash(frozenset(content.items()))), (f"the end, {kept}", True, content)
        )
    if disk.read_all() != read_content(folder):
        raise SystemExit(f"{bench.name}: the replay differs from what the command wrote")
    return list(found.values())


def check_crash(bench: Bench, content: Content, *, acknowledged: bool) -> None:
    """Check a disk. Raises FaultError."""
    folder = bench.copy()
    shutil.rmtree(folder)
    write_content(folder, content)
    bench.check(folder, None, acknowledged=acknowledged)


def run(benches: Sequence[Bench], runs: int, seed: int) -> Iterator[Outcome]:
    """Cut the power in each scenario."""
    for bench in benches:
        outcome = Outcome(f"power loss: {bench.name}")
        chance = random.Random(seed)  # noqa: S311
        crashes = list_crashes(bench, chance)
        chance.shuffle(crashes)
        crashes.sort(key=lambda crash: not crash[1])
        for place, acknowledged, content in crashes[: runs or None]:
            with outcome.trial(place):
                check_crash(bench, content, acknowledged=acknowledged)
        yield outcome


def main() -> int:
    """Cut it, and print the rows."""
    options = parse_options(__doc__, runs=100, seed=1, only="")
    with make_place() as place:
        return print_rows(run(make_benches(place, options.only), options.runs, options.seed))


if __name__ == "__main__":
    sys.exit(main())
