"""To which figures a time applies."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportsearch import Archive
from reportsearch.models.facts import Indicator


def told(folder: Path, sentence: str) -> tuple[Indicator, ...]:
    """The figures of a sentence of a report of 2023."""
    path = folder / "a.txt"
    head = ("甲县水务局局长2023年述职报告", "", "一、工作情况")
    path.write_text("\n".join([*head, sentence]), encoding="utf-8")
    archive = Archive.in_memory()
    archive.index([path])
    return archive.facts("a.txt").indicators


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "全年接待游客120万人次，比上年的100万人次增长20%。",
            [("120万人次", "全年"), ("100万人次", "上年"), ("20%", "全年")],
        ),
        ("全年接待游客恢复到2019年的80%。", [("80%", "全年")]),
        ("去年压着的8个未动土项目，6个已开工。", [("8个", "去年"), ("6个", "")]),
        ("去年引进项目8个，到位资金3亿元。", [("8个", "去年"), ("3亿元", "去年")]),
        (
            "每天校园体育活动1小时，学生体质健康优良率41.2%。",
            [("1小时", "每天"), ("41.2%", "")],
        ),
        (
            "每年列支资金80万元，招商专项经费20万元。",
            [("80万元", "每年"), ("20万元", "每年")],
        ),
    ],
)
def test_a_time_applies_to_its_own_figures(
    tmp_path: Path, sentence: str, expected: list[tuple[str, str]]
) -> None:
    assert [
        (one.text, "" if one.period_source == "report" and one.period == "2023年" else one.period)
        for one in told(tmp_path, sentence)
    ] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全年可完成税收3亿元。", [True]),
        ("预计完成投资5亿元，已完成投资3亿元。", [True, False]),
        ("1—11月预计实现产值30亿元。", [False]),
        ("全年完成税收3亿元。", [False]),
    ],
)
def test_a_forecast_is_a_plan(tmp_path: Path, sentence: str, expected: list[bool]) -> None:
    assert [one.is_plan for one in told(tmp_path, sentence)] == expected


def test_a_value_is_exact_in_its_base_however_long(tmp_path: Path) -> None:
    (one,) = told(tmp_path, "完成投资123456789012345678901234567890123.25亿元。")
    assert one.base_value == 12_345_678_901_234_567_890_123_456_789_012_325_000_000


def test_in_a_report_on_a_closed_year_a_forecast_of_it_is_none(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    head = ("2024年甲县人民政府工作报告", "", "一、2023年工作回顾")
    path.write_text("\n".join([*head, "2023年可完成税收3亿元。"]), encoding="utf-8")
    archive = Archive.in_memory()
    archive.index([path])
    assert [one.is_plan for one in archive.facts("b.txt").indicators] == [False]
