"""Facets of an answer: report counts by the values of a field, each of which is a filter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from reportsearch.models.search import FacetValue
from reportsearch.web.search_form import SearchForm
from reportsearch.web.templating import build_changed_address

FACETS = ("portfolio", "year", "region", "post", "kind")
SHOWN_VALUES = 8
"""Values of a facet that are shown at once; the others are folded."""
EXPANDED_PARAMETER = "all"
"""The name in addresses of the facet to list in full."""
_MAX_NESTED_CHARS = 40
"""Maximum number of characters of a value for which enclosing values are looked up."""
_ALWAYS_SHOWN = ("year", "region")
_VIEW_PARAMETERS = ("page", "explain", EXPANDED_PARAMETER)


@dataclass(frozen=True)
class FacetChoice:
    """A value, the number of reports that match it, and its address.

    The address is empty for reports without a value. ``more`` reports have a value within this one:
    a town in its county, 教育局局长 among the 局长. ``depth`` is the number of values it lies
    within.
    """

    value: str | None
    count: int
    address: str
    chosen: bool
    more: int = 0
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """A field with its values, ``shown`` of which are listed; ``address`` shows the others.

    If ``is_whole``, all are listed and ``address`` leads back.
    """

    field: str
    choices: tuple[FacetChoice, ...]
    shown: tuple[FacetChoice, ...]
    address: str
    is_whole: bool


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address without it."""

    field: str
    value: str
    address: str


def build_facets(
    request: Request, form: SearchForm, found: dict[str, tuple[FacetValue, ...]]
) -> list[Facet]:
    """Build the facets of an answer: those with a value, and always year and region."""
    built = []
    for field in FACETS:
        values = [entry for entry in found.get(field, ()) if entry.count]
        if field == "year":
            values.sort(key=lambda entry: entry.value or "", reverse=True)
        choices = _build_choices(request, form, field, values)
        # It is worth showing that no year or region is known.
        if choices and (field in _ALWAYS_SHOWN or any(one.value is not None for one in choices)):
            built.append(_build_facet(request, field, choices))
    return built


def _build_facet(request: Request, field: str, choices: tuple[FacetChoice, ...]) -> Facet:
    is_whole = request.query_params.get(EXPANDED_PARAMETER) == field
    shown = tuple(
        choice
        for at, choice in enumerate(choices)
        if is_whole or at < SHOWN_VALUES or choice.chosen
    )
    address = build_changed_address(request, **{EXPANDED_PARAMETER: None if is_whole else field})
    return Facet(field, choices, shown, f"{address}#filters", is_whole)


def _build_choices(
    request: Request, form: SearchForm, field: str, values: Sequence[FacetValue]
) -> tuple[FacetChoice, ...]:
    """Build the values, each followed by those within it."""
    named = {entry.value for entry in values if entry.value}
    more = dict.fromkeys(named, 0)
    inner: dict[str, list[FacetValue]] = {}
    for entry in values:
        around = [other for other in _find_enclosing(field, entry.value or "") if other in named]
        for other in around:
            more[other] += entry.count
        inner.setdefault(max(around, key=len, default=""), []).append(entry)

    def iter_choices(around: str, depth: int) -> Iterator[FacetChoice]:
        entries = inner.get(around, [])
        if any(more.values()):
            entries.sort(key=lambda entry: -entry.count - more.get(entry.value or "", 0))
            entries.sort(key=lambda entry: entry.value is None)
        for entry in entries:
            yield _build_choice(request, form, field, entry, more.get(entry.value or "", 0), depth)
            if entry.value:
                yield from iter_choices(entry.value, depth + 1)

    return tuple(iter_choices("", 0))


def _build_choice(
    request: Request, form: SearchForm, field: str, entry: FacetValue, more: int, depth: int
) -> FacetChoice:
    if entry.value is None:
        return FacetChoice(None, entry.count, "", chosen=False)
    return FacetChoice(
        entry.value,
        entry.count + more,
        build_changed_address(request, **{field: entry.value, **dict.fromkeys(_VIEW_PARAMETERS)}),
        chosen=(field, entry.value) in form.where,
        more=more,
        depth=depth,
    )


def _find_enclosing(field: str, value: str) -> set[str]:
    """Find the values whose filters also match this one, whether they occur or not.

    甲县 contains its towns and 局长 every 局长, but 县长 does not contain 副县长.
    """
    size = len(value)
    if size > _MAX_NESTED_CHARS:
        return set()
    if field == "region":
        parts = {value[first:last] for first in range(size) for last in range(first + 1, size + 1)}
        return parts - {value}
    if field == "post":
        return {value[first:] for first in range(1, size) if value[first - 1] != "副"}
    return set()


def build_chips(request: Request, form: SearchForm) -> list[Chip]:
    """Build the active filters, each with the address of the same search without it."""
    built = []
    for place, (field, value) in enumerate(form.where):
        others = [
            other for at, (name, other) in enumerate(form.where) if name == field and at != place
        ]
        built.append(
            Chip(
                field,
                value,
                build_changed_address(
                    request, **{field: others, **dict.fromkeys(_VIEW_PARAMETERS)}
                ),
            )
        )
    return built
