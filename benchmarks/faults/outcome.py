"""The options of a campaign, and its rows: the faults that were tried, and those not survived."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_SHOWN = 10
"""Failures that are described; all of them are counted."""


class FaultError(Exception):
    """What the software promises and did not keep; the message describes it."""


@dataclass
class Outcome:
    """The faults of one kind: how many were tried, and the descriptions of those that failed."""

    name: str
    tried: int = 0
    failures: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    @contextmanager
    def trial(self, place: str) -> Iterator[None]:
        """Count a trial; a FaultError in the block is a failure at ``place``."""
        self.tried += 1
        try:
            yield
        except FaultError as error:
            self.failures.append(f"{place}: {error}")

    def format_row(self) -> str:
        """Return the row, followed by the first failure of each description."""
        seconds = time.monotonic() - self.started
        failed = len(self.failures)
        row = (
            f"{self.name:<32} tried {self.tried:>6}  survived {max(0, self.tried - failed):>6}  "
            f"failed {failed:>5}  {seconds:>6.0f} s"
        )
        kinds = Counter(failure.partition(": ")[2] for failure in self.failures)
        first = {kind: self._find_first(kind) for kind, _ in kinds.most_common(_SHOWN)}
        shown = [f"    {kinds[kind]} x {first[kind]}" for kind in first]
        return "\n".join([row, *shown])

    def _find_first(self, kind: str) -> str:
        return next(one for one in self.failures if one.partition(": ")[2] == kind)


def parse_options(description: str | None, **defaults: object) -> argparse.Namespace:
    """Read the command line of a campaign, whose options have these names and defaults."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default in defaults.items():
        parser.add_argument(f"--{name}", type=type(default), default=default)
    return parser.parse_args()


def print_rows(outcomes: Iterable[Outcome]) -> int:
    """Print each row as soon as it is there; return the exit code."""
    failed = False
    for outcome in outcomes:
        print(outcome.format_row(), flush=True)
        failed |= bool(outcome.failures)
    return int(failed)
