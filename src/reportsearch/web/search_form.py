"""The search form: the query, filters, view, sort order and page of an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from reportsearch.search import concordance, engine
from reportsearch.web.address_values import read_page_number

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
    "reported_year",
    "section",
    "date",
)
"""Fields that an address can filter by, under their own names."""
REPORTS, PASSAGES, LINES, YEARS = "reports", "passages", "lines", "years"
VIEWS = (REPORTS, PASSAGES, LINES, YEARS)
SORTS: Mapping[str, tuple[str, ...]] = {
    REPORTS: engine.SORTS,
    PASSAGES: engine.SORTS,
    LINES: concordance.SORTS,
    YEARS: (),
}
"""The sort orders of each view; the first is the default."""
_MAX_PAGE = 999_999
SIZES = {REPORTS: 10, PASSAGES: 20, LINES: 50, YEARS: 1}
"""Reports, passages or lines per page."""
MAX_TITLE_CHARS = 200
"""Maximum number of characters of a title that can be a filter, as for every field of a query."""


@dataclass(frozen=True)
class SearchForm:
    """A state of the search page. ``where`` lists the filters, as field and value, in order."""

    text: str
    where: tuple[tuple[str, str], ...]
    view: str
    sort: str
    page: int
    explain: bool

    @classmethod
    def from_request(cls, request: Request) -> SearchForm:
        """Read an address, ignoring invalid values."""
        values = request.query_params
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
            page=read_page_number(request, _MAX_PAGE),
            explain=values.get("explain") == "1",
        )

    @property
    def filters(self) -> list[str]:
        """Return the filters in the form that the archive expects."""
        return [f"{field}={value}" for field, value in self.where]

    @property
    def size(self) -> int:
        """Return the number of reports, passages or lines per page."""
        return SIZES[self.view]

    @property
    def offset(self) -> int:
        """Return the number of results on the previous pages."""
        return (self.page - 1) * self.size

    @property
    def is_empty(self) -> bool:
        """Return whether there is neither a query nor a filter, as on the first page."""
        return not self.text and not self.where
