"""Run all campaigns for about an hour, in rounds with another seed each.

    python -m benchmarks.faults [--minutes 60] [--seed 1]

What draws nothing is in the first round alone. Exit code 1 if anything failed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import count

from benchmarks.faults.outcome import parse_options

_ONCE = (
    "forged_origins",
    "header_injection",
    "patterns",
    "load --minutes 2",
)
_DRAWN = (
    "kills --runs 150",
    "power_loss --runs 15",
    "flips --flips 5000 --runs 500 --reports 300",
    "full_disk --runs 100",
    "concurrency --stops 15 --commits 100",
    "hostile_queries --count 10000",
    "mangled_files --count 200",
    "hostile_requests --count 2000",
    "hostile_uploads --count 100",
    "hostile_exports --count 5",
)


def main() -> int:
    """Run them; return the exit code."""
    options = parse_options(__doc__, minutes=60.0, seed=1)
    end = time.monotonic() + 60 * options.minutes
    failed = 0
    for seed in count(options.seed):
        drawn = [f"{campaign} --seed {seed}" for campaign in _DRAWN]
        for campaign in [*drawn, *(_ONCE if seed == options.seed else ())]:
            if time.monotonic() > end:
                return failed
            name, *given = campaign.split()
            print(f"python -m benchmarks.faults.{campaign}", flush=True)
            command = [sys.executable, "-m", f"benchmarks.faults.{name}", *given]
            failed |= int(subprocess.run(command, check=False).returncode != 0)
    return failed


if __name__ == "__main__":
    sys.exit(main())
