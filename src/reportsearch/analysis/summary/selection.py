"""Which stretches go into a summary of so many characters.

The worth of a choice is that of a submodular function, as in Lin and Bilmes, "A class of
submodular functions for document summarization" (2011): each thing that is said counts once, and
the sum for each group of stretches (a portfolio, a section) about by its logarithm, so that no
group takes all the room; less what tells against a stretch. It is filled by worth for each
character, then stretches are exchanged for others as long as that is better. What has to be heard
goes first: of each slot at least one stretch is taken, as far as the room reaches.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reportsearch.analysis.summary.objective import Objective
from reportsearch.arrays import Bools, Floats, Ints

_MIN_COST = 4
"""A move that costs fewer characters is judged as if it cost that many."""
_MAX_EXCHANGED = 40
"""With more stretches none is exchanged: they say nearly all."""
_EPSILON = 1e-9


@dataclass(frozen=True)
class Slot:
    """What has to be heard: the stretches that speak of it, the best ones first or alone."""

    members: tuple[int, ...]


@dataclass(frozen=True)
class SummaryChoice:
    """The stretches that were chosen, by number, and what would be lost without each."""

    numbers: tuple[int, ...]
    worth: tuple[float, ...]


class _PartialChoice:
    """A choice on its way."""

    def __init__(self, objective: Objective, slots: Sequence[Bools], max_chars: int) -> None:
        self.objective, self.slots, self.max_chars = objective, slots, max_chars
        self.chosen: list[int] = []

    @property
    def used(self) -> int:
        return int(self.objective.chars[self.chosen].sum()) if self.chosen else 0

    def compute_value(self, chosen: Sequence[int]) -> float:
        against = math.fsum(self.objective.penalties[list(chosen)].tolist()) if chosen else 0.0
        layers = self.objective.layers
        return sum(layer.compute_value(layer.compute_covered(chosen)) for layer in layers) - against

    def compute_gains(self, chosen: Sequence[int]) -> tuple[Floats, Bools]:
        """What each stretch would add to some others, and which may stand beside them."""
        gains = -self.objective.penalties
        for layer in self.objective.layers:
            gains = gains + layer.compute_gains(layer.compute_covered(chosen))
        return gains, self.find_allowed(chosen)

    def find_allowed(self, chosen: Sequence[int]) -> Bools:
        """Which stretches may stand beside some others."""
        free = np.ones(len(self.objective), dtype=np.bool_)
        for number in chosen:
            free &= ~self.objective.find_conflicts(number)
        return free

    def find_covered_slots(self, chosen: Sequence[int]) -> list[int]:
        return [at for at, slot in enumerate(self.slots) if slot[list(chosen)].any()]


def choose_candidates(
    objective: Objective, slots: Sequence[Slot], max_chars: int, *, exchange: bool = True
) -> SummaryChoice:
    """The best choice of at most ``max_chars`` characters; slots come by rank.

    Without ``exchange`` what was taken stays, which is quicker. The same objective gives the same
    choice; ties go to the stretch with the lower number.
    """
    members = []
    for slot in slots:
        of_slot = np.zeros(len(objective), dtype=np.bool_)
        of_slot[list(slot.members)] = True
        members.append(of_slot)
    state = _PartialChoice(objective, members, max_chars)
    if len(objective):
        _cover_slots(state)
        if exchange:
            _improve(state)
        _add_greedily(state)
        _try_single(state)
    numbers = tuple(sorted(state.chosen))
    return SummaryChoice(numbers, tuple(_compute_losses(state, numbers)))


def _compute_losses(state: _PartialChoice, numbers: Sequence[int]) -> Iterator[float]:
    """What would be lost without each stretch."""
    value = state.compute_value(numbers)
    for number in numbers:
        rest = [other for other in numbers if other != number]
        yield round(value - state.compute_value(rest), 4)


def _cover_slots(state: _PartialChoice) -> None:
    """Take for each slot that is not yet heard the stretch that costs least."""
    objective = state.objective
    alone, _ = state.compute_gains([])
    # What tells against a stretch counts as characters; what it says as fewer.
    price = objective.chars - 6.0 * alone
    for slot in state.slots:
        if slot[state.chosen].any():
            continue
        fits = np.flatnonzero(slot & (objective.chars <= state.max_chars - state.used))
        fits = fits[state.find_allowed(state.chosen)[fits]] if len(fits) else fits
        if len(fits):
            state.chosen.append(int(fits[np.argmin(price[fits])]))


def _improve(state: _PartialChoice) -> None:
    """Add and exchange stretches, always what is best for the room that it takes."""
    objective = state.objective
    value = state.compute_value(state.chosen)
    while len(state.chosen) <= _MAX_EXCHANGED:
        left = state.max_chars - state.used
        gains, free = state.compute_gains(state.chosen)
        best, move = _find_best_move(gains, objective.chars, free & (objective.chars <= left))
        leaving = -1
        for number in state.chosen:
            others = [other for other in state.chosen if other != number]
            loss = value - state.compute_value(others)
            gains, free = state.compute_gains(others)
            costs = objective.chars - objective.chars[number]
            allowed = free & (costs <= left)
            allowed[number] = False
            for at in state.find_covered_slots([number]):
                if not state.slots[at][others].any():
                    allowed &= state.slots[at]
            rate, candidate = _find_best_move(gains - loss, costs, allowed)
            if rate > best:
                best, move, leaving = rate, candidate, number
        if move < 0:
            return
        if leaving >= 0:
            state.chosen.remove(leaving)
        state.chosen.append(move)
        value = state.compute_value(state.chosen)


def _add_greedily(state: _PartialChoice) -> None:
    """Add stretches as long as one fits and gains."""
    objective = state.objective
    covered = [layer.compute_covered(state.chosen) for layer in objective.layers]
    free = state.find_allowed(state.chosen)
    left = state.max_chars - state.used
    while True:
        gains = -objective.penalties
        for layer, things in zip(objective.layers, covered, strict=True):
            gains = gains + layer.compute_gains(things)
        _, move = _find_best_move(gains, objective.chars, free & (objective.chars <= left))
        if move < 0:
            return
        state.chosen.append(move)
        left -= int(objective.chars[move])
        free &= ~objective.find_conflicts(move)
        for layer, things in zip(objective.layers, covered, strict=True):
            layer.add_candidate(move, things)


def _find_best_move(gains: Floats, costs: Ints, allowed: Bools) -> tuple[float, int]:
    """The stretch with the best gain for its cost, and its rate; -1 when none gains."""
    fits = np.flatnonzero(allowed & (gains > _EPSILON))
    if not len(fits):
        return 0.0, -1
    rates = gains[fits] / np.maximum(costs[fits], _MIN_COST)
    at = int(np.argmax(rates))
    return float(rates[at]), int(fits[at])


def _try_single(state: _PartialChoice) -> None:
    """Where one stretch alone is worth more, and all that is heard is heard in it, take that."""
    gains, _ = state.compute_gains([])
    fits = np.flatnonzero(state.objective.chars <= state.max_chars)
    if not len(fits):
        return
    one = int(fits[np.argmax(gains[fits])])
    if gains[one] > state.compute_value(state.chosen) + _EPSILON:
        heard = set(state.find_covered_slots(state.chosen))
        if heard.issubset(state.find_covered_slots([one])):
            state.chosen = [one]
