"""Reading word lists in TOML, with one-line error messages that name the file."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import Field, fields
from typing import Any, TypeVar

from reportsearch.errors import LexiconError, Message
from reportsearch.normalise import fold

_Lists = TypeVar("_Lists")
"""A dataclass whose fields are tuples or frozensets of folded strings."""


def parse_toml(text: str, where: str) -> dict[str, Any]:
    """Parse a TOML document; ``where`` names the file in errors. Raises LexiconError."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Besides TOMLDecodeError, catch numbers of thousands of digits and deeply nested brackets.
        raise LexiconError("{where}: not valid TOML: {error}", where=where, error=error) from error


def read_strings(value: object, where: str) -> tuple[str, ...]:
    """Return a list of strings, none of them blank, as a tuple. Raises LexiconError."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise LexiconError("{where} must be a list of strings", where=where)
    if not all(fold(item).strip() for item in value):
        raise LexiconError("{where} contains an empty string; remove it", where=where)
    return tuple(value)


def locate_key(where: str, key: str, table: str) -> Message:
    """Describe the place of a key; ``table`` has its brackets."""
    return Message("{where}: {key} in {table}", where=where, key=key, table=table)


def read_tables(data: dict[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    """Return the tables written as ``[[key]]``. Raises LexiconError."""
    found = data.get(key, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise LexiconError("{where}: write [[{key}]] before each {key}", where=where, key=key)
    return found


def check_table(data: object, name: str, known: Collection[str], where: str) -> dict[str, Any]:
    """Return the table ``[name]``, which has no keys but ``known``. Raises LexiconError."""
    if not isinstance(data, dict):
        raise LexiconError(
            "{where}: write [{name}] before {known}", where=where, name=name, known=", ".join(known)
        )
    unknown = set(data) - set(known)
    if unknown:
        raise LexiconError(
            "{where}: [{name}] has the unknown key {unknown!r}; known: {known}",
            where=where,
            name=name,
            unknown=min(unknown),
            known=", ".join(known),
        )
    return data


def read_word_lists(
    list_class: type[_Lists],
    data: object,
    name: str,
    where: str,
    table_keys: Mapping[str, str] | None = None,
) -> _Lists:
    """Read the lists of the table ``[name]`` into a dataclass that has a field for each.

    ``table_keys`` maps fields to keys where their names differ. Raises LexiconError.
    """
    known: dict[str, Field[Any]] = {
        (table_keys or {}).get(field.name, field.name): field
        for field in fields(list_class)  # type: ignore[arg-type]
    }
    table = check_table(data, name, known, where)
    found: dict[str, Collection[str]] = {}
    for key, field in known.items():
        strings = read_strings(table.get(key, []), locate_key(where, key, f"[{name}]"))
        folded = map(fold, strings)
        is_set = isinstance(field.default, frozenset)
        found[field.name] = frozenset(folded) if is_set else tuple(folded)
    return list_class(**found)


def merge_word_lists(shipped: _Lists, own: _Lists) -> _Lists:
    """Return the lists that ship with the package, extended by those of a user's file."""
    joined = {}
    for field in fields(shipped):  # type: ignore[arg-type]
        ours, theirs = getattr(shipped, field.name), getattr(own, field.name)
        joined[field.name] = ours | theirs if isinstance(ours, frozenset) else ours + theirs
    return type(shipped)(**joined)
