"""Which field a report is on as a whole, by the post of its author."""

from __future__ import annotations

import pytest

from reportsearch import lexicon
from reportsearch.models.report import Duty
from reportsearch.structure.post_fields import find_post_fields, is_head_of_government
from reportsearch.tokenizer import Tokenizer

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)


def fields(post: str | None, title: str = "", duties: tuple[Duty, ...] = ()) -> list[str]:
    return list(find_post_fields(post, title, duties, WORDS, TOKENIZER))


def duty(role: str, portfolio: str | None) -> Duty:
    return Duty(portfolio or "全面", portfolio, role, 0, 2)


@pytest.mark.parametrize(
    ("post", "field"),
    [
        ("水利局局长", "水利"),
        ("教育局党组书记、局长", "教育"),
        ("省民政厅厅长", "民政"),
        ("县水利和湖泊局局长", "水利"),
        ("县人民医院院长", "卫健"),
        ("市中级人民法院院长", "司法"),
        ("县人民检察院检察长", "司法"),
    ],
)
def test_the_head_of_a_body_reports_on_its_field(post: str, field: str) -> None:
    assert fields(post) == [field]


@pytest.mark.parametrize("post", [None, "", "县长", "副县长", "镇党委书记", "经开区管委会主任"])
def test_who_heads_no_body_of_a_field_has_none(post: str | None) -> None:
    assert fields(post) == []


def test_a_department_of_a_province_has_the_field_of_the_bureau_of_a_county() -> None:
    assert fields("省经济贸易厅厅长") == fields("县经济贸易局局长") == ["工信"]


def test_a_deputy_who_lists_duties_reports_on_these() -> None:
    assert fields("住房和城乡建设局副局长") == ["住建"]
    assert fields("住房和城乡建设局副局长", duties=(duty("分管", "人防"),)) == []
    assert fields("住房和城乡建设局局长", duties=(duty("分管", "人防"),)) == ["住建"]


def test_what_one_is_in_charge_of_as_a_whole_counts_before_the_post() -> None:
    assert fields("水利局局长", duties=(duty("主持", "林业"),)) == ["林业"]
    assert fields("水利局局长", duties=(duty("主持", None),)) == ["水利"]


def test_the_title_alone_may_name_the_field() -> None:
    assert fields(None, "履行教育职责情况的报告") == ["教育"]
    assert fields(None, "履行教育和水利职责情况的报告") == []
    assert fields(None, "履行教育职责情况的报告", (duty("分管", "民政"),)) == []


def test_the_title_tells_where_the_post_is_unknown() -> None:
    assert fields(None, "某县水利局局长述职报告") == ["水利"]


@pytest.mark.parametrize(
    ("post", "is_head"),
    [
        ("县长", True), ("副县长", False), ("自治区主席", True), ("镇党委书记", True), ("街道办事处主任", True),
        ("水利局局长", False), (None, False), ("镇党委副书记、镇长", True),
    ],
)  # fmt: skip
def test_heads_of_governments_are_told_from_others(post: str | None, is_head: bool) -> None:
    assert is_head_of_government(post) is is_head
