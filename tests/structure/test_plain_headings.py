"""Headings without a number, their levels, and where a section ends before the next heading."""

from __future__ import annotations

import pytest

from reportsearch import lexicon, structure
from reportsearch.models.report import Report
from reportsearch.structure.closing import find_closing_passages
from reportsearch.tokenizer import Tokenizer

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)
HEAD = "2023年述职报告\n各位代表：\n现将履职情况报告如下。\n"
LONG = "围绕年初确定的任务，逐项分解，逐月调度，逐个销号，全年办成了一批实事，" * 2 + "群众认可。"


def parsed(body: str) -> Report:
    return structure.parse_report(HEAD + body, "id", WORDS, TOKENIZER)


def outline(body: str) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in parsed(body).sections]


@pytest.mark.parametrize(
    "heading",
    [
        "今后打算",
        "存在的问题",
        "2023年工作回顾",
        "下一步工作安排",
        "主要工作和成效",
        "廉洁自律情况",
    ],
)
def test_a_usual_heading_needs_no_other_like_it(heading: str) -> None:
    assert outline(f"开头一段。\n{heading}\n要把水厂建起来，把路修通。") == [(1, heading)]


@pytest.mark.parametrize("mark", ["：", ":"])
def test_a_usual_heading_may_end_with_a_colon(mark: str) -> None:
    assert outline(f"开头一段。\n明年打算{mark}\n要把水厂建起来，把路修通。") == [(1, "明年打算")]


def test_a_usual_heading_may_have_its_text_in_the_line() -> None:
    assert outline("开头一段。\n存在的问题：底数掌握不够细，靠制度解决问题还不够多。") == [
        (1, "存在的问题")
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("老旧小区和环境卫生\n", "平安建设\n"),
        ("工会工作：\n", "城管工作：\n"),
        ("财政工作：", "项目工作："),
        ("关于公路建设。", "关于水运建设。"),
        ("一是改善民生。\n", "二是发展产业。\n"),
    ],
)
def test_two_of_one_form_are_headings(first: str, second: str) -> None:
    body = f"{first}{LONG}\n{second}{LONG}"
    assert outline(body) == [
        (1, first.strip("：。\n")),
        (1, second.strip("：。\n")),
    ]
    assert outline(f"{first}{LONG}") == []


@pytest.mark.parametrize(
    "leads",
    [
        ["生态底色更加亮丽。\n", "经济运行持续向好。\n", "民生改善可感可及。\n"],
        ["刑事审判。", "民事审判。", "执行工作。"],
        [
            "一年来，我们紧盯产业，底子更加厚实。\n",
            "一年来，我们建设集镇，面貌不断更新。\n",
            "一年来，我们用心办事，成色越来越足。\n",
        ],
    ],
)
def test_three_of_one_form_are_headings(leads: list[str]) -> None:
    body = "\n".join(f"{lead}{LONG}" for lead in leads)
    assert outline(body) == [(1, lead.strip("。\n")) for lead in leads]
    assert outline("\n".join(f"{lead}{LONG}" for lead in leads[:2])) == []


def test_headings_before_numbers_that_restart_are_above_them() -> None:
    body = f"五年主要工作\n（一）产业\n{LONG}\n（二）民生\n{LONG}\n今后打算\n{LONG}"
    assert outline(body) == [
        (1, "五年主要工作"),
        (2, "（一）产业"),
        (2, "（二）民生"),
        (1, "今后打算"),
    ]


def test_headings_between_numbers_are_below_them() -> None:
    body = f"一、述职情况\n工会工作：\n{LONG}\n城管工作：\n{LONG}\n二、述廉情况\n{LONG}"
    assert outline(body) == [
        (1, "一、述职情况"),
        (2, "工会工作"),
        (2, "城管工作"),
        (1, "二、述廉情况"),
    ]


def test_headings_with_numbers_below_each_stay_on_one_level() -> None:
    body = f"一、工作\n民政工作\n1.低保\n{LONG}\n2.养老\n{LONG}\n教育工作\n1.校舍\n{LONG}\n二、不足\n有。"
    assert outline(body) == [
        (1, "一、工作"),
        (2, "民政工作"),
        (3, "1.低保"),
        (3, "2.养老"),
        (2, "教育工作"),
        (3, "1.校舍"),
        (1, "二、不足"),
    ]


def test_a_leading_sentence_behind_a_dash_is_a_heading() -> None:
    body = f"一、回顾\n开头。\n——民生持续改善。{LONG}\n——产业不断壮大。{LONG}\n二、打算\n有。"
    assert outline(body)[1:3] == [(2, "——民生持续改善"), (2, "——产业不断壮大")]


@pytest.mark.parametrize(
    "line",
    [
        "各位代表：",
        "2024年1月15日",
        "（二〇二四年一月）",
        "主要做了以下工作：",
        "重点抓好五件事：",
        "现将情况报告如下：",
        "教育方面，新建学校两所，改造校舍五栋，招聘教师一百名，群众满意。",
        "一是抓教育。新建学校两所，改造校舍五栋，招聘教师一百名，群众满意。",
    ],
)
def test_what_is_no_heading(line: str) -> None:
    assert outline(f"{line}\n{LONG}\n{line}\n{LONG}\n{line}\n{LONG}") == []


def test_the_points_of_a_list_are_no_headings() -> None:
    points = "一、机关人多事少，情绪不稳。\n二、收购站资产少，负债多。\n三、库容小，设备老。"
    body = f"年初的状况是：\n{points}\n抓了两件事：\n（一）改制。{LONG}\n（二）收购。{LONG}"
    assert outline(body) == [(1, "（一）改制"), (1, "（二）收购")]


def test_notes_are_one_section_and_their_marks_no_headings() -> None:
    body = f"一、工作\n接待游客76万人次［1］。\n二、打算\n{LONG}\n名词解释\n［1］含一日游。\n1.双减：减负。"
    assert outline(body) == [(1, "一、工作"), (1, "二、打算"), (1, "名词解释")]


def test_a_note_without_a_heading_above_is_no_section() -> None:
    body = "一、工作\n接待游客76万人次[1]。\n二、打算\n要把路修通。\n[1]含一日游。"
    assert outline(body) == [(1, "一、工作"), (1, "二、打算")]


def test_an_annex_is_a_section_of_its_own() -> None:
    body = f"一、工作\n{LONG}\n二、打算\n{LONG}\n附件\n2024年民生实事\n1.新建敬老院两所。\n2.改造危桥三座。"
    assert outline(body) == [(1, "一、工作"), (1, "二、打算"), (1, "附件")]


@pytest.mark.parametrize("title", ["目录\n", "目　　录\n", ""])
def test_headings_in_a_table_of_contents_are_not_found_twice(title: str) -> None:
    names = ["一、主要工作", "二、存在问题", "三、今后打算"]
    contents = title + "\n".join(names) + "\n"
    body = contents + "\n".join(f"{name}\n{LONG}" for name in names)
    assert outline(body) == [(1, name) for name in names]


def test_one_entry_that_stands_again_is_no_table_of_contents() -> None:
    body = f"一、上半年\n（一）农业\n1.水稻\n{LONG}\n二、下半年\n（一）农业\n1.小麦\n{LONG}"
    names = ["一、上半年", "（一）农业", "1.水稻", "二、下半年", "（一）农业", "1.小麦"]
    assert [heading for _, heading in outline(body)] == names


def test_points_without_the_first_are_no_headings() -> None:
    body = f"二是改善民生。\n{LONG}\n三是守住底线。\n{LONG}"
    assert outline(f"一是壮大产业。\n{LONG}\n{body}") != []
    assert outline(body) == []


def test_a_line_above_the_first_number_is_a_heading() -> None:
    body = f"办好二十件实事\n1.修路\n{LONG}\n2.建校\n{LONG}"
    assert outline(body) == [(1, "办好二十件实事"), (2, "1.修路"), (2, "2.建校")]


def test_lines_above_a_numbering_that_restarts_are_compared() -> None:
    numbers = f"（一）产业\n{LONG}\n（二）民生\n{LONG}"
    body = f"回看来时的路\n{LONG}\n{numbers}\n走好脚下的路\n{LONG}\n{numbers}"
    assert [heading for level, heading in outline(body) if level == 1] == [
        "回看来时的路",
        "走好脚下的路",
    ]


TURN = "各位代表！新的一年，我们要把各项工作做得更好。"


def section_of(report: Report, start: str) -> tuple[str, ...]:
    return next(one.section for one in report.passages if one.text.startswith(start))


def test_a_paragraph_that_turns_to_another_matter_leaves_the_last_of_a_numbering() -> None:
    body = f"一、工作\n（一）产业\n{LONG}\n（二）民生\n{LONG}\n{TURN}\n接着说。\n二、打算\n{LONG}"
    report = parsed(body)
    assert section_of(report, TURN) == section_of(report, "接着说。") == ("一、工作",)
    second = report.sections[2]
    assert report.text[second.start : second.end].rstrip().endswith("群众认可。")


def test_it_does_not_while_the_numbering_goes_on() -> None:
    body = f"一、工作\n（一）产业\n{LONG}\n{TURN}\n（二）民生\n{LONG}\n二、打算\n{LONG}"
    assert section_of(parsed(body), TURN) == ("一、工作", "（一）产业")


def test_nor_directly_below_a_heading() -> None:
    body = f"一、工作\n（一）产业\n{LONG}\n（二）民生\n过去一年，{LONG}\n二、打算\n{LONG}"
    assert section_of(parsed(body), "（二）民生") == ("一、工作", "（二）民生")


def test_the_end_of_a_report_leaves_the_last_subsection_and_still_closes_it() -> None:
    parting = "各位代表，让我们埋头苦干！"
    report = parsed(
        f"一、工作\n{LONG}\n二、打算\n（一）产业\n{LONG}\n（二）民生\n{LONG}\n{parting}\n以上报告，请予审议。"
    )
    assert section_of(report, parting) == section_of(report, "以上报告") == ("二、打算",)
    closing = find_closing_passages(report.passages)
    assert [report.passages[number].text for number in sorted(closing)] == [
        parting,
        "以上报告，请予审议。",
    ]
