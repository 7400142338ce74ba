from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.structure.cleaning import clean_text

INDENT = "\u3000\u3000"

SENTENCES = st.sampled_from(
    [
        "我坚持把学习摆在首位。",
        "全年排查企业412家次，整改隐患85项。",
        "建成农村公路三十六公里，改造危桥四座，群众出行条件明显改善！",
        "牵头完成了县城污水处理厂提标改造和庚河沿线排污口整治，出境断面水质稳定达标。",
        "为什么进度慢？",
        "推动“人找政策”向“政策找人”转变，确保困难群众应保尽保、应救尽救、应助尽助。",
        "这些成绩的取得，离不开县委的坚强领导；离不开同志们的支持。",
    ]
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=12).map("".join)
LONG_PARAGRAPHS = st.lists(SENTENCES, min_size=8, max_size=12).map("".join)

# Whatever stands in a report but site lines.
PIECES = st.sampled_from(
    [
        *"一、 （二） 3. (4) 第一条 ① —— 一是 ， 。 ； ： “ ” （ ） 工作 民政 2023年 1.5亿元 GDP up to".split(),
        *("\n", "\n", "\n\n", "\r\n", " ", "\t", INDENT, "全年完成投资，同比增长。"),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def visible(text: str) -> str:
    return "".join(text.split())


def wrapped(paragraph: str, columns: int, indent: str = "") -> str:
    """Break a paragraph to a width, as a mail program does: a Chinese character is two columns."""
    lines = [indent]
    used = 2 * len(indent)
    for char in paragraph:
        wide = 1 if char.isascii() else 2
        if used + wide > columns:
            lines.append("")
            used = 0
        lines[-1] += char
        used += wide
    return "\n".join(lines)


@pytest.mark.parametrize(
    "marker", ["##paidbegin##", "##paidend##", "##PaidBegin##", "##page_end##"]
)
def test_a_site_marker_goes_wherever_it_stands(marker: str) -> None:
    raw = f"{marker}述职报告\n我分管民政{marker}、文旅。\n{marker}\n特此报告。{marker}"
    assert clean_text(raw).text == "述职报告\n我分管民政、文旅。\n特此报告。"


def test_signs_that_are_no_marker_stay() -> None:
    assert clean_text("热线：#12345#。\n##甲##").text == "热线：#12345#。\n##甲##"


@pytest.mark.parametrize(
    "line",
    [
        "您当前的位置：首页 > 政务公开 > 述职报告",
        "您现在的位置： 首页",
        "首页 > 政务公开 > 人事信息",
        "首页>政务公开",
        "甲县人民政府门户网站",
        "【字号：大 中 小】",
        "【字号： 大 中 小 】 打印",
        "字号：大 中 小",
        "【字体：大 中 小】",
        "打印",
        "【打印本页】",
        "【关闭窗口】",
        "打印 收藏 关闭",
        "来源：甲县人民政府办公室",
        "来源: 甲县人民政府办公室",
        "信息来源：甲县日报　发布时间：2024-01-15",
        "发布时间：2024-01-15 10:30",
        "发布日期：2024年1月15日　　浏览次数：123次",
        "浏览次数：123",
        "作者：某某甲",
        "责任编辑：某某乙",
        "扫一扫在手机打开当前页",
        "\u3000\u3000来源：甲县日报\u3000\u3000",
    ],
)
@pytest.mark.parametrize("place", ["head", "foot"])
def test_a_site_line_around_the_report_goes(line: str, place: str) -> None:
    report = "2023年述职报告\n各位代表：\n我分管民政、文旅。"
    raw = f"{line}\n{report}" if place == "head" else f"{report}\n{line}"
    assert clean_text(raw).text == report


@pytest.mark.parametrize(
    "line",
    [
        "上一篇：乙县副县长述职报告",
        "下一条: 没有了",
        "返回顶部",
        "版权所有：甲县人民政府 甲ICP备00000000号",
    ],
)
def test_a_site_line_below_the_report_goes(line: str) -> None:
    assert (
        clean_text(f"2023年述职报告\n我分管民政。\n{line}").text == "2023年述职报告\n我分管民政。"
    )


def test_the_lines_around_a_saved_page_go_together() -> None:
    raw = """首页 > 政务公开
甲县人民政府门户网站
2023年述职报告
来源：甲县日报　时间：2024-01-15　浏览：12次　【字号：大 中 小】　打印
我分管民政。
责任编辑：某某甲
上一篇：乙县副县长述职报告
下一篇：没有了
【打印本页】"""
    assert clean_text(raw).text == "2023年述职报告\n我分管民政。"


def test_where_and_when_the_page_was_published_is_kept() -> None:
    cleaned = clean_text("2023年述职报告\n来源：甲县日报　发布时间：2024-01-15 10:30\n我分管民政。")
    assert (cleaned.source, cleaned.published) == ("甲县日报", "2024-01-15")


def test_a_text_without_site_lines_has_no_source() -> None:
    cleaned = clean_text("2023年述职报告\n我分管民政。\n2024年1月15日")
    assert (cleaned.source, cleaned.published) == (None, None)
    assert cleaned.text.endswith("\n2024年1月15日")


@pytest.mark.parametrize(
    "sentence",
    [
        "资金来源：县财政拨款300万元，其余自筹。",
        "来源：一是上级补助，二是县级配套，三是群众自筹。",
        "为群众打印证明1200份，关闭小煤窑3处。",
        "全县政务信息收藏、分享、纠错功能上线。",
        "时间：全年；地点：全县。",
        "我们的位置：站在群众一边，想在群众前面。作风是硬的。",
    ],
)
def test_a_sentence_that_holds_a_sites_words_stays(sentence: str) -> None:
    raw = f"2023年述职报告\n我分管民政。{sentence}\n特此报告。"
    assert sentence in clean_text(raw).text


def test_a_source_line_inside_the_report_stays() -> None:
    body = [f"第{number}项工作全部完成。" for number in "一二三四五六七八九十"]
    raw = "\n".join([*body, "来源：县统计局", *body])
    assert clean_text(raw).text == raw
    assert clean_text(raw).source is None


def test_indents_and_blank_lines_go_and_spaces_inside_stay() -> None:
    raw = "\n\n\u3000\u3000述\u3000职\u3000报\u3000告 \n \u3000\n\t我分管民政。\u3000\n\n\n\xa0\xa0特此报告。\n"
    assert clean_text(raw).text == "述\u3000职\u3000报\u3000告\n我分管民政。\n特此报告。"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f", "\v", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_ends_a_line(end: str) -> None:
    assert clean_text(f"甲。{end}乙。").text == "甲。\n乙。"


def test_what_no_reader_sees_goes() -> None:
    assert (
        clean_text("\ufeff述\u200b职\u00ad报\u200f告\x00\n我分管\xa0民政。").text
        == "述职报告\n我分管 民政。"
    )


def test_an_indent_behind_an_invisible_mark_goes_too() -> None:
    assert clean_text("\u200b\u3000\u3000我分管民政。").text == "我分管民政。"


def test_a_broken_half_of_a_character_can_still_be_written_as_utf_8() -> None:
    text = clean_text("甲\ud800乙").text
    assert text.encode().decode() == text == "甲\N{REPLACEMENT CHARACTER}乙"


@given(st.lists(LONG_PARAGRAPHS, min_size=4, max_size=6), st.integers(48, 72))
def test_hard_wrapped_paragraphs_with_indents_are_put_together(
    paragraphs: list[str], columns: int
) -> None:
    raw = "\n".join(wrapped(paragraph, columns, INDENT) for paragraph in paragraphs)
    assert clean_text(raw).text == "\n".join(paragraphs)


@given(st.lists(LONG_PARAGRAPHS, min_size=4, max_size=6), st.integers(48, 72))
def test_hard_wrapped_paragraphs_with_blank_lines_between_are_put_together(
    paragraphs: list[str], columns: int
) -> None:
    raw = "\n\n".join(wrapped(paragraph, columns) for paragraph in paragraphs)
    assert clean_text(raw).text == "\n".join(paragraphs)


def test_a_wrapped_paragraph_does_not_swallow_the_heading_after_it() -> None:
    sentence = "我坚持以人民为中心的发展思想，认真履行职责。"
    paragraph = sentence * 12
    raw = "\n".join(
        [
            "一、学习",
            wrapped(paragraph, 60),
            "（一）民政",
            wrapped(paragraph, 60),
            "2.文旅",
            paragraph[:60],
        ]
    )
    lines = clean_text(raw).text.split("\n")
    assert [line for line in lines if len(line) < 8] == ["一、学习", "（一）民政", "2.文旅"]
    assert lines.count(paragraph) == 2


def test_words_of_a_foreign_language_keep_their_space_when_joined() -> None:
    assert (
        clean_text("我落实了。引进 New\nEnergy 项目。").text == "我落实了。引进 New Energy 项目。"
    )


def test_a_sentence_broken_around_a_link_is_put_together() -> None:
    raw = "我抓落实。按照\n乡村振兴战略\n的要求，发放低保金。\n特此报告。"
    assert clean_text(raw).text == "我抓落实。按照乡村振兴战略的要求，发放低保金。\n特此报告。"


@pytest.mark.parametrize("rest", ["，整改到位。", "。", "”的目标。", "）等工作。", "、文旅工作。"])
def test_a_line_that_starts_with_closing_punctuation_continues_the_one_before(rest: str) -> None:
    assert clean_text(f"我分管民政\n{rest}").text == f"我分管民政{rest}"


@pytest.mark.parametrize(
    "point", ["一是抓学习。", "二是抓工作。", "一、学习", "（二）工作", "3.廉政"]
)
def test_a_point_of_a_list_keeps_its_own_line(point: str) -> None:
    raw = f"我抓了三件事。主要是\n{point}"
    assert clean_text(raw).text == raw


@pytest.mark.parametrize(
    "lines",
    [
        ("政府工作报", "告"),
        ("甲县副县长2023年度述", "职报告"),
        ("关于2023年度履职情", "况的报告"),
    ],
)
def test_a_title_that_a_scan_breaks_inside_a_word_is_put_together(lines: tuple[str, str]) -> None:
    raw = "\n".join((*lines, "", "各位代表："))
    assert clean_text(raw).text == "".join(lines) + "\n各位代表："


@pytest.mark.parametrize(
    "raw", ["2023年工作\n甲县副县长 述职报告", "如上所述\n职责履行得好，写入了报告"]
)
def test_a_line_that_only_looks_like_a_broken_title_stays(raw: str) -> None:
    assert clean_text(raw).text == raw


@pytest.mark.parametrize("between", [f"\n{INDENT}", "\n\n"])
@given(paragraphs=st.lists(PARAGRAPHS, min_size=1, max_size=12))
def test_paragraphs_of_whole_sentences_that_are_set_off_stay_apart(
    paragraphs: list[str], between: str
) -> None:
    raw = between.lstrip("\n") + between.join(paragraphs)
    assert clean_text(raw).text == "\n".join(paragraphs)


def test_paragraphs_of_a_short_report_stay_apart_without_indents() -> None:
    text = "2023年述职报告\n我分管民政。\n全年排查企业412家次，整改隐患85项。\n特此报告。\n2024年1月15日"
    assert clean_text(text).text == text


def test_lines_known_to_be_paragraphs_are_not_joined() -> None:
    raw = "我抓落实。按照\n《社会救助办法》\n，发放低保金"
    assert clean_text(raw, lines_are_paragraphs=True).text == raw


@given(TEXTS)
def test_nothing_is_lost_added_or_moved_in_a_text_without_site_lines(raw: str) -> None:
    assert visible(clean_text(raw).text) == visible(raw)
    assert visible(clean_text(raw, lines_are_paragraphs=True).text) == visible(raw)


@given(TEXTS | st.text())
def test_the_clean_text_has_a_paragraph_a_line_and_no_blank_at_its_ends(raw: str) -> None:
    text = clean_text(raw).text
    for line in text.split("\n") if text else ():
        assert line
        assert line == line.strip(" \t\u3000\xa0")


@given(TEXTS | st.text())
def test_cleaning_the_paragraphs_of_a_clean_text_changes_nothing(raw: str) -> None:
    text = clean_text(raw).text
    assert clean_text(text, lines_are_paragraphs=True).text == text


@pytest.mark.parametrize("raw", ["", "\n", " \u3000\t\r\n", "\ufeff", "##paidbegin##", "打印"])
def test_a_file_without_a_report_gives_an_empty_text(raw: str) -> None:
    assert clean_text(raw).text == ""


def test_the_marks_of_markdown_headings_go() -> None:
    raw = "# 述职报告\n开头。\n## 一、主要工作\n办成了三件实事。\n**今后打算**\n继续努力。"
    assert (
        clean_text(raw).text
        == "述职报告\n开头。\n一、主要工作\n办成了三件实事。\n今后打算\n继续努力。"
    )
