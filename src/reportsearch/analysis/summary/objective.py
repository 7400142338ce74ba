"""Stretches to choose from, as arrays: what each says and is worth, and where it counts."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from reportsearch.analysis.summary.candidates import SummaryCandidate
from reportsearch.analysis.summary.content_units import CHARS_WORTH_ONE
from reportsearch.analysis.summary.sentence_roles import CLOSING, OPENING
from reportsearch.arrays import Bools, Floats, Ints
from reportsearch.models.summary import PLANS, PORTFOLIO, WEAKNESSES

MIN_OVERLAP = 0.6
"""Two stretches say the same when the smaller one has that share of its words in the other."""
_MIN_SHARED_WORDS = 3
_GRID = float(2**20)
"""What things are worth is a whole number after multiplication by it, so that sums are exact."""
_WEIGHTS = {PORTFOLIO: 1.0, WEAKNESSES: 0.9, PLANS: 0.9, OPENING: 0.3, CLOSING: 0.1}
"""Of a group by its kind."""
_DEFAULT_WEIGHT = 0.6

GroupLabels = Sequence[Hashable]
"""The group of each stretch."""


@dataclass(frozen=True)
class Covered:
    """Which things are said in a layer, and what they are worth in each group."""

    units: Bools
    group_sums: Floats


@dataclass(frozen=True)
class Layer:
    """One way to put stretches into groups.

    ``groups`` is the group of each stretch, ``weights`` what each group weighs, ``saturation`` how
    much each can be worth before more of it counts for clearly less. ``rows`` and ``units`` tell
    which stretch says which thing, by stretch; the same word is another thing in each group.
    ``worth`` is what each thing is worth.
    """

    groups: Ints
    weights: Floats
    rows: Ints
    units: Ints
    worth: Floats
    saturation: float

    def compute_covered(self, chosen: Sequence[int]) -> Covered:
        """What some stretches say."""
        covered = Covered(np.zeros(len(self.worth), dtype=np.bool_), np.zeros(len(self.weights)))
        for number in sorted(chosen):
            self.add_candidate(number, covered)
        return covered

    def add_candidate(self, number: int, covered: Covered) -> None:
        """Add what one stretch says."""
        start, stop = np.searchsorted(self.rows, [number, number + 1])
        things = self.units[start:stop]
        covered.group_sums[self.groups[number]] += self.worth[things[~covered.units[things]]].sum()
        covered.units[things] = True

    def compute_value(self, covered: Covered) -> float:
        """What is said is worth that much."""
        return math.fsum((self.weights * self._saturate(covered.group_sums)).tolist())

    def compute_gains(self, covered: Covered) -> Floats:
        """What each stretch would add."""
        new = np.where(covered.units, 0.0, self.worth)[self.units]
        own = covered.group_sums[self.groups]
        added = np.bincount(self.rows, weights=new, minlength=len(self.groups))
        found: Floats = self.weights[self.groups] * (
            self._saturate(own + added) - self._saturate(own)
        )
        return found

    def _saturate(self, sums: Floats) -> Floats:
        # Near the logarithm of 1 + x, but of plain operations: numpy's depends on the processor.
        x = sums / self.saturation
        return self.saturation * x * (6 + x) / (6 + 4 * x)


@dataclass(frozen=True)
class Objective:
    """Stretches to choose from, numbered from 0.

    Of each stretch ``chars`` is the length, ``penalties`` what tells against it,
    ``first_statements`` and ``last_statements`` the statements that it lies in, of which no two may
    share one. ``rows`` and ``words`` tell which stretch has which word or figure, by stretch.
    """

    chars: Ints
    penalties: Floats
    first_statements: Ints
    last_statements: Ints
    rows: Ints
    words: Ints
    layers: tuple[Layer, ...]
    _conflicts: dict[int, Bools] = field(default_factory=dict)

    def __len__(self) -> int:
        """The number of stretches."""
        return len(self.chars)

    def find_conflicts(self, number: int) -> Bools:
        """Which stretches cannot stand beside one: itself, what overlaps, what says the same."""
        if number not in self._conflicts:
            overlap = (self.first_statements <= self.last_statements[number]) & (
                self.last_statements >= self.first_statements[number]
            )
            start, stop = np.searchsorted(self.rows, [number, number + 1])
            own = np.zeros(int(self.words.max(initial=-1)) + 1, dtype=np.bool_)
            own[self.words[start:stop]] = True
            common = np.bincount(self.rows, weights=own[self.words], minlength=len(self))
            fewer = np.minimum(self._word_counts, self._word_counts[number])
            alike = (common >= _MIN_SHARED_WORDS) & (common >= MIN_OVERLAP * fewer)
            self._conflicts[number] = overlap | alike
        return self._conflicts[number]

    @cached_property
    def _word_counts(self) -> Ints:
        """How many words each stretch has."""
        return np.bincount(self.rows, minlength=len(self))


def build_objective(
    candidates: Sequence[SummaryCandidate],
    worth: Mapping[str, float],
    layers: Mapping[float, GroupLabels],
    max_chars: int,
) -> Objective:
    """The stretches to choose from, for a summary of ``max_chars`` characters.

    ``worth`` is that of each word; ``layers`` are ways to put the stretches into groups, by what
    they weigh.
    """
    words: dict[str, int] = {}
    rows: list[int] = []
    of_row: list[int] = []
    for row, unit in enumerate(candidates):
        for word in dict.fromkeys((*unit.words, *unit.figures)):
            rows.append(row)
            of_row.append(words.setdefault(word, len(words)))
    return Objective(
        chars=_to_ints([unit.chars for unit in candidates]),
        penalties=np.array([unit.penalty for unit in candidates], dtype=np.float64),
        first_statements=_to_ints([unit.first_statement for unit in candidates]),
        last_statements=_to_ints([unit.last_statement for unit in candidates]),
        rows=_to_ints(rows),
        words=_to_ints(of_row),
        layers=tuple(
            _build_layer(candidates, worth, groups, weight, max_chars)
            for weight, groups in layers.items()
        ),
    )


def _build_layer(
    candidates: Sequence[SummaryCandidate],
    worth: Mapping[str, float],
    groups: GroupLabels,
    weight: float,
    max_chars: int,
) -> Layer:
    numbers: dict[Hashable, int] = {}
    group_of = [numbers.setdefault(group, len(numbers)) for group in groups]
    weights = np.zeros(len(numbers))
    known: dict[Hashable, int] = {}
    values: list[float] = []
    rows: list[int] = []
    things: list[int] = []
    for row, (unit, group) in enumerate(zip(candidates, group_of, strict=True)):
        weights[group] = max(weights[group], weight * _WEIGHTS.get(unit.kind, _DEFAULT_WEIGHT))
        valued: list[tuple[Hashable, float]] = [
            (word, worth[word]) for word in dict.fromkeys(unit.words)
        ]
        valued += [
            ((unit.sentence.passage, *thing.name), thing.worth) for thing in unit.content_units
        ]
        for name, value in valued:
            thing = known.setdefault((group, name), len(known))
            if thing == len(values):
                values.append(value)
            rows.append(row)
            things.append(thing)
    return Layer(
        groups=_to_ints(group_of),
        weights=weights,
        rows=_to_ints(rows),
        units=_to_ints(things),
        worth=np.rint(np.array(values, dtype=np.float64) * _GRID) / _GRID,
        saturation=max(1.0, max_chars / CHARS_WORTH_ONE / max(len(numbers), 1)),
    )


def _to_ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
