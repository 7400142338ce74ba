from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch.structure.run_in_labels import find_run_in_label, iter_run_in_labels


@pytest.mark.parametrize(
    ("paragraph", "label", "kind"),
    [
        ("教育方面，新建小学两所。", "教育", "aspect"),
        ("在抓好教育工作方面，新建小学两所。", "抓好教育工作", "aspect"),
        ("在养老服务上，建成日间照料中心三个。", "养老服务", "aspect"),
        ("关于水库除险，三座已经完工。", "水库除险", "about"),
        ("卫生工作：改造卫生院三所。", "卫生工作", "colon"),
        ("【民政】低保应保尽保。", "民政", "bracket"),
        ("——民生持续改善。新增床位六十张。", "民生持续改善", "sentence"),
        ("守住安全底线。全年没有较大事故。", "守住安全底线", "sentence"),
        ("一是抓教育。新建小学两所。", "抓教育", "sentence"),
        ("一是夯实基础，增强活力。发展会员三百名。", "夯实基础，增强活力", "sentence"),
        ("二是优化养老服务，建成中心三个。", "优化养老服务", "clause"),
        ("第一，抓教育。新建小学两所。", "抓教育", "sentence"),
        ("首先是抓教育，新建小学两所。", "抓教育", "clause"),
        ("（一）教育工作。新建小学两所。", "教育工作", "sentence"),
        ("1.卫生方面：改造卫生院三所。", "卫生", "aspect"),
    ],
)
def test_a_paragraph_may_start_with_a_label(paragraph: str, label: str, kind: str) -> None:
    text = f"述职报告\n{paragraph}"
    found = find_run_in_label(text, 5, len(text))
    assert found is not None
    assert (text[found.start : found.end], found.kind, found.reach) == (label, kind, len(text))


@pytest.mark.parametrize(
    "paragraph",
    [
        "一方面，抓教育。",
        "另一方面，抓教育。",
        "各方面，都有进步。",
        "各位代表！新的一年到了。",
        "主要做了以下工作：新建小学两所。",
        "新建小学2所。投用3所。",
        "新建小学两所。",
        "我坚持依法办事。全年没有差错。",
        "其中：小学两所。",
        "",
    ],
)
def test_what_names_no_topic_is_no_label(paragraph: str) -> None:
    assert find_run_in_label(paragraph, 0, len(paragraph)) is None


def test_each_label_governs_the_text_up_to_the_next() -> None:
    text = "一是抓教育。新建小学两所。二是抓卫生，改造卫生院三所；三是2座桥完工。卫生方面，无。"
    found = [
        (text[one.start : one.end], text[one.end : one.reach])
        for one in iter_run_in_labels(text, 0, len(text))
    ]
    assert found == [
        ("抓教育", "。新建小学两所。"),
        ("抓卫生", "，改造卫生院三所；"),
        ("卫生", "方面，无。"),
    ]


PIECES = st.sampled_from(
    "一是 第一， —— 教育 卫生工作 方面， ： 。 ； ， 关于 【 】 1. （一） 2座 \n 我们".split(" ")
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_labels_are_in_order_and_do_not_overlap(text: str) -> None:
    place = 0
    for label in iter_run_in_labels(text, 0, len(text)):
        assert place <= label.start < label.end <= label.reach <= len(text)
        place = label.reach
