"""How a query was understood, and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportsearch.models.search import Counted, Explanation, SynonymExplained, TermExplained
from tests.reports import Both, ids, row

VOCABULARY = """
[[synonym]]
same = ["双色", "双色目标"]
members = ["红色", "蓝色"]
years = "2020.."
"""
REPORTS = [
    row("a", "红色，蓝色。", "双色。", "红色。", year=2021),
    row("b", "蓝色，红色。", "养老和补贴。", "养老补贴。", year=2019),
    row("c", "养老。", "水利。"),
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    place = tmp_path_factory.mktemp("explain")
    with Both(place, *REPORTS, vocabulary=VOCABULARY) as held:
        yield held


def explained(both: Both, text: str) -> Explanation:
    found = both.search(text, explain=True)
    assert both.search(text).explain is None
    assert found.explain is not None
    return found.explain


def test_a_word_tells_its_string_and_the_words_it_is_made_of(both: Both) -> None:
    assert explained(both, "养老补贴") == Explanation(
        (
            TermExplained(
                text="养老补贴",
                kind="word",
                passages=2,
                string="养老补贴",
                contained=1,
                words=(Counted("养老", 3), Counted("补贴", 2)),
            ),
        )
    )


def test_a_word_tells_its_synonyms_with_their_years_and_members(both: Both) -> None:
    (term,) = explained(both, "雙色").terms
    assert term == TermExplained(
        text="雙色",
        kind="word",
        passages=2,
        string="双色",
        contained=1,
        synonyms=(
            SynonymExplained(("双色目标",), (2020, 9999), 0),
            # Of 2019 there is another passage with both, of another year.
            SynonymExplained(("红色", "蓝色"), (2020, 9999), 1),
        ),
    )
    assert both.passages("双色") == ["a#1", "a#2"]


def test_each_part_of_a_query_is_told_with_its_kind(both: Both) -> None:
    text = "(养老 OR 「补贴」) -水利 year:2019..2021 红色，蓝色。"
    found = explained(both, text)
    assert [(term.text, term.kind, term.passages) for term in found.terms] == [
        ('(养老 OR "补贴")', "or", 3),
        ("养老", "word", 3),
        ("补贴", "phrase", 2),
        ("-水利", "not", 7),
        ("year:2019..2021", "filter", 6),
        ("红色，蓝色。", "text", 3),
    ]
    assert found.terms[5] == TermExplained(
        text="红色，蓝色。",
        kind="text",
        passages=3,
        string="红色,蓝色。",
        contained=1,
        words=found.terms[5].words,
    )
    held = {word.text: word.passages for word in found.terms[5].words}
    assert held == {"红色": 3, "蓝色": 2}
    assert found.terms[3].string == ""


@pytest.mark.parametrize(
    "text", ["养老补贴", "双色", "「补贴」", "养老，补贴。", "-水利", "year:2021", "鲸鱼"]
)
def test_the_passages_of_a_term_are_those_of_a_search_for_it(both: Both, text: str) -> None:
    (term,) = explained(both, text).terms
    assert term.passages == both.search(text, group="passage").matched.passages
    if term.string:
        assert term.contained == both.search(f"「{term.string}」").matched.passages


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("养老", ""),
        ("养老补贴 -水利", ""),
        ("鲸鱼", "no passage matches 鲸鱼"),
        ("养老 鲸鱼 「鲸」", 'no passage matches 鲸鱼, "鲸"'),
        ("养老 (鲸鱼 OR 鲸)", "no passage matches (鲸鱼 OR 鲸)"),
        ("养老 year:1999", "no passage matches the filters year:1999"),
        ("养老 year:2021", "no passage within the filters matches 养老"),
        ("养老 水利", "each part matches somewhere, but no passage matches all of them"),
        ("双色 水利", "each part matches somewhere, but no report matches all of them"),
    ],
)
def test_the_reason_says_why_no_passage_meets_all(both: Both, text: str, reason: str) -> None:
    found = explained(both, text)
    assert found.reason == reason
    assert found.adds_detail == (reason not in {"", "no passage matches 鲸鱼"})


# What may have been meant.


def near(both: Both, string: str) -> str | None:
    found = both.disk._engine.spelling_suggestion(string)
    assert found == both.memory._engine.spelling_suggestion(string)
    return found


def test_one_edit_puts_in_leaves_out_changes_or_swaps(tmp_path: Path) -> None:
    with Both(tmp_path, row("a", "营商环境。", "数字𠮷政府。")) as both:
        for slip in (
            "营商坏环境",
            "营商环景",
            "商营环境",
            "营环商境",
            "营商境环",
            "一营商环境",
            "营商环境好",
        ):
            assert near(both, slip) == "营商环境"
        for slip in ("营商坏景", "境环商营", "营商环境很好", "鲸鱼鲸鱼"):
            assert near(both, slip) is None
        # A rare character is one character.
        assert near(both, "字𠮶政") == "字𠮷政"
        assert near(both, "数字政府") == "数字𠮷政府"


def test_of_near_strings_the_likeliest_is_offered(tmp_path: Path) -> None:
    rows = [
        row("a", "民主。", "民政。", "民政。", "民心。", "交通。"),
        row("b", "民意。", "政民。", "民心。"),
    ]
    with Both(tmp_path, *rows) as both:
        # What stands in most passages: 民政 and 民心 in two; of these the first.
        assert near(both, "民正") == "民心"
    with Both(tmp_path, row("c", "乡村振兴。", "乡村振与。", "乡村振与。", "乡村振与。")) as both:
        # A word, though the other stands in more passages.
        assert near(both, "乡村振作") == "乡村振兴"
        # Neither is a word.
        assert near(both, "村振写") == "村振与"
        # Both are words of another length; 乡村 stands in four passages.
        assert near(both, "乡村振") == "乡村"
    with Both(tmp_path, row("d", "abcdef。", "bc，bc。", "bc。")) as both:
        # bc is a word. Of other strings the first is one of the same length.
        assert near(both, "bcx") == "bc"
        assert near(both, "cdx") == "cde"
        assert near(both, "xcde") == "bcde"


def test_of_two_characters_only_a_word_is_near_and_of_one_nothing(tmp_path: Path) -> None:
    with Both(tmp_path, row("a", "民政，abcdef。", "水。")) as both:
        # bc is no word but a part of one.
        assert near(both, "bx") is None
        assert near(both, "bcx") == "bcd"
        assert near(both, "民正") == "民政"
        assert near(both, "政民") == "民政"
        assert near(both, "木") is None
        assert near(both, "") is None


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("养佬", "养老"),
        ("养佬 year:2019 -水利", "养老 year:2019 -水利"),
        ("「养佬」", "「养老」"),
        ("水利 AND (养佬 OR 鲸鱼)", "水利 AND (养老 OR 鲸鱼)"),
        ("养佬 水力", "养老 水利"),
        ("养佬补贴", "养老补贴"),
        # Met, in one passage or in two, or met apart from a filter: nothing is misspelt.
        ("养老", None),
        ("养老 水利", None),
        ("养老 year:2021", None),
        ("养老 OR 养佬", None),
        ("养老 -养佬", None),
        ("鲸鱼", None),
    ],
)
def test_a_suggestion_is_the_whole_query_with_what_is_near_in_place(
    both: Both, text: str, suggestion: str | None
) -> None:
    found = both.search(text)
    assert found.suggestion == suggestion
    assert found.query == text


def test_a_suggestion_is_never_used_by_itself(both: Both) -> None:
    found = both.search("养佬")
    assert (found.matched.reports, found.hits) == (0, ())
    found = both.search("水利 养佬")
    assert found.suggestion == "水利 养老"
    assert (found.partial, ids(found)) == (True, ["c"])
    assert both.marked(found.hits[0].passages[0]) == ["水利"]
    assert both.search("水利 养老").partial is False
    for group in ("report", "passage"):
        assert both.search("养佬", group=group).suggestion == "养老"
