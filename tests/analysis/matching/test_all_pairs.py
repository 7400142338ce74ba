"""Pairs and formulae are those of a brute-force reading of the definitions; compare agrees."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportsearch.analysis.matching import formulae
from reportsearch.analysis.matching.all_pairs import (
    FormulaString,
    TextPairs,
    find_pairs,
    mark_formulae,
)
from reportsearch.analysis.reuse.report_comparison import TextComparison, compare_text
from tests.analysis.matching import brute_force, passages

Counted = set[tuple[str, int, int]]


def counted(strings: Sequence[FormulaString]) -> Counted:
    found = {(string.text, string.texts, string.officials) for string in strings}
    assert len(found) == len(strings)
    return found


def check_pairs(
    texts: list[str], officials: list[str], min_chars: int, needed: int, phrases: list[str]
) -> TextPairs:
    pairs = find_pairs(
        texts, officials, min_chars=min_chars, formula_officials=needed, set_phrases=phrases
    )
    assert pairs.shared == brute_force.shared(
        texts, officials, min_chars=min_chars, formula_officials=needed, phrases=phrases
    )
    assert counted(pairs.formulae) == brute_force.formulae(texts, officials, needed)
    assert counted(pairs.set_phrases) == brute_force.counted(set(phrases), texts, officials)
    return pairs


def compared_with_others(
    texts: list[str],
    officials: list[str],
    at: int,
    min_chars: int,
    needed: int,
    phrases: list[str],
    *,
    counts_itself: bool = True,
) -> tuple[TextComparison, list[str]]:
    names = sorted(set(officials))
    others = texts[:at] + texts[at + 1 :]
    whose = [names.index(name) for name in officials[:at] + officials[at + 1 :]]
    comparison = compare_text(
        texts[at],
        others,
        min_chars=min_chars,
        formula_officials=needed,
        officials=whose,
        own=names.index(officials[at]),
        counts_itself=counts_itself,
        phrases=formulae.SetPhraseIndex(phrases),
    )
    return comparison, others


def check_comparison(
    texts: list[str],
    officials: list[str],
    at: int,
    min_chars: int,
    needed: int,
    phrases: list[str],
    *,
    counts_itself: bool = True,
) -> TextComparison:
    text = texts[at]
    comparison, others = compared_with_others(
        texts, officials, at, min_chars, needed, phrases, counts_itself=counts_itself
    )
    assert comparison.length == len(text)
    by_source = {share.source: share for share in comparison.source_matches}
    assert len(by_source) == len(comparison.source_matches)
    for number, other in enumerate(others):
        share = by_source.get(number)
        runs = [(run.start, run.end, run.source_start) for run in share.runs] if share else []
        assert runs == brute_force.runs(text, other, min_chars)
    exact = comparison.mark_exact(comparison.source_matches)
    assert {place for place in range(len(text)) if exact[place]} == {
        place for other in others for place in brute_force.covered(text, other, min_chars)
    }
    if counts_itself:
        counting, whose = texts, officials
    else:
        counting, whose = others, officials[:at] + officials[at + 1 :]
    is_formula = comparison.is_formula
    assert {place for place in range(len(text)) if is_formula[place]} == brute_force.formula_places(
        text, counting, whose, needed, phrases
    )
    assert [
        (each.start, each.end, each.reports, each.officials) for each in comparison.formulae
    ] == [
        (start, end, having, len(of))
        for start, end in brute_force.common_spans(text, counting, whose, needed)
        for standing in [brute_force.standing(text[start:end], counting)]
        for having, of in [(len(standing), {whose[number] for number in standing})]
    ]
    assert {phrase.text: phrase.spans for phrase in comparison.set_phrases} == {
        phrase: tuple((place, place + len(phrase)) for place in places)
        for phrase in phrases
        for places in [brute_force.occurrences(phrase, text)]
        if places
    }
    assert {phrase.text: phrase.sources for phrase in comparison.set_phrases} == {
        phrase: tuple(brute_force.standing(phrase, others)) for phrase in phrases if phrase in text
    }
    return comparison


@st.composite
def collections(draw: st.DrawFn, alphabet: str) -> tuple[list[str], list[str], int, int, list[str]]:
    """Texts that copy from one another, their officials, both thresholds, and set phrases."""
    texts: list[str] = []
    for _ in range(draw(st.integers(1, 6))):
        text = draw(st.text(alphabet, max_size=30))
        for _ in range(draw(st.integers(0, 3)) if texts else 0):
            giver = draw(st.sampled_from(texts))
            at = draw(st.integers(0, len(giver)))
            text += giver[at : at + draw(st.integers(0, 30))] + draw(st.text(alphabet, max_size=2))
        texts.append(text)
    officials = [draw(st.sampled_from("甲乙丙丁")) for _ in texts]
    min_chars, needed = draw(st.integers(2, 16)), draw(st.integers(2, 4))
    phrases = draw(st.lists(st.text(alphabet, min_size=1, max_size=9), max_size=3, unique=True))
    return texts, officials, min_chars, needed, phrases


@settings(max_examples=100)
@given(collections("ab") | collections("a1") | collections("年b0"))
@example((["ab" * 8, "ab" * 9 + "b", ""], ["甲", "乙", "丙"], 8, 2, ["ba"]))
@example((["a" * 20, "a" * 9, "a" * 9 + "1"], ["甲", "甲", "乙"], 5, 2, ["a1"]))
@example(([""], ["甲"], 13, 2, ["ab"]))
def test_pairs_and_formulae_are_those_of_brute_force(
    collection: tuple[list[str], list[str], int, int, list[str]],
) -> None:
    check_pairs(*collection)


@settings(max_examples=60)
@given(collections("ab") | collections("a1") | collections("年b0"))
@example(([], [], 8, 2, ["ab"]))
def test_formulae_are_marked_where_brute_force_finds_them(
    collection: tuple[list[str], list[str], int, int, list[str]],
) -> None:
    texts, officials, _, needed, phrases = collection
    found = mark_formulae(texts, officials, formula_officials=needed, set_phrases=phrases)
    assert [set(marks.nonzero()[0].tolist()) for marks in found] == [
        brute_force.formula_places(text, texts, officials, needed, phrases) for text in texts
    ]
    assert [len(marks) for marks in found] == [len(text) for text in texts]


@settings(max_examples=50)
@given(collections("ab") | collections("a1") | collections("年b0"), st.booleans())
def test_a_comparison_is_that_of_brute_force(
    collection: tuple[list[str], list[str], int, int, list[str]], counts_itself: bool
) -> None:
    texts, officials, min_chars, needed, phrases = collection
    for at in range(len(texts)):
        check_comparison(
            texts, officials, at, min_chars, needed, phrases, counts_itself=counts_itself
        )


PHRASES = ["以人民为中心", "全面从严治党", "党的二十大精神", "推进", "工作"]


@pytest.mark.parametrize("seed", range(2))
def test_passages_of_real_reports_share_what_brute_force_finds(
    shipped_index: Path, seed: int
) -> None:
    texts = passages.compared_texts(shipped_index)
    formulae_found = pairs_found = 0
    for number, group in enumerate(passages.groups(texts, count=10, size=10, seed=100 + seed)):
        officials = list("甲乙丙丁戊己庚甲乙丙")
        min_chars, needed = (8, 13, 5)[number % 3], 2 + number % 2
        pairs = check_pairs(group, officials, min_chars, needed, PHRASES)
        formulae_found += len(pairs.formulae)
        pairs_found += len(pairs.shared)
        for at in range(0, len(group), 3):
            check_comparison(group, officials, at, min_chars, needed, PHRASES)
    assert formulae_found > 20
    assert pairs_found > 50


def test_the_shipped_reports_share_what_brute_force_finds(shipped_index: Path) -> None:
    texts = passages.compared_texts(shipped_index)[::3]
    officials = [str(number // 2) for number in range(len(texts))]
    pairs = check_pairs(texts, officials, 13, 2, PHRASES)
    assert pairs.shared
    assert pairs.formulae


@settings(max_examples=30)
@given(collections("ab") | collections("a1"))
def test_comparing_one_text_and_comparing_all_agree(
    collection: tuple[list[str], list[str], int, int, list[str]],
) -> None:
    agree(*collection)


@pytest.mark.parametrize("min_chars", [8, 13])
def test_comparing_one_report_and_comparing_all_agree(shipped_index: Path, min_chars: int) -> None:
    texts = passages.compared_texts(shipped_index)
    agree(texts, [str(number) for number in range(len(texts))], min_chars, 4, PHRASES)


def agree(
    texts: list[str], officials: list[str], min_chars: int, needed: int, phrases: list[str]
) -> None:
    pairs = find_pairs(
        texts, officials, min_chars=min_chars, formula_officials=needed, set_phrases=phrases
    )
    one_way: dict[tuple[int, int], int] = {}
    listed: Counted = set()
    for at, text in enumerate(texts):
        comparison, _ = compared_with_others(texts, officials, at, min_chars, needed, phrases)
        listed |= {
            (text[each.start : each.end], each.reports, each.officials)
            for each in comparison.formulae
        }
        for share in comparison.source_matches:
            chars = int((comparison.mark_exact([share]) & ~comparison.is_formula).sum())
            if chars:
                one_way[at, share.source + (share.source >= at)] = chars
    assert one_way == {
        direction: chars
        for (one, other), both in pairs.shared.items()
        for direction, chars in zip(((one, other), (other, one)), both, strict=True)
        if chars
    }
    assert listed == counted(pairs.formulae)


def test_what_officials_have_in_common_counts_once_it_is_no_formula() -> None:
    copied = "推进农村集体产权制度改革试点工作"
    texts = [f"甲{copied}", f"{copied}乙", f"丙{copied}丁"]
    officials = ["甲", "乙", "丙"]
    both = (len(copied), len(copied))
    assert check_pairs(texts, officials, 13, 4, []).shared == dict.fromkeys(
        [(0, 1), (0, 2), (1, 2)], both
    )
    assert check_pairs(texts, officials, 13, 3, []).shared == {}
    assert check_pairs(texts, ["甲", "甲", "乙"], 13, 3, []).shared != {}


def test_a_string_with_a_digit_is_no_formula() -> None:
    texts = [f"{at}全面完成年度任务3项并通过验收{at}" for at in "甲乙丙丁"]
    pairs = check_pairs(texts, list("甲乙丙丁"), 13, 4, [])
    assert counted(pairs.formulae) == {("全面完成年度任务", 4, 4)}
    assert pairs.shared[0, 1] == (7, 7)


def test_a_set_phrase_counts_as_a_formula_in_one_report() -> None:
    copied = "推进农村集体产权制度改革试点工作"
    texts = [f"甲{copied}", f"{copied}乙"]
    pairs = check_pairs(texts, ["甲", "乙"], 13, 4, ["农村集体产权制度改革"])
    assert pairs.shared == {(0, 1): (6, 6)}
    assert counted(pairs.set_phrases) == {("农村集体产权制度改革", 2, 2)}


def test_runs_longer_than_any_text_are_none() -> None:
    text = "推进农村集体产权制度改革试点工作"
    for min_chars in (2 * len(text) + 3, 10**12):
        assert check_pairs([text, text], ["甲", "乙"], min_chars, 2, []).shared == {}
