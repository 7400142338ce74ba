"""Stretches as arrays: what each says, with what it is worth, and in which group it counts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from reportsearch.models import PLANS, PORTFOLIO, WEAKNESSES
from reportsearch.nlp.summary.choosing import Stock
from reportsearch.nlp.summary.reading import OPENING, Unit

_WEIGHTS = {PORTFOLIO: 1.0, WEAKNESSES: 0.9, PLANS: 0.9, OPENING: 0.3}
"""Of a group by its kind."""
_OTHERS = 0.6


def stock_of(
    units: Sequence[Unit], worth: Mapping[str, float], groups: Sequence[Hashable]
) -> Stock:
    """The stretches to choose from; ``worth`` is that of each word, ``groups`` names each group."""
    numbers: dict[Hashable, int] = {}
    group_of = [numbers.setdefault(group, len(numbers)) for group in groups]
    weights = np.zeros(len(numbers))
    words: dict[str, int] = {}
    known: dict[tuple[int, Hashable], int] = {}
    values: list[float] = []
    rows: list[int] = []
    things: list[int] = []
    of_word: list[int] = []
    for row, (unit, group) in enumerate(zip(units, group_of, strict=True)):
        weights[group] = max(weights[group], _WEIGHTS.get(unit.kind, _OTHERS))
        said: list[tuple[Hashable, float, int]] = [
            (word, worth[word], words.setdefault(word, len(words)))
            for word in dict.fromkeys(unit.words)
        ]
        said += [((unit.sentence.passage, *thing.name), thing.worth, -1) for thing in unit.things]
        for name, value, word in said:
            thing = known.setdefault((group, name), len(known))
            if thing == len(values):
                values.append(value)
            rows.append(row)
            things.append(thing)
            of_word.append(word)
    return Stock(
        chars=_ints([unit.chars for unit in units]),
        against=np.array([unit.against for unit in units], dtype=np.float64),
        groups=_ints(group_of),
        first=_ints([unit.first for unit in units]),
        last=_ints([unit.last for unit in units]),
        rows=_ints(rows),
        things=_ints(things),
        words=_ints(of_word),
        worth=np.array(values, dtype=np.float64),
        weights=weights,
    )


def _ints(values: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, dtype=np.int64)
