"""The period of a figure: of its sentence, its section or the report; and how it is covered."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportsearch import Archive
from reportsearch.models.facts import Indicator

DUTY = ("甲县水务局局长2023年述职报告", "", "现将履职情况报告如下。")
GOVERNMENT = ("2026年甲县政府工作报告", "", "现在，我向大会报告工作。")


def told(folder: Path, *lines: str, head: tuple[str, ...] = DUTY) -> list[Indicator]:
    """The figures of a report with these lines."""
    path = folder / "a.txt"
    path.write_text("\n".join([*head, *lines]), encoding="utf-8")
    archive = Archive.in_memory()
    archive.index([path])
    return list(archive.facts("a.txt").indicators)


def periods(found: list[Indicator]) -> list[tuple[str, str, str, str]]:
    return [(one.text, one.period, one.period_source, one.span) for one in found]


def years(found: list[Indicator]) -> list[tuple[str, str]]:
    """The figures with their first and last year."""
    return [(one.text, f"{(one.first or '')[:4]}-{(one.last or '')[:4]}") for one in found]


def test_only_where_nothing_speaks_of_a_period_a_figure_has_the_year_of_the_report(
    tmp_path: Path,
) -> None:
    lines = ("一、工作情况", "新建泵站12座。2021年，改造水渠3公里。修复堤坝5处。")
    assert periods(told(tmp_path, *lines)) == [
        ("12座", "2023年", "report", "year"),
        ("3公里", "2021年", "text", "year"),
        ("5处", "2021年", "section", "year"),
    ]


@pytest.mark.parametrize(
    ("lead", "period"),
    [
        ("任职以来，我认真履职。", "任职以来"),
        ("五年来，全局上下攻坚克难。", "五年来"),
        ("回顾过去五年，我们走得很稳。", "过去五年"),
        ("“十四五”时期，我们攻坚克难。", "“十四五”时期"),
        ("这是水利大发展的五年。", "五年"),
        ("到任四个月来，我边学边干。", "到任四个月来"),
        ("任职x年来，我始终尽责。", "任职x年来"),
        ("自2021年5月担任局长以来，我认真履职。", "2021年5月担任局长以来"),
    ],
)
def test_a_leading_sentence_governs_what_follows_in_its_section(
    tmp_path: Path, lead: str, period: str
) -> None:
    found = told(
        tmp_path, "一、主要工作", lead, "新建泵站12座。", "二、廉政情况", "立案查处案件3件。"
    )
    assert [(one.period, one.period_source) for one in found] == [
        (period, "section"),
        ("2023年", "report"),
    ]


def test_the_opening_of_a_report_governs_all_of_it(tmp_path: Path) -> None:
    head = (*DUTY[:2], "现将三年来的工作情况报告如下。")
    found = told(tmp_path, "一、工程建设", "新建泵站12座。", "二、管理", "查处案件3件。", head=head)
    assert years(found) == [("12座", "2021-2023"), ("3件", "2021-2023")]
    assert {one.span for one in found} == {"cumulative"}


def test_a_heading_governs_its_section(tmp_path: Path) -> None:
    lines = (
        "一、“十四五”时期和2025年工作回顾",
        "新增供水人口8万人。",
        "刚刚过去的2025年，我们开拓进取。新建泵站12座。",
        "修复堤坝5处。",
        "二、2026年工作安排",
        "新建泵站9座。",
    )
    assert years(told(tmp_path, *lines, head=GOVERNMENT)) == [
        ("8万人", "2021-2025"),
        ("12座", "2025-2025"),
        ("5处", "2025-2025"),
        ("9座", "2026-2026"),
    ]


def test_a_year_inside_a_report_on_five_holds_for_its_sentence(tmp_path: Path) -> None:
    lines = ("五年来，我们攻坚克难。2021年，新建泵站12座。修复堤坝5处。", "改造水渠3公里。")
    assert years(told(tmp_path, *lines)) == [
        ("12座", "2021-2021"),
        ("5处", "2019-2023"),
        ("3公里", "2019-2023"),
    ]


@pytest.mark.parametrize(
    ("sentence", "spans"),
    [
        ("全年新建泵站12座。", ["year"]),
        ("五年来新建泵站12座。", ["cumulative"]),
        ("近三年供水量由5万吨提高到8万吨。", ["cumulative", "end"]),
        ("五年来，供水率96%，人均水量30吨。", ["end", "end"]),
        ("五年来，供水量增长40%。", ["cumulative"]),
        ("五年来，供水量年均增长6%和8%。", ["yearly", "yearly"]),
        ("五年来，供水量达到3万吨、年均增长6%。", ["cumulative", "yearly"]),
        ("每年列支资金80万元。", ["yearly"]),
        ("为困难群众每人每年补助80元。", ["year"]),
        ("水温年均值12度。", ["year"]),
        ("累计新建泵站12座。", ["cumulative"]),
        ("全年累计新建泵站12座。", ["year"]),
        ("今年以来新建泵站12座。", ["year"]),
    ],
)
def test_how_a_figure_covers_its_period(tmp_path: Path, sentence: str, spans: list[str]) -> None:
    assert [one.span for one in told(tmp_path, "一、工作情况", sentence)] == spans


def test_a_cumulative_figure_and_a_mean_never_take_the_year_of_the_report(tmp_path: Path) -> None:
    found = told(tmp_path, "一、工作情况", "累计新建泵站12座。供水量年均增长6%。")
    assert [(one.first, one.last, one.period_source) for one in found] == [(None, None, "")] * 2


def test_a_superlative_has_no_period(tmp_path: Path) -> None:
    found = told(tmp_path, "一、工作情况", "增速为2012年以来最高，供水量8万吨。")
    assert periods(found) == [("8万吨", "2023年", "report", "year")]


def test_the_year_after_the_one_that_is_named(tmp_path: Path) -> None:
    found = told(tmp_path, "一、工作情况", "2020年签订协议3份，次年新建泵站12座。")
    assert years(found) == [("3份", "2020-2020"), ("12座", "2021-2021")]
    assert periods(told(tmp_path, "一、工作情况", "门诊人次年均增长8%。"))[0][1] == ""


def test_groups_keep_sums_and_means_apart_from_the_values_of_a_year(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        "一、工作情况",
        "全年新增供水人口2万人。",
        "五年来，我们攻坚克难。新增供水人口8万人。年均新增供水人口1.6万人。",
    )
    groups = {one.text: one.group for one in found}
    assert len(set(groups.values())) == 3
    assert groups["8万人"] == f"{groups['2万人']}（累计或跨年）"
    assert groups["1.6万人"].endswith("（年均）")


EXCERPT = ("水网建设有序。",)
"""Lines of a text that says neither what it is nor what year it is on."""


def test_the_time_that_something_takes_is_a_period_of_its_own(tmp_path: Path) -> None:
    lines = ("一、工作情况", "用3年时间，新建泵站12座。", "修建水渠3公里。")
    found = told(tmp_path, *lines)
    assert periods(found) == [
        ("12座", "3年时间", "text", "cumulative"),
        ("3公里", "2023年", "report", "year"),
    ]
    assert years(found)[0] == ("12座", "-")


def test_a_vocative_may_stand_before_a_leading_time(tmp_path: Path) -> None:
    found = told(tmp_path, "各位代表，2021年，我们攻坚克难。新建泵站12座。", head=EXCERPT)
    assert periods(found) == [("12座", "2021年", "section", "year")]


def test_the_whole_year_at_the_beginning_of_a_sentence_holds_for_its_paragraph(
    tmp_path: Path,
) -> None:
    found = told(
        tmp_path,
        "全年投资3亿元。新建泵站12座。",
        "修建水渠3公里。",
        "水价稳定。全年供水5吨。",
        head=EXCERPT,
    )
    assert periods(found) == [
        ("3亿元", "全年", "text", "year"),
        ("12座", "全年", "section", "year"),
        ("3公里", "", "", ""),
        ("5吨", "全年", "text", "year"),
    ]


def test_the_whole_year_within_a_report_on_five_holds_for_its_sentence(tmp_path: Path) -> None:
    found = told(tmp_path, "一、情况", "五年来，新建泵站12座。全年供水5吨。修建水渠3公里。")
    assert [one[1] for one in periods(found)] == ["五年来", "全年", "五年来"]


def test_plans_keep_a_year_without_a_number(tmp_path: Path) -> None:
    lines = ("三、下一步打算", "今年，我们攻坚克难。新建泵站12座。")
    found = told(tmp_path, *lines, head=EXCERPT)
    assert [(one.period, one.is_plan) for one in found] == [("今年", True)]


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("报销比例由50%提高到60%。", [("50%", "before", False), ("60%", "", True)]),
        ("力争护理补贴从270元提高到300元。", [("270元", "before", False), ("300元", "", True)]),
        (
            "力争财政收入在上年20亿元的基础上增长5%。",
            [("20亿元", "base", False), ("5%", "", True)],
        ),
        (
            "补助标准在去年每人380元的基础上再提高40元。",
            [("380元", "base", False), ("40元", "", True)],
        ),
        (
            "在建成12个站点的基础上，推广经验，新建3个站点。",
            [("12个", "", True), ("3个", "", True)],
        ),
    ],
)
def test_what_a_planned_change_starts_from_is_no_plan(
    tmp_path: Path, sentence: str, roles: list[tuple[str, str, bool]]
) -> None:
    found = told(tmp_path, "一、2026年工作安排", sentence, head=GOVERNMENT)
    assert [(one.text, one.role, one.is_plan) for one in found] == roles
    assert all(one.period != "2026年" for one in found if one.role)
