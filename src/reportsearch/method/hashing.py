"""Hashes of what an answer depends on, the same on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any


def plain(value: object) -> Any:
    """What JSON can hold: dataclasses as lists of their values, sets sorted."""
    if is_dataclass(value) and not isinstance(value, type):
        return [plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, frozenset | set):
        return sorted(plain(entry) for entry in value)
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value


def strings(value: object) -> int:
    """How many strings there are in lists, sets and dataclasses."""
    entries = plain(value)
    return sum(map(strings, entries)) if isinstance(entries, list) else isinstance(entries, str)


class Digest:
    """SHA-256 of values, each as a line of JSON: so none can run into the next."""

    def __init__(self, values: Iterable[object] = ()) -> None:
        self._hash = hashlib.sha256()
        for value in values:
            self.add(value)

    def add(self, value: object) -> None:
        """Take in one more."""
        # In ASCII: a text may hold half a surrogate pair, which is no UTF-8.
        self._hash.update(f"{json.dumps(plain(value))}\n".encode())

    def hex(self) -> str:
        """64 hexadecimal digits."""
        return self._hash.hexdigest()
