"""Stretches to choose from, as arrays: what each says and is worth, and where it counts."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reportsearch.analysis.summary.candidates import Unit
from reportsearch.analysis.summary.content_units import AVERAGE
from reportsearch.analysis.summary.sentence_roles import CLOSING, OPENING
from reportsearch.models.summary import PLANS, PORTFOLIO, WEAKNESSES

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

ALIKE = 0.6
"""Two stretches say the same when the smaller one has that share of its words in the other."""
_FEWEST_WORDS = 3
_GRID = float(2**20)
"""What things are worth is a whole number after multiplication by it, so that sums are exact."""
_WEIGHTS = {PORTFOLIO: 1.0, WEAKNESSES: 0.9, PLANS: 0.9, OPENING: 0.3, CLOSING: 0.1}
"""Of a group by its kind."""
_OTHERS = 0.6

Groups = Sequence[Hashable]
"""The group of each stretch."""


@dataclass(frozen=True)
class Said:
    """Which things are said in a layer, and what they are worth in each group."""

    things: Truths
    sums: Floats


@dataclass(frozen=True)
class Layer:
    """One way to put stretches into groups.

    ``groups`` is the group of each stretch, ``weights`` what each group weighs, ``share`` how much
    each can be worth before more of it counts for clearly less. ``rows`` and
    ``things`` tell which stretch says which thing, by stretch; the same word is another thing in
    each group. ``worth`` is what each thing is worth.
    """

    groups: Ints
    weights: Floats
    rows: Ints
    things: Ints
    worth: Floats
    share: float

    def said(self, chosen: Sequence[int]) -> Said:
        """What some stretches say."""
        said = Said(np.zeros(len(self.worth), dtype=np.bool_), np.zeros(len(self.weights)))
        for number in sorted(chosen):
            self.say(number, said)
        return said

    def say(self, number: int, said: Said) -> None:
        """Add what one stretch says."""
        start, stop = np.searchsorted(self.rows, [number, number + 1])
        things = self.things[start:stop]
        said.sums[self.groups[number]] += self.worth[things[~said.things[things]]].sum()
        said.things[things] = True

    def value(self, said: Said) -> float:
        """What is said is worth that much."""
        return math.fsum((self.weights * self._grown(said.sums)).tolist())

    def gains(self, said: Said) -> Floats:
        """What each stretch would add."""
        new = np.where(said.things, 0.0, self.worth)[self.things]
        own = said.sums[self.groups]
        added = np.bincount(self.rows, weights=new, minlength=len(self.groups))
        found: Floats = self.weights[self.groups] * (self._grown(own + added) - self._grown(own))
        return found

    def _grown(self, sums: Floats) -> Floats:
        # Near the logarithm of 1 + x, but of plain operations: numpy's depends on the processor.
        x = sums / self.share
        grown: Floats = self.share * x * (6 + x) / (6 + 4 * x)
        return grown


@dataclass(frozen=True)
class Stock:
    """Stretches to choose from, numbered from 0.

    Of each stretch ``chars`` is the length, ``against`` what tells against it, ``first`` and
    ``last`` the statements that it lies in, of which no two may share one. ``rows`` and ``words``
    tell which stretch has which word or figure, by stretch.
    """

    chars: Ints
    against: Floats
    first: Ints
    last: Ints
    rows: Ints
    words: Ints
    layers: tuple[Layer, ...]
    _alike: dict[int, Truths] = field(default_factory=dict)

    def __len__(self) -> int:
        """The number of stretches."""
        return len(self.chars)

    def excludes(self, number: int) -> Truths:
        """Which stretches cannot stand beside one: itself, what overlaps, what says the same."""
        if number not in self._alike:
            overlap = (self.first <= self.last[number]) & (self.last >= self.first[number])
            start, stop = np.searchsorted(self.rows, [number, number + 1])
            own = np.zeros(int(self.words.max(initial=-1)) + 1, dtype=np.bool_)
            own[self.words[start:stop]] = True
            common = np.bincount(self.rows, weights=own[self.words], minlength=len(self))
            fewer = np.minimum(self._counts, self._counts[number])
            alike = (common >= _FEWEST_WORDS) & (common >= ALIKE * fewer)
            self._alike[number] = overlap | alike
        return self._alike[number]

    @cached_property
    def _counts(self) -> Ints:
        """How many words each stretch has."""
        found: Ints = np.bincount(self.rows, minlength=len(self))
        return found


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
        for word in dict.fromkeys((*unit.words, *unit.figures)):
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
        worth=np.rint(np.array(values, dtype=np.float64) * _GRID) / _GRID,
        share=max(1.0, room / AVERAGE / max(len(numbers), 1)),
    )


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
