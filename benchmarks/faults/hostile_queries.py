"""Ask an archive hostile queries and filters: each is answered, or refused with a line that helps.

    python -m benchmarks.faults.hostile_queries [--count 100000] [--first 0] [--seed 1]

First all that the tests list (they ask one in twenty-three), then drawn ones. A failure is repeated
by ``--first`` with its number and ``--count 1``.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from tests.search.hostile_queries import (
    FAMILIES,
    OPTIONS,
    draw_characters,
    faults,
    make_archive,
    mix,
    mutate,
    wheres,
)

from benchmarks.faults.outcome import FaultError, Outcome, parse_options, print_rows
from reportsearch import Archive

_DRAWN = (mutate, mutate, mix, draw_characters)
_USUAL = "招商引资 OR 文旅"
_CHECKED_EVERY = 5_000
"""Queries between two checks that nothing of them stays behind."""


def iter_questions(seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield queries with their options without end: every run yields the same ones."""
    listed = chain.from_iterable(family() for family in FAMILIES.values())
    for number, query in enumerate(listed):
        yield query, OPTIONS[number % len(OPTIONS)]
    for where in wheres():
        yield _USUAL, {"where": where}
    number = 0
    while True:
        chance = random.Random(f"{seed}-{number}")  # noqa: S311 - to be repeated
        yield chance.choice(_DRAWN)(chance), OPTIONS[number % len(OPTIONS)]
        number += 1


def ask_all(archive: Archive, outcome: Outcome, first: int, count: int, seed: int) -> None:
    """Ask the questions from a number on."""
    usual = archive.search(_USUAL)
    questions = islice(iter_questions(seed), first, first + count)
    for number, (query, options) in enumerate(questions, first):
        with outcome.trial(f"seed {seed}, number {number}"):
            found = list(faults(archive, query, **options))
            if found:
                raise FaultError(f"{found[0]} ({query[:80]!a})")
        if number % _CHECKED_EVERY == 0 and archive.search(_USUAL) != usual:
            outcome.failures.append(f"number {number}: the usual query has another answer")


def main() -> int:
    """Ask them, and print the row."""
    options = parse_options(__doc__, count=100_000, first=0, seed=1)
    outcome = Outcome("hostile queries")
    with (
        tempfile.TemporaryDirectory(prefix="faults-") as folder,
        make_archive(Path(folder)) as archive,
    ):
        ask_all(archive, outcome, options.first, options.count, options.seed)
    return print_rows([outcome])


if __name__ == "__main__":
    sys.exit(main())
