"""Parameters of addresses: their valid values, parsing, and JSON schemas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportsearch.errors import Message, QueryError, join_messages, quote_value

Values = Mapping[str, Any]
"""The values by name: text, number, boolean or None, or a tuple for a repeatable parameter."""

TEXT = "text"
INTEGER = "whole"
FLAG = "flag"
KEY = "key"
"""The key of a report; see ``key_of``."""
GROUP = "group"
"""A group made by ``by``: with ``by=report`` the key of a report, otherwise a text."""

MAX_ITEMS = 1_000
"""Maximum number of items that can be requested at once."""
MAX_REPEATED = 50
_FLAGS = {"true": True, "false": False}
_INTEGER_PATTERN = re.compile(r"-?[0-9]{1,12}")
_KEY_PATTERN = "^[0-9a-f]{16}$"


@dataclass(frozen=True)
class Parameter:
    """A parameter of the query or, with ``in_path``, of the path.

    ``minimum`` and ``maximum`` bound a number, or the length of a text. ``choices`` are the allowed
    texts; a number may also be one of them. ``argument`` is the keyword of the called function, if
    its name differs.
    """

    name: str
    about: str
    kind: str = TEXT
    default: Any = None
    choices: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = MAX_ITEMS
    required: bool = False
    repeated: bool = False
    in_path: bool = False
    example: Any = None
    argument: str = ""

    @property
    def keyword(self) -> str:
        """Return the keyword of the argument."""
        return self.argument or self.name

    def parse(self, given: Sequence[str]) -> Any:
        """Parse the given values. Raises QueryError."""
        if not self.repeated and len(given) > 1:
            raise QueryError(
                "{name} is given {count} times; give it once", name=self.name, count=len(given)
            )
        if len(given) > MAX_REPEATED:
            raise QueryError(
                "{name} is given {count} times, over the limit of {max_repeated}",
                name=self.name,
                count=len(given),
                max_repeated=MAX_REPEATED,
            )
        if self.repeated:
            return tuple(map(self._parse_value, given)) if given else tuple(self.default)
        return self._parse_value(given[0]) if given else self.default

    def _parse_value(self, value: str) -> Any:
        if value in self.choices:
            return value
        if self.kind == INTEGER:
            return self._parse_integer(value)
        if self.choices:
            listed = ", ".join(self.choices)
            raise QueryError(
                "{name} must be one of {listed}, not {value}",
                name=self.name,
                listed=listed,
                value=quote_value(value),
            )
        if self.kind == FLAG:
            if value not in _FLAGS:
                raise QueryError(
                    "{name} must be true or false, not {value}",
                    name=self.name,
                    value=quote_value(value),
                )
            return _FLAGS[value]
        if self.kind == KEY:
            if not re.fullmatch(_KEY_PATTERN, value):
                raise QueryError(
                    "{name} must be the key of a report, 16 hexadecimal digits as /api/reports "
                    "lists them, not {value}",
                    name=self.name,
                    value=quote_value(value),
                )
            return value
        if not self.minimum <= len(value) <= self.maximum:
            raise QueryError(
                "{name} must have {minimum} to {maximum} characters, not {count}",
                name=self.name,
                minimum=self.minimum,
                maximum=self.maximum,
                count=len(value),
            )
        return value

    def _parse_integer(self, value: str) -> int:
        number = int(value) if _INTEGER_PATTERN.fullmatch(value) else None
        if number is None or not self.minimum <= number <= self.maximum:
            others = join_messages(
                Message(", or {choice}", choice=choice) for choice in self.choices
            )
            raise QueryError(
                "{name} must be a whole number from {minimum} to {maximum}{others}, not {value}",
                name=self.name,
                minimum=self.minimum,
                maximum=self.maximum,
                others=others,
                value=quote_value(value),
            )
        return number

    def to_schema(self) -> dict[str, Any]:
        """Return the JSON schema of the parameter."""
        made = self._to_value_schema()
        if self.repeated:
            made = {"type": "array", "items": made, "maxItems": MAX_REPEATED}
        if self.default not in (None, (), ""):
            made["default"] = list(self.default) if self.repeated else self.default
        return made

    def _to_value_schema(self) -> dict[str, Any]:
        if self.kind == INTEGER:
            number = {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}
            if not self.choices:
                return number
            return {"anyOf": [{"type": "string", "enum": list(self.choices)}, number]}
        if self.kind == FLAG:
            return {"type": "boolean"}
        made: dict[str, Any] = {"type": "string"}
        if self.choices:
            made["enum"] = list(self.choices)
        elif self.kind == KEY:
            made["pattern"] = _KEY_PATTERN
        else:
            made.update({"minLength": self.minimum} if self.minimum else {}, maxLength=self.maximum)
        return made

    def to_openapi(self) -> dict[str, Any]:
        """Describe the parameter as an OpenAPI object."""
        made: dict[str, Any] = {
            "name": self.name,
            "in": "path" if self.in_path else "query",
            "required": self.required,
            "description": f"{self.about[0].upper()}{self.about[1:]}.",
            "schema": self.to_schema(),
        }
        if self.repeated:
            made.update(style="form", explode=True)
        if self.example is not None:
            made["example"] = list(self.example) if self.repeated else self.example
        return made


def parse_parameters(
    parameters: Sequence[Parameter],
    query: Iterable[tuple[str, str]],
    path: Mapping[str, str],
    hint: str = "",
) -> Values:
    """Parse all parameters and return them by name, with their defaults.

    Raises QueryError; the message ends with ``hint`` if a parameter is unknown or missing.
    """
    ending = f"; {hint}" if hint else ""
    given: dict[str, list[str]] = {}
    for name, value in query:
        given.setdefault(name, []).append(value)
    names = [one.name for one in parameters if not one.in_path]
    unknown = [name for name in given if name not in names]
    if unknown:
        listed = (
            Message("they are {names}", names=", ".join(names))
            if names
            else Message("there are none here")
        )
        raise QueryError(
            "there is no parameter {unknown}; {listed}{ending}",
            unknown=quote_value(unknown[0]),
            listed=listed,
            ending=ending,
        )
    for one in parameters:
        if one.required and not one.in_path and one.name not in given:
            raise QueryError(
                "{name} is missing; it is {about}{ending}",
                name=one.name,
                about=one.about,
                ending=ending,
            )
    return {
        one.name: one.parse([path[one.name]] if one.in_path else given.get(one.name, ()))
        for one in parameters
    }


def resolve_arguments(
    parameters: Iterable[Parameter], given: Values, find: Callable[[str], str]
) -> dict[str, Any]:
    """Return the keyword arguments of a call, replacing report keys by ids.

    ``find`` returns the id of the report with a key, or raises NotFoundError.
    """
    arguments = {}
    for one in parameters:
        value = given[one.name]
        if one.kind == KEY or (one.kind == GROUP and given["by"] == "report"):
            if one.repeated:
                value = tuple(map(find, value))
            elif value is not None:
                value = find(value)
        arguments[one.keyword] = value
    return arguments
