"""What two passages share: the gold, and what must hold for any two texts."""

from __future__ import annotations

import itertools
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch.analysis.matching.alignment import (
    MAX_EDIT_CHARS,
    MIN_RUN_CHARS,
    align,
    split_at_formulae,
)
from reportsearch.comparable import ComparableText
from reportsearch.models.reuse import EDITED, EXACT, FORMULA
from tests.conftest import PROJECT

GOLD = json.loads((PROJECT / "tests" / "gold" / "alignment.json").read_text(encoding="utf-8"))
CASES = GOLD["pairs"] if isinstance(GOLD, dict) else GOLD
TEXT = st.text("甲乙丙", max_size=30)


def wanted(case: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The stretches of the gold by their compared characters."""
    return [
        (
            span["kind"],
            ComparableText.of(span["query"]).text,
            ComparableText.of(span["passage"]).text,
        )
        for span in case["spans"]
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case"]))
def test_the_gold(case: dict[str, Any]) -> None:
    query, passage = ComparableText.of(case["query"]), ComparableText.of(case["passage"])
    found = [
        (run.kind, query.text[run.start : run.end], passage.text[run.other_start : run.other_end])
        for run in align(query.text, passage.text)
    ]
    assert found == wanted(case)


@given(text=TEXT, other=TEXT)
def test_exact_runs_are_equal_and_overlap_nowhere(text: str, other: str) -> None:
    found = align(text, other)
    exact = [run for run in found if run.kind == EXACT]
    for run in exact:
        assert run.end - run.start >= MIN_RUN_CHARS
        assert text[run.start : run.end] == other[run.other_start : run.other_end]
    for spans in (
        [(run.start, run.end) for run in found],
        [(run.other_start, run.other_end) for run in found],
    ):
        ordered = sorted(spans)
        assert all(last <= first for (_, last), (first, _) in itertools.pairwise(ordered))
    assert [run.start for run in found] == sorted(run.start for run in found)


@given(text=TEXT, other=TEXT)
def test_edits_lie_between_exact_runs_that_follow_each_other(text: str, other: str) -> None:
    found = align(text, other)
    for at, run in enumerate(found):
        if run.kind == EDITED:
            before, after = found[at - 1], found[at + 1]
            assert (before.kind, after.kind) == (EXACT, EXACT)
            assert (before.end, before.other_end) == (run.start, run.other_start)
            assert (after.start, after.other_start) == (run.end, run.other_end)
            assert 0 < max(run.end - run.start, run.other_end - run.other_start) <= MAX_EDIT_CHARS


@given(text=TEXT, other=TEXT)
def test_every_window_of_both_is_at_least_partly_in_an_exact_run(text: str, other: str) -> None:
    """Nothing that stands in both is overlooked, unless what it stands in is taken already."""
    found = align(text, other)
    free = np.ones(len(text), dtype=np.bool_)
    other_free = np.ones(len(other), dtype=np.bool_)
    for run in found:
        if run.kind == EXACT:
            free[run.start : run.end] = other_free[run.other_start : run.other_end] = False
    for at in range(len(text) - MIN_RUN_CHARS + 1):
        window = text[at : at + MIN_RUN_CHARS]
        place = other.find(window)
        while place >= 0:
            taken = not (
                free[at : at + MIN_RUN_CHARS] & other_free[place : place + MIN_RUN_CHARS]
            ).all()
            assert taken
            place = other.find(window, place + 1)


@given(text=TEXT, other=TEXT, data=st.data())
def test_formulae_cut_exact_runs_and_move_nothing(
    text: str, other: str, data: st.DataObject
) -> None:
    marks = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text))), dtype=np.bool_
    )
    runs = align(text, other)
    found = list(split_at_formulae(runs, marks))
    for kind, value in ((EXACT, False), (FORMULA, True)):
        for run in found:
            if run.kind == kind:
                assert (marks[run.start : run.end] == value).all()
                assert text[run.start : run.end] == other[run.other_start : run.other_end]

    def covered(spans: list[tuple[int, int]]) -> set[int]:
        return {at for span in spans for at in range(*span)}

    before = covered([(run.start, run.end) for run in runs if run.kind == EXACT])
    after = covered([(run.start, run.end) for run in found if run.kind != EDITED])
    assert before == after


def test_a_character_a_thousand_times_is_soon_done() -> None:
    (run,) = align("甲" * 5_000, "甲" * 4_000)
    assert (run.start, run.end, run.kind) == (0, 4_000, EXACT)


@pytest.mark.parametrize(("between", "is_edited"), [(8, True), (9, False)])
def test_an_edit_has_at_most_eight_characters_on_either_side(between: int, is_edited: bool) -> None:
    text = "甲乙丙丁" + "子丑寅卯辰巳午未申酉"[:between] + "戊己庚辛"
    found = align(text, "甲乙丙丁一戊己庚辛")
    assert [run.kind for run in found] == ([EXACT, EDITED, EXACT] if is_edited else [EXACT, EXACT])


def test_what_a_longer_run_leaves_of_another_is_a_run_if_it_is_long_enough() -> None:
    found = [
        (run.start, run.other_start, run.end - run.start)
        for run in align("abaabaaababbba", "babbabbbabaaa")
        if run.kind == EXACT
    ]
    # Of ababbb, which stands there as well, the longer run has taken the beginning.
    assert found == [(4, 9, 4), (8, 3, 6)]
