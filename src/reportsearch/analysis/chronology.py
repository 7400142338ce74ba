"""The order of reports in time, as far as it is known."""

from __future__ import annotations

from reportsearch.models.report import ReportInfo


def is_later(other: ReportInfo, reference: ReportInfo) -> bool:
    """Return whether a report is known to be later than another one.

    Compares the years reported on. Within a year, or if a year is unknown, compares the dates to
    the precision that both have (2023 and 2023-03 count as the same time). A date alone means its
    year or the year before, since most reports on a year are dated the following January.
    """
    if other.year and reference.year and other.year != reference.year:
        return other.year > reference.year
    if other.date and reference.date:
        known = min(len(other.date), len(reference.date))
        return other.date[:known] > reference.date[:known]
    first, last = _find_possible_years(other), _find_possible_years(reference)
    return bool(first and last) and min(first) > max(last)


def _find_possible_years(info: ReportInfo) -> tuple[int, ...]:
    """Return the years that a report can be about."""
    if info.year:
        return (info.year,)
    year = (info.date or "")[:4]
    return (int(year) - 1, int(year)) if year.isdecimal() else ()
