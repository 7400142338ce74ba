"""Which of two reports is later, as far as that is known."""

from __future__ import annotations

from reportsearch.models.report import ReportInfo


def is_later(other: ReportInfo, reference: ReportInfo) -> bool:
    """Whether a report is known to be later than another one.

    By the year reported on. Within a year, or where one of the years is not known, by the dates, as
    far as both are known (2023 and 2023-03 are of one time). A date alone stands for its year or
    the one before: reports on a year are mostly dated the January after.
    """
    if other.year and reference.year and other.year != reference.year:
        return other.year > reference.year
    if other.date and reference.date:
        known = min(len(other.date), len(reference.date))
        return other.date[:known] > reference.date[:known]
    first, last = _find_possible_years(other), _find_possible_years(reference)
    return bool(first and last) and min(first) > max(last)


def _find_possible_years(info: ReportInfo) -> tuple[int, ...]:
    """The years that a report can be on."""
    if info.year:
        return (info.year,)
    year = (info.date or "")[:4]
    return (int(year) - 1, int(year)) if year.isdecimal() else ()
