from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportsearch import lexicon, structure
from reportsearch.models.report import Report
from reportsearch.tokenizer import Tokenizer

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)

HEAD = "2023年述职报告\n各位代表：\n现将履职情况报告如下。\n"
LABELS = [
    "一、",
    "二、",
    "三、",
    "（一）",
    "(二)",
    "1.",
    "2．",
    "３、",
    "（1）",
    "①",
    "第一章 ",
    "第一条 ",
    "——",
    "一是",
]
PARTS = st.sampled_from(
    [
        *LABELS,
        "民政工作",
        "抓好文旅",
        "。",
        "：",
        "，",
        "“",
        "”",
        " ",
        "\u3000",
        "\t",
        "\n",
        "\n",
        "我坚持学习。",
    ]
)


def parsed(body: str) -> Report:
    return structure.parse_report(HEAD + body, "id", WORDS, TOKENIZER)


def outline(body: str) -> list[tuple[int, str]]:
    """Level and heading of each section."""
    return [(section.level, section.heading) for section in parsed(body).sections]


def test_levels_follow_the_numbering() -> None:
    body = """一、工作情况
（一）民政
1.低保
做了甲。
(1)城市低保
做了乙。
①动态管理
做了丙。
2.养老
做了丁。
（二）文旅
做了戊。
二、存在不足
学习不够。"""
    assert outline(body) == [
        (1, "一、工作情况"),
        (2, "（一）民政"),
        (3, "1.低保"),
        (4, "(1)城市低保"),
        (5, "①动态管理"),
        (3, "2.养老"),
        (2, "（二）文旅"),
        (1, "二、存在不足"),
    ]


def test_a_section_spans_its_heading_its_text_and_its_subsections() -> None:
    report = parsed(
        "一、工作情况\n总的来说。\n（一）民政\n做了甲。\n二、存在不足\n学习不够。\n再说一句。"
    )
    spans = [report.text[section.start : section.end].rstrip() for section in report.sections]
    assert spans == [
        "一、工作情况\n总的来说。\n（一）民政\n做了甲。",
        "（一）民政\n做了甲。",
        "二、存在不足\n学习不够。\n再说一句。",
    ]


def test_a_section_knows_the_section_around_it() -> None:
    report = parsed("一、甲\n（一）乙\n做。\n1.丙\n做。\n（二）丁\n做。\n二、戊\n（一）己\n做。")
    assert [section.parent for section in report.sections] == [None, 0, 1, 0, None, 4]


def test_chapters_hold_articles_and_an_articles_heading_is_its_label() -> None:
    body = "第一章 总则\n第一条 为了加强监督，制定本办法。\n第二条 本办法适用于本县。\n第二章 职责\n第三条【分工】县政府负责。"
    assert outline(body) == [
        (1, "第一章 总则"),
        (2, "第一条"),
        (2, "第二条"),
        (1, "第二章 职责"),
        (2, "第三条【分工】"),
    ]


def test_parts_hold_the_numbering_that_restarts_in_each() -> None:
    body = "第一部分 工作\n一、民政\n做。\n二、文旅\n做。\n第二部分 打算\n一、民政\n做。"
    assert outline(body) == [
        (1, "第一部分 工作"),
        (2, "一、民政"),
        (2, "二、文旅"),
        (1, "第二部分 打算"),
        (2, "一、民政"),
    ]


def test_numbering_restarts_below_each_section() -> None:
    report = parsed(
        "一、甲\n（一）乙\n做。\n（二）丙\n做。\n二、丁\n（一）戊\n做。\n（二）己\n做。"
    )
    assert [section.parent for section in report.sections] == [None, 0, 0, None, 3, 3]


def test_numbering_that_starts_again_at_one_on_the_same_level_goes_on_there() -> None:
    assert outline("一、甲\n做。\n二、乙\n做。\n一、丙\n做。\n二、丁\n做。") == [
        (1, "一、甲"),
        (1, "二、乙"),
        (1, "一、丙"),
        (1, "二、丁"),
    ]


def test_a_skipped_level_counts_as_the_next_one_present() -> None:
    assert outline("一、民政\n1.低保\n做。\n（1）城市\n做。\n二、文旅\n做。") == [
        (1, "一、民政"),
        (2, "1.低保"),
        (3, "（1）城市"),
        (1, "二、文旅"),
    ]


@pytest.mark.parametrize(
    "marks", [("（一）", "（二）"), ("1.", "2."), ("（1）", "（2）"), ("①", "②")]
)
def test_the_outermost_numbering_of_a_report_is_level_one(marks: tuple[str, str]) -> None:
    first, second = marks
    assert outline(f"{first}民政\n做。\n{second}文旅\n做。") == [
        (1, f"{first}民政"),
        (1, f"{second}文旅"),
    ]


@pytest.mark.parametrize(
    "marks",
    [
        ("一、", "二．", "三."),
        ("（一）", "(二)", "〔三〕"),
        ("（一)", "[二]", "【三】"),
        ("㈠", "㈡", "㈢"),
        ("1.", "2．", "3、"),
        ("１．", "２、", "３."),
        ("⒈", "⒉", "⒊"),
        ("（1）", "(2)", "（３）"),
        ("⑴", "⑵", "⑶"),
        ("1)", "2）", "3)"),
        ("①", "②", "③"),
        ("第一章 ", "第二章　", "第3章"),
    ],
)
def test_bracket_and_width_variants_are_one_level(marks: tuple[str, ...]) -> None:
    body = "\n".join(f"{mark}民政\n做了。" for mark in marks)
    assert outline(body) == [(1, f"{mark}民政") for mark in marks]


def test_a_heading_run_into_its_paragraph_ends_at_the_first_full_stop() -> None:
    report = parsed("（一）理论学习不断深入。我坚持读原著。\n（二）作风不断改进。我坚持到一线去。")
    assert [section.heading for section in report.sections] == [
        "（一）理论学习不断深入",
        "（二）作风不断改进",
    ]
    first = report.sections[0]
    assert report.text[first.start : first.end].rstrip() == "（一）理论学习不断深入。我坚持读原著。"


@pytest.mark.parametrize("mark", ["！", "？", "。”", "!"])
def test_a_heading_run_into_its_paragraph_may_end_with_another_mark(mark: str) -> None:
    [(_, heading), _] = outline(f"一、怎么抓落实{mark}我到一线去。\n二、其他\n做了。")
    assert heading == "一、怎么抓落实"


def test_commas_and_semicolons_do_not_end_a_heading() -> None:
    body = "一、抓学习，强素质；重实干，办实事。我坚持读原著。\n二、其他\n做了。"
    assert outline(body)[0] == (1, "一、抓学习，强素质；重实干，办实事")


def test_a_short_topic_before_a_colon_is_the_heading() -> None:
    text = "一年来新建学校三所，改造校舍五栋，招聘教师一百名，群众满意度明显提升。"
    assert outline(f"（一）教育：{text}\n（二）卫生：{text}") == [
        (1, "（一）教育"),
        (1, "（二）卫生"),
    ]


def test_a_colon_inside_a_heading_on_its_own_line_belongs_to_it() -> None:
    assert outline("一、安全生产：盯人、盯点、盯整改\n做了。")[0] == (
        1,
        "一、安全生产：盯人、盯点、盯整改",
    )


def test_a_marker_of_a_site_does_not_hide_a_heading() -> None:
    assert outline("一、工作\n##paidbegin##（一）民政。做了。\n（二）文旅。做了。") == [
        (1, "一、工作"),
        (2, "（一）民政"),
        (2, "（二）文旅"),
    ]


@pytest.mark.parametrize(("mark", "between"), [(". ", " "), (".", ""), ("、", "、"), (" ", " ")])
def test_numbers_with_a_point_stand_below_those_without(mark: str, between: str) -> None:
    text = "全年召开专题会议十二次，解决了一批群众反映强烈的具体问题，效果较好。"
    body = (
        f"1{mark}经济工作\n1.1{between}抓项目\n{text}\n1.2{between}抓招商\n{text}\n"
        f"2{mark}民生工作\n2.1{between}办教育\n{text}"
    )
    assert outline(body) == [
        (1, f"1{mark}经济工作"),
        (2, f"1.1{between}抓项目"),
        (2, f"1.2{between}抓招商"),
        (1, f"2{mark}民生工作"),
        (2, f"2.1{between}办教育"),
    ]


def test_numbers_with_two_points_stand_below_those_with_one() -> None:
    body = "一、经济\n1.1 项目\n1.1.1 谋划项目。做了。\n1.1.2 争取资金。做了。\n1.2 招商。做了。\n二、民生\n做了。"
    assert outline(body) == [
        (1, "一、经济"),
        (2, "1.1 项目"),
        (3, "1.1.1 谋划项目"),
        (3, "1.1.2 争取资金"),
        (2, "1.2 招商"),
        (1, "二、民生"),
    ]


def test_points_are_headings_only_as_short_lines_before_paragraphs() -> None:
    text = "全年召开专题会议十二次，解决了一批群众反映强烈的具体问题，效果较好。"
    head, tail = (1, "一、工作"), (1, "二、打算")
    assert outline(f"一、工作\n一是抓教育\n{text}\n二是抓卫生\n{text}\n二、打算\n有。") == [
        head,
        (2, "一是抓教育"),
        (2, "二是抓卫生"),
        tail,
    ]
    points = "一是坚持把学习作为首要任务\n二是认真履行职责做好工作\n三是廉洁自律守住底线"
    assert outline(f"一、工作\n{text}\n{points}\n二、打算\n有。") == [head, tail]
    assert outline(f"一、工作\n一是抓教育。{text}\n二是抓卫生。{text}\n二、打算\n有。") == [
        head,
        tail,
    ]


def test_points_counted_off_inside_a_paragraph_are_no_sections() -> None:
    body = "一、工作\n一是抓学习。读原著。二是抓作风。三是抓落实。\n一是抓民政。\n二是抓文旅。\n二、不足\n有。"
    assert outline(body) == [(1, "一、工作"), (1, "二、不足")]


@pytest.mark.parametrize(
    "line",
    [
        "2023年，全县财政收入增长5％。",
        "2.5亿元专项资金全部到位。",
        "3,000名群众参加。",
        "一、二、三产业协调发展。",
        "十年来，我一直在一线。",
        "第三季度完成投资3亿元。",
        "1、甲村\t300万元\t已完工",
        "一年来，我做了三件事。",
    ],
)
def test_a_paragraph_that_begins_with_a_number_is_no_section(line: str) -> None:
    assert outline(f"一、工作\n做了。\n{line}\n二、不足\n有。") == [
        (1, "一、工作"),
        (1, "二、不足"),
    ]


def test_a_number_far_from_the_one_before_starts_no_section() -> None:
    assert outline("一、工作\n1.民政\n做了。\n60、70年代的老房子全部改造。\n2.文旅\n做了。") == [
        (1, "一、工作"),
        (2, "1.民政"),
        (2, "2.文旅"),
    ]


def test_a_number_left_out_does_not_break_the_numbering() -> None:
    assert outline("一、民政\n做。\n三、文旅\n做。\n四、商务\n做。") == [
        (1, "一、民政"),
        (1, "三、文旅"),
        (1, "四、商务"),
    ]


def test_numbers_may_run_on_across_the_headings_above_them() -> None:
    body = "一、民政\n1.低保\n做。\n2.养老\n做。\n二、文旅\n3.景区\n做。\n4.非遗\n做。"
    assert outline(body) == [
        (1, "一、民政"),
        (2, "1.低保"),
        (2, "2.养老"),
        (1, "二、文旅"),
        (2, "3.景区"),
        (2, "4.非遗"),
    ]


def test_a_new_section_does_not_depend_on_the_numbers_of_the_one_before() -> None:
    body = "一、民政\n（一）甲\n做。\n（二）乙\n做。\n（三）丙\n做。\n二、文旅\n（二）丁\n做。"
    assert outline(body)[-2:] == [(1, "二、文旅"), (2, "（二）丁")]


def test_numbers_above_ten_go_on() -> None:
    numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    body = "\n".join(f"{number}、民政\n做了。" for number in numbers)
    assert outline(body) == [(1, f"{number}、民政") for number in numbers]


def test_dashed_subheadings_stand_inside_the_section() -> None:
    assert outline("一、工作\n——民政提质\n做了。\n——文旅增效\n做了。\n二、不足\n有。") == [
        (1, "一、工作"),
        (2, "——民政提质"),
        (2, "——文旅增效"),
        (1, "二、不足"),
    ]


def test_short_lines_before_long_paragraphs_are_sections_where_nothing_is_numbered() -> None:
    text = "一年来我认真履行职责，深入基层调查研究，推动民生实事落地见效，" * 3 + "群众满意。"
    assert outline(f"工作情况\n{text}\n存在不足\n{text}") == [(1, "工作情况"), (1, "存在不足")]


def test_a_short_line_is_no_section_where_others_are_numbered() -> None:
    text = "一年来我认真履行职责，深入基层调查研究，推动民生实事落地见效，" * 3 + "群众满意。"
    assert outline(f"一、民政\n{text}\n存在不足\n{text}\n二、文旅\n{text}") == [
        (1, "一、民政"),
        (1, "二、文旅"),
    ]


def test_a_subtitle_behind_a_dash_is_no_section() -> None:
    raw = "政府工作报告\n——在甲县第十八届人民代表大会第三次会议上\n各位代表：\n现在报告工作。\n一、工作\n做了。"
    report = structure.parse_report(raw, "id", WORDS, TOKENIZER)
    assert [section.heading for section in report.sections] == ["一、工作"]


def test_a_text_without_numbering_has_no_sections() -> None:
    assert outline("一年来，我认真履职。\n下一步，我将继续努力。") == []


def test_a_section_without_text_ends_where_the_next_begins() -> None:
    report = parsed("一、甲\n二、乙\n做了。")
    first, second = report.sections
    assert first.end == second.start
    assert report.text[first.start : first.end].strip() == "一、甲"


@settings(deadline=None)
@given(st.lists(PARTS, max_size=40).map("".join) | st.text())
def test_sections_nest_and_lie_within_the_text(body: str) -> None:
    report = parsed(body)
    for number, section in enumerate(report.sections):
        assert 0 <= section.start < section.heading_end <= section.end <= len(report.text)
        assert section.heading == report.text[section.start : section.heading_end].rstrip()
        if section.parent is None:
            assert section.level == 1
        else:
            around = report.sections[section.parent]
            assert section.parent < number
            assert around.level == section.level - 1
            assert around.heading_end <= section.start
            assert section.end <= around.end
        for other in report.sections[:number]:
            apart = other.end <= section.start
            inside = other.start < section.start and section.end <= other.end
            assert apart or inside


@settings(deadline=None)
@given(st.lists(st.integers(1, 3), min_size=1, max_size=10))
def test_the_outline_that_was_written_is_found(depths: list[int]) -> None:
    """Random outlines in which no level is skipped and each number follows the one before."""
    chinese = "一二三四五六七八九十"
    counts = [0, 0, 0]
    lines: list[str] = []
    expected: list[tuple[int, str]] = []
    level = 0
    for wanted in depths:
        level = min(wanted, level + 1)
        counts[level - 1] += 1
        counts[level:] = [0] * (3 - level)
        number = counts[level - 1]
        mark = [f"{chinese[number - 1]}、", f"（{chinese[number - 1]}）", f"{number}."][level - 1]
        expected.append((level, f"{mark}民政工作"))
        lines += [f"{mark}民政工作", "一年来，办成了几件实事。"]
    assert outline("\n".join(lines)) == expected


@pytest.mark.parametrize("leader", ["……………………", "........", "······"])
def test_a_line_of_a_table_of_contents_is_no_heading(leader: str) -> None:
    contents = f"一、主要工作{leader}1\n二、存在问题{leader} 3\n"
    body = "我分管民政、文旅工作。\n一、主要工作\n办成了几件实事。\n二、存在问题\n学习不够。"
    assert outline(contents + body) == [(1, "一、主要工作"), (1, "二、存在问题")]
    assert parsed(contents + body).info.declared == ("民政", "文旅")
