"""Which figures of the shipped reports stand in one row: what was written down before the rule."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from reportsearch import Archive
from reportsearch.models import SideBySide

from .conftest import PROJECT

GOLD: dict[str, dict[str, Any]] = json.loads(
    (PROJECT / "tests" / "gold" / "figure_rows.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    with Archive.in_memory() as held:
        held.index([PROJECT / "corpus"])
        yield held


def rows_of(found: SideBySide, wanted: list[str]) -> set[int]:
    """The rows in which a figure stands: the official, the text, and maybe the name."""
    value, text, *name = wanted
    rows = {
        number
        for number, row in enumerate(found.figures)
        for one in row.of(value)
        if one.text.endswith(text) and (not name or one.name.endswith(name[0]))
    }
    assert rows, f"{wanted} is no figure of {found.portfolio}"
    return rows


@pytest.mark.parametrize("portfolio", GOLD)
def test_what_is_alike_stands_in_one_row_and_nothing_else_does(
    archive: Archive, portfolio: str
) -> None:
    found = archive.portfolios(portfolio)
    for group in GOLD[portfolio]["together"]:
        assert set.intersection(*(rows_of(found, one) for one in group)), group
    for one, other in GOLD[portfolio]["apart"]:
        assert not rows_of(found, one) & rows_of(found, other), (one, other)
