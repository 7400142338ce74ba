"""Search Chinese officials' duty reports on your own computer."""

from __future__ import annotations

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
