"""What the program finds of the facts that a careful reader found in six reports.

The gold (tests/gold/facts/) was written by a reader who had not seen the program; what counts as
found is told in benchmarks/facts_gold.py. The floors are a little under what is measured.
"""

from __future__ import annotations

import pytest
from benchmarks.facts_gold import GOLD, KINDS, SEED, Tally, measured, total

from reportsearch import Archive

Measured = dict[str, dict[str, Tally]]

# Precision and recall: of the published report, and of the other five together.
FLOORS = {
    "indicators": ((0.97, 0.97), (0.96, 0.96)),
    "citations": ((1.0, 1.0), (1.0, 1.0)),
    "projects": ((0.95, 0.95), (0.95, 0.83)),
    "periods": ((1.0, 1.0), (0.96, 0.97)),
}
# Of the figures that were found, how often each detail is right.
DETAILS = {"strict": 0.92, "period": 0.89, "plan": 0.98, "change": 0.97, "qualifier": 0.98}


@pytest.fixture(scope="module")
def found(shipped_memory: Archive) -> Measured:
    return measured(shipped_memory, sorted(GOLD.glob("*.json")))


def test_there_is_gold_of_six_reports(found: Measured) -> None:
    assert len(found) == 6
    assert SEED in found


@pytest.mark.parametrize("kind", KINDS)
def test_precision_and_recall(found: Measured, kind: str) -> None:
    others = total(tallies for name, tallies in found.items() if name != SEED)
    for tally, floor in zip((found[SEED][kind], others[kind]), FLOORS[kind], strict=True):
        assert tally.right
        assert (tally.precision, tally.recall) >= floor, (tally.missed, tally.wrong)
        assert tally.recall >= floor[1], tally.missed


@pytest.mark.parametrize(("detail", "floor"), DETAILS.items())
def test_details_of_the_figures(found: Measured, detail: str, floor: float) -> None:
    tally = total(found.values())["indicators"]
    assert tally.details[detail]
    assert tally.rate(detail) >= floor


def test_a_masked_figure_has_no_value(shipped_memory: Archive) -> None:
    indicators = shipped_memory.facts(SEED).indicators
    masked = [one for one in indicators if one.masked]
    assert len(masked) > 20
    assert all("*" in one.text for one in masked)
    for one in masked:
        assert (one.value, one.low, one.high) == (None, None, None)
        assert (one.base_value, one.base_low, one.base_high) == (None, None, None)
