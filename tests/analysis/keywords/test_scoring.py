"""Keywords, part by part: what can be one, what it weighs, which of several are left."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch import lexicon
from reportsearch.analysis.keywords import scoring
from reportsearch.analysis.keywords.reference_corpus import (
    SMOOTHING,
    WORDS_PER_CHARACTER,
    ReferenceCorpus,
    word_rate,
)
from reportsearch.analysis.keywords.scoring import WeightedTerm, select_keywords
from reportsearch.analysis.terms.candidates import TermRules, find_candidates
from reportsearch.analysis.terms.collocations import entropy, has_varied_neighbours, npmi
from reportsearch.analysis.terms.token_text import TokenText
from reportsearch.lexicon import Lexicon
from reportsearch.lexicon.wordlists import Boilerplate
from reportsearch.tokenizer import Dictionary, Tokenizer, load_dictionary

_WORDS = lexicon.load()
_TOKENIZER = Tokenizer(Lexicon(()))


@pytest.fixture(scope="module")
def rules(words: Lexicon) -> TermRules:
    return TermRules(load_dictionary(), words.stop_words, words.boilerplate, words.terms)


def text_of(tokenizer: Tokenizer, *passages: str) -> TokenText:
    nothing: list[list[tuple[int, int]]] = [[] for _ in passages]
    rules = TermRules(load_dictionary(), _WORDS.stop_words, _WORDS.boilerplate, _WORDS.terms)
    return TokenText(passages, nothing, nothing, tokenizer, rules.is_boundary)


def terms(tokenizer: Tokenizer, rules: TermRules, *passages: str) -> set[str]:
    found = find_candidates(text_of(tokenizer, *passages), rules)
    return {entry.term for entry in found if not rules.is_boilerplate(entry.words)}


def test_words_and_strings_of_words_are_candidates(tokenizer: Tokenizer, rules: TermRules) -> None:
    found = terms(tokenizer, rules, "推动乡村旅游和红色旅游景区发展。")
    assert {"乡村旅游", "红色旅游", "红色旅游景区"} <= found
    # Over 和 no phrase reaches.
    assert not any("和" in term for term in found)


@pytest.mark.parametrize(
    ("passage", "term"),
    [
        ("狠抓招商引资工作", "狠抓招商引资"),
        ("招商引资工作有声有色", "招商引资工作"),
        ("圆满完成防汛", "圆满完成"),
        ("三所学校", "三所学校"),
        ("进一步旅游", "进一步旅游"),
        ("乡村\n旅游", "乡村旅游"),
        ("乡村，旅游", "乡村旅游"),
    ],
)
def test_what_begins_or_ends_hollow_or_is_apart_is_none(
    tokenizer: Tokenizer, rules: TermRules, passage: str, term: str
) -> None:
    assert term not in terms(tokenizer, rules, *passage.split("\n"))


@pytest.mark.parametrize(
    ("passage", "piece", "kept"),
    [
        ("在爬坡过坎中厚植产业", "中厚植产业", "产业"),
        ("把乡村振兴干到田间", "乡村振兴干到", "乡村振兴"),
        ("建立以林长制为抓手的体系", "以林长", "抓手"),
        ("过夜游客占比高", "游客占", "游客"),
        ("让残疾人康复抢在前", "残疾人康复抢", "残疾人"),
        ("下步打算", "步打算", "打算"),
    ],
)
def test_a_piece_of_a_sentence_is_none(
    tokenizer: Tokenizer, rules: TermRules, passage: str, piece: str, kept: str
) -> None:
    text = text_of(tokenizer, passage)
    found = {entry.term for entry in find_candidates(text, rules)}
    assert piece not in found
    assert kept in found


def test_an_entry_that_looks_like_a_piece_is_no_piece() -> None:
    own = TermRules(load_dictionary(), frozenset(), _WORDS.boilerplate, frozenset(("干到",)))
    assert own.can_be_edge("干到")
    assert not TermRules(
        load_dictionary(), frozenset(), _WORDS.boilerplate, frozenset()
    ).can_be_edge("干到")


def test_entries_of_the_word_lists_are_always_candidates(
    tokenizer: Tokenizer, rules: TermRules
) -> None:
    assert "三农" in terms(tokenizer, rules, "服务三农。")


def test_in_much_text_what_comes_once_is_none(tokenizer: Tokenizer, rules: TermRules) -> None:
    long = "公路养护。" * 16_000
    assert terms(tokenizer, rules, f"{long}红色旅游。") == {"公路", "养护", "公路养护"}


def test_a_string_is_found_where_words_begin_and_end(tokenizer: Tokenizer) -> None:
    text = text_of(tokenizer, "人民政府的民政工作", "供销社和供销系统")
    assert text.find("民政") == [(0, 5)]
    assert text.find("供销") == [(1, 0), (1, 4)]


def test_what_stands_in_set_phrases_does_not_count(tokenizer: Tokenizer) -> None:
    text = TokenText(["学习教育，教育学生"], [[(0, 4)]], [[(5, 7)]], tokenizer, lambda _: False)
    assert text.find("教育") == [(0, 5)]
    assert (text.is_heading(0, 5), text.is_heading(0, 7)) == (True, False)


@given(st.lists(st.text("供销社民政系统甲，", max_size=12), min_size=1, max_size=4))
def test_every_string_of_words_is_found_where_it_stands(passages: list[str]) -> None:
    nothing: list[list[tuple[int, int]]] = [[] for _ in passages]
    text = TokenText(passages, nothing, nothing, _TOKENIZER, lambda _: False)
    strings = text.count_ngrams(lambda _: 1)
    for words, count in zip(strings.words, strings.counts, strict=True):
        term = "".join(words)
        places = text.find(term)
        assert all(passages[number].startswith(term, at) for number, at in places)
        # Strings overlap (甲甲甲); places do not.
        assert len(places) >= 1
        assert count >= 1


def test_the_rest_of_the_index_counts_more_the_larger_it_is() -> None:
    known = Dictionary({"旅游": 600, "学校": 600}, {}, 60_000_000)
    small, large = (ReferenceCorpus(known, chars) for chars in (0, 10_000_000))
    general = small.general_rate(["旅游"])
    assert general == pytest.approx(601 / 60_000_000)
    assert small.expected_rate(0, general) == pytest.approx(general)
    # In a large index only what stands there counts, but for the smoothing.
    assert large.smoothed_rest_rate(40_000, general) == pytest.approx(
        (40_000 + SMOOTHING * general) / (10_000_000 * WORDS_PER_CHARACTER + SMOOTHING)
    )
    assert large.expected_rate(40_000, general) == pytest.approx(
        math.sqrt(general * large.smoothed_rest_rate(40_000, general))
    )


def test_an_unknown_word_is_rarer_than_a_known_one() -> None:
    background = ReferenceCorpus(load_dictionary(), 0)
    assert background.general_rate(["婆姨囤"]) < background.general_rate(["招商引资"])
    phrase = background.general_rate(["红色", "旅游"])
    assert background.general_rate(["红色"]) > phrase > background.general_rate(["旅游"]) or (
        background.general_rate(["红色"]) < phrase < background.general_rate(["旅游"])
    )


def test_a_term_no_more_frequent_than_expected_weighs_nothing() -> None:
    assert scoring.term_weight(5, 1.0, 1.0) == scoring.term_weight(5, 1.0, 2.0) == 0
    assert scoring.term_weight(0, 9.0, 1.0) == 0
    weights = [
        scoring.term_weight(*values) for values in ((5, 2.0, 1.0), (6, 2.0, 1.0), (6, 3.0, 1.0))
    ]
    assert 0 < weights[0] < weights[1] < weights[2]
    assert word_rate(4, 1000) == pytest.approx(0.01)


def test_a_word_of_which_the_dictionary_knows_nothing_is_what_it_is_made_of() -> None:
    known = Dictionary({"生态": 2000, "环境": 18_000, "生态环境": 3, "囤囤": 3}, {}, 60_000_000)
    background = ReferenceCorpus(known, 0)
    assert background.general_rate(["生态环境"]) == pytest.approx(
        math.sqrt(2001 * 18_001) / 60_000_000
    )
    assert background.general_rate(["囤囤"]) == pytest.approx(math.exp(-16))


def weighed(term: str, score: float, count: int) -> WeightedTerm:
    return WeightedTerm(term, score, count, 2.0)


def test_what_always_stands_in_a_longer_term_is_absorbed() -> None:
    found = select_keywords([weighed("示范县", 9, 4), weighed("旅游示范县", 8, 4)], 9)
    assert [entry.term for entry in found] == ["旅游示范县"]
    # One of four stands apart.
    found = select_keywords([weighed("示范县", 9, 4), weighed("旅游示范县", 8, 3)], 9)
    assert [entry.term for entry in found] == ["示范县", "旅游示范县"]


def test_of_what_comes_once_or_twice_the_shorter_weighs_less() -> None:
    found = select_keywords([weighed("示范县", 9, 2), weighed("旅游示范县", 8, 2)], 9)
    assert [(entry.term, entry.score) for entry in found] == [
        ("旅游示范县", 8),
        ("示范县", pytest.approx(9 * 0.7)),
    ]


def test_of_one_portfolio_the_usual_wording_is_left() -> None:
    short = WeightedTerm("招商", 7, 19, 2.0, portfolio="招商引资")
    long = WeightedTerm("招商引资", 8, 13, 2.0, portfolio="招商引资")
    assert select_keywords([short, long], 9) == [long]
    # Not where it names nothing, is another one, weighs less, or is the rarer wording.
    for other in (
        replace(long, portfolio=None),
        replace(long, portfolio="商务"),
        replace(long, score=6),
        replace(long, count=9),
    ):
        assert len(select_keywords([short, other], 9)) == 2


def test_equal_terms_are_in_the_order_of_their_characters() -> None:
    found = select_keywords([weighed("乙乙", 1, 1), weighed("甲甲", 1, 1), weighed("丙", 0, 1)], 9)
    assert [entry.term for entry in found] == ["乙乙", "甲甲"]
    assert select_keywords([weighed("乙乙", 1, 1), weighed("甲甲", 2, 1)], 1)[0].term == "甲甲"


def test_mutual_information_is_1_of_words_that_never_stand_apart() -> None:
    assert npmi(5, [5, 5], 1_000) == pytest.approx(1)
    assert npmi(5, [5, 5, 5], 1_000) == pytest.approx(1)
    # As often together as chance has it.
    assert npmi(10, [100, 100], 1_000) == pytest.approx(0)
    assert npmi(0, [3, 4], 1_000) == 0
    assert npmi(1_000, [1_000, 1_000], 1_000) == 0


def test_a_string_between_the_same_neighbours_is_part_of_a_longer_one() -> None:
    assert has_varied_neighbours("甲乙", "丙丁")
    assert not has_varied_neighbours("甲甲", "丙丁")
    assert not has_varied_neighbours("甲乙", "丙丙")
    assert not has_varied_neighbours("", "")
    assert entropy("aabb") == pytest.approx(1)
    assert entropy("") == 0


def test_hollow_is_what_hollow_words_say() -> None:
    rules = TermRules(
        Dictionary({}, {}, 1),
        frozenset(),
        Boilerplate(frozenset({"全面", "完成", "工作", "困难", "群众"}), frozenset({"全面"})),
        frozenset({"困难群众"}),
    )
    assert rules.is_boilerplate(["全面完成"])
    assert rules.is_boilerplate(["完成", "工作"])
    assert not rules.is_boilerplate(["困难", "群众"])
    assert not rules.is_boilerplate(["全面", "养护"])
