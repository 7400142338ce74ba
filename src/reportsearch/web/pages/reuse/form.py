"""What an address of the reuse page asks for, and the answers, which are kept for each commit."""

from __future__ import annotations

from starlette.requests import Request

from reportsearch.models.reuse import LEAST_CHARS, MIN_CHARS, Reuse, ReusePairs, YearOnYear
from reportsearch.web.archive_service import Library
from reportsearch.web.jobs import told
from reportsearch.web.templating import address

MOST_MIN_CHARS = 1_000
MOST_PAIRS = 200
_MOST_DIGITS = 9


def number(text: str, default: int, least: int, most: int) -> tuple[int, bool]:
    """A number of an address, and whether it is one; the default for what is none."""
    if not text:
        return default, True
    if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS:
        found = int(text)
        if least <= found <= most:
            return found, True
    return default, False


def min_chars(request: Request) -> tuple[int, bool]:
    """How many characters in a row count, and whether the address has a number that can be."""
    asked = request.query_params.get("min_chars", "")
    return number(asked, MIN_CHARS, LEAST_CHARS, MOST_MIN_CHARS)


def page(request: Request) -> int:
    """The page that is asked for; the first one where none can be told."""
    return number(request.query_params.get("page", ""), 1, 1, 10**_MOST_DIGITS)[0]


def report(request: Request, name: str = "report") -> str:
    """The id of the report whose key the address has. Raises NotFoundError."""
    library: Library = request.app.state.library
    with library.quick() as archive:
        return library.report_id(archive, request.query_params.get(name, ""))


def reuse(request: Request, report_id: str) -> Reuse:
    """How much of a report also stands elsewhere."""
    library: Library = request.app.state.library
    least, _ = min_chars(request)
    return library.kept(
        ("reuse", report_id, least),
        lambda archive: archive.reuse(report_id, min_chars=least, progress=told),
        brief=True,
    )


def pairs(request: Request) -> ReusePairs:
    """The pairs of reports with most in common."""
    library: Library = request.app.state.library
    return library.kept(
        ("reuse pairs", MIN_CHARS, MOST_PAIRS),
        lambda archive: archive.reuse(min_chars=MIN_CHARS, limit=MOST_PAIRS, progress=told),
    )


def years(request: Request, report_id: str, previous: str | None) -> YearOnYear:
    """A report against the one before. Raises NotFoundError, QueryError."""
    library: Library = request.app.state.library
    return library.kept(
        ("year on year", report_id, previous),
        lambda archive: archive.year_on_year(report_id, previous=previous),
        brief=True,
    )


def previous(request: Request) -> str | None:
    """The id of the report before that the address names. Raises NotFoundError."""
    return report(request, "previous") if request.query_params.get("previous") else None


def is_years(request: Request) -> bool:
    """Whether the year-on-year view is asked for."""
    return request.query_params.get("view") == "years"


def place(path: str, request: Request, **others: str) -> str:
    """An address for the same report with the same settings."""
    names = ["report"]
    names += ["view", "previous"] if is_years(request) else ["min_chars"]
    kept = [(name, request.query_params.get(name, "")) for name in names if name not in others]
    return address(path, [*kept, *others.items()])
