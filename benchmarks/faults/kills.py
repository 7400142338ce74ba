"""Kill commands at each of their file operations, and at random moments.

    python -m benchmarks.faults.kills [--runs 1000] [--seed 1] [--only SCENARIO]

After each kill, the index has to be as before or as after; what the command had acknowledged has
to be there; every report has to be found by a search; the same command has to complete the work,
and leave no file that an undisturbed run would not have left.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence

from benchmarks.faults.bench import Bench
from benchmarks.faults.outcome import Outcome, parse_options, print_rows
from benchmarks.faults.upload import make_benches, make_place


def run(benches: Sequence[Bench], runs: int, seed: int) -> list[Outcome]:
    """Kill at each operation first, renames before others, then at random moments."""
    chance = random.Random(seed)  # noqa: S311
    outcomes = {bench.name: Outcome(f"kill -9: {bench.name}") for bench in benches}
    operations = [(bench, one) for bench in benches for one in bench.list_operations()]
    chance.shuffle(operations)
    operations.sort(key=lambda one: not one[1].name.startswith("rename"))
    for bench, operation in operations[:runs]:
        with outcomes[bench.name].trial(f"{operation.name} number {operation.nth}"):
            bench.check_fault(operation, "signal=KILL")
    for _ in range(len(operations), runs):
        bench = chance.choice(benches)
        seconds = chance.uniform(0, bench.undisturbed.ended.seconds)
        with outcomes[bench.name].trial(f"after {seconds:.4f} s"):
            bench.check_kill(seconds)
    return list(outcomes.values())


def main() -> int:
    """Kill them, and print the rows."""
    options = parse_options(__doc__, runs=1000, seed=1, only="")
    with make_place() as place:
        return print_rows(run(make_benches(place, options.only), options.runs, options.seed))


if __name__ == "__main__":
    sys.exit(main())
