"""What an address of the reuse page asks for, and the answers, which are kept for each commit."""

from __future__ import annotations

from starlette.requests import Request

from reportsearch.models.reuse import (
    DEFAULT_MIN_CHARS,
    LOWEST_MIN_CHARS,
    Reuse,
    ReusePairs,
    YearOnYear,
)
from reportsearch.web.archive_service import ArchiveService
from reportsearch.web.jobs import report_progress
from reportsearch.web.templating import build_address

MAX_MIN_CHARS = 1_000
MAX_PAIRS = 200
_MAX_DIGITS = 9


def parse_number(text: str, default: int, minimum: int, maximum: int) -> tuple[int, bool]:
    """A number of an address, and whether it is one; the default for what is none."""
    if not text:
        return default, True
    if text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS:
        found = int(text)
        if minimum <= found <= maximum:
            return found, True
    return default, False


def read_min_chars(request: Request) -> tuple[int, bool]:
    """How many characters in a row count, and whether the address has a number that can be."""
    asked = request.query_params.get("min_chars", "")
    return parse_number(asked, DEFAULT_MIN_CHARS, LOWEST_MIN_CHARS, MAX_MIN_CHARS)


def read_page(request: Request) -> int:
    """The page that is asked for; the first one where none can be told."""
    return parse_number(request.query_params.get("page", ""), 1, 1, 10**_MAX_DIGITS)[0]


def read_report_id(request: Request, name: str = "report") -> str:
    """The id of the report whose key the address has. Raises NotFoundError."""
    library: ArchiveService = request.app.state.library
    with library.for_search() as archive:
        return library.find_report_id(archive, request.query_params.get(name, ""))


def get_reuse(request: Request, report_id: str) -> Reuse:
    """How much of a report also stands elsewhere."""
    library: ArchiveService = request.app.state.library
    least, _ = read_min_chars(request)
    return library.cached(
        ("reuse", report_id, least),
        lambda archive: archive.reuse(report_id, min_chars=least, progress=report_progress),
        brief=True,
    )


def get_pairs(request: Request) -> ReusePairs:
    """The pairs of reports with most in common."""
    library: ArchiveService = request.app.state.library
    return library.cached(
        ("reuse pairs", DEFAULT_MIN_CHARS, MAX_PAIRS),
        lambda archive: archive.reuse_pairs(
            min_chars=DEFAULT_MIN_CHARS, limit=MAX_PAIRS, progress=report_progress
        ),
    )


def get_year_on_year(request: Request, report_id: str, previous: str | None) -> YearOnYear:
    """A report against the one before. Raises NotFoundError, QueryError."""
    library: ArchiveService = request.app.state.library
    return library.cached(
        ("year on year", report_id, previous),
        lambda archive: archive.year_on_year(report_id, previous=previous),
        brief=True,
    )


def read_previous_id(request: Request) -> str | None:
    """The id of the report before that the address names. Raises NotFoundError."""
    return read_report_id(request, "previous") if request.query_params.get("previous") else None


def is_year_on_year(request: Request) -> bool:
    """Whether the year-on-year view is asked for."""
    return request.query_params.get("view") == "years"


def build_report_address(path: str, request: Request, **others: str) -> str:
    """An address for the same report with the same settings."""
    names = ["report"]
    names += ["view", "previous"] if is_year_on_year(request) else ["min_chars"]
    kept = [(name, request.query_params.get(name, "")) for name in names if name not in others]
    return build_address(path, [*kept, *others.items()])
