"""Fold every code point twice; the second time must change nothing.

    python -m benchmarks.campaigns.code_points

The tests cover the first plane and a sample of the others.
"""

from __future__ import annotations

import sys

from reportsearch.normalise import fold


def main() -> int:
    codes = range(sys.maxunicode + 1)
    changed = [code for code in codes if fold(fold(chr(code))) != fold(chr(code))]
    print(f"{len(codes)} code points, {len(changed)} change when folded twice")
    print(*(f"U+{code:04X}" for code in changed[:50]))
    return bool(changed)


if __name__ == "__main__":
    sys.exit(main())
