"""What a form of an analysis asks: groups, filters and numbers of an address, and its choices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from reportsearch.errors import NotFoundError
from reportsearch.models.keywords import GROUPING_FIELDS
from reportsearch.models.report import ReportInfo
from reportsearch.validation import split_values
from reportsearch.web.archive_service import ArchiveService, key_of

FILTERS = ("portfolio", "official", "post", "year", "region", "kind", "level")
"""Filters of the forms, in the order in which they stand there."""
_TYPED_FIELDS = frozenset(("year",))
"""Fields of which a user may write a range."""
_MAX_OPTIONS = 200
_LISTED_POSTS = 3
"""Posts of a set that are listed beside its name."""
_MAX_VALUE_CHARS = 2_000
"""Characters of a value of an address that are read; no query may be longer."""


@dataclass(frozen=True)
class FormOption:
    """A value that can be chosen: how it stands in addresses, what is shown, its reports."""

    value: str
    label: str
    reports: int


@dataclass(frozen=True)
class FormField:
    """A field of the form with its choices. ``typed`` ones are written, with choices offered."""

    name: str
    chosen: str
    choices: tuple[FormOption, ...]
    typed: bool

    @property
    def options(self) -> tuple[FormOption, ...]:
        """All choices, and what was chosen though no report has it."""
        if not self.chosen or any(one.value == self.chosen for one in self.choices):
            return self.choices
        return (FormOption(self.chosen, self.chosen, 0), *self.choices)


class FormChoices:
    """What the index holds, as names for groups and choices for forms."""

    def __init__(
        self, infos: Iterable[ReportInfo], post_sets: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.post_sets = post_sets or {}
        self.infos = {info.id: info for info in infos}
        self._ids = {key_of(name): name for name in self.infos}

    def name(self, value: str) -> str:
        """What a group is called: reports by their titles."""
        info = self.infos.get(value)
        return value if info is None else format_title(info)

    def is_report(self, value: str) -> bool:
        """Whether a group is a report of the index."""
        return value in self.infos

    def has_value(self, info: ReportInfo, field: str, values: Sequence[str]) -> bool:
        """Whether a report has one of some values of a field; one without any is one itself."""
        own = (info.id,) if field == "report" else _get_values(info, field) or (info.id,)
        return not set(own).isdisjoint(values)

    def to_address(self, value: str) -> str:
        """A group as it stands in addresses: reports by their keys."""
        return key_of(value) if value in self.infos else value

    def from_address(self, value: str) -> str:
        """The group of an address."""
        return self._ids.get(value, value)

    def list_choices(self, field: str) -> tuple[FormOption, ...]:
        """The values of a field: years from the last, the rest from the most frequent on."""
        if field == "report":
            newest = sorted(self.infos.values(), key=lambda info: info.sort_date, reverse=True)
            return tuple(FormOption(key_of(info.id), format_title(info), 1) for info in newest)
        counted = Counter(
            value for info in self.infos.values() for value in _get_values(info, field)
        )
        if field in {"year", "decade"}:
            entries = sorted(counted.items(), reverse=True)
        else:
            entries = sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))
        found = tuple(FormOption(value, value, number) for value, number in entries)
        return (*self._iter_post_sets(counted), *found) if field == "post" else found

    def _iter_post_sets(self, counted: Mapping[str, int]) -> Iterator[FormOption]:
        """Posts of like rank, where there are several."""
        for name, posts in self.post_sets.items():
            if len(posts) > 1:
                listed = "、".join(posts[:_LISTED_POSTS]) + (
                    "…" if len(posts) > _LISTED_POSTS else ""
                )
                yield FormOption(name, f"{name}（{listed}）", sum(counted[post] for post in posts))


def format_title(info: ReportInfo) -> str:
    """A report's title, with whose it is and the year where these are not in it."""
    title = info.title or info.id
    more = [
        str(known)
        for known in (info.official, info.year)
        if known is not None and str(known) not in title
    ]
    return f"{title}（{'，'.join(more)}）" if more else title


def _get_values(info: ReportInfo, field: str) -> Sequence[str]:
    if field == "portfolio":
        return tuple(dict.fromkeys((*info.portfolios, *info.declared)))
    if field == "decade":
        if info.year is None:
            return ()
        first = info.year // 10 * 10
        return (f"{first}-{first + 9}",)
    value = getattr(info, field)
    return () if value is None else (str(value),)


@dataclass(frozen=True)
class AnalysisForm:
    """What an address asks. ``values`` are groups by their names in the index, reports by ids."""

    by: str
    values: tuple[str, ...]
    reports: tuple[str, ...]
    filters: tuple[tuple[str, str], ...]
    query: str
    known: FormChoices

    @property
    def where(self) -> tuple[str, ...]:
        """The filters, as methods of the archive take them."""
        return tuple(f"{name}={value}" for name, value in self.filters)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """The filters of the form."""
        return tuple(self.field(name) for name in FILTERS)

    def field(self, name: str) -> FormField:
        """A filter of the form."""
        choices = self.known.list_choices(name)
        typed = name in _TYPED_FIELDS or len(choices) > _MAX_OPTIONS
        return FormField(name, dict(self.filters).get(name, ""), choices, typed)

    @property
    def groups(self) -> tuple[FormOption, ...]:
        """The groups that can be chosen, as many as a form can hold."""
        return self.known.list_choices(self.by)[:_MAX_OPTIONS] if self.by in GROUPING_FIELDS else ()

    @property
    def unlisted_values(self) -> str:
        """The chosen groups that are none of those to tick: ranges of years, say."""
        ticked = {choice.value for choice in self.groups}
        return "、".join(
            value for value in map(self.known.to_address, self.values) if value not in ticked
        )

    def is_chosen(self, choice: FormOption) -> bool:
        """Whether a group is ticked."""
        return choice.value in map(self.known.to_address, self.values)

    def build_search_filters(self, value: str = "", by: str = "") -> list[tuple[str, str]]:
        """The filters with which a search finds the passages of a group."""
        found = dict(self.filters)
        info = self.known.infos.get(value)
        if info is not None:
            found |= {
                "title": info.title,
                "official": info.official or "",
                "year": str(info.year or ""),
            }
        elif value and (by or self.by) == "decade":
            found["year"] = value.replace("-", "..")
        elif value:
            found[by or self.by] = value
        return list(found.items())


def read_form(request: Request, library: ArchiveService, by: str = "") -> AnalysisForm:
    """What an address asks; ``by`` where it names nothing. Raises NotFoundError for a report."""
    with library.for_search() as archive:
        known = FormChoices(archive.infos(), archive.post_sets())
    by = read_text(request, "by", by)
    return AnalysisForm(
        by=by,
        values=_read_groups(request, by, known),
        reports=tuple(map(known.from_address, read_list(request, "report"))),
        filters=tuple((name, value) for name in FILTERS if (value := read_text(request, name))),
        query=read_text(request, "q"),
        known=known,
    )


def check_reports(asked: AnalysisForm) -> None:
    """Raise NotFoundError where an address names a report that is not in the index."""
    for report in asked.reports:
        if not asked.known.is_report(report):
            raise NotFoundError("there is no such report in the index; it may have been removed")


def _read_groups(request: Request, by: str, known: FormChoices) -> tuple[str, ...]:
    """The groups of an address. Those that were ticked before ``by`` was changed are none."""
    listed = request.query_params.get("of")
    if listed is not None and listed != by:
        return ()
    offered = (
        {choice.value for choice in known.list_choices(by)} if by in GROUPING_FIELDS else set()
    )
    found: list[str] = []
    for given in read_list(request, "values"):
        parts = [given] if given in offered else split_values(given)
        found += map(known.from_address, parts)
    return tuple(dict.fromkeys(found))


def read_text(request: Request, name: str, default: str = "") -> str:
    """A value of an address; the last one where there are several."""
    return (request.query_params.get(name) or default)[:_MAX_VALUE_CHARS].strip()


def read_list(request: Request, name: str) -> list[str]:
    """All values of a name that are not empty."""
    given = request.query_params.getlist(name)
    return [value[:_MAX_VALUE_CHARS].strip() for value in given if value.strip()]


def read_integer(request: Request, name: str, default: int, minimum: int, maximum: int) -> int:
    """A number of an address, within bounds; ``default`` where there is none."""
    given = read_text(request, name)
    if not given.isdecimal() or len(given) > 9:
        return default
    return min(max(int(given), minimum), maximum)


def read_choice(request: Request, name: str, valid: Sequence[str]) -> str:
    """A value of an address that is one of several, the first where it is none."""
    given = read_text(request, name)
    return given if given in valid else valid[0]
