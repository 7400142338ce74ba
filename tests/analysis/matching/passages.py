"""Passages of real reports, cut and joined so that there is something to find in them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from reportsearch import Archive
from reportsearch.comparable import ComparableText


def compared_texts(index: Path) -> list[str]:
    """The compared characters of each report of an index."""
    with Archive.open(index) as archive:
        return [ComparableText.of(report.text).text for report in archive.reports()]


def groups(texts: list[str], *, count: int, size: int, seed: int) -> Iterator[list[str]]:
    """Groups of passages at random places, into which parts of one another are copied.

    The parts have about the lengths at which a run begins to count, or are long.
    """
    chance = random.Random(seed)
    for _ in range(count):
        drawn = [_cut(chance.choice(texts), chance.randint(30, 150), chance) for _ in range(size)]
        for _ in range(size):
            giver, taker = chance.sample(range(size), 2)
            part = _cut(drawn[giver], chance.choice((7, 8, 12, 13, 14, 40)), chance)
            for _ in range(chance.choice((1, 1, 2))):
                at = chance.randint(0, len(drawn[taker]))
                gap = chance.choice((0, 0, len(part)))
                drawn[taker] = drawn[taker][:at] + part + drawn[taker][at + gap :]
        yield drawn


def _cut(text: str, length: int, chance: random.Random) -> str:
    at = chance.randint(0, max(0, len(text) - length))
    return text[at : at + length]
