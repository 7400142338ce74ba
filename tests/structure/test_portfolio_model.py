"""What the model of wording promises, on tiny texts."""

from __future__ import annotations

import numpy as np
import pytest

from reportsearch import lexicon
from reportsearch.structure.portfolio_assignment import load_weights
from reportsearch.structure.portfolio_features import FEATURES
from reportsearch.structure.portfolio_model import NONE, find_grams, load_model


def best(text: str) -> str:
    model = load_model()
    [found] = model.score(text).score_spans([(0, len(text))])
    return model.names[int(found.argmax())]


def test_it_knows_the_portfolios_of_the_word_list() -> None:
    names = [portfolio.name for portfolio in lexicon.load().portfolios]
    assert load_model().names == (*names, NONE)


@pytest.mark.parametrize(
    ("text", "portfolio"),
    [
        ("收购小麦6.8万吨,入库稻谷两万吨。", "粮食储备"),
        ("新生儿疾病筛查率达到98%。", "卫健"),
        ("改造危桥六座,大修县道三十公里。", "交通运输"),
        ("一年来坚持理论学习,严格遵守廉洁纪律。", NONE),
    ],
)
def test_wording_tells_the_portfolio_without_its_name(text: str, portfolio: str) -> None:
    assert best(text) == portfolio


def test_runs_skip_digits_and_end_at_punctuation() -> None:
    one, other = find_grams("小麦6.8万吨"), find_grams("小麦万吨")
    assert sorted(one.keys) == sorted(other.keys)
    assert set(find_grams("小麦,万吨").keys) < set(other.keys)
    assert (one.starts.min(), one.ends.max()) == (0, 7)


def test_a_span_is_scored_alike_alone_and_among_others() -> None:
    first, second = "改造危桥六座。", "接待游客三百万人次。"
    model = load_model()
    together = model.score(first + second).score_spans(
        [(0, len(first)), (len(first), len(first + second))]
    )
    alone = [model.score(text).score_spans([(0, len(text))])[0] for text in (first, second)]
    assert np.allclose(together, alone, atol=1e-5)


def test_the_best_sentence_and_clause_of_a_span_are_found() -> None:
    text = "改造危桥六座,接待游客三百万人次。发放城乡低保金。"
    model = load_model()
    sentences, clauses = model.score(text).score_best([(0, len(text))])
    roads = model.names.index("交通运输")
    assert clauses[0, roads] > sentences[0, roads]
    assert clauses[0, model.names.index("民政")] == sentences[0, model.names.index("民政")]


@pytest.mark.parametrize("text", ["", "。", "ＺＺ", "\U00020000\ud800"])
def test_what_it_does_not_know_is_about_nothing(text: str) -> None:
    scores = load_model().score(text)
    assert not scores.score_spans([(0, len(text))]).any()
    assert scores.find_strongest(0, len(text), "教育", 3) == []
    assert scores.score_spans([]).shape == (0, len(load_model().names))


def test_one_run_says_less_than_several() -> None:
    model = load_model()
    texts = ["危桥。", "改造危桥六座,大修县道三十公里。"]
    few, many = (model.score(text).score_spans([(0, len(text))])[0] for text in texts)
    roads = model.names.index("交通运输")
    assert few[roads] < 0.2 < many[roads]


def test_each_run_of_the_model_is_found_and_no_other() -> None:
    model = load_model()
    others = np.setdiff1d(model.keys + np.uint64(1), model.keys)
    known, ids = model._find_known(np.concatenate((model.keys, others)))
    assert sorted(known) == list(range(len(model.keys)))
    assert (ids == known).all()


def test_no_masked_name_is_in_the_model() -> None:
    masked = ord("某")
    keys = load_model().keys
    assert not any(
        ((keys >> np.uint64(shift)) & np.uint64(0xFFFF) == masked).any()
        for shift in (0, 16, 32, 48)
    )


def test_every_feature_has_a_weight() -> None:
    assert len(load_weights().weights) == len(FEATURES)
    assert load_weights().weights[FEATURES.index("sentence")] > 0
