"""Operations under ``/api/``: a function of the archive and its parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from inspect import Parameter as Argument
from inspect import signature
from typing import Any, get_type_hints

from reportsearch.web.api.parameters import Parameter

PREFIX = "/api"


@dataclass(frozen=True)
class Operation:
    """An operation that can be requested.

    ``run`` is called with the archive and the parameters by keyword. ``command`` is the command
    that prints the same. ``takes_long`` means that the answer is cached until the index changes,
    unless ``is_cached`` is False. ``hint`` is appended to errors about unknown or missing
    parameters.
    """

    path: str
    about: str
    run: Callable[..., object]
    parameters: tuple[Parameter, ...] = ()
    command: str = ""
    takes_long: bool = False
    is_cached: bool = True
    hint: str = ""

    @property
    def name(self) -> str:
        """Return the name: the path without its prefix and braces."""
        words = self.path.removeprefix(f"{PREFIX}/").replace("/", "_")
        return words.replace("{", "").replace("}", "")

    @property
    def answer_type(self) -> Any:
        """Return the type of the answer."""
        return get_type_hints(self.run)["return"]

    @property
    def example(self) -> Mapping[str, Any]:
        """Return example parameters by name."""
        return {one.name: one.example for one in self.parameters if one.example is not None}


def make_operation(
    about: str,
    run: Callable[..., object],
    *parameters: Parameter,
    path: str = "",
    **others: Any,
) -> Operation:
    """Make an operation with the defaults of ``run`` and, unless ``path`` is given, its name."""
    known = signature(run).parameters
    return Operation(
        f"{PREFIX}/{path or run.__name__}",
        about,
        run,
        tuple(_set_default(one, known[one.keyword].default) for one in parameters),
        **others,
    )


def _set_default(parameter: Parameter, default: Any) -> Parameter:
    if default is Argument.empty:
        return replace(parameter, required=True)
    return replace(parameter, default=default)
