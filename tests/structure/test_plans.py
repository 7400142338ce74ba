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
        ("二、今年工作思路", True),
        ("二、明晰现状，理清工作思路", False),
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


EXCERPT = ("水网建设有序。",)
"""Lines of a text that says neither what it is nor what year it is on."""


@pytest.mark.parametrize(
    ("heading", "is_plan"),
    [
        ("三、2025年重点工作", True),
        ("三、2025年民生实事", True),
        ("三、2025年重点工作完成情况", False),
        ("三、重点工作", False),
    ],
)
def test_tasks_of_a_year_are_plans_where_the_text_does_not_say_its_own(
    tmp_path: Path, heading: str, is_plan: bool
) -> None:
    lines = ("二、水利", "新建泵站12座。", heading, "新建泵站9座。")
    assert (heading in plans(tmp_path, *lines, head=EXCERPT)[0]) == is_plan
    head = ("甲县水务局局长述职报告", "", "现将履职情况报告如下。")
    assert heading not in plans(tmp_path, *lines, head=head)[0]


@pytest.mark.parametrize(
    ("line", "is_plan"),
    [
        ("今年重点做好以下工作。", True),
        ("围绕今年目标，重点抓好十个方面的工作：", True),
        ("今年，我们推进下列重点任务。", True),
        ("今年重点做好了以下工作。", False),
        ("今年以来，重点抓好以下工作。", False),
        ("今年抓好工作。", False),
        ("我们做好以下工作。", False),
    ],
)
def test_a_line_that_opens_a_list_of_tasks(tmp_path: Path, line: str, is_plan: bool) -> None:
    lines = ("新建泵站12座。", line, "新建泵站9座。", "修建水渠3公里。")
    _, spans = plans(tmp_path, *lines, head=EXCERPT)
    assert spans == ([line[:5]] if is_plan else [])
    assert plans(tmp_path, *lines, head=GOVERNMENT)[1] == ([line[:5]] if is_plan else [])
    assert plans(tmp_path, *lines)[1] == []


def test_where_a_line_opens_a_list_of_tasks_wording_alone_makes_no_plans(tmp_path: Path) -> None:
    tasks = "加快建设北门水厂，推进灌区改造，健全巡河制度，新增灌溉面积5万亩以上。"
    assert plans(tmp_path, tasks, head=EXCERPT)[1] == ["水网建设有", "加快建设北"]
    assert plans(tmp_path, tasks, "今年重点做好以下工作。", head=EXCERPT)[1] == ["今年重点做"]


@pytest.mark.parametrize(
    ("line", "is_plan"),
    [
        ("做好今年工作，意义重大。今年政府工作的总体要求是：稳中求进。", True),
        ("2026年经济社会发展的主要预期目标是：增长5%。", True),
        ("去年工作的总体要求是：稳中求进。", False),
        ("今年的总体要求落实得好。", False),
    ],
)
def test_all_after_the_targets_of_a_government_is_planned(
    tmp_path: Path, line: str, is_plan: bool
) -> None:
    lines = ("新起点", line, "（一）抓项目", "建成泵站9座。", "（二）抓民生", "建成卫生院2所。")
    _, spans = plans(tmp_path, *lines, "附件：名词解释", "泵站：提水的设施。", head=GOVERNMENT)
    assert spans == ([line[:5]] if is_plan else [])
    assert not plans(tmp_path, *lines)[1]


def test_the_content_of_a_project_is_a_plan_of_its_line(tmp_path: Path) -> None:
    lines = ("1.项目内容：新建住院楼。", "2.事项进展：住院楼已封顶。", "项目内容丰富。")
    assert plans(tmp_path, *lines) == ([], ["1.项目内"])
