"""By what passages are grouped: the values of a field that a passage has."""

from __future__ import annotations

from collections.abc import Iterator

from reportsearch.models.report import Passage, Report


def values(report: Report, passage: Passage, by: str) -> Iterator[str]:
    """A passage's values in one of GROUPED_BY: none, one, or of portfolios several."""
    if by == "report":
        yield report.id
    elif by == "portfolio":
        yield from passage.portfolios
    elif by == "decade":
        if report.info.year is not None:
            yield decade(report.info.year)
    elif (value := getattr(report.info, by)) is not None:
        yield str(value)


def decade(year: int) -> str:
    """The decade of a year: ``1990-1999``."""
    first = year // 10 * 10
    return f"{first}-{first + 9}"
