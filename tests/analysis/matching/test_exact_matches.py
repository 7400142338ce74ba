"""The runs that texts share are those of a brute-force reading of the definition, all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportsearch.analysis.matching import exact_matches
from reportsearch.analysis.matching.exact_matches import find_exact_matches
from tests.analysis.matching import brute_force, passages


def found(text: str, sources: list[str], min_chars: int) -> list[list[tuple[int, int, int]]]:
    return [
        [(run.start, run.end, run.source_start) for run in of_one]
        for of_one in find_exact_matches(text, sources, min_chars)
    ]


def expected(text: str, sources: list[str], min_chars: int) -> list[list[tuple[int, int, int]]]:
    return [brute_force.runs(text, source, min_chars) for source in sources]


def texts_of(alphabet: str, most: int) -> st.SearchStrategy[str]:
    free = st.text(alphabet, max_size=most)
    repeated = st.builds(
        lambda part, times, rest: (part * times + rest)[:most],
        st.text(alphabet, min_size=1, max_size=6),
        st.integers(1, 12),
        st.text(alphabet, max_size=12),
    )
    return free | repeated


@st.composite
def spliced(draw: st.DrawFn, alphabet: str) -> tuple[str, list[str]]:
    """A text made of parts of its sources, with a little in between."""
    sources = draw(st.lists(texts_of(alphabet, 60), min_size=1, max_size=4))
    text = ""
    for _ in range(draw(st.integers(1, 4))):
        source = draw(st.sampled_from(sources))
        start = draw(st.integers(0, len(source)))
        text += source[start : start + draw(st.integers(0, 40))]
        text += draw(st.text(alphabet, max_size=2))
    return text, sources


@settings(max_examples=100)
@given(texts_of("ab", 60), st.lists(texts_of("ab", 60), max_size=4), st.integers(2, 16))
@example("", [], 2)
@example("", ["", "ab"], 2)
@example("ab", [""], 2)
@example("a" * 40, ["a" * 16, "a" * 60], 16)
@example("ab" * 20, ["ba" * 20], 13)
def test_of_texts_of_two_characters_all_runs_are_found(
    text: str, sources: list[str], min_chars: int
) -> None:
    assert found(text, sources, min_chars) == expected(text, sources, min_chars)


@settings(max_examples=100)
@given(spliced("年aé"), st.integers(2, 16))
def test_of_texts_made_of_their_sources_all_runs_are_found(
    made: tuple[str, list[str]], min_chars: int
) -> None:
    text, sources = made
    assert found(text, sources, min_chars) == expected(text, sources, min_chars)


@settings(max_examples=60)
@given(texts_of("一𠀀\U0010ffff", 50), texts_of("一𠀀\U0010ffff", 50), st.integers(2, 16))
def test_characters_beyond_the_basic_plane_count_as_one(
    text: str, source: str, min_chars: int
) -> None:
    sources = [source, text, source + text]
    assert found(text, sources, min_chars) == expected(text, sources, min_chars)


@pytest.mark.parametrize("min_chars", range(2, 17))
def test_a_text_is_one_run_of_itself(min_chars: int) -> None:
    text = "一二三四五六七八九十甲乙丙丁戊己庚辛"
    assert found(text, [text], min_chars) == [[(0, len(text), 0)]]


@pytest.mark.parametrize("min_chars", range(2, 17))
def test_a_run_counts_from_its_shortest_length_on(min_chars: int) -> None:
    run = "一二三四五六七八九十甲乙丙丁戊己"
    shorter, just = run[: min_chars - 1], run[:min_chars]
    assert found(f"左{shorter}右", [f"前{shorter}后"], min_chars) == [[]]
    assert found(f"左{just}右", [f"前{just}后"], min_chars) == [[(1, min_chars + 1, 1)]]


def test_a_run_is_given_with_its_first_place_in_the_source() -> None:
    run = "推进农村集体产权制度改革工作"
    assert found(run, [f"甲{run}乙{run}"], 13) == [[(0, len(run), 1)]]


def test_runs_that_overlap_in_the_text_are_both_given() -> None:
    text = "一二三四五六七八九十甲乙"
    assert found(
        text, ["一二三四五六七八乙", "五六七八九十甲乙", text[:8] + "x" + text[4:]], 8
    ) == [
        [(0, 8, 0)],
        [(4, 12, 0)],
        [(0, 8, 0), (4, 12, 9)],
    ]


def test_a_separator_between_sources_joins_nothing() -> None:
    text = "一二三四五六七八九十甲乙丙丁"
    assert found(text, [text[:7], text[7:]], 8) == [[], []]


def places(spans: list[tuple[int, int, int]]) -> set[int]:
    return {place for start, end, _ in spans for place in range(start, end)}


@settings(max_examples=100)
@given(texts_of("ab", 60), st.lists(texts_of("ab", 60), max_size=3), st.integers(2, 16))
def test_of_texts_that_repeat_themselves_too_often_each_place_is_still_in_a_run(
    text: str, sources: list[str], min_chars: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact_matches, "_MAX_HITS", 3)
        some = found(text, sources, min_chars)
    for few, every in zip(some, expected(text, sources, min_chars), strict=True):
        assert set(few) <= set(every)
        assert places(few) == places(every)


def test_a_text_of_two_characters_in_turn_is_found_whole() -> None:
    (spans,) = found("ab" * 20_000, ["b" + "ab" * 15_000], 13)
    assert places(spans) == set(range(40_000))


def test_five_hundred_random_passages_share_what_brute_force_finds(shipped_index: Path) -> None:
    texts = passages.compared_texts(shipped_index)
    runs_found = 0
    for number, group in enumerate(passages.groups(texts, count=50, size=10, seed=0)):
        min_chars = (8, 13, 5, 13)[number % 4]
        for at, text in enumerate(group):
            others = group[:at] + group[at + 1 :]
            wanted = expected(text, others, min_chars)
            assert found(text, others, min_chars) == wanted
            runs_found += sum(map(len, wanted))
    assert runs_found > 500


@pytest.mark.parametrize("min_chars", [4, 13])
def test_whole_reports_share_what_brute_force_finds(shipped_index: Path, min_chars: int) -> None:
    texts = passages.compared_texts(shipped_index)
    for at in range(0, len(texts), 8):
        others = texts[:at] + texts[at + 1 :]
        assert found(texts[at], others, min_chars) == expected(texts[at], others, min_chars)
