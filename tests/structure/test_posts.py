from __future__ import annotations

import pytest

from reportsearch import lexicon, structure
from reportsearch.models.report import ReportInfo
from reportsearch.structure.posts import find_posts
from reportsearch.tokenizer import Tokenizer

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)


def parsed(raw: str, **fields: str) -> ReportInfo:
    given = [("sidecar", fields)]
    return structure.parse_report(raw, "id", WORDS, TOKENIZER, given=given).info


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("湖南省长沙市工作", []),
        ("重庆市长寿区人民检察院检察长", ["人民检察院检察长"]),
        ("甲县县委常委、副县长", ["县委常委", "副县长"]),
        ("甲县教育局党组书记、局长", ["教育局党组书记", "教育局局长"]),
        ("甲县人民政府教育局局长", ["教育局局长"]),
        ("自治区人民政府主席", ["自治区主席"]),
        ("兴安盟行政公署副盟长", ["副盟长"]),
        ("甲区乙街道办事处主任", ["街道办事处主任"]),
        ("经开区党工委书记", ["党工委书记"]),
        ("甲市中级人民法院院长", ["中级人民法院院长"]),
        ("某某大学附属中学校长", ["大学附属中学校长"]),
        ("省发展和改革委员会主任", ["发展和改革委员会主任"]),
        ("县长热线、市长信箱", []),
    ],
)
def test_the_posts_of_a_line(text: str, posts: list[str]) -> None:
    found = [post.name for one in find_posts(text, WORDS) for post in one.posts]
    assert [name.removeprefix("某某") for name in found] == posts


def test_a_change_of_post_in_the_year() -> None:
    raw = "述职报告\n各位代表：\n本人2021年8月任青石镇党委副书记、镇长，2023年5月调任县林业局党组书记、局长。"
    info = parsed(raw)
    assert info.post == "林业局局长"
    assert info.posts == ("镇党委副书记", "镇长", "林业局党组书记", "林业局局长")
    assert info.level == "县"


def test_a_given_post_that_the_text_does_not_name_replaces_its_posts() -> None:
    raw = "甲县副县长2023年述职报告\n各位代表：\n我任甲县县委常委、副县长。"
    assert parsed(raw).posts == ("县委常委", "副县长")
    assert parsed(raw, post="县委常委").posts == ("县委常委", "副县长")
    given = parsed(raw, post="县长")
    assert (given.post, given.posts) == ("县长", ("县长",))
    assert "post" not in given.words


def test_a_given_place_is_taken_as_it_is() -> None:
    raw = "甘肃省兰州市城关区区长2023年述职报告\n正文。"
    assert parsed(raw).division == "甘肃省兰州市城关区"
    given = parsed(raw, region="无名之地")
    assert (given.region, given.division, given.origin["region"]) == ("无名之地", None, "sidecar")
    assert "region" not in given.words
    assert parsed(raw, region="兰州市城关区").division == "甘肃省兰州市城关区"
