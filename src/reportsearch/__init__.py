"""Search Chinese officials' duty reports on your own computer."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportsearch.archive import Archive
    from reportsearch.errors import (
        ExtractError,
        IndexBusyError,
        IndexDamagedError,
        IndexMissingError,
        IndexOutdatedError,
        NotFoundError,
        QueryError,
        ReportSearchError,
    )
    from reportsearch.models.facts import Facts
    from reportsearch.models.report import IndexSummary, Passage, Report, Section
    from reportsearch.models.reuse import Reuse, ReusePairs
    from reportsearch.models.search import Hit, SearchResult
    from reportsearch.models.similar import SimilarResult
    from reportsearch.models.year_on_year import YearOnYear

__version__ = "0.1.0"

__all__ = [
    "Archive",
    "ExtractError",
    "Facts",
    "Hit",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexMissingError",
    "IndexOutdatedError",
    "IndexSummary",
    "NotFoundError",
    "Passage",
    "QueryError",
    "Report",
    "ReportSearchError",
    "Reuse",
    "ReusePairs",
    "SearchResult",
    "Section",
    "SimilarResult",
    "YearOnYear",
]

_MODULES = {
    "Archive": "archive",
    "Facts": "models.facts",
    "Hit": "models.search",
    "IndexSummary": "models.report",
    "Passage": "models.report",
    "Report": "models.report",
    "Reuse": "models.reuse",
    "ReusePairs": "models.reuse",
    "SearchResult": "models.search",
    "Section": "models.report",
    "SimilarResult": "models.similar",
    "YearOnYear": "models.year_on_year",
}
"""The modules of public names; the errors are in ``errors``."""


def __getattr__(name: str) -> object:
    """Import a public name when it is used; a process that only reads files needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'errors')}"), name)


def __dir__() -> list[str]:
    return __all__
