"""Try every regular expression of the package with texts that could make it slow.

    python -m benchmarks.faults.patterns [--length 20000] [--seconds 0.2] [--all]

Prints, for each expression that is slow or grows faster than its text, where it is, the worst
attack, its CPU time, and the exponent of growth when the text doubles (1 is linear, 2 quadratic).
``--all`` prints every expression. The exit code is 1 if one grows faster than its text.
"""

from __future__ import annotations

import argparse
import math
import re
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from benchmarks.faults.attacks import Attack, is_bounded, iter_attacks
from benchmarks.faults.find_patterns import FoundPattern, find_patterns
from benchmarks.faults.sample_run import run_everything

_MIN_SECONDS = 0.02
"""Below this a time says nothing about growth."""
_SUPERLINEAR = 1.5
_SHORT, _LONG = 3_000, 100_000
_SHORT_LIMIT, _LIMIT = 0.1, 1.5
_TAILS = ("\0。甲",)


class OverTimeError(BaseException):
    """The limit of CPU time has been reached."""


@dataclass(frozen=True, slots=True)
class Attacked:
    """The worst attack on an expression: its CPU time, and how that grows with the text."""

    found: FoundPattern
    attack: str
    method: str
    seconds: float
    exponent: float

    @property
    def is_superlinear(self) -> bool:
        return self.exponent > _SUPERLINEAR


def apply(pattern: re.Pattern[Any], method: str, text: Any) -> None:
    """Use an expression on a text as the package does."""
    if method == "finditer":
        for _ in pattern.finditer(text):
            pass
    elif method in {"sub", "subn"}:
        pattern.sub(text[:0], text)
    else:
        getattr(pattern, method)(text)


def measure(found: FoundPattern, method: str, text: Any, limit: float) -> float:
    """Return the CPU time of an attack; at the limit it ends, and counts as infinite."""
    started = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        apply(found.pattern, method, text)
    except OverTimeError:
        return math.inf
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return max(time.process_time() - started, 1e-6)


def attack(found: FoundPattern, length: int, limit: float) -> Attacked:
    """Return the attack that takes longest for its length."""
    worst = Attacked(found, "", "", 0.0, 0.0)
    for one in iter_attacks(found.pattern):
        short, long = one.build(length // 2), one.build(length)
        for method in sorted(found.methods):
            seconds = measure(found, method, long, limit)
            if seconds <= max(worst.seconds, _MIN_SECONDS):
                worst = worst if worst.attack else Attacked(found, str(one), method, seconds, 0.0)
                continue
            halves = [measure(found, method, short, limit) for _ in range(3)]
            again = min(seconds, measure(found, method, long, limit))
            half = max(sorted(halves)[1], _MIN_SECONDS / 10)
            exponent = math.log2(again / half) if again < math.inf else math.inf
            if exponent > _SUPERLINEAR or worst.exponent <= _SUPERLINEAR:
                worst = Attacked(found, str(one), method, again, exponent)
            if again == math.inf:
                return worst
    return worst


def find_superlinear(patterns: Iterable[FoundPattern]) -> list[str]:
    """Return the expressions that fail a long text, each with where it is and the attack.

    A short text only chooses the worst attack. An expression that takes time in proportion to the
    text needs a hundredth of the limit for the long one, one that squares it several times as much.
    An expression without ``*`` and ``+`` takes a limited time at each place.
    """
    failed = []
    with catch_timeouts():
        for found in patterns:
            if is_bounded(found.pattern):
                continue
            worst, method = _choose_worst(found)
            if measure(found, method, worst.build(_LONG), _LIMIT) == math.inf:
                failed.append(f"{found.name} {method} {worst} {found.pattern.pattern!r:.80}")
    return failed


def _choose_worst(found: FoundPattern) -> tuple[Attack, str]:
    """Return the attack that takes longest on a short text, and its method."""
    timed = {
        (one, method): measure(found, method, one.build(_SHORT), _SHORT_LIMIT)
        for one in iter_attacks(found.pattern, pairs=False, tails=_TAILS)
        for method in sorted(found.methods)
    }
    return max(timed, key=timed.__getitem__)


@contextmanager
def catch_timeouts() -> Iterator[None]:
    """Let ``measure`` end an attack at its limit."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGVTALRM, before)


def _stop(_: int, __: FrameType | None) -> None:
    raise OverTimeError


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--length", type=int, default=20_000, help="characters of a text")
    parser.add_argument("--seconds", type=float, default=0.5, help="limit for one text")
    parser.add_argument("--all", action="store_true", help="print every expression")
    parser.add_argument(
        "--only", default="", help="only expressions of files with this in the path"
    )
    arguments = parser.parse_args()
    patterns, missed = find_patterns(run_everything)
    failed = 0
    for found in patterns:
        if arguments.only not in found.name:
            continue
        with catch_timeouts():
            worst = attack(found, arguments.length, arguments.seconds)
        failed += worst.is_superlinear
        if arguments.all or worst.is_superlinear:
            print(
                f"{found.name}\t{worst.method}\t{worst.seconds:.3f} s\tn^{worst.exponent:.1f}"
                f"\t{worst.attack}\t{found.pattern.pattern[:80]!r}",
                flush=True,
            )
    for call in missed:
        print(f"{call.file}:{call.first}\tnot reached")
    print(f"{len(patterns)} expressions, {failed} grow faster than their text")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
