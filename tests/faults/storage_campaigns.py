"""The campaigns of benchmarks/faults against what is on the disk, in short; prints their rows.

They fork processes, which a process with threads, such as one of pytest-xdist, should not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks.faults import concurrency, flips, full_disk, kills, power_loss
from benchmarks.faults.bench import Bench
from benchmarks.faults.outcome import Outcome, print_rows
from benchmarks.faults.scenarios import SCENARIOS
from benchmarks.faults.upload import make_place, warm_up

SEED = 1
_NEAREST = "nearest passages, new"


def run() -> Iterator[Outcome]:
    """Interrupt a correction and a purge, damage an index, and write and read at once."""
    with make_place() as place:
        warm_up(place)
        benches = [
            Bench(scenario, place / scenario.name)
            for scenario in SCENARIOS
            if scenario.name in {"correct", "purge", _NEAREST}
        ]
        nearest = benches.pop()
        yield from kills.run(benches, 6, SEED)
        yield from power_loss.run(benches, 5, SEED)
        # All of them, since one order alone lost the names of files.
        yield from power_loss.run([nearest], 0, SEED)
        yield from full_disk.fail_operations(benches, 4, SEED)
        yield full_disk.limit_descriptors(benches[:1], [14])
        yield from flips.run(place, flips=200, runs=20, reports=0, seed=SEED)
        yield concurrency.stop_writers(benches[0], 1, SEED)
        yield concurrency.stop_readers(benches[0])
        yield concurrency.read_during_commits(place, 4)
        yield concurrency.turn_back_clock(benches[:1])


if __name__ == "__main__":
    sys.exit(print_rows(run()))
