"""Expressions of time and the months that they stand for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportsearch.analysis.facts.periods import (
    ReportYears,
    find_covered_lengths,
    find_times,
    format_month,
)
from reportsearch.normalise import fold

DUTY = ReportYears(2023, 2024, 2023)
GOVERNMENT = ReportYears(2022, 2023, 2023)


def found(
    text: str, when: ReportYears = DUTY, **options: object
) -> list[tuple[str, str | None, str | None]]:
    folded = fold(text)
    return [
        (folded[one.start : one.end], format_month(one.first), format_month(one.last))
        for one in find_times(folded, when, **options)  # type: ignore[arg-type]
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年接待游客", ("2022年", "2022-01", "2022-12")),
        ("2023年1－10月，", ("2023年1-10月", "2023-01", "2023-10")),
        ("1—12月，", ("1—12月", "2023-01", "2023-12")),
        ("去年四季度至今，", ("去年四季度至今", "2022-10", None)),
        ("2021年以来，", ("2021年以来", "2021-01", None)),
        ("今年年底成功", ("今年年底", "2023-12", "2023-12")),
        ("11月底前全部", ("11月底前", "2023-11", "2023-11")),
        ("9月1日如期", ("9月1日", "2023-09", "2023-09")),
        ("4月至6月县委", ("4月至6月", "2023-04", "2023-06")),
        ("9月起我局", ("9月起", "2023-09", None)),
        ("上半年完成", ("上半年", "2023-01", "2023-06")),
        ("前三季度增长", ("前三季度", "2023-01", "2023-09")),
        ("近三年签约", ("近三年", "2021-01", "2023-12")),
        ("过去五年，", ("过去五年", "2019-01", "2023-12")),
        ("任职以来，", ("任职以来", None, None)),
        ("“十四五”期间，", ("“十四五”期间", "2021-01", "2025-12")),
        ("“十四五”头一年，", ("“十四五”头一年", "2021-01", "2021-12")),
        ("“十四五”前三年，", ("“十四五”前三年", "2021-01", "2023-12")),
        ("“十四五”第二年，", ("“十四五”第二年", "2022-01", "2022-12")),
        ("一年来的工作", ("一年来", "2023-01", "2023-12")),
        ("二〇二一年三月，", ("二〇二一年三月", "2021-03", "2021-03")),
        ("2019年至2022年，", ("2019年至2022年", "2019-01", "2022-12")),
        ("2017年以前建的", ("2017年以前", None, "2017-12")),
        ("较上年同期提高", ("上年同期", "2022-01", "2022-12")),
        ("2019年开始，全面推行", ("2019年开始", "2019-01", None)),
        ("从2020年开始连续四年增产", ("从2020年开始连续四年", "2020-01", "2023-12")),
        ("自2018年起，连续3年获奖", ("自2018年起,连续3年", "2018-01", "2020-12")),
        ("明年6月可投产", ("明年6月", "2024-06", "2024-06")),
    ],
)
def test_times(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "3个月",
        "五年规划",
        "月度通报",
        "年轻干部",
        "前三名",
        "“十四五”水安全保障规划",
        "十月革命",
        "每年每月",
        "零月",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert found(text) == []


def test_in_a_government_report_the_year_is_the_one_that_begins() -> None:
    assert found("去年增长；今年预期", GOVERNMENT) == [
        ("去年", "2022-01", "2022-12"),
        ("今年", "2023-01", "2023-12"),
    ]
    assert found("过去一年", GOVERNMENT) == [("过去一年", "2022-01", "2022-12")]
    assert found("全年", GOVERNMENT) == [("全年", "2022-01", "2022-12")]


def test_in_a_paragraph_of_plans_bare_months_are_those_of_the_coming_year() -> None:
    assert found("6月底前开工", is_plan=True) == [("6月底前", "2024-06", "2024-06")]
    assert found("6月底前开工", is_plan=True, governing_year=2025) == [
        ("6月底前", "2025-06", "2025-06")
    ]


def test_a_year_holds_for_the_months_after_it_in_its_sentence() -> None:
    months = [first for _, first, _ in found("2021年启动，5月开工。8月停工")]
    assert months == ["2021-01", "2021-05", "2023-08"]


def test_where_the_year_is_not_known_neither_are_the_months() -> None:
    assert found("去年，5月", ReportYears(0, 0, 0)) == [
        ("去年", None, None),
        ("5月", None, None),
    ]


def test_a_title_is_closed() -> None:
    text = "印发《2023年方案》"
    assert found(text, closed=[(2, len(text))]) == []


def test_a_length_has_months_where_the_report_says_that_it_covers_it() -> None:
    told = find_covered_lengths(fold("过去三年，我们迎难而上。投入比前三年增长两成。"))
    assert told == {3}
    text = "教育支出三年累计60亿元，奋战五年累计90亿元"
    assert found(text, covered=told) == [("三年", "2021-01", "2023-12"), ("五年", None, None)]
    assert found(text) == [("三年", None, None), ("五年", None, None)]
    assert found("第三年累计，连续三年新增", covered=told) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("五年来，全县变化巨大", {5}),
        ("这三年，支出比前3年增长", {3}),
        ("近三年签约，连续四年获奖，未来五年", set()),
    ],
)
def test_what_tells_the_length(text: str, told: set[int]) -> None:
    assert find_covered_lengths(fold(text)) == told


@example("1月前年")
@given(st.text(alphabet="一二三年月日底前后至今以来去上下半季度2023-1—", max_size=30))
def test_any_text_is_read_in_order(text: str) -> None:
    spans = [(one.start, one.end) for one in find_times(text, DUTY)]
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
