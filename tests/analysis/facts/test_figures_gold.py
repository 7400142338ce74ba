"""Which figures of the shipped reports stand in one row: what was written down before the rule."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import pairwise
from typing import Any

import pytest

from reportsearch import Archive
from reportsearch.analysis.facts.comparable_figures import FigureKey, FigureKeyBuilder
from reportsearch.analysis.facts.extraction import FactExtractor
from reportsearch.lexicon import load
from reportsearch.tokenizer import Tokenizer
from tests.conftest import PROJECT

GOLD: dict[str, dict[str, Any]] = json.loads(
    (PROJECT / "tests" / "gold" / "figure_rows.json").read_text(encoding="utf-8")
)
Figures = dict[str, list[tuple[str, str, str, FigureKey | None]]]


@pytest.fixture(scope="module")
def figures(shipped_memory: Archive) -> Figures:
    """By portfolio: the official, name and text of each figure, and the row in which it stands."""
    words = load()
    tokenizer = Tokenizer(words)
    extraction = FactExtractor(words, tokenizer)
    rows = FigureKeyBuilder(words, lambda text: [token.text for token in tokenizer.cut(text)])
    found: Figures = defaultdict(list)
    for report in shipped_memory.reports():
        of = {passage.id: passage.portfolios for passage in report.passages}
        for before, one in pairwise((None, *extraction.extract(report).indicators)):
            if one is None:
                continue
            for portfolio in of[one.passage]:
                told = str(report.info.official), one.verb + one.name, one.change + one.text
                found[portfolio].append((*told, rows.build_key(one, before)))
    return found


def rows_of(figures: Figures, portfolio: str, wanted: list[str]) -> set[FigureKey]:
    """The rows in which a figure stands: the official, the text, and maybe the end of the name.

    The gold is about names; sums since some time have rows of their own beside (the key's span).
    """
    value, text, *name = wanted
    keys = [
        key
        for official, called, stands, key in figures[portfolio]
        if official == value and stands.endswith(text) and called.endswith("".join(name))
    ]
    assert keys, f"{wanted} is no figure of {portfolio}"
    return {(*key[:-1], "") for key in keys if key is not None}


@pytest.mark.parametrize("portfolio", GOLD)
def test_what_is_alike_stands_in_one_row_and_nothing_else_does(
    figures: Figures, portfolio: str
) -> None:
    for group in GOLD[portfolio]["together"]:
        rows = [rows_of(figures, portfolio, one) for one in group]
        assert set.intersection(*rows), group
    for one, other in GOLD[portfolio]["apart"]:
        shared = rows_of(figures, portfolio, one) & rows_of(figures, portfolio, other)
        assert not shared, (one, other)
