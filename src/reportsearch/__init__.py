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
from reportsearch.models import (
    Facts,
    Hit,
    IndexSummary,
    Passage,
    Report,
    Reuse,
    ReusePairs,
    SearchResult,
    Section,
    SimilarResult,
    YearOnYear,
)

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
