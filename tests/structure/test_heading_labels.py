from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch.structure.heading_labels import (
    RANKS,
    HeadingLabel,
    parse_chinese_number,
    parse_label,
)

DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """A number below 1,000 as it is written in Chinese: 12 is 十二, 103 is 一百零三."""
    if number < 10:
        return DIGITS[number]
    if number < 20:
        return "十" + (DIGITS[number - 10] if number > 10 else "")
    if number < 100:
        return DIGITS[number // 10] + "十" + (DIGITS[number % 10] if number % 10 else "")
    rest = number % 100
    if not rest:
        return DIGITS[number // 100] + "百"
    if rest < 10:
        return DIGITS[number // 100] + "百零" + DIGITS[rest]
    tens = DIGITS[rest // 10] + "十" + (DIGITS[rest % 10] if rest % 10 else "")
    return DIGITS[number // 100] + "百" + tens


@given(st.integers(1, 999))
def test_a_chinese_number_is_read_as_it_is_written(number: int) -> None:
    assert parse_chinese_number(written(number)) == number


@pytest.mark.parametrize(("digits", "number"), [("7", 7), ("12", 12), ("１２", 12), ("０３", 3)])
def test_digits_may_be_full_width(digits: str, number: int) -> None:
    assert parse_chinese_number(digits) == number


@pytest.mark.parametrize(
    ("line", "kind", "number", "mark"),
    [
        ("1.1 背景", "1.1", 1, "1.1 "),
        ("2．3抓项目", "1.1", 3, "2．3"),
        ("1.2、抓招商", "1.1", 2, "1.2、"),
        ("1.2.3 争取资金", "1.1.1", 3, "1.2.3 "),
        ("第一编 总论", "part", 1, "第一编"),
        ("第二部分 存在的问题", "part", 2, "第二部分"),
        ("第二部分：存在的问题", "part", 2, "第二部分"),
        ("第一章 总则", "chapter", 1, "第一章"),
        ("第一章总则", "chapter", 1, "第一章"),
        ("第十二章　附则", "chapter", 12, "第十二章"),
        ("第3章 附则", "chapter", 3, "第3章"),
        ("第二节 监督", "division", 2, "第二节"),
        ("第一条 为了加强监督，制定本办法。", "article", 1, "第一条"),
        ("第二十一条　本办法自公布之日起施行。", "article", 21, "第二十一条"),
        ("第一百零三条 县级以上人民政府负责。", "article", 103, "第一百零三条"),
        ("第十条之一 县级以上人民政府负责。", "article", 10, "第十条之一"),
        ("第12条 县级以上人民政府负责。", "article", 12, "第12条"),
        ("一、工作情况", "一、", 1, "一、"),
        ("一．工作情况", "一、", 1, "一．"),
        ("一.工作情况", "一、", 1, "一."),
        ("十、工作情况", "一、", 10, "十、"),
        ("十一、工作情况", "一、", 11, "十一、"),
        ("二十三、工作情况", "一、", 23, "二十三、"),
        ("（一）工作情况", "（一）", 1, "（一）"),
        ("(二)工作情况", "（一）", 2, "(二)"),
        ("（二)工作情况", "（一）", 2, "（二)"),
        ("(二）工作情况", "（一）", 2, "(二）"),
        ("（十二）工作情况", "（一）", 12, "（十二）"),
        ("〔三〕工作情况", "（一）", 3, "〔三〕"),
        ("【三】工作情况", "（一）", 3, "【三】"),
        ("［三］工作情况", "（一）", 3, "［三］"),
        ("[三]工作情况", "（一）", 3, "[三]"),
        ("㈣工作情况", "（一）", 4, "㈣"),
        ("1.工作情况", "1.", 1, "1."),
        ("1. 工作情况", "1.", 1, "1."),
        ("2．工作情况", "1.", 2, "2．"),
        ("2、工作情况", "1.", 2, "2、"),
        ("３．工作情况", "1.", 3, "３．"),
        ("３、工作情况", "1.", 3, "３、"),
        ("12.工作情况", "1.", 12, "12."),
        ("⒈工作情况", "1.", 1, "⒈"),
        ("⒛工作情况", "1.", 20, "⒛"),
        ("(1)工作情况", "(1)", 1, "(1)"),
        ("（1）工作情况", "(1)", 1, "（1）"),
        ("（１２）工作情况", "(1)", 12, "（１２）"),
        ("⑴工作情况", "(1)", 1, "⑴"),
        ("⒇工作情况", "(1)", 20, "⒇"),
        ("1)工作情况", "1)", 1, "1)"),
        ("2）工作情况", "1)", 2, "2）"),
        ("①工作情况", "①", 1, "①"),
        ("⑳工作情况", "①", 20, "⑳"),
        ("——工作情况", "——", 0, "——"),
    ],
)
def test_a_label_has_its_kind_its_number_and_its_length(
    line: str, kind: str, number: int, mark: str
) -> None:
    assert parse_label(line) == HeadingLabel(kind, number, len(mark))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "一",
        "一、",
        "（二）",
        "3.",
        "工作情况",
        "一年来，在县委的领导下，我认真履职。",
        "十年树木，百年树人。",
        "一是抓学习。二是抓工作。",
        "二是抓工作。",
        "一要坚定信念。",
        "首先，抓学习。",
        "第一，抓学习。",
        "第三季度完成投资3亿元。",
        "第一书记驻村。",
        "第二产业增加值增长6％。",
        "第三方机构评估。",
        "2023年，我分管民政。",
        "2023.12.5 调研养老院。",
        "1.5亿元专项资金到位。",
        "10.5公里公路通车。",
        "3,000人参加。",
        "1.1 公里道路完工。",
        "3.2万人脱贫。",
        "1.1.2024",
        "1.1",
        "12345热线办件满意率98％。",
        "（试行）",
        "（2023）12号文件印发。",
        "—1.5个百分点",
    ],
)
def test_what_only_looks_like_a_label_is_none(line: str) -> None:
    assert parse_label(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "一、二、三产业协调发展。",
        "一、二产业增加值分别增长。",
        "二、三产业融合发展。",
        "二、三季度抓项目。",
        "二、三线城市的做法值得学习。",
        "五、六月份防汛。",
        "一、二级水源地全部划定。",
    ],
)
def test_neighbouring_numbers_with_a_comma_are_an_enumeration(line: str) -> None:
    assert parse_label(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "一、十件民生实事全部办结",
        "二、三农工作",
        "一、四个意识更加牢固",
        "三、一流营商环境加快形成",
        "二、百日攻坚",
        "五、“一老一小”服务",
    ],
)
def test_a_heading_may_begin_with_a_number(line: str) -> None:
    found = parse_label(line)
    assert found is not None
    assert found.kind == "一、"


def test_a_chapter_or_an_article_may_stand_alone_on_its_line() -> None:
    assert parse_label("第一章") == HeadingLabel("chapter", 1, 3)
    assert parse_label("第二十条") == HeadingLabel("article", 20, 4)


def test_the_ranks_follow_the_usual_order() -> None:
    usual = [
        "第一部分 甲",
        "第一章 甲",
        "第一节 甲",
        "第一条 甲",
        "一、甲",
        "（一）甲",
        "1.甲",
        "1.1 甲",
        "1.1.1 甲",
        "(1)甲",
        "①甲",
    ]
    found = [parse_label(line) for line in usual]
    ranks = [RANKS[entry.kind] for entry in found if entry]
    assert len(ranks) == len(usual)
    assert all(outer < inner for outer, inner in pairwise(ranks))


@given(
    st.integers(1, 99),
    st.sampled_from(["、", "．", "."]),
    st.sampled_from(["民政", "抓好文旅工作。"]),
)
def test_every_number_below_a_hundred_makes_a_label(number: int, mark: str, rest: str) -> None:
    chinese = f"{written(number)}{mark}"
    assert parse_label(chinese + rest) == HeadingLabel("一、", number, len(chinese))
    assert parse_label(f"（{written(number)}）{rest}") == HeadingLabel(
        "（一）", number, len(written(number)) + 2
    )
    arabic = f"{number}{mark}"
    assert parse_label(arabic + rest) == HeadingLabel("1.", number, len(arabic))
    assert parse_label(f"({number}){rest}") == HeadingLabel("(1)", number, len(str(number)) + 2)


@given(st.text(alphabet="一二十百、．.（）()1２第章条①——是 \u3000工作", max_size=12) | st.text())
def test_a_label_lies_within_its_line_and_says_more_than_nothing(line: str) -> None:
    found = parse_label(line)
    if found is not None:
        assert 0 < found.end <= len(line)
        assert found.kind in RANKS
        assert found.number >= 0
