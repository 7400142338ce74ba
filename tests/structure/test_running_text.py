"""Texts that lost their line breaks, and texts with too many."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch.structure.running_text import split_running_text
from tests.structure.cleaning import clean_text

OPENING = "一年来，我在县委领导下，与班子成员一道，认真履职，办成了一批实事。现述职如下："
FIRST = "一、加强学习，提高能力。系统学习法律法规，撰写调研报告两篇，参加培训五次，做笔记三万字。"
SECOND = "二、开拓创新，取得新成绩。"
POINTS = [
    "1.办学条件明显改善。新建学校七所，改造校舍五栋，新增学位六百个。",
    "2.教育质量稳步提升。上线率比上年提高两个百分点，技能大赛获奖六项。",
]
THIRD = "三、廉洁自律。执行各项制度，没有违反规定。"
PARAGRAPHS = [OPENING, FIRST, SECOND, *POINTS, THIRD]


def test_a_report_in_one_line_is_split_at_its_headings() -> None:
    assert clean_text("述职报告\n" + "".join(PARAGRAPHS)).text == "\n".join(
        ["述职报告", *PARAGRAPHS]
    )


def test_a_report_in_one_line_is_split_at_its_indents() -> None:
    text = "\u3000\u3000".join(PARAGRAPHS)
    assert clean_text(text).text == "\n".join(PARAGRAPHS)


def test_a_single_wide_gap_stays_in_its_paragraph() -> None:
    paragraph = f"{OPENING * 2}\u3000\u3000{OPENING * 2}"
    assert split_running_text([paragraph]) == [paragraph]


def test_title_and_salutation_are_split_off() -> None:
    raw = "甲镇镇长述职报告各位领导、同志们：" + "".join(PARAGRAPHS)
    assert clean_text(raw).text.split("\n")[:3] == [
        "甲镇镇长述职报告",
        "各位领导、同志们：",
        OPENING,
    ]


@pytest.mark.parametrize(
    "inner",
    [
        "做到了：一、不收礼；三、不请客。",
        "先说三件事。三、不请客。一、不收礼。",
        "一、二、三产业协调发展。",
        "第一，抓学习。第二，抓落实。",
        "一是抓学习。二是抓落实。",
        "完成投资1.5亿元，增长2.5％。",
    ],
)
def test_points_inside_a_paragraph_are_not_split(inner: str) -> None:
    paragraph = OPENING * 3 + inner + OPENING * 3
    assert split_running_text([paragraph]) == [paragraph]


def test_numbers_inside_a_line_count_points_where_headings_have_lines() -> None:
    paragraph = OPENING * 3 + "要做到：" + POINTS[0] + POINTS[1]
    lines = ["一、工作", paragraph, "二、不足", OPENING * 9]
    assert split_running_text(lines) == lines


@given(
    st.lists(st.sampled_from([*PARAGRAPHS, "\u3000\u3000", "各位代表：", "（一）甲。"])).map(
        "".join
    )
)
def test_splitting_neither_loses_nor_adds_text(text: str) -> None:
    assert "".join("".join(split_running_text([text])).split()) == "".join(text.split())


def cut(paragraph: str, least: int, most: int, chance: random.Random) -> str:
    lines = []
    while paragraph:
        size = chance.randint(least, most)
        lines.append(paragraph[:size])
        paragraph = paragraph[size:]
    return "\n".join(lines)


@pytest.mark.parametrize(("least", "most"), [(30, 38), (22, 28), (36, 36)])
@pytest.mark.parametrize("seed", range(5))
def test_lines_cut_within_a_sentence_are_joined(least: int, most: int, seed: int) -> None:
    sentence = "围绕年初确定的任务逐项分解、逐月调度，全县上下合力攻坚，一批群众盼望的实事落了地，"
    paragraphs = [sentence * 4 + "干部作风明显转变。", sentence * 5 + "群众普遍认可。"] * 3
    chance = random.Random(seed)
    raw = "\n".join(cut(paragraph, least, most, chance) for paragraph in paragraphs)
    assert clean_text(raw).text == "\n".join(paragraphs)


def test_a_short_heading_below_a_full_line_stays_apart() -> None:
    line = "围绕年初确定的任务逐项分解逐月调度逐个销号全年办成实事，"
    paragraph = [line] * 4 + ["办成了一批实事，得到了全县干部群众的普遍认可和好评。"]
    raw = "\n".join([*paragraph, "楼宇经济", *paragraph, "平安建设", *paragraph])
    assert clean_text(raw).text.split("\n")[1::2] == ["楼宇经济", "平安建设"]


@pytest.mark.parametrize("number", ["一、", "（二）", "3.", "一要", "——"])
def test_a_number_alone_on_a_line_goes_with_the_next(number: str) -> None:
    assert clean_text(f"述职报告\n开头。\n{number}\n抓好落实").text.endswith(f"\n{number}抓好落实")


def test_a_line_whose_number_was_lost_stays_apart() -> None:
    assert (
        clean_text("开头一段。\n、经济建设\n办成了事。").text
        == "开头一段。\n、经济建设\n办成了事。"
    )
