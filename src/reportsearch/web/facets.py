"""What stands beside an answer: its reports counted by what is known of them, each a filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from reportsearch.models import FacetValue
from reportsearch.web.asked import Asked
from reportsearch.web.rendering import changed

FACETS = ("portfolio", "year", "region", "post", "kind")
FEW = 8
"""Values of a facet that are seen at once; the others are folded."""
_VIEW = ("page", "explain")


@dataclass(frozen=True)
class Choice:
    """A value, the number of reports that it leaves, and its address; none for no value."""

    value: str | None
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A field with its values."""

    field: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Chip:
    """A filter that holds, and the address without it."""

    field: str
    value: str
    address: str


def facets(request: Request, asked: Asked, found: dict[str, tuple[FacetValue, ...]]) -> list[Facet]:
    """The facets of an answer that have a value."""
    made = []
    for field in FACETS:
        values = [entry for entry in found.get(field, ()) if entry.count]
        if field == "year":
            values.sort(key=lambda entry: entry.value or "", reverse=True)
        choices = tuple(_choice(request, asked, field, entry, values) for entry in values)
        if any(choice.value is not None for choice in choices):
            made.append(Facet(field, choices))
    return made


def _choice(
    request: Request, asked: Asked, field: str, entry: FacetValue, values: Sequence[FacetValue]
) -> Choice:
    if entry.value is None:
        return Choice(None, entry.count, "", chosen=False)
    return Choice(
        entry.value,
        _left(field, entry.value, values),
        changed(request, **{field: entry.value, **dict.fromkeys(_VIEW)}),
        chosen=(field, entry.value) in asked.where,
    )


def _left(field: str, value: str, values: Sequence[FacetValue]) -> int:
    """How many reports the filter leaves: 甲县 has its towns, 县长 no 副县长 (see the query)."""

    def meets(other: str) -> bool:
        if field == "region":
            return value in other
        if field == "post":
            return other.endswith(value) and not other.removesuffix(value).endswith("副")
        return other == value

    return sum(entry.count for entry in values if entry.value and meets(entry.value))


def chips(request: Request, asked: Asked) -> list[Chip]:
    """The filters that hold, each with the address of the same search without it."""
    made = []
    for place, (field, value) in enumerate(asked.where):
        others = [
            other for at, (name, other) in enumerate(asked.where) if name == field and at != place
        ]
        made.append(Chip(field, value, changed(request, **{field: others, **dict.fromkeys(_VIEW)})))
    return made
