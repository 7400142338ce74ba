"""Wordings of real reports that an earlier reader got wrong."""

from __future__ import annotations

import pytest

from reportsearch import lexicon, structure
from reportsearch.models.report import Report
from reportsearch.tokenizer import Tokenizer
from tests.structure.cleaning import clean_text

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)


def parse(raw: str) -> Report:
    return structure.parse_report(raw, "id", WORDS, TOKENIZER)


def opening(sentence: str) -> Report:
    return parse(f"述职报告\n各位代表：\n{sentence}\n一、工作\n做了。")


@pytest.mark.parametrize(
    ("sentence", "region"),
    [
        ("我是甲县副县长。", "甲县"),
        ("经甲县人大常委会任命，我开始工作。", "甲县"),
        ("我任县委常委、副县长。", None),
        ("我是挂职副县长，来自省财政厅。", None),
        ("我到太原市小店区任副区长。", "太原市小店区"),
        ("我任甲县代理县长。", "甲县"),
        ("本人现任日照市岚山区教育局局长。", "日照市岚山区"),
        ("2021年8月任丁县应急管理局局长。", "丁县"),
        ("我是任城区副区长。", "任城区"),
        ("我任双江拉祜族佤族布朗族傣族自治县副县长。", "双江拉祜族佤族布朗族傣族自治县"),
        ("我任甲县人民检察院检察长。", "甲县"),
        ("我任甲县县政府办公室主任。", "甲县"),
    ],
)
def test_the_place_without_the_words_before_it(sentence: str, region: str | None) -> None:
    assert opening(sentence).info.region == region


def test_the_place_in_a_title_that_starts_with_about() -> None:
    assert parse("关于甲县副县长2023年履职情况的报告\n正文。").info.region == "甲县"
    assert parse("甲县2023年政府工作报告\n正文。").info.region == "甲县"


@pytest.mark.parametrize(
    ("sentence", "declared"),
    [
        ("我主持甲县水利局全面工作。", ["水利"]),
        ("我负责甲县教育局、甲县卫健局工作。", ["教育", "卫健"]),
        ("我分管民政工作、文旅工作、环保工作。", ["民政", "文旅", "生态环境"]),
        ("我分管民政、文旅以及环保。", ["民政", "文旅", "生态环境"]),
        ("我分管乡村振兴及农村工作、水利。", ["乡村振兴", "农业农村", "水利"]),
        ("我分管教育、 科技。", ["教育", "科技"]),
        ("我分管：教育、卫健。", ["教育", "卫健"]),
        ("分管工作：教育、文旅。", ["教育", "文旅"]),
        ("我分管的工作有教育、文旅。", ["教育", "文旅"]),
        ("我分管“民政、文旅”工作。", ["民政", "文旅"]),
        ("原来分管教育，2023年3月起分管民政。", ["民政"]),
        ("8月起不再分管教育，分管民政。", ["民政"]),
        ("坚持负责任的态度。", []),
        ("先后分管过教育、卫生。", []),
    ],
)
def test_duties_in_many_wordings(sentence: str, declared: list[str]) -> None:
    report = opening(sentence)
    assert list(report.info.declared) == declared
    for duty in report.duties:
        assert report.text[duty.start : duty.end] == duty.item


def test_duties_in_a_first_section_of_their_own() -> None:
    report = parse("述职报告\n一、基本情况\n我现任副县长，分管教育、卫健。\n二、工作\n做了。")
    assert report.info.declared == ("教育", "卫健")


@pytest.mark.parametrize(
    ("line", "is_section"),
    [
        ("一、一年来的主要工作", True),
        ("一、一线指挥", True),
        ("一、三类人员管理", True),
        ("一,工作", True),
        ("一、二、三产业融合发展。", False),
        ("１．５亿元资金到位。", False),
        ("第一条河道整治完成。", False),
        ("第一节课听完。", False),
    ],
)
def test_what_starts_a_section(line: str, is_section: bool) -> None:
    sections = parse(f"述职报告\n{line}\n办成了事。\n").sections
    assert bool(sections) is is_section


@pytest.mark.parametrize("heading", ["市场监督管理工作", "廉租住房建设", "学校党建引领教育发展"])
def test_a_field_of_work_is_not_taken_for_words_about_oneself(heading: str) -> None:
    report = parse(f"述职报告\n一、{heading}\n市场监管、公租房、学校、教师、义务教育。")
    assert report.sections[0].portfolios


@pytest.mark.parametrize(
    "line",
    [
        "相关新闻宣传到位。",
        "主办单位考核优秀。",
        "分享到各村。",
        "技术支持到位，农民满意。",
        "我建设了甲县政务信息网",
    ],
)
def test_text_that_sounds_like_a_site_stays(line: str) -> None:
    assert line in clean_text(f"述职报告\n{line}\n正文。").text


@pytest.mark.parametrize(
    "line",
    [
        "来源：甲县人民政府网 发布时间：2024-01-15 10:30 字号：【大 中 小】 打印",
        "2024-01-15 10:30 来源：甲县日报",
        "相关阅读：别的报告",
        "分享到微信",
        "甲县人民政府门户网站",
    ],
)
def test_lines_of_a_site_go(line: str) -> None:
    assert clean_text(f"述职报告\n{line}\n正文。").text == "述职报告\n正文。"


def test_paragraphs_of_one_length_are_not_joined() -> None:
    names = ["民政", "教育", "卫健", "文旅", "水利", "林业", "统计", "审计", "信访", "供销"]
    lines = [
        f"抓好{name}工作，推动全县{name}事业迈上新台阶，群众满意度明显提升。" for name in names
    ]
    assert clean_text("\n".join(lines)).text == "\n".join(lines)


def test_where_each_value_came_from() -> None:
    report = structure.parse_report(
        "正文写在这里。没有标题。\n第二段。",
        "id",
        WORDS,
        TOKENIZER,
        name="甲县副县长2022年述职报告",
    )
    assert report.info.title == "甲县副县长2022年述职报告"
    assert {report.info.origin[key] for key in ("title", "kind", "year", "post", "region")} == {
        "name"
    }
    given = [("sidecar", {"title": "乙县县长2021年履职报告"})]
    report = structure.parse_report("正文。", "id", WORDS, TOKENIZER, given=given)
    assert {report.info.origin[key] for key in ("title", "kind", "year", "post", "region")} == {
        "sidecar"
    }


def test_portfolios_stand_in_the_order_of_first_mention() -> None:
    report = parse(
        "述职报告\n一、工作\n（一）文旅。抓旅游。\n（二）环保。治污染。\n（三）民政。抓低保。"
    )
    assert report.info.portfolios == ("文旅", "生态环境", "民政")
    assert report.passages[0].section == ("一、工作", "（一）文旅")
