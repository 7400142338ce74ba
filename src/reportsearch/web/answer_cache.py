"""A least-recently-used cache of answers for one commit, bounded in number and bytes."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

MAX_ANSWERS = 64
MAX_BYTES = 256 * 2**20


def estimate_size(value: object) -> int:
    """Estimate the memory in bytes of an answer and all that it refers to."""
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


class AnswerCache:
    """Answers by question, for one commit.

    It holds at most MAX_ANSWERS, of ``max_bytes`` in all; the latest one stays however large it is.
    """

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._commit = ""
        self._entries: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()

    def __len__(self) -> int:
        """Return the number of answers."""
        return len(self._entries)

    def find(self, commit: str, key: Hashable) -> tuple[Any] | None:
        """Find an answer, wrapped in a tuple because it can be None; None if it is not cached."""
        self._switch_to(commit)
        if key not in self._entries:
            return None
        self._entries.move_to_end(key)
        return (self._entries[key][1],)

    def store(self, commit: str, key: Hashable, answer: object) -> None:
        """Store an answer, and drop the least recently used ones that exceed the limits."""
        self._switch_to(commit)
        self._entries[key] = estimate_size(answer), answer
        self._entries.move_to_end(key)
        total = sum(size for size, _ in self._entries.values())
        while len(self._entries) > MAX_ANSWERS or (
            total > self._max_bytes and len(self._entries) > 1
        ):
            total -= self._entries.popitem(last=False)[1][0]

    def _switch_to(self, commit: str) -> None:
        """Drop all answers of another commit."""
        if commit != self._commit:
            self._entries.clear()
            self._commit = commit
