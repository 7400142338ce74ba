"""Rows of tables that were flattened to lines."""

from __future__ import annotations

import pytest

from reportsearch.analysis.facts.figure_namer import FigureNamer
from reportsearch.analysis.facts.numbers import to_number
from reportsearch.analysis.facts.quantities import QuantityFinder
from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold
from tests.analysis.facts.conftest import Rows

Cell = tuple[object, str, str, str]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("造林面积（亩）　　3000　　3,120.5", [(3000, "亩", "", "亩"), (3120.5, "亩", "", "亩")]),
        ("工业产值（亿元）  ≥12  *", [(12, "亿元", "≥", "元"), (None, "亿元", "", "元")]),
        ("人均补助（元／户）  400  —", [(400, "元/户", "", "元/户")]),
        ("|化肥利用率（%）|40|41.2|", [(40, "%", "", "%"), (41.2, "%", "", "%")]),
    ],
)
def test_the_unit_of_a_row_is_that_of_its_head(
    words: Lexicon, line: str, expected: list[Cell]
) -> None:
    found = QuantityFinder(words.facts).find(fold(line))
    assert [
        (to_number(one.value), one.unit_text, one.qualifier, one.base) for one in found
    ] == expected


@pytest.mark.parametrize(
    "line",
    [
        "造林面积（亩）：3000　　3120",
        "造林面积（北山）　　3000　　3120",
        "造林面积　　3000　　3120",
        "造林面积（亩） 3000 120",
        "造林面积（亩）　　超过　　3120",
    ],
)
def test_what_is_not_clear_is_no_row(words: Lexicon, line: str) -> None:
    assert QuantityFinder(words.facts).find(fold(line)) == []


def test_the_name_of_each_cell_is_the_head(words: Lexicon, rows: Rows) -> None:
    names = FigureNamer(words.facts).name_quantities(rows("造林面积（亩）　　3000　　3120"))
    assert [one.text for one in names] == ["造林面积"] * 2
