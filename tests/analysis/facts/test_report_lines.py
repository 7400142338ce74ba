"""Where a report says what is to come: lines, and places within a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportsearch import Archive, Facts


def facts(folder: Path, *lines: str) -> Facts:
    """The facts of a report of 2022."""
    path = folder / "a.txt"
    head = ("甲县水务局局长2022年述职报告", "", "2022年，我认真履行职责。现将履职情况报告如下。")
    path.write_text("\n".join([*head, *lines]), encoding="utf-8")
    archive = Archive.in_memory()
    archive.index([path])
    return archive.facts("a.txt")


@pytest.mark.parametrize(
    ("heading", "ahead"),
    [
        ("二、存在问题和2023年打算", "2023年，计划"),
        ("二、存在问题和下一步打算", "下一步，"),
        ("二、存在不足及下步打算", "对此，下步"),
        ("二、存在的短板和今后打算", "今后，"),
        ("二、存在的困难和明年思路", "（二）明年"),
    ],
)
def test_a_paragraph_of_weaknesses_and_plans_is_a_plan_from_where_it_looks_ahead(
    tmp_path: Path, heading: str, ahead: str
) -> None:
    found = facts(
        tmp_path,
        "一、工作情况",
        "全年新建公厕5座。",
        heading,
        f"一是仍有12个村饮水不稳，二是新建的水厂8座尚未启用。{ahead}投入资金3亿元，"
        "上半年建成智慧水利平台，改造管网40公里。",
        "年底前建成北门水库。",
    )
    planned = [(one.text, one.is_plan) for one in found.indicators]
    assert planned == [
        ("5座", False),
        ("12个", False),
        ("8座", False),
        ("3亿元", True),
        ("40公里", True),
    ]
    states = {one.name: one.state for one in found.projects}
    assert states["公厕"] == "建成"
    assert states["智慧水利平台"] == states["北门水库"] == "谋划"
    first = next(one for one in found.periods if one.text == "上半年")
    assert (first.first, first.last) == ("2023-01", "2023-06")


def test_weaknesses_without_plans_stay_as_they_are(tmp_path: Path) -> None:
    found = facts(
        tmp_path,
        "一、工作情况",
        "全年新建公厕5座。",
        "二、存在问题和2023年打算",
        "一是仍有12个村饮水不稳，群众多次反映这一情况而进展不快，原定2023年前难以解决，二是管网老化40公里。",
    )
    assert [one.is_plan for one in found.indicators] == [False, False, False]


@pytest.mark.parametrize(
    ("ahead", "is_plan"),
    [
        ("下一步，我们将新建泵站12座", True),
        ("2023年，全县计划新建泵站12座", True),
        ("明年，力争新建泵站12座", True),
        ("下一步工作方案明确后，已新建泵站12座", False),
        ("围绕下一步目标，已新建泵站12座", False),
    ],
)
def test_a_sentence_of_any_paragraph_that_looks_ahead(
    tmp_path: Path, ahead: str, is_plan: bool
) -> None:
    found = facts(tmp_path, "一、工作情况", f"全年新建公厕5座。{ahead}，修建水渠3条。")
    assert [one.is_plan for one in found.indicators] == [False, is_plan, is_plan]
    states = {one.name: one.state for one in found.projects}
    assert states["公厕"] == "建成"
    assert (states["水渠"] == "谋划") == is_plan


@pytest.mark.parametrize(
    ("sentence", "planned"),
    [
        ("力争新建泵站12座，修建水渠3公里。", [True, True]),
        ("力争新建泵站12座，目前已修建水渠3公里。", [True, False]),
        ("确保新建泵站12座，修建水渠3公里。", [True, True]),
        ("全年计划投资5亿元，修建水渠3公里。", [True, True]),
        ("下半年打算：一要新建泵站12座；二要修建水渠3公里。", [True, True]),
        ("一要新建泵站12座；二要修建水渠3公里。", [True, True]),
        ("到2025年，新建泵站12座，修建水渠3公里。", [True, True]),
        ("供水率81%，离90%的目标还差9个百分点。", [False, True, False]),
        ("完成年度计划的108%，人均预期寿命78岁。", [False, False]),
        ("计划生育服务3000人。", [False]),
        ("确保了5万人饮水安全，将3个村列为试点。", [False, False]),
    ],
)
def test_words_of_a_plan_hold_for_the_sentence(
    tmp_path: Path, sentence: str, planned: list[bool]
) -> None:
    found = facts(tmp_path, "一、工作情况", sentence)
    assert [one.is_plan for one in found.indicators] == planned


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("确保北渡泵站通水，南山水厂开工。", "谋划"),
        ("确保北渡泵站通水，目前南山水厂已开工。", "启动"),
        ("北渡泵站通水，南山水厂开工。", "启动"),
        ("水利方面，重点是抓好防洪，建成北渡泵站、南山水厂。", "谋划"),
        ("北渡泵站，南山水厂明年6月投用。", "谋划"),
    ],
)
def test_words_of_a_plan_hold_for_the_projects_of_the_sentence(
    tmp_path: Path, sentence: str, state: str
) -> None:
    found = facts(tmp_path, "一、工作情况", sentence)
    assert {one.name: one.state for one in found.projects}["南山水厂"] == state


def test_results_told_among_plans_stay_results(tmp_path: Path) -> None:
    found = facts(
        tmp_path,
        "一、工作情况",
        "新建公厕5座。",
        "二、2023年打算",
        "去年新建泵站12座。目前已有水厂8座，再建水厂3座。",
    )
    assert [(one.text, one.is_plan) for one in found.indicators] == [
        ("5座", False),
        ("12座", False),
        ("8座", False),
        ("3座", True),
    ]


def test_a_section_with_results_and_plans_is_a_plan_from_where_it_looks_ahead(
    tmp_path: Path,
) -> None:
    found = facts(tmp_path, "一、工作总结和下一步打算", "新建公厕5座。", "下一步，新建泵站12座。")
    assert [one.is_plan for one in found.indicators] == [False, True]


def test_the_places_of_facts_behind_a_cut_are_those_of_the_report(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    archive = Archive.in_memory()
    found = facts(tmp_path, "一、存在问题和2023年打算", "缺少泵站3座。2023年，新建泵站１２座。")
    archive.index([path])
    text = archive.show("a.txt").text
    assert [text[one.start : one.end] for one in found.indicators] == ["3座", "１２座"]


def test_cells_of_a_table_are_parted_by_tabs(tmp_path: Path) -> None:
    found = facts(tmp_path, "造林面积（亩）\t3000\t3120", "办结率（%）\t90\t*", "水厂\t320座")
    assert [(one.name, one.value, one.unit) for one in found.indicators] == [
        ("造林面积", 3000, "亩"),
        ("造林面积", 3120, "亩"),
        ("办结率", 90, "%"),
        ("办结率", None, "%"),
        ("水厂", 320, "座"),
    ]
    # A blank between groups of three makes one number, a tab does not.
    assert [one.value for one in facts(tmp_path, "水厂\t5\t320座").indicators] == [320]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("财政收入\t3.5亿元\t增长5%", ["财政收入", "财政收入"]),
        ("1\t农村公路（国道除外）\t6.85亿元\t120公里", ["农村公路", "农村公路"]),
        ("民生实事\t新建学校3所，改造校舍2栋", ["学校", "校舍"]),
        ("3.5亿元\t120公里", ["", ""]),
        ("2023年\t3.5亿元", [""]),
    ],
)
def test_in_a_row_of_cells_the_first_is_the_name(
    tmp_path: Path, line: str, expected: list[str]
) -> None:
    found = facts(tmp_path, "一、工作情况", line)
    assert [one.name for one in found.indicators] == expected


def test_a_forecast_in_a_review_is_a_result(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "一、过去五年工作回顾\n2022年产值预计达到5亿元。\n二、水利\n2022年产值预计达到6亿元。\n",
        encoding="utf-8",
    )
    archive = Archive.in_memory()
    archive.index([path])
    found = archive.facts("a.txt").indicators
    assert [(one.text, one.is_plan) for one in found] == [("5亿元", False), ("6亿元", True)]
