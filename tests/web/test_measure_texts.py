"""Measures of a comparison in plain words."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from reportsearch.locale import CHINESE, ENGLISH, Translator
from reportsearch.web.measure_texts import (
    describe_dispersion,
    describe_significance,
    format_interval,
    format_ratio,
)

ZH, EN = Translator(CHINESE), Translator(ENGLISH)


@pytest.mark.parametrize(
    ("log_ratio", "chinese", "english"),
    [
        (3.0, "8 倍", "8×"),
        (2.222, "4.7 倍", "4.7×"),
        (-3.0, "1/8", "1/8"),
        (-0.01, "1 倍", "1×"),
        (20.0, "上千倍", "over 1,000×"),
        (-2_000.0, "1/1,000", "1/1,000"),
    ],
)
def test_a_ratio_is_told_as_a_number_of_times(log_ratio: float, chinese: str, english: str) -> None:
    assert format_ratio(log_ratio, ZH) == chinese
    assert format_ratio(log_ratio, EN) == english


def test_what_has_no_bound_is_told_so() -> None:
    assert format_interval((1.0, None), ZH) == "2 倍—无上限"
    assert format_interval((None, -1.0), ZH) == "0—1/2"
    assert format_interval((1.0, 2.0), EN) == "2× to 4×"


def test_chance_and_spread_are_words() -> None:
    assert [describe_significance(q, ZH) for q in (None, 0.049, 0.05)] == [
        "未检验",
        "显著",
        "不显著",
    ]
    assert [describe_dispersion(dp, ZH) for dp in (0.87, 0.6, 0.2)] == ["集中", "较集中", "分散"]


def test_keywords_tell_whole_numbers(page: TestClient) -> None:
    text = page.get("/keywords?by=official").text
    assert "上千倍" in text
    assert "14,719" not in text
