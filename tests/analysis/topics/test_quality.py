"""What is computed of topics: weights, coherence, agreement, how many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from reportsearch.analysis.terms.candidates import TermRules
from reportsearch.analysis.topics import (
    coherence,
    nmf,
    number_of_topics,
)
from reportsearch.analysis.topics.word_counts import WordCounter, WordCounts
from reportsearch.lexicon.wordlists import Boilerplate
from reportsearch.models.topics import Weighing
from reportsearch.tokenizer import load_dictionary

WORDS = ["公路", "桥梁", "学校", "教师", "景区", "游客"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=0, max_size=6), min_size=2, max_size=12)


def read(texts: list[list[str]], least: int = 1) -> WordCounts:
    reader = WordCounter(TermRules(load_dictionary(), (), Boilerplate(), ()), lambda _: False)
    for words in texts:
        reader.add([(word, 2 * at, 2 * at + 2) for at, word in enumerate(words)], [])
    return reader.build_counts(least)


def test_words_are_counted_by_passage_and_copies_once() -> None:
    counted = read([["公路", "公路", "学校"], [], ["公路", "公路", "学校"], ["学校"]])
    assert counted.words == ("公路", "学校")
    assert counted.distinct.tolist() == [0, 3]
    assert counted.frequencies.tolist() == [1, 2]
    assert list(zip(counted.rows, counted.columns, counted.counts, strict=True)) == [
        (0, 0, 2), (0, 1, 1), (2, 0, 2), (2, 1, 1), (3, 1, 1),
    ]  # fmt: skip
    assert counted.sequence.tolist() == [-1, 0, 0, 1, -2, -2, -1, 0, 0, 1, -2, -1, 1, -2]


def test_words_in_too_few_passages_and_in_set_phrases_are_left_out() -> None:
    reader = WordCounter(
        TermRules(load_dictionary(), (), Boilerplate(), ()), lambda word: word == "游客"
    )
    for _ in range(2):
        reader.add([("公路", 0, 2), ("游客", 2, 4), ("学校", 4, 6), ("2023年", 6, 11)], [(3, 6)])
    reader.add([("学校", 0, 2), ("iii", 2, 3), ("路", 3, 4)], [])
    counted = reader.build_counts(1)
    assert counted.words == ("公路", "学校")
    assert counted.distinct.tolist() == [0, 2]
    assert reader.build_counts(2).words == ()


@given(TEXTS)
def test_rows_have_the_length_1_and_topics_explain_a_share(texts: list[list[str]]) -> None:
    counted = read(texts)
    matrix = nmf.tfidf(counted, counted.frequencies, len(counted.distinct))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    assert np.allclose(lengths, [bool(words) for words in texts])
    most = min(matrix.shape[1], len(counted.distinct))
    if not most:
        return
    found = nmf.factorise(matrix, most, counted.distinct)
    assert found.topics <= most
    assert np.allclose(np.linalg.norm(found.words, axis=1), 1)
    explained = nmf.explained_share(matrix, found)
    assert ((explained >= 0) & (explained <= 1)).all()
    sums = found.compute_shares().sum(axis=1)
    assert np.isclose(sums, np.where(found.weights.any(axis=1), 1, 0)).all()
    again = nmf.factorise(matrix, most, counted.distinct)
    assert np.array_equal(found.weights, again.weights)


def test_topics_that_are_all_there_is_explain_everything() -> None:
    counted = read([["公路", "桥梁"], ["学校", "教师"]] * 3)
    matrix = nmf.tfidf(counted, counted.frequencies, 2)
    assert np.allclose(nmf.explained_share(matrix, nmf.factorise(matrix, 2)), 1)


def test_coherence_is_1_for_what_is_never_apart_and_less_by_chance() -> None:
    rows = [[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 1, 1], [0, 0, 0, 1]]
    matrix = csr_matrix(np.array(rows, dtype=float))
    found = coherence.npmi(matrix, [np.array(top) for top in ([0, 1], [0, 2], [0, 3], [1])])
    assert found == pytest.approx([1, 0, -1, 0])


@given(st.lists(st.permutations(range(12)), min_size=1, max_size=5))
def test_topics_agree_with_themselves_in_any_order(orders: list[list[int]]) -> None:
    tops = [np.array(order[:10]) for order in orders]
    assert coherence.agreement(tops, tops[::-1]) == pytest.approx(np.ones(len(tops)))
    apart = coherence.topic_diversity(tops)
    assert ((apart > 0) & (apart <= 1)).all()


def test_counterparts_are_one_to_one() -> None:
    tops = [np.arange(10), np.arange(10)]
    others = [np.arange(10), np.arange(20, 30)]
    assert sorted(coherence.agreement(tops, others)) == [0, 1]
    assert coherence.topic_diversity(tops).tolist() == [0.5, 0.5]
    assert coherence.agreement(tops, others[:1]).tolist() in ([0, 1], [1, 0])


@given(st.integers(50, 400_000), st.integers(2, 5_000))
def test_the_numbers_that_are_tried_can_be_had(passages: int, words: int) -> None:
    tried = number_of_topics.build_grid(passages, words)
    assert tried == sorted(set(tried))
    assert tried[0] == 2 or min(passages // 500, 10) <= tried[0] <= 11 or tried[-1] < 10
    assert tried[-1] <= min(60, words, passages // 10)
    assert len(tried) <= 13


@pytest.mark.parametrize(
    ("passages", "words", "tried"),
    [
        (50, 5_000, [2, 3, 4]),
        (100, 5_000, [2, 3, 4, 5, 6, 8]),
        # No fewer than one for 500, but that one.
        (2_500, 5_000, [5, 6, 8, 11, 15, 20, 27, 36, 48]),
        (1_499, 5_000, [2, 3, 4, 5, 6, 8, 11, 15, 20, 27, 36, 48]),
        # Where there are too few words for that, all that can be had.
        (5_000, 7, [2, 3, 4, 5, 6]),
    ],
)
def test_these_numbers_are_tried(passages: int, words: int, tried: list[int]) -> None:
    assert number_of_topics.build_grid(passages, words) == tried


def test_of_equally_good_numbers_the_largest_is_taken() -> None:
    def weighing(topics: int, score: float) -> Weighing:
        return Weighing(topics, 0.5, 0.5, 1.0, score, 0.05)

    tried = [weighing(3, 0.5), weighing(5, 0.46), weighing(8, 0.44)]
    assert number_of_topics.choose_number(tried) == 5


def test_what_is_as_good_is_told_by_how_sure_the_best_number_is() -> None:
    sure, unsure = (
        [Weighing(3, 0.5, 0.5, 1.0, 0.5, best), Weighing(8, 0.5, 0.5, 1.0, 0.44, other)]
        for best, other in ((0.01, 0.1), (0.1, 0.01))
    )
    assert number_of_topics.choose_number(sure) == 3
    assert number_of_topics.choose_number(unsure) == 8


def test_of_many_passages_some_are_taken_at_even_distances() -> None:
    rows = np.arange(100, 200)
    assert nmf.sample_evenly(rows, 3).tolist() == [100, 150, 199]
    assert nmf.sample_evenly(rows, 100) is rows
