"""Index hundreds of mangled files: none stops the run or displaces another file.

    python -m benchmarks.campaigns.mangled_files [--cases 300] [--seed 20261124]

The tests use forty.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.mangled_files import check_mangled_files


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=20261124)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        check_mangled_files(Path(folder), options.cases, options.seed)
    print(f"{options.cases} mangled files: each is read or named, and all neighbours are there")


if __name__ == "__main__":
    main()
