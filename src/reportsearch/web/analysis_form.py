"""Analysis forms: the groups and filters that an address requests, and all options."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from reportsearch.analysis.groups import iter_metadata_values
from reportsearch.models.keywords import GROUPING_FIELDS
from reportsearch.models.report import ReportInfo
from reportsearch.validation import split_values
from reportsearch.web.address_values import read_list, read_text
from reportsearch.web.archive_service import get_service, key_of
from reportsearch.web.templating import build_address

FILTERS = ("portfolio", "official", "post", "year", "region", "kind", "level")
"""Filters of the forms, in order."""
_TYPED_FIELDS = frozenset(("year",))
"""Fields in which a user may type a range."""
_MAX_OPTIONS = 200
_LISTED_POSTS = 3
"""Posts of a set listed after its name."""


@dataclass(frozen=True)
class FormOption:
    """An option: its value in addresses, its label, and the number of its reports."""

    value: str
    label: str
    reports: int


@dataclass(frozen=True)
class FormField:
    """A form field with its options; if ``is_typed``, it is a text field that suggests them."""

    name: str
    chosen: str
    options: tuple[FormOption, ...]
    is_typed: bool

    @property
    def selectable(self) -> tuple[FormOption, ...]:
        """Return all options, plus a chosen value that no report has."""
        if not self.chosen or any(one.value == self.chosen for one in self.options):
            return self.options
        return (FormOption(self.chosen, self.chosen, 0), *self.options)


class FormChoices:
    """The contents of the index as labels of groups and options of forms."""

    def __init__(
        self, infos: Iterable[ReportInfo], post_sets: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.post_sets = post_sets or {}
        self.infos = {info.id: info for info in infos}
        self._ids = {key_of(name): name for name in self.infos}

    def format_group(self, value: str) -> str:
        """Return the label of a group; reports are labelled by title."""
        info = self.infos.get(value)
        return value if info is None else format_title(info)

    def is_report(self, value: str) -> bool:
        """Return whether a group is a report of the index."""
        return value in self.infos

    def has_value(self, info: ReportInfo, field: str, values: Sequence[str]) -> bool:
        """Return whether a report has one of the values; without any, its id is its value."""
        own = (info.id,) if field == "report" else _list_values(info, field) or [info.id]
        return not set(own).isdisjoint(values)

    def to_address(self, value: str) -> str:
        """Return a group as in addresses, where reports are given by key."""
        return key_of(value) if value in self.infos else value

    def from_address(self, value: str) -> str:
        """Return the group of an address."""
        return self._ids.get(value, value)

    def list_options(self, field: str) -> tuple[FormOption, ...]:
        """List the values of a field: years from the latest, all others from the most frequent."""
        if field == "report":
            newest = sorted(self.infos.values(), key=lambda info: info.sort_date, reverse=True)
            return tuple(FormOption(key_of(info.id), format_title(info), 1) for info in newest)
        counted = Counter(
            value for info in self.infos.values() for value in _list_values(info, field)
        )
        if field in {"year", "decade"}:
            entries = sorted(counted.items(), reverse=True)
        else:
            entries = sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))
        found = tuple(FormOption(value, value, number) for value, number in entries)
        return (*self._iter_post_sets(counted), *found) if field == "post" else found

    def _iter_post_sets(self, counted: Mapping[str, int]) -> Iterator[FormOption]:
        """Yield the sets of posts of the same rank."""
        for name, posts in self.post_sets.items():
            if len(posts) > 1:
                listed = "、".join(posts[:_LISTED_POSTS]) + (
                    "…" if len(posts) > _LISTED_POSTS else ""
                )
                yield FormOption(name, f"{name}（{listed}）", sum(counted[post] for post in posts))


def format_title(info: ReportInfo) -> str:
    """Return a report's title, adding the official and the year if it lacks them."""
    title = info.title or info.id
    more = [
        str(value)
        for value in (info.person, info.year)
        if value is not None and str(value) not in title
    ]
    return f"{title}（{'，'.join(more)}）" if more else title


def _list_values(info: ReportInfo, field: str) -> list[str]:
    if field == "portfolio":
        return list(dict.fromkeys((*info.portfolios, *info.declared)))
    return list(iter_metadata_values(info, field))


@dataclass(frozen=True)
class AnalysisForm:
    """The request of an address. ``values`` are groups as in the index, with reports by id."""

    by: str
    values: tuple[str, ...]
    reports: tuple[str, ...]
    filters: tuple[tuple[str, str], ...]
    query: str
    choices: FormChoices

    @property
    def where(self) -> tuple[str, ...]:
        """Return the filters in the form that archive methods expect."""
        return tuple(f"{name}={value}" for name, value in self.filters)

    @property
    def other_filters(self) -> tuple[tuple[str, str], ...]:
        """Return the filters except that by portfolio."""
        return tuple(one for one in self.filters if one[0] != "portfolio")

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Return the filters of the form."""
        return tuple(map(self.get_field, FILTERS))

    def get_field(self, name: str) -> FormField:
        """Return a filter of the form."""
        options = self.choices.list_options(name)
        is_typed = name in _TYPED_FIELDS or len(options) > _MAX_OPTIONS
        return FormField(name, dict(self.filters).get(name, ""), options, is_typed)

    @property
    def groups(self) -> tuple[FormOption, ...]:
        """Return the groups that can be chosen, as many as a form can hold."""
        options = self.choices.list_options(self.by) if self.by in GROUPING_FIELDS else ()
        return options[:_MAX_OPTIONS]

    @property
    def unlisted_values(self) -> str:
        """Return the chosen groups that have no checkbox, such as ranges of years."""
        ticked = {option.value for option in self.groups}
        return "、".join(
            value for value in map(self.choices.to_address, self.values) if value not in ticked
        )

    def is_chosen(self, option: FormOption) -> bool:
        """Return whether a group is chosen."""
        return option.value in map(self.choices.to_address, self.values)

    def build_search_filters(self, value: str = "", by: str = "") -> list[tuple[str, str]]:
        """Return the filters with which a search finds the passages of a group."""
        found = dict(self.filters)
        info = self.choices.infos.get(value)
        if info is not None:
            found |= {
                "title": info.title,
                "official": info.person or "",
                "year": str(info.year or ""),
            }
        elif value and (by or self.by) == "decade":
            found["year"] = value.replace("-", "..")
        elif value:
            found[by or self.by] = value
        return list(found.items())

    def build_cell_address(self, value: str, portfolio: str) -> str:
        """Build the address of a group's passages about a portfolio."""
        values = [("by", self.by), ("row", self.choices.to_address(value))]
        return build_address(
            "/portfolios/cell", [*values, ("portfolio", portfolio), *self.other_filters]
        )


def read_form(request: Request, by: str = "") -> AnalysisForm:
    """Read the request of an address; ``by`` is the default field of the groups."""
    with get_service(request).for_search() as archive:
        choices = FormChoices(archive.infos(), archive.post_sets())
    by = read_text(request, "by", by)
    return AnalysisForm(
        by=by,
        values=_read_groups(request, by, choices),
        reports=tuple(map(choices.from_address, read_list(request, "report"))),
        filters=tuple((name, value) for name in FILTERS if (value := read_text(request, name))),
        query=read_text(request, "q"),
        choices=choices,
    )


def _read_groups(request: Request, by: str, choices: FormChoices) -> tuple[str, ...]:
    """Return the groups of an address, unless they were chosen before ``by`` was changed."""
    ticked_by = request.query_params.get("of")
    if ticked_by is not None and ticked_by != by:
        return ()
    options = choices.list_options(by) if by in GROUPING_FIELDS else ()
    whole = {option.value for option in options}
    found: list[str] = []
    for given in read_list(request, "values"):
        parts = [given] if given in whole else split_values(given)
        found += map(choices.from_address, parts)
    return tuple(dict.fromkeys(found))
