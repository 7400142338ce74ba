"""Hashes of what an answer depends on, the same on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any


def to_json_value(value: object) -> Any:
    """What JSON can hold: dataclasses as lists of their values, sets sorted.

    Raises TypeError for what is no string, whole number, None, nor made of these.
    """
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, frozenset | set):
        return sorted(map(to_json_value, value))
    if isinstance(value, list | tuple):
        return list(map(to_json_value, value))
    if is_dataclass(value) and not isinstance(value, type):
        return [to_json_value(getattr(value, field.name)) for field in fields(value)]
    raise TypeError(f"{type(value).__name__} has no form that is the same everywhere")


def count_strings(value: object) -> int:
    """How many strings there are in what :func:`to_json_value` gave."""
    return sum(map(count_strings, value)) if isinstance(value, list) else isinstance(value, str)


class Digest:
    """SHA-256 of values, each as a line of JSON: so none can run into the next."""

    def __init__(self, values: Iterable[object] = ()) -> None:
        self._hash = hashlib.sha256()
        for value in values:
            self.add(value)

    def add(self, value: object) -> None:
        """Take in one more: see :func:`to_json_value` for what it can be."""
        # In ASCII: a text may hold half a surrogate pair, which is no UTF-8.
        self._hash.update(f"{json.dumps(to_json_value(value))}\n".encode())

    def hexdigest(self) -> str:
        """64 hexadecimal digits."""
        return self._hash.hexdigest()
