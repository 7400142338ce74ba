"""Chinese names of CSV columns and of the words in their cells.

A name has the same translation in all tables.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from reportsearch.locale import read_texts

_TABLES = tomllib.loads(
    Path(__file__).with_name("texts").joinpath("columns.toml").read_text(encoding="utf-8")
)
COLUMNS: Mapping[str, str] = _TABLES["columns"]
_TRUTH_COLUMNS = (
    "cut_after", "cut_before", "is_later", "is_name", "is_own", "less", "masked", "plan", "shared",
)  # fmt: skip
_FIELDS = ("year", "kind", "region", "post", "level", "portfolio", "official", "report", "decade")
_FIELD_NAMES = {name: COLUMNS[name] for name in _FIELDS}
_STATES = {name: chinese for name, (chinese, _) in read_texts("duties").items()}
VALUES: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(_TRUTH_COLUMNS, _TABLES["values"]["truth"]),
    **_TABLES["values"],
    "state": {**_STATES, **_TABLES["values"]["state"]},
    "facet": _FIELD_NAMES,
    "by": _FIELD_NAMES,
}
"""Column -> words in its cells -> their Chinese."""


def translate_column(name: str) -> str:
    """Return the Chinese name of a column; one named after an official keeps that name."""
    if name in COLUMNS:
        return COLUMNS[name]
    for english, chinese in _TABLES["endings"].items():
        if name.endswith(english):
            return name.removesuffix(english) + str(chinese)
    return name
