"""Hashes of what an answer depends on, identical on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any


def to_json_value(value: object) -> Any:
    """Convert a value to JSON types: dataclasses to lists of their values, sets to sorted lists.

    Raises TypeError for anything other than strings, integers, None, or containers of these.
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
    """Count the strings in a result of :func:`to_json_value`."""
    return sum(map(count_strings, value)) if isinstance(value, list) else isinstance(value, str)


class Digest:
    """A SHA-256 digest of values, each hashed as a line of JSON to keep them apart."""

    def __init__(self, values: Iterable[object] = ()) -> None:
        self._hash = hashlib.sha256()
        for value in values:
            self.add(value)

    def add(self, value: object) -> None:
        """Add a value; see :func:`to_json_value` for the supported types."""
        # In ASCII: a text may contain half a surrogate pair, which is not valid UTF-8.
        self._hash.update(f"{json.dumps(to_json_value(value))}\n".encode())

    def hexdigest(self) -> str:
        """Return 64 hexadecimal digits."""
        return self._hash.hexdigest()
