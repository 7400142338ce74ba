"""The form of the reuse pages: the request of an address, and its answers, cached by commit."""

from __future__ import annotations

from starlette.requests import Request

from reportsearch.archive import Archive
from reportsearch.models.reuse import DEFAULT_MIN_CHARS, LOWEST_MIN_CHARS, Reuse, ReusePairs
from reportsearch.models.year_on_year import YearOnYear
from reportsearch.web.archive_service import get_service
from reportsearch.web.templating import build_address

MAX_MIN_CHARS = 1_000
MAX_PAIRS = 200
_MAX_DIGITS = 9


def read_min_chars(request: Request) -> tuple[int, bool]:
    """Return the minimum length of shared text, and whether the address has a valid one."""
    given = request.query_params.get("min_chars", "")
    if not given:
        return DEFAULT_MIN_CHARS, True
    if given.isascii() and given.isdecimal() and len(given) <= _MAX_DIGITS:
        number = int(given)
        if LOWEST_MIN_CHARS <= number <= MAX_MIN_CHARS:
            return number, True
    return DEFAULT_MIN_CHARS, False


def read_report_id(request: Request, name: str = "report") -> str:
    """Return the id of the report whose key is in the address. Raises NotFoundError."""
    service = get_service(request)
    with service.for_search() as archive:
        return service.find_report_id(archive, request.query_params.get(name, ""))


def get_reuse(request: Request, report_id: str) -> Reuse:
    """Find the text of a report that also occurs in others."""
    min_chars, _ = read_min_chars(request)
    return get_service(request).call(
        Archive.reuse, brief=True, report=report_id, min_chars=min_chars
    )


def get_pairs(request: Request) -> ReusePairs:
    """Find the pairs of reports with the most text in common."""
    return get_service(request).call(Archive.reuse_pairs, limit=MAX_PAIRS)


def get_year_on_year(request: Request, report_id: str, previous: str | None) -> YearOnYear:
    """Compare a report with the one before. Raises NotFoundError, QueryError."""
    return get_service(request).call(
        Archive.year_on_year, brief=True, report=report_id, previous=previous
    )


def read_previous_id(request: Request) -> str | None:
    """Return the id of the previous report that the address names. Raises NotFoundError."""
    return read_report_id(request, "previous") if request.query_params.get("previous") else None


def is_year_on_year(request: Request) -> bool:
    """Return whether the year-on-year view is requested."""
    return request.query_params.get("view") == "years"


def build_report_address(path: str, request: Request, **others: str) -> str:
    """Build an address for the same report with the same settings."""
    names = ["report"]
    names += ["view", "previous"] if is_year_on_year(request) else ["min_chars"]
    settings = [(name, request.query_params.get(name, "")) for name in names if name not in others]
    return build_address(path, [*settings, *others.items()])
