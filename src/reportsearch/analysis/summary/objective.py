"""Candidates as arrays: their content, its worth, and the groups it counts in."""

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
"""Two candidates say the same if they share this fraction of the words of the smaller one."""
_MIN_SHARED_WORDS = 3
_GRID = float(2**20)
"""Worth is rounded to multiples of 1 / _GRID, so that sums are exact."""
_WEIGHTS = {PORTFOLIO: 1.0, WEAKNESSES: 0.9, PLANS: 0.9, OPENING: 0.3, CLOSING: 0.1}
"""Weight of a group by its kind."""
_DEFAULT_WEIGHT = 0.6

GroupLabels = Sequence[Hashable]
"""The group of each candidate."""


@dataclass(frozen=True)
class Covered:
    """The content units covered in a layer, and their worth in each group."""

    units: Bools
    group_sums: Floats


@dataclass(frozen=True)
class Layer:
    """One way to group candidates.

    ``groups`` is the group of each candidate and ``weights`` the weight of each group.
    ``saturation`` is the worth above which a group gains clearly less. ``rows`` and ``units`` pair
    candidates with their units, sorted by candidate; a word is a different unit in each group.
    ``worth`` is the worth of each unit.
    """

    groups: Ints
    weights: Floats
    rows: Ints
    units: Ints
    worth: Floats
    saturation: float

    def compute_covered(self, chosen: Sequence[int]) -> Covered:
        """Return what some candidates cover."""
        units = np.zeros(len(self.worth), dtype=np.bool_)
        for number in chosen:
            units[self._get_units(number)] = True
        # The sums are exact, so their order does not matter.
        sums: Floats = np.bincount(
            self._group_of_unit, np.where(units, self.worth, 0.0), minlength=len(self.weights)
        ).astype(np.float64)
        return Covered(units, sums)

    def add_candidate(self, number: int, covered: Covered) -> None:
        """Add what one candidate covers."""
        things = self._get_units(number)
        covered.group_sums[self.groups[number]] += self.worth[things[~covered.units[things]]].sum()
        covered.units[things] = True

    def _get_units(self, number: int) -> Ints:
        return self.units[self._bounds[number] : self._bounds[number + 1]]

    @cached_property
    def _bounds(self) -> list[int]:
        """Return where the units of each candidate begin, and where the last ones end."""
        bounds: list[int] = np.searchsorted(self.rows, np.arange(len(self.groups) + 1)).tolist()
        return bounds

    @cached_property
    def _group_of_unit(self) -> Ints:
        found = np.zeros(len(self.worth), dtype=np.int64)
        found[self.units] = self.groups[self.rows]
        return found

    def compute_value(self, covered: Covered) -> float:
        """Return the value of the covered units."""
        return math.fsum((self.weights * self._saturate(covered.group_sums)).tolist())

    def compute_gains(self, covered: Covered) -> Floats:
        """Return what each candidate would add."""
        new = np.where(covered.units, 0.0, self.worth)[self.units]
        own = covered.group_sums[self.groups]
        added = np.bincount(self.rows, weights=new, minlength=len(self.groups))
        found: Floats = self.weights[self.groups] * (
            self._saturate(own + added) - self._saturate(own)
        )
        return found

    def _saturate(self, sums: Floats) -> Floats:
        # Close to log(1 + x), but in plain arithmetic, as numpy's log depends on the processor.
        x = sums / self.saturation
        return self.saturation * x * (6 + x) / (6 + 4 * x)


@dataclass(frozen=True)
class Objective:
    """The candidates to choose from, numbered from 0.

    For each candidate, ``chars`` is its length, ``penalties`` what counts against it, and
    ``first_statements`` and ``last_statements`` the statements it spans; no two chosen ones may
    share a statement. ``rows`` and ``words`` pair candidates with their words or figures, sorted by
    candidate.
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
        """Return the number of candidates."""
        return len(self.chars)

    def find_conflicts(self, number: int) -> Bools:
        """Return which candidates conflict with one: itself, overlapping and similar ones."""
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
        """Return the number of words of each candidate."""
        return np.bincount(self.rows, minlength=len(self))


def build_objective(
    candidates: Sequence[SummaryCandidate],
    worth: Mapping[str, float],
    layers: Mapping[float, GroupLabels],
    max_chars: int,
) -> Objective:
    """Build the objective for a summary of ``max_chars`` characters.

    ``worth`` maps words to their worth; ``layers`` maps weights to ways of grouping the candidates.
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
