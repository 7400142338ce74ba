"""Descriptions of the methods of the analyses, from ``data/methods.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from reportsearch.lexicon.toml_file import parse_toml
from reportsearch.models.method_note import MethodText

_FILE_NAME = "methods.toml"
NONE, ALL = "none", "all"


@dataclass(frozen=True, slots=True)
class Method:
    """An analysis: its command, text, libraries, and what it treats as 套话.

    ``formulae`` is ``none``, ``set phrases``, or ``all``, which adds strings in many officials'
    reports.
    """

    command: str
    text: MethodText
    libraries: tuple[str, ...]
    formulae: str


@cache
def read_methods() -> dict[str, Method]:
    """Return the analyses by the names of the archive's methods, in file order.

    Two methods that serve one command share a table named after the command.
    """
    data = (files("reportsearch") / "data" / _FILE_NAME).read_text(encoding="utf-8")
    return {
        name: Method(
            command,
            MethodText(
                counted=entry["counted"],
                set_aside=entry["set_aside"],
                formula=entry["formula"],
                sources=tuple(entry["sources"]),
            ),
            libraries=tuple(entry["libraries"]),
            formulae=entry["formulae"],
        )
        for command, entry in parse_toml(data, _FILE_NAME).items()
        for name in (command, *entry.get("also", ()))
    }
