"""Stretches with small edits are what they say: alike, in their places, and long enough."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportsearch.analysis.matching import edited_matches
from reportsearch.analysis.matching.edited_matches import EditedMatch
from reportsearch.analysis.matching.formulae import SetPhraseIndex
from reportsearch.analysis.reuse.report_comparison import compare_text
from tests.analysis.matching import brute_force

COPIED = "扎实推进农村人居环境整治建成污水处理设施农村面貌焕然一新群众满意度持续提升"


def stretches(text: str, source: str, min_chars: int = 13) -> list[EditedMatch]:
    comparison = compare_text(
        text,
        [source],
        min_chars=min_chars,
        formula_officials=2,
        officials=[0],
        own=0,
        counts_itself=True,
        phrases=SetPhraseIndex(()),
    )
    return [stretch for share in comparison.source_matches for stretch in share.edited_matches]


def common(one: str, other: str) -> int:
    """The longest common subsequence, cell by cell."""
    row = [0] * (len(other) + 1)
    for char in one:
        diagonal = 0
        for at, against in enumerate(other, 1):
            diagonal, row[at] = (
                row[at],
                diagonal + 1 if char == against else max(row[at], row[at - 1]),
            )
    return row[-1]


@st.composite
def edited_copies(draw: st.DrawFn, alphabet: str) -> tuple[str, str, int]:
    source = draw(st.text(alphabet, min_size=10, max_size=70))
    chars = list(source)
    for _ in range(draw(st.integers(0, 10))):
        place = draw(st.integers(0, len(chars)))
        chars[place : place + draw(st.integers(0, 2))] = draw(st.text(alphabet, max_size=2))
    sides = st.text(alphabet, max_size=10)
    return draw(sides) + "".join(chars) + draw(sides), source, draw(st.integers(3, 16))


@settings(max_examples=100)
@given(edited_copies("ab") | edited_copies("一二三四五六七八九十"))
def test_a_stretch_is_alike_on_both_sides_and_long_enough(made: tuple[str, str, int]) -> None:
    text, source, min_chars = made
    for stretch in stretches(text, source, min_chars):
        here, there = (
            text[stretch.start : stretch.end],
            source[stretch.source_start : stretch.source_end],
        )
        assert 0 <= stretch.start < stretch.end <= len(text)
        assert 0 <= stretch.source_start < stretch.source_end <= len(source)
        assert stretch.matched <= common(here, there)
        assert 2 * stretch.matched >= max(len(here), len(there))
        has_run = bool(brute_force.runs(here, there, min_chars))
        assert stretch.matched >= (min_chars if has_run else 1.5 * min_chars)


@settings(max_examples=100)
@given(st.text("abc", max_size=30), st.text("abc", max_size=30))
def test_the_longest_common_subsequence_is_that_of_the_plain_way(one: str, other: str) -> None:
    assert edited_matches._lcs_length(one, other) == common(one, other)


@pytest.mark.parametrize(
    ("changed", "start", "end"),
    [
        (COPIED, 0, 37),
        (COPIED.replace("环境", "生态"), 0, 37),
        (COPIED.replace("扎实推进", "抓实推进"), 1, 37),
        (COPIED.replace("设施", "设施四十六处"), 0, 41),
        (COPIED.replace("焕然一新", ""), 0, 33),
        (COPIED.replace("焕然一新", "今非昔比"), 0, 37),
    ],
    ids=["nothing", "a word", "the first", "put in", "left out", "said otherwise"],
)
def test_a_stretch_goes_over_an_edit_and_ends_where_the_copy_ends(
    changed: str, start: int, end: int
) -> None:
    (stretch,) = stretches(f"前文左邻{changed}下句右舍", f"别处东家{COPIED}他乡西屋")
    assert (stretch.start - 4, stretch.end - 4) == (start, end)
    assert (stretch.source_start - 4, stretch.source_end - 4) == (start, len(COPIED))


def test_a_paragraph_put_in_is_no_small_edit() -> None:
    added = "其间省市领导多次到场调研指导并对下一步工作提出明确要求"
    text = COPIED[:18] + added + COPIED[18:]
    found = stretches(text, COPIED)
    assert found
    assert not any(each.start < 18 + 10 < each.end for each in found)


def test_what_only_has_a_common_word_is_no_stretch() -> None:
    assert (
        stretches("今年加快农业农村现代化步伐再创佳绩", "当前正在农业农村现代化道路之上探索") == []
    )


def test_paragraphs_in_another_order_are_stretches_of_their_own() -> None:
    other = "义务教育阶段新增学位招聘教师县第二中学迁建工程主体完工交付使用"
    filler = "财政收入平稳增长税务部门服务企业" * 2
    found = stretches(f"{COPIED}{filler}{other}", f"{other}甲{COPIED}")
    assert [(each.start, each.end) for each in found] == [
        (0, len(COPIED)),
        (len(COPIED + filler), len(COPIED + filler + other)),
    ]


def test_edits_are_found_in_a_copy_with_more_runs_than_are_looked_at() -> None:
    chance = random.Random(3)
    signs = [chr(0x4E00 + number) for number in range(3_000)]
    source = "".join(chance.choice(signs) for _ in range(60_000))
    # Each twelfth character is another one: five thousand runs of eleven.
    changed = "".join("〇" if at % 12 == 11 else sign for at, sign in enumerate(source))
    found = stretches(changed, source)
    assert sum(stretch.end - stretch.start for stretch in found) > 0.9 * len(changed)


def test_what_stands_between_two_copies_by_chance_is_no_small_edit() -> None:
    first, second = COPIED[:19], COPIED[19:]
    text = f"{first}今年我们换了打法把专班搬到了园区周周碰头{second}"
    source = f"{first}空气好不好鼻子是第一个监测站谁说了也不算{second}"
    assert [(each.start, each.end, each.source_end) for each in stretches(text, source)] == [
        (0, 19, 19),
        (len(text) - len(second), len(text), len(source)),
    ]


def test_half_of_what_stands_between_two_copies_makes_it_a_small_edit() -> None:
    first, second = COPIED[:19], COPIED[19:]
    text = f"{first}今年我们换了打法把专班搬{second}"
    source = f"{first}去岁他们换了打法把机关搬{second}"
    (found,) = stretches(text, source)
    assert (found.start, found.end, found.source_end) == (0, len(text), len(source))
