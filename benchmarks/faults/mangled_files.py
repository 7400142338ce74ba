"""Index mangled files of every format: none stops a run or displaces another file.

    python -m benchmarks.faults.mangled_files [--count 10000] [--seed 1] [--minutes 60]

The files are truncated, have flipped bits, holes, or pieces of others; they are read in the sandbox
as in any run, by the hundred in an index of their own. The tests read forty. A failure is repeated
by ``--seed`` with its seed and ``--count 100``.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.mangled_files import find_faults

from benchmarks.faults.outcome import Outcome, parse_options, print_rows

_BATCH = 100


def index_batch(outcome: Outcome, count: int, seed: int) -> None:
    """Index a folder of mangled files twice."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        try:
            found = find_faults(Path(folder).resolve(), count, seed)
        except Exception as error:  # noqa: BLE001 - whatever stops a run is a failure
            found = [f"the run: {type(error).__name__} {str(error)[:200]}"]
    outcome.tried += count
    outcome.failures += [f"seed {seed}, {fault}" for fault in found]


def main() -> int:
    """Index them, and print the row."""
    options = parse_options(__doc__, count=10_000, seed=1, minutes=60.0)
    outcome, end = Outcome("mangled files"), time.monotonic() + 60 * options.minutes
    for first in range(0, options.count, _BATCH):
        if time.monotonic() > end:
            break
        seed = options.seed + first // _BATCH
        index_batch(outcome, min(_BATCH, options.count - first), seed)
    return print_rows([outcome])


if __name__ == "__main__":
    sys.exit(main())
