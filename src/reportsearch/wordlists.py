"""Reading word lists in TOML: what goes wrong is told in one line that names the file."""

from __future__ import annotations

import tomllib
from typing import Any

from reportsearch.errors import LexiconError
from reportsearch.normalise import fold


def toml(text: str, where: str) -> dict[str, Any]:
    """The document in a text; ``where`` names the file in errors. Raises LexiconError."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Not only TOMLDecodeError: a number of thousands of digits, brackets thousands deep.
        raise LexiconError(f"{where}: not valid TOML: {error}") from error


def strings(value: object, where: str) -> tuple[str, ...]:
    """A list of strings, none of them blank. Raises LexiconError."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise LexiconError(f"{where} must be a list of strings")
    if not all(fold(item).strip() for item in value):
        raise LexiconError(f"{where} has an empty string in it")
    return tuple(value)


def tables(data: dict[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    """The tables that stand as ``[[key]]``. Raises LexiconError."""
    tables = data.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(entry, dict) for entry in tables):
        raise LexiconError(f"{where}: write [[{key}]] before each {key}")
    return tables
