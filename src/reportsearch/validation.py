"""Checks of the arguments of the archive's methods, made before any work is done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from inspect import Parameter, signature
from pathlib import Path
from typing import Any

from reportsearch.errors import ExtractError, QueryError, quote_value
from reportsearch.models.facts import FACT_KINDS
from reportsearch.models.search import FIELD_NAMES
from reportsearch.models.topics import AUTO, MAX_TOPICS, MIN_TOPICS
from reportsearch.normalise import fold
from reportsearch.search.engine import FACETS

PAUSE_MARK = "、"
_COMMAS = re.compile("[,，;；]")
_COMMAS_AND_PAUSE_MARKS = re.compile(f"[,，;；{PAUSE_MARK}]")


def split_values(*texts: str, at_pause_marks: bool = True) -> list[str]:
    """Split a user's lists of values, without empty values.

    A pause mark can also be part of a value, as in the post 县委常委、副县长. Callers that do not
    know the values should not split there.
    """
    separators = _COMMAS_AND_PAUSE_MARKS if at_pause_marks else _COMMAS
    parts = (part.strip() for text in texts for part in separators.split(text))
    return [part for part in parts if part]


def check_choice(name: str, value: str, valid: Sequence[str]) -> None:
    """Raise QueryError if a value is not one of the valid ones."""
    if value not in valid:
        raise QueryError(
            "{name} must be one of {valid}, not {value}",
            name=name,
            valid=", ".join(valid),
            value=quote_value(value),
        )


def check_non_negative(**numbers: int) -> None:
    """Raise QueryError if a number is not a whole number, or is negative."""
    for name, number in numbers.items():
        if not isinstance(number, int) or number < 0:
            raise QueryError("{name} must be a whole number and must not be negative", name=name)


def check_at_least(name: str, number: int, minimum: int) -> None:
    """Raise QueryError if a number is not a whole number, or is too small."""
    if not isinstance(number, int) or number < minimum:
        raise QueryError(
            "{name} must be a whole number and at least {minimum}", name=name, minimum=minimum
        )


def check_formula_officials(number: int | None) -> None:
    """Raise QueryError if a number of officials is too small for a formula."""
    if number is not None:
        check_at_least("formula_officials", number, 2)


def check_official(name: str | None) -> None:
    """Raise QueryError if the name of an official is empty."""
    if name is not None and not name.strip():
        raise QueryError(
            "the official's name {name} is empty; omit it, or give a name", name=quote_value(name)
        )


def parse_fact_kinds(kinds: str | Sequence[str]) -> tuple[str, ...]:
    """Return one kind of facts, or several, as a tuple. Raises QueryError."""
    given = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    for kind in given:
        check_choice("kinds", kind, FACT_KINDS)
    return given


def parse_facet(name: str) -> str:
    """Return the canonical name of a facet. Raises QueryError."""
    known = FIELD_NAMES.get(fold(name), name)
    check_choice("facet", known, FACETS)
    return known


def parse_facets(names: str | Iterable[str]) -> tuple[str, ...]:
    """Return the names of facets; one may be given as a string. Raises QueryError."""
    return tuple(map(parse_facet, [names] if isinstance(names, str) else names))


def parse_field(name: str, valid: Sequence[str]) -> str:
    """Return the canonical name of a field that is one of ``valid``. Raises QueryError."""
    known = FIELD_NAMES.get(fold(name), name)
    check_choice("by", known, valid)
    return known


def parse_topics(number: int | str) -> int | None:
    """Return the number of topics to look for; None for ``auto``. Raises QueryError."""
    if number == AUTO:
        return None
    if isinstance(number, bool) or not isinstance(number, int):
        raise QueryError(
            "topics must be a whole number or {auto}, not {number}",
            auto=AUTO,
            number=quote_value(str(number)),
        )
    if not MIN_TOPICS <= number <= MAX_TOPICS:
        raise QueryError(
            "topics must be {min_topics} to {max_topics}, or {auto}",
            min_topics=MIN_TOPICS,
            max_topics=MAX_TOPICS,
            auto=AUTO,
        )
    return number


def check_paths(given: Sequence[str | Path]) -> None:
    """Raise ExtractError if a path to be indexed does not exist."""
    for path in given:
        # An empty name would be the working directory; it usually comes from an unset variable.
        if not str(path).strip() or not Path(path).exists():
            raise ExtractError(
                "there is no file or folder {path!r}; name the folder of your reports",
                path=str(path),
            )


def to_paths(given: str | Path | Sequence[str | Path]) -> list[Path]:
    """Return one path, or several, as a list."""
    return [Path(path) for path in ([given] if isinstance(given, str | Path) else given)]


def bind_parameters(method: Callable[..., object], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return all parameters of a method but ``progress``, as given or by default.

    Raises QueryError if a parameter is unknown or missing.
    """
    known = {
        name: parameter.default
        for name, parameter in signature(method).parameters.items()
        if name != "progress"
    }
    unknown = sorted(given.keys() - known.keys())
    if unknown:
        raise QueryError(
            "there is no parameter {unknown}; the parameters are {known}",
            unknown=unknown[0],
            known=", ".join(known),
        )
    values = {**known, **given}
    missing = [name for name, value in values.items() if value is Parameter.empty]
    if missing:
        raise QueryError("the parameter {missing} is missing", missing=missing[0])
    return values
