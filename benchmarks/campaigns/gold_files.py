"""Read every file of the gold, including scans, and compare its lines with a human reader's.

    python -m benchmarks.campaigns.gold_files

The tests omit the two-page scan, and some files that LibreOffice reads.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reportsearch.extract import file_types
from reportsearch.extract.sandbox.pool import ReaderPool

FILES = Path(__file__).parents[2] / "tests" / "gold" / "files"
GOLD = ".gold.txt"


def lines_of(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def main() -> int:
    wrong = 0
    with ReaderPool() as pool:
        for gold in sorted(FILES.glob(f"*{GOLD}")):
            name = gold.name.removesuffix(GOLD)
            data = (FILES / name).read_bytes()
            read = pool.submit(file_types.detect_kind(data, name), data).future.result()
            same = lines_of(read.text) == lines_of(gold.read_text(encoding="utf-8"))
            wrong += not same
            print(f"{name}: {'as a reader sees it' if same else 'DIFFERS'}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
