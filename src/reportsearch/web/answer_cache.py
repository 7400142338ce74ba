"""What is kept of answers: as much as a bound allows, those that were looked at last."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

MOST_ANSWERS = 64
MOST_BYTES = 256 * 2**20


def weight(value: object) -> int:
    """About how many bytes of memory an answer takes, with all that it refers to."""
    total = 0
    seen: set[int] = set()
    left = [value]
    while left:
        one = left.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        total += sys.getsizeof(one)
        if is_dataclass(one) and not isinstance(one, type):
            left += [getattr(one, field.name) for field in fields(one)]
        elif isinstance(one, Mapping):
            left += one.keys()
            left += one.values()
        elif isinstance(one, list | tuple | set | frozenset):
            left += one
    return total


class Answers:
    """Answers by question, of one commit.

    There are MOST_ANSWERS at most, of ``most_bytes`` in all; the last one is kept however large.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._commit = ""
        self._kept: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()

    def __len__(self) -> int:
        """How many answers are kept."""
        return len(self._kept)

    def find(self, commit: str, question: Hashable) -> tuple[Any] | None:
        """The answer, in a tuple of its own, since it can be None; None where there is none."""
        self._go_over_to(commit)
        if question not in self._kept:
            return None
        self._kept.move_to_end(question)
        return (self._kept[question][1],)

    def keep(self, commit: str, question: Hashable, answer: object) -> None:
        """Keep an answer, and let go of others that there is no room for."""
        self._go_over_to(commit)
        self._kept[question] = weight(answer), answer
        self._kept.move_to_end(question)
        total = sum(heavy for heavy, _ in self._kept.values())
        while len(self._kept) > MOST_ANSWERS or (total > self._most and len(self._kept) > 1):
            total -= self._kept.popitem(last=False)[1][0]

    def _go_over_to(self, commit: str) -> None:
        """What was answered of another commit is not asked for again."""
        if commit != self._commit:
            self._kept.clear()
            self._commit = commit
