"""Where a report says what is to come."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportsearch import Archive, lexicon
from reportsearch.structure.plans import find_plan_sections, find_plan_spans

DUTY = ("甲县水务局局长2023年述职报告", "", "现将履职情况报告如下。")
GOVERNMENT = ("2026年甲县政府工作报告", "", "现在，我向大会报告工作。")


def plans(folder: Path, *lines: str, head: tuple[str, ...] = DUTY) -> tuple[list[str], list[str]]:
    """The headings of the sections about plans, and the beginnings of all spans of plans."""
    path = folder / "a.txt"
    path.write_text("\n".join([*head, *lines]), encoding="utf-8")
    archive = Archive.in_memory()
    archive.index([path])
    report, words = archive.show("a.txt"), lexicon.load()
    sections = [report.sections[number].heading for number in find_plan_sections(report, words)]
    return sections, [report.text[start : start + 5] for start, _ in find_plan_spans(report, words)]


def test_a_government_goes_on_with_plans_after_the_first_section_about_them(
    tmp_path: Path,
) -> None:
    lines = (
        "一、2025年工作回顾",
        "去年新建泵站12座。",
        "二、2026年工作总体要求",
        "做好今年的工作。",
        "三、扩大有效投资",
        "新建泵站9座。",
        "四、当前困难和问题",
        "还有3个村饮水不稳。",
        "附件：名词解释",
        "泵站：12座提水的设施。",
        "水网：连成一片的河渠。",
    )
    sections, _ = plans(tmp_path, *lines, head=GOVERNMENT)
    assert sections == ["二、2026年工作总体要求", "三、扩大有效投资"]
    assert plans(tmp_path, *lines)[0] == ["二、2026年工作总体要求"]


@pytest.mark.parametrize(
    ("heading", "is_plan"),
    [
        ("二、“十五五”时期的水利", True),
        ("二、“十四五”时期的水利", False),
        ("二、主要预期目标", True),
        ("二、主要预期目标完成情况", False),
        ("二、存在问题及改进措施", True),
    ],
)
def test_headings_about_plans(tmp_path: Path, heading: str, is_plan: bool) -> None:
    lines = ("一、工作情况", "新建泵站12座。", heading, "新建泵站9座。")
    assert (heading in plans(tmp_path, *lines, head=GOVERNMENT)[0]) == is_plan


def test_a_label_announces_plans_up_to_the_end_of_its_section(tmp_path: Path) -> None:
    lines = (
        "一、工作情况",
        "新建泵站12座。",
        "明年打算：一是新建泵站9座。",
        "二是修渠。",
        "二、廉政",
    )
    _, spans = plans(tmp_path, *lines)
    assert spans == ["明年打算："]
