"""Stretches as arrays: what each says, with what it is worth, and in which group it counts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from reportsearch.models import PLANS, PORTFOLIO, WEAKNESSES
from reportsearch.nlp.summary.choosing import Ints, Layer, Stock
from reportsearch.nlp.summary.content import AVERAGE
from reportsearch.nlp.summary.reading import CLOSING, OPENING, Unit

_WEIGHTS = {PORTFOLIO: 1.0, WEAKNESSES: 0.9, PLANS: 0.9, OPENING: 0.3, CLOSING: 0.1}
"""Of a group by its kind."""
_OTHERS = 0.6

Groups = Sequence[Hashable]
"""The group of each stretch."""


def stock_of(
    units: Sequence[Unit], worth: Mapping[str, float], layers: Mapping[float, Groups], room: int
) -> Stock:
    """The stretches to choose from, for a summary of ``room`` characters.

    ``worth`` is that of each word; ``layers`` are ways to put the stretches into groups, by what
    they weigh.
    """
    words: dict[str, int] = {}
    rows: list[int] = []
    of_row: list[int] = []
    for row, unit in enumerate(units):
        for word in dict.fromkeys(unit.words):
            rows.append(row)
            of_row.append(words.setdefault(word, len(words)))
    return Stock(
        chars=_ints([unit.chars for unit in units]),
        against=np.array([unit.against for unit in units], dtype=np.float64),
        first=_ints([unit.first for unit in units]),
        last=_ints([unit.last for unit in units]),
        rows=_ints(rows),
        words=_ints(of_row),
        layers=tuple(
            _layer(units, worth, groups, weight, room) for weight, groups in layers.items()
        ),
    )


def _layer(
    units: Sequence[Unit], worth: Mapping[str, float], groups: Groups, weight: float, room: int
) -> Layer:
    numbers: dict[Hashable, int] = {}
    group_of = [numbers.setdefault(group, len(numbers)) for group in groups]
    weights = np.zeros(len(numbers))
    known: dict[Hashable, int] = {}
    values: list[float] = []
    rows: list[int] = []
    things: list[int] = []
    for row, (unit, group) in enumerate(zip(units, group_of, strict=True)):
        weights[group] = max(weights[group], weight * _WEIGHTS.get(unit.kind, _OTHERS))
        said: list[tuple[Hashable, float]] = [
            (word, worth[word]) for word in dict.fromkeys(unit.words)
        ]
        said += [((unit.sentence.passage, *thing.name), thing.worth) for thing in unit.things]
        for name, value in said:
            thing = known.setdefault((group, name), len(known))
            if thing == len(values):
                values.append(value)
            rows.append(row)
            things.append(thing)
    return Layer(
        groups=_ints(group_of),
        weights=weights,
        rows=_ints(rows),
        things=_ints(things),
        worth=np.array(values, dtype=np.float64),
        share=max(1.0, room / AVERAGE / max(len(numbers), 1)),
    )


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
