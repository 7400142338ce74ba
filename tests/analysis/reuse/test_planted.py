"""Text that was copied and then edited is found, and little else (see benchmarks/planted.py)."""

from __future__ import annotations

import random

import pytest
from benchmarks import planted
from benchmarks.planted import Planted, Score

from reportsearch import Archive

SEED = 7


@pytest.fixture(scope="module")
def texts(shipped_memory: Archive) -> list[str]:
    return planted.cut_into_pieces(report.text for report in shipped_memory.reports())


@pytest.fixture(scope="module")
def scores(texts: list[str]) -> dict[float, Score]:
    return planted.scores(texts, 40, SEED)


@pytest.mark.parametrize(
    ("rate", "by_spans", "by_characters", "precision"),
    [(0.0, 0.99, 0.99, 0.99), (0.1, 0.99, 0.99, 0.99), (0.2, 0.98, 0.98, 0.99)],
    ids=["copied as it was", "a tenth edited", "a fifth edited"],
)
def test_planted_spans_are_found(
    scores: dict[float, Score],
    rate: float,
    by_spans: float,
    by_characters: float,
    precision: float,
) -> None:
    assert scores[rate].spans.wanted == 240
    assert scores[rate].spans.f1 >= by_spans
    assert scores[rate].chars.f1 >= by_characters
    assert scores[rate].chars.precision >= precision


def test_exact_runs_alone_find_all_that_was_not_edited(scores: dict[float, Score]) -> None:
    assert scores[0.0].exact.recall == 1.0
    assert scores[0.2].exact.recall < 0.3


def test_between_reports_without_a_common_run_nothing_is_found(texts: list[str]) -> None:
    found = planted.unplanted(texts, 40, SEED, planted.UNRELATED)
    assert found.pairs > 80
    assert found.edited == 0


@pytest.mark.parametrize("rate", planted.RATES)
def test_what_was_planted_stands_where_it_is_said_to(texts: list[str], rate: float) -> None:
    for host in planted.hosts_of(texts, 5, rate, SEED):
        rest, last = "", 0
        for span in host.planted:
            assert span.start - last >= planted.APART or not last
            copied = host.text[span.start : span.end]
            original = host.donors[span.donor][span.donor_start : span.donor_end]
            assert planted.SHORTEST <= len(original) <= planted.LONGEST
            assert (copied == original) == (rate == 0)
            assert abs(len(copied) - len(original)) <= 1
            rest += host.text[last : span.start]
            last = span.end
        assert rest + host.text[last:] == host.before


def test_edits_are_substitutions_deletions_and_insertions_in_equal_shares() -> None:
    original = "一二三四五六七八九十" * 30
    changed = planted.edited(original, 0.1, "甲乙丙", random.Random(SEED))
    assert len(changed) == len(original)
    assert sum(changed.count(char) for char in "甲乙丙") == 20
    assert sum(map(changed.count, "一二三四五六七八九十")) == 280


def test_a_fragment_and_what_is_found_elsewhere_are_wrong() -> None:
    copied = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
    beside = "推进农村集体产权制度改革试点"
    host = planted.Host(
        text=f"前言{copied[:13]}东西南北东西南北东西南北东西南北春夏秋冬尾{beside}",
        before="",
        donors=(copied, beside),
        planted=(Planted(2, 36, 0, 0, len(copied)),),
    )
    result = planted.score(host)
    assert (result.spans.right, result.spans.found, result.spans.wanted) == (0, 2, 1)
    assert (result.chars.right, result.chars.found, result.chars.wanted) == (13, 27, 34)
