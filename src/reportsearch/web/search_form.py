"""What the address of a search asks for: the query, filters, the view, order and page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import QueryParams

FILTERS = (
    "portfolio",
    "year",
    "region",
    "post",
    "kind",
    "level",
    "official",
    "declared",
    "source",
    "title",
    "section",
    "date",
)
"""Fields that an address can filter by, under their own names."""
REPORTS, PASSAGES, LINES, YEARS = "reports", "passages", "lines", "years"
VIEWS = (REPORTS, PASSAGES, LINES, YEARS)
SORTS: Mapping[str, tuple[str, ...]] = {
    REPORTS: ("relevance", "date"),
    PASSAGES: ("relevance", "date"),
    LINES: ("place", "left", "right"),
    YEARS: (),
}
"""Orders of each view; the first is that which no address names."""
SIZES = {REPORTS: 10, PASSAGES: 20, LINES: 50, YEARS: 1}
"""Reports, passages or lines on a page."""
MAX_TITLE_CHARS = 200
"""Characters of a title that can be a filter, as of every field of a query."""
_MAX_PAGE_DIGITS = 6


@dataclass(frozen=True)
class SearchForm:
    """A state of the search page. ``where`` are filters, field and value, in order."""

    text: str
    where: tuple[tuple[str, str], ...]
    view: str
    sort: str
    page: int
    explain: bool

    @classmethod
    def from_query(cls, values: QueryParams) -> SearchForm:
        """Read an address; what cannot be is as if it were not there."""
        text = values.get("q", "").strip()
        view = values.get("view", REPORTS)
        # Without a query there are no occurrences.
        if view not in VIEWS or (not text and view in (PASSAGES, LINES)):
            view = REPORTS
        orders = SORTS[view] if text else ("date",)
        sort = values.get("sort", "")
        return cls(
            text=text,
            where=tuple(
                (field, value.strip())
                for field in FILTERS
                for value in values.getlist(field)
                if value.strip()
            ),
            view=view,
            sort=sort if sort in orders else (*orders, "")[0],
            page=parse_page_number(values.get("page", "")),
            explain=values.get("explain") == "1",
        )

    @property
    def filters(self) -> list[str]:
        """The filters as the archive takes them."""
        return [f"{field}={value}" for field, value in self.where]

    @property
    def size(self) -> int:
        """How many reports, passages or lines a page has."""
        return SIZES[self.view]

    @property
    def offset(self) -> int:
        """How many stand on the pages before."""
        return (self.page - 1) * self.size

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for: the first page."""
        return not self.text and not self.where


def parse_page_number(written: str) -> int:
    """The number of a page, 1 where it is none."""
    if not written.isdecimal() or len(written) > _MAX_PAGE_DIGITS:
        return 1
    return max(1, int(written))
