"""What web pages leave at the edges of a text, with a report between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch import lexicon
from reportsearch.structure.site_lines import find_page_remnants
from tests.structure.cleaning import clean_text

SITE = lexicon.load().site
TITLE = "2023年述职报告"
BODY = [
    "各位代表：",
    "我分管民政、文旅工作，现报告如下。",
    "一、主要工作",
    "办成了三件实事。",
    "特此报告。",
]
REPORT = "\n".join([TITLE, *BODY])


def between(above: list[str], below: list[str], under_title: list[str] | None = None) -> str:
    return clean_text("\n".join([*above, TITLE, *(under_title or ()), *BODY, *below])).text


@pytest.mark.parametrize(
    "lines",
    [
        ["下载", "打印", "全屏", "收藏", "【字号：", "加大", "还原", "减小", "】"],
        ["您的位置:", "首页", ">", "甲县要闻", "甲县要闻"],
        ["网站首页", ">", "政务公开", ">", "政府工作报告"],
        ["首页 | 政务公开 | 办事服务 | 互动交流"],
        ["索引号：", "000014349/2024", "主题分类：", "综合政务", "发布机构：", "甲县政府办"],
        ["索引号 | 0001/2024 | 发文字号 | 甲政〔2024〕1号"],
        ["| 名称： | 述职情况 | 文号： | 无 |", "| 发布机构： | 甲县政府 | 语种： | 中文 |"],
        ["首页", "走进甲县", "新闻中心", "政务公开", "互动交流"],
        ["无障碍浏览 繁體版 移动版 登录", "网站首页 政务公开 办事服务"],
        ["发件人：政府办　　时间：2024-01-15 17:42"],
    ],
)
def test_what_a_page_leaves_above_the_title_goes(lines: list[str]) -> None:
    assert between(lines, []) == REPORT


@pytest.mark.parametrize(
    "lines",
    [
        ["时间：", "2024-01-15 09:20", "来源：", "甲县人民政府", "分享:"],
        [
            "2024年01月15日 07时41分",
            "来源:",
            "甲县日报",
            "【字体：",
            "大",
            "中",
            "小",
            "】",
            "分享：",
        ],
        ["来源：甲县日报", "2024-01-15", "浏览量：1 | | |"],
        ["【 2024-01-15 15:30 】 【来源:甲县政府网】【字号:大 中 小】"],
        ["时间：2024-01-15 作者：办公室 【 大 中 小 】 浏览量：100 评论本文 收藏本文"],
        ["来源：", "【字号：大 中 小】"],
        ["县长作政府工作报告。本报记者 某某 摄", "分享："],
    ],
)
def test_what_a_page_leaves_under_the_title_goes(lines: list[str]) -> None:
    assert between([], [], lines) == REPORT


@pytest.mark.parametrize(
    "lines",
    [
        ["收藏", "|", "分享到:", "分享到微信", "×", "相关文档："],
        ["（来源：甲县日报）", "编辑：某某"],
        ["责任编辑：", "某某", "扫一扫在手机打开当前页", "相关附件>>", "相关链接>>"],
        [
            "相关链接>>",
            "abcd39f1fb7f426d9dfb6bd0fa1f2146:",
            "甲县干部热议报告 以奋勇争先之姿，乘势而为",
        ],
        ["相关报道：", "甲县举行新闻发布会", "打印本页", "关闭窗口", TITLE, BODY[1]],
        ["》》点击图片进入专题《《", "收藏"],
        ["（作者单位：甲县日报社）", "附件下载：", "2023年述职报告.docx"],
        ["本文来源于www.example.com，欢迎阅读。", "Tag:总结,报告"],
    ],
)
def test_what_a_page_leaves_below_the_report_goes(lines: list[str]) -> None:
    assert between([], lines) == REPORT


def test_a_title_that_stands_again_below_the_breadcrumb_is_kept_once() -> None:
    above = ["分享:", TITLE, "2024年1月5日在甲县", "首页", ">", "政府工作报告"]
    text = between(above, [], ["2024年1月5日在甲县", "时间：2024-01-15"])
    assert text == "\n".join([TITLE, "2024年1月5日在甲县", *BODY])


def test_source_and_date_are_read_from_lines_of_their_own() -> None:
    cleaned = clean_text(f"{TITLE}\n来源:\n甲县日报\n2024-01-15\n" + "\n".join(BODY))
    assert (cleaned.source, cleaned.published) == ("甲县日报", "2024-01-15")


def test_a_date_on_the_line_below_its_label_is_read() -> None:
    cleaned = clean_text(f"{TITLE}\n发布时间：\n2024-01-15 09:20\n" + "\n".join(BODY))
    assert (cleaned.text, cleaned.published) == (REPORT, "2024-01-15")


@pytest.mark.parametrize(
    "lines",
    [
        ["述职人：某某", "2024年1月5日"],
        ["甲县人民政府", "2024年1月5日"],
        ["相关链接：", "名词解释", "双减：减轻作业负担和培训负担。"],
        ["相关链接：", "别处新闻一则", "述职人：某某"],
        ["附件", "2024年民生实事", "1.新建敬老院两所。"],
    ],
)
def test_what_belongs_to_the_report_stays_below_it(lines: list[str]) -> None:
    kept = [line for line in lines if line != "相关链接："]
    assert between([], lines) == "\n".join([REPORT, *kept])


def test_two_short_lines_above_the_title_may_be_its_own() -> None:
    assert between(["打印", "甲县民政局", "某某"], []) == f"甲县民政局\n某某\n{REPORT}"


@pytest.mark.parametrize(
    "lines", [["——2024年1月5日在甲县会议上", "县长 某某"], ["甲县县长", "某某", "（2024年1月5日）"]]
)
def test_the_lines_of_a_title_stay(lines: list[str]) -> None:
    assert between(["打印", "收藏"], [], lines) == "\n".join([TITLE, *lines, *BODY])


def test_a_label_without_a_value_does_not_swallow_the_title() -> None:
    assert clean_text(f"来源：\n{REPORT}").text == REPORT


def test_the_number_of_a_page_goes_from_the_middle_too() -> None:
    body = "\n".join(BODY * 4)
    assert (
        clean_text(f"{TITLE}\n{body}\n第 2 页 共 3 页\n{body}").text == f"{TITLE}\n{body}\n{body}"
    )


def test_a_token_at_the_end_of_most_lines_goes() -> None:
    raw = "\n".join(f"{line}v7R" for line in [TITLE, *BODY])
    assert clean_text(f"{raw}\nv7R").text == REPORT
    assert clean_text(f"{TITLE}\n引进GDP\n" + "\n".join(BODY)).text.count("GDP") == 1


def test_what_a_file_site_adds_to_the_title_goes() -> None:
    title = f"{TITLE}_范文大全_公文在线 | 上传时间：2024-01-05 | 下载：3次 | 下载需2个积分"
    assert clean_text("\n".join([title, *BODY])).text == REPORT


LINES = st.lists(
    st.sampled_from(
        [
            "打印",
            "来源：甲报",
            "首页",
            ">",
            "【",
            "】",
            "县长 某某",
            "时间：",
            "相关链接：",
            "别处新闻",
            *BODY,
        ]
    ),
    max_size=30,
)


@given(LINES)
def test_only_lines_at_the_edges_are_removed(lines: list[str]) -> None:
    found = find_page_remnants(lines, SITE).lines
    long = [number for number, line in enumerate(lines) if line.endswith("。")]
    inside = range(long[0] + 8, long[-1] - 8) if long else range(0)
    assert not found & set(inside)
    assert all(0 <= number < len(lines) for number in found)


@given(LINES)
def test_no_sentence_of_a_report_is_removed(lines: list[str]) -> None:
    found = find_page_remnants(lines, SITE).lines
    kept = "".join(line for number, line in enumerate(lines) if number not in found)
    assert {line for line in lines if line.endswith("。")} <= {
        line for line in BODY if line in kept
    } | {line for line in lines if line not in BODY}
