"""Which of two reports is later, as far as that is known."""

from __future__ import annotations

import pytest

from reportsearch.analysis.chronology import is_later
from reportsearch.models.report import ReportInfo

Time = tuple[int | None, str | None]


@pytest.mark.parametrize(
    ("one", "other", "is_known_to_be_later"),
    [
        ((2023, None), (2022, None), True),
        ((2022, None), (2023, None), False),
        ((2022, None), (2022, None), False),
        # The year reported on counts before the date.
        ((2023, "2023-01-05"), (2022, "2023-03-01"), True),
        ((2022, "2023-03-01"), (2022, "2023-01-05"), True),
        # As far as both dates are told.
        ((2023, "2023-03-05"), (2023, "2023"), False),
        ((2023, "2023-03-05"), (2023, "2023-03"), False),
        ((2023, "2023-04"), (2023, "2023-03-05"), True),
        # Without a year: the dates, or what a date says of the year.
        ((None, "2023-01-10"), (2022, "2023-01-20"), False),
        ((2022, "2023-01-20"), (None, "2023-01-10"), True),
        ((None, "2023-01-10"), (2022, None), False),
        ((2022, None), (None, "2023-01-10"), False),
        ((None, "2023-01-10"), (2021, None), True),
        ((2024, None), (None, "2023-01-10"), True),
        ((None, None), (2021, None), False),
        ((2021, None), (None, None), False),
        ((None, None), (None, None), False),
    ],
)
def test_later_is_what_is_known_to_be(one: Time, other: Time, is_known_to_be_later: bool) -> None:
    infos = [ReportInfo("a", "甲", year=year, date=date) for year, date in (one, other)]
    assert is_later(*infos) is is_known_to_be_later
