"""How alike officials are: what the numbers, the order and the evidence promise."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportsearch import QueryError
from reportsearch.analysis.portfolios import seriation
from reportsearch.models.portfolios import OfficialSimilarity
from tests.reports import Both, Row, row

FORMULA = "深入贯彻落实上级决策部署坚持以人民为中心的发展思想"


def rows_of(*, formula: bool) -> list[Row]:
    tail = f"{FORMULA}。" if formula else "。"
    own = {
        "甲": "全年接待游客120万人次，旅游景区提质升级，民宿村落热闹非凡",
        "乙": "接待游客80万人次，旅游景区新修步道，民宿开业",
        "丙": "新建敬老院三所，低保救助资金按月发放，殡葬改革推进",
        "丁": "敬老院改造完成，低保救助对象动态管理，社区养老助餐",
        "戊": "财政收入增长，税收征管从严，预算支出压减",
    }
    return [
        row(f"{name}.txt", f"{text}，{tail}", official=name, year=2020 + number)
        for number, (name, text) in enumerate(own.items())
    ]


class Similar(Both):
    def __enter__(self) -> Similar:
        return self

    def similarity(self, *where: str) -> OfficialSimilarity:
        found = self.disk.official_similarity(where=where)
        assert found == self.memory.official_similarity(where=where)
        return found


def test_those_who_say_the_same_stand_together_and_first(tmp_path: Path) -> None:
    with Similar(tmp_path, *rows_of(formula=False)) as held:
        found = held.similarity()
    assert found.reports == 5
    assert sorted(found.values) == sorted("甲乙丙丁戊")
    places = {value: place for place, value in enumerate(found.values)}
    assert abs(places["甲"] - places["乙"]) == abs(places["丙"] - places["丁"]) == 1
    pairs = [{pair.value, pair.other} for pair in found.pairs]
    assert len(pairs) == 10
    assert {frozenset(pair) for pair in pairs[:2]} == {frozenset("甲乙"), frozenset("丙丁")}
    scores = [pair.without_formulae for pair in found.pairs]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_formulae_make_officials_alike_and_can_be_set_aside(tmp_path: Path) -> None:
    with Similar(tmp_path, *rows_of(formula=True)) as held:
        found = held.similarity()
    for pair in found.pairs:
        assert pair.with_formulae > pair.without_formulae
    strangers = next(p for p in found.pairs if {p.value, p.other} == {"甲", "丙"})
    assert strangers.with_formulae > 0.2
    assert strangers.without_formulae == 0
    assert (strangers.terms, strangers.passages) == ((), ())


def test_the_evidence_is_a_passage_of_each_and_the_words_of_both(tmp_path: Path) -> None:
    with Similar(tmp_path, *rows_of(formula=False)) as held:
        found = held.similarity()
        pair = found.pairs[0]
        here, there = pair.passages
        assert here.passage == f"{pair.value}.txt#1"
        assert there.passage == f"{pair.other}.txt#1"
        for quoted in (here, there):
            assert held.disk.passage(quoted.passage).text == quoted.text
        assert pair.terms
        assert all(term in here.text and term in there.text for term in pair.terms)


def test_filters_choose_the_passages(tmp_path: Path) -> None:
    with Similar(tmp_path, *rows_of(formula=False)) as held:
        found = held.similarity("year=2020..2021")
        assert sorted(found.values) == sorted("甲乙")
        assert held.similarity("year=1999") == OfficialSimilarity(0, (), ())
        assert held.similarity("year=2020") == OfficialSimilarity(1, ("甲",), ())


def test_reports_of_one_official_are_one_and_those_of_none_their_own(tmp_path: Path) -> None:
    rows = [
        row("a.txt", "旅游景区提质。", official="甲"),
        row("b.txt", "敬老院改造。", official="甲"),
        row("c.txt", "敬老院改造完成。"),
    ]
    with Similar(tmp_path, *rows) as held:
        found = held.similarity()
    assert sorted(found.values) == ["c.txt", "甲"]
    assert found.reports == 3
    assert found.pairs[0].without_formulae > 0


def test_too_many_officials_are_told_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportsearch.analysis.portfolios import official_similarity as similarity

    monkeypatch.setattr(similarity, "MAX_OFFICIALS", 4)
    with (
        Similar(tmp_path, *rows_of(formula=False)) as held,
        pytest.raises(QueryError, match=r"5 officials are too many .*limit: 4\); narrow them down"),
    ):
        held.disk.official_similarity()


# The numbers by themselves.

_COUNTS = st.dictionaries(st.sampled_from("甲乙丙丁戊己庚辛"), st.integers(1, 9), max_size=6)


def vectors_of(counts: list[dict[str, int]]) -> list[dict[str, int]]:
    rarity = {word: 1 + number / 3 for number, word in enumerate("甲乙丙丁戊己庚辛")}
    return [seriation.compute_weights(Counter(one), rarity) for one in counts]


@given(st.lists(_COUNTS, min_size=1, max_size=7))
def test_similarity_is_symmetric_one_with_itself_and_the_cosine(
    counts: list[dict[str, int]],
) -> None:
    vectors = vectors_of(counts)
    found = seriation.compute_similarities(vectors)
    assert (found == found.T).all()
    assert (np.diag(found) == 1).all()
    for one, here in enumerate(vectors):
        for other, there in enumerate(vectors):
            product = sum(weight * there.get(word, 0) for word, weight in here.items())
            length = math.hypot(*here.values()) * math.hypot(*there.values())
            if one != other:
                assert found[one, other] == pytest.approx(
                    product / length if length else 0, abs=1e-4
                )


@settings(max_examples=50)
@given(st.lists(_COUNTS, max_size=8))
def test_the_order_has_everyone_once(counts: list[dict[str, int]]) -> None:
    if not counts:
        assert seriation.seriate(np.zeros((0, 0))) == []
        return
    order = seriation.seriate(seriation.compute_similarities(vectors_of(counts)))
    assert sorted(order) == list(range(len(counts)))
    assert order[0] <= order[-1]


def test_blocks_that_are_alike_stand_together() -> None:
    # Three groups, numbered across one another.
    similar = np.array(
        [[0.9 if one % 3 == other % 3 else 0.1 for one in range(9)] for other in range(9)]
    )
    np.fill_diagonal(similar, 1)
    order = seriation.seriate(similar)
    assert [number % 3 for number in order] in [
        [first] * 3 + [second] * 3 + [third] * 3
        for first, second, third in (
            (0, 1, 2),
            (0, 2, 1),
            (1, 0, 2),
            (1, 2, 0),
            (2, 0, 1),
            (2, 1, 0),
        )
    ]


def test_neighbours_in_a_chain_stay_neighbours() -> None:
    similar = np.array([[1 / (1 + abs(one - other)) for one in range(6)] for other in range(6)])
    shuffled = [3, 0, 5, 1, 4, 2]
    order = seriation.seriate(similar[np.ix_(shuffled, shuffled)])
    found = [shuffled[number] for number in order]
    assert found in (sorted(found), sorted(found, reverse=True))


def test_the_nearest_are_those_with_the_greatest_cosine() -> None:
    here, there = vectors_of([{"甲": 1, "乙": 1}, {"丙": 2}]), vectors_of([{"甲": 5}, {"丙": 1}])
    assert seriation.find_nearest(here, there) == (1, 1)
    assert seriation.find_nearest(here[:1], there[1:]) is None
    assert seriation.find_nearest([], there) is None
