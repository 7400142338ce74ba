"""Selection of the candidates for a summary of limited length.

The value of a choice is a submodular function, as in Lin and Bilmes, "A class of submodular
functions for document summarization" (2011). Each content unit counts once, and the sum for each
group of candidates (a portfolio, a section) counts roughly by its logarithm, so no group takes up
the whole summary. Penalties are subtracted. Candidates are added by value per character, then
exchanged while that improves the value. Slots come first: at least one candidate is taken for each,
as far as the length allows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reportsearch.analysis.summary.objective import Objective
from reportsearch.arrays import Bools, Floats, Ints

_MIN_COST = 4
"""Minimum cost in characters used to judge a move."""
_MAX_EXCHANGED = 40
"""Above this number of candidates none is exchanged, because they say nearly everything."""
_EPSILON = 1e-9


@dataclass(frozen=True)
class Slot:
    """A slot to cover, as its best candidates."""

    members: tuple[int, ...]


@dataclass(frozen=True)
class SummaryChoice:
    """The chosen candidates by number, and the loss of value without each."""

    numbers: tuple[int, ...]
    worth: tuple[float, ...]


class _PartialChoice:
    """A choice under construction."""

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
        """Return the gain of each candidate given others, and which candidates are compatible."""
        gains = -self.objective.penalties
        for layer in self.objective.layers:
            gains = gains + layer.compute_gains(layer.compute_covered(chosen))
        return gains, self.find_allowed(chosen)

    def find_allowed(self, chosen: Sequence[int]) -> Bools:
        """Return which candidates are compatible with others."""
        free = np.ones(len(self.objective), dtype=np.bool_)
        for number in chosen:
            free &= ~self.objective.find_conflicts(number)
        return free

    def find_covered_slots(self, chosen: Sequence[int]) -> list[int]:
        return [at for at, slot in enumerate(self.slots) if slot[list(chosen)].any()]


def choose_candidates(
    objective: Objective, slots: Sequence[Slot], max_chars: int, *, exchange: bool = True
) -> SummaryChoice:
    """Return the best choice of at most ``max_chars`` characters; slots are in order of rank.

    Without ``exchange`` choices are never revised, which is faster. The same objective always gives
    the same choice; ties go to the lower number.
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
    """Yield the loss of value without each candidate."""
    value = state.compute_value(numbers)
    for number in numbers:
        rest = [other for other in numbers if other != number]
        yield round(value - state.compute_value(rest), 4)


def _cover_slots(state: _PartialChoice) -> None:
    """Take the cheapest candidate for each slot that is not yet covered."""
    objective = state.objective
    alone, _ = state.compute_gains([])
    # Penalties add to the cost in characters, and content reduces it.
    price = objective.chars - 6.0 * alone
    for slot in state.slots:
        if slot[state.chosen].any():
            continue
        fits = np.flatnonzero(slot & (objective.chars <= state.max_chars - state.used))
        fits = fits[state.find_allowed(state.chosen)[fits]] if len(fits) else fits
        if len(fits):
            state.chosen.append(int(fits[np.argmin(price[fits])]))


def _improve(state: _PartialChoice) -> None:
    """Add and exchange candidates, always with the best gain per character."""
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
    """Add candidates while one fits and gains."""
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
    """Return the best gain per cost and its candidate; -1 if none gains."""
    fits = np.flatnonzero(allowed & (gains > _EPSILON))
    if not len(fits):
        return 0.0, -1
    rates = gains[fits] / np.maximum(costs[fits], _MIN_COST)
    at = int(np.argmax(rates))
    return float(rates[at]), int(fits[at])


def _try_single(state: _PartialChoice) -> None:
    """Switch to a single candidate if it is worth more and covers the same slots."""
    gains, _ = state.compute_gains([])
    fits = np.flatnonzero(state.objective.chars <= state.max_chars)
    if not len(fits):
        return
    one = int(fits[np.argmax(gains[fits])])
    if gains[one] > state.compute_value(state.chosen) + _EPSILON:
        heard = set(state.find_covered_slots(state.chosen))
        if heard.issubset(state.find_covered_slots([one])):
            state.chosen = [one]
