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
    return [name for name, _ in find_post_fields(post, title, duties, WORDS, TOKENIZER)]


@pytest.mark.parametrize(
    ("post", "field"),
    [
        ("水利局局长", "水利"),
        ("教育局党组书记、局长", "教育"),
        ("省民政厅厅长", "民政"),
        ("县水利和湖泊局局长", "水利"),
        ("县人民医院院长", "卫健"),
    ],
)
def test_the_head_of_a_body_reports_on_its_field(post: str, field: str) -> None:
    assert fields(post) == [field]


@pytest.mark.parametrize("post", [None, "", "县长", "副县长", "镇党委书记"])
def test_who_heads_no_body_of_a_field_has_none(post: str | None) -> None:
    assert fields(post) == []


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
