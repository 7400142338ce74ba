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

from reportsearch.analysis.summary.objective import Floats, Ints, Stock, Truths

_LEAST_COST = 4
"""A move that costs fewer characters is judged as if it cost that many."""
_EXCHANGED = 40
"""With more stretches none is exchanged: they say nearly all."""
_EPSILON = 1e-9


@dataclass(frozen=True)
class Slot:
    """What has to be heard: the stretches that speak of it, the best ones first or alone."""

    members: tuple[int, ...]


@dataclass(frozen=True)
class Choice:
    """The stretches that were chosen, by number, and what would be lost without each."""

    numbers: tuple[int, ...]
    worth: tuple[float, ...]


class _State:
    """A choice on its way."""

    def __init__(self, stock: Stock, slots: Sequence[Truths], room: int) -> None:
        self.stock, self.slots, self.room = stock, slots, room
        self.chosen: list[int] = []

    @property
    def used(self) -> int:
        return int(self.stock.chars[self.chosen].sum()) if self.chosen else 0

    def value(self, chosen: Sequence[int]) -> float:
        against = math.fsum(self.stock.against[list(chosen)].tolist()) if chosen else 0.0
        layers = self.stock.layers
        return sum(layer.value(layer.said(chosen)) for layer in layers) - against

    def offers(self, chosen: Sequence[int]) -> tuple[Floats, Truths]:
        """What each stretch would add to some others, and which may stand beside them."""
        gains = -self.stock.against
        for layer in self.stock.layers:
            gains = gains + layer.gains(layer.said(chosen))
        return gains, self.free(chosen)

    def free(self, chosen: Sequence[int]) -> Truths:
        """Which stretches may stand beside some others."""
        free = np.ones(len(self.stock), dtype=np.bool_)
        for number in chosen:
            free &= ~self.stock.excludes(number)
        return free

    def heard(self, chosen: Sequence[int]) -> list[int]:
        return [at for at, slot in enumerate(self.slots) if slot[list(chosen)].any()]


def choose(stock: Stock, slots: Sequence[Slot], room: int, *, exchange: bool = True) -> Choice:
    """The best choice of at most ``room`` characters; slots come by rank.

    Without ``exchange`` what was taken stays, which is quicker. The same stock gives the same
    choice; ties go to the stretch with the lower number.
    """
    members = []
    for slot in slots:
        of_slot = np.zeros(len(stock), dtype=np.bool_)
        of_slot[list(slot.members)] = True
        members.append(of_slot)
    state = _State(stock, members, room)
    if len(stock):
        _hear(state)
        if exchange:
            _improve(state)
        _fill(state)
        _single(state)
    numbers = tuple(sorted(state.chosen))
    return Choice(numbers, tuple(_losses(state, numbers)))


def _losses(state: _State, numbers: Sequence[int]) -> Iterator[float]:
    """What would be lost without each stretch."""
    value = state.value(numbers)
    for number in numbers:
        rest = [other for other in numbers if other != number]
        yield round(value - state.value(rest), 4)


def _hear(state: _State) -> None:
    """Take for each slot that is not yet heard the stretch that costs least."""
    stock = state.stock
    alone, _ = state.offers([])
    # What tells against a stretch counts as characters; what it says as fewer.
    price = stock.chars - 6.0 * alone
    for slot in state.slots:
        if slot[state.chosen].any():
            continue
        fits = np.flatnonzero(slot & (stock.chars <= state.room - state.used))
        fits = fits[state.free(state.chosen)[fits]] if len(fits) else fits
        if len(fits):
            state.chosen.append(int(fits[np.argmin(price[fits])]))


def _improve(state: _State) -> None:
    """Add and exchange stretches, always what is best for the room that it takes."""
    stock = state.stock
    value = state.value(state.chosen)
    while len(state.chosen) <= _EXCHANGED:
        left = state.room - state.used
        gains, free = state.offers(state.chosen)
        best, move = _best(gains, stock.chars, free & (stock.chars <= left))
        leaving = -1
        for number in state.chosen:
            others = [other for other in state.chosen if other != number]
            loss = value - state.value(others)
            gains, free = state.offers(others)
            costs = stock.chars - stock.chars[number]
            allowed = free & (costs <= left)
            allowed[number] = False
            for at in state.heard([number]):
                if not state.slots[at][others].any():
                    allowed &= state.slots[at]
            rate, candidate = _best(gains - loss, costs, allowed)
            if rate > best:
                best, move, leaving = rate, candidate, number
        if move < 0:
            return
        if leaving >= 0:
            state.chosen.remove(leaving)
        state.chosen.append(move)
        value = state.value(state.chosen)


def _fill(state: _State) -> None:
    """Add stretches as long as one fits and gains."""
    stock = state.stock
    said = [layer.said(state.chosen) for layer in stock.layers]
    free = state.free(state.chosen)
    left = state.room - state.used
    while True:
        gains = -stock.against
        for layer, things in zip(stock.layers, said, strict=True):
            gains = gains + layer.gains(things)
        _, move = _best(gains, stock.chars, free & (stock.chars <= left))
        if move < 0:
            return
        state.chosen.append(move)
        left -= int(stock.chars[move])
        free &= ~stock.excludes(move)
        for layer, things in zip(stock.layers, said, strict=True):
            layer.say(move, things)


def _best(gains: Floats, costs: Ints, allowed: Truths) -> tuple[float, int]:
    """The stretch with the best gain for its cost, and its rate; -1 when none gains."""
    fits = np.flatnonzero(allowed & (gains > _EPSILON))
    if not len(fits):
        return 0.0, -1
    rates = gains[fits] / np.maximum(costs[fits], _LEAST_COST)
    at = int(np.argmax(rates))
    return float(rates[at]), int(fits[at])


def _single(state: _State) -> None:
    """Where one stretch alone is worth more, and all that is heard is heard in it, take that."""
    gains, _ = state.offers([])
    fits = np.flatnonzero(state.stock.chars <= state.room)
    if not len(fits):
        return
    one = int(fits[np.argmax(gains[fits])])
    if gains[one] > state.value(state.chosen) + _EPSILON:
        heard = set(state.heard(state.chosen))
        if heard.issubset(state.heard([one])):
            state.chosen = [one]
