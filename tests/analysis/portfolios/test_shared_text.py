"""Text in common between passages of two officials, held to the same said in nested loops."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportsearch.analysis.portfolios.shared_text import OfficialText, find_shared_texts
from reportsearch.arrays import Bools
from reportsearch.comparable import to_comparable
from reportsearch.models.report import Passage
from reportsearch.models.reuse import DEFAULT_MIN_CHARS
from reportsearch.normalise import fold

COMMON = "坚持对违法的不手软对初犯的讲道理对小摊小店多提醒"


def nothing(text: str, _: object) -> Bools:
    return np.zeros(len(text), dtype=np.bool_)


def side(value: str, *texts: str) -> OfficialText:
    passages = []
    at = 0
    for number, text in enumerate(texts, 1):
        passages.append(Passage(value, number, at, at + len(text), text))
        at += len(text) + 1
    return OfficialText.of(value, passages)


def covered(here: OfficialText, there: OfficialText) -> int:
    """The characters of one in windows of MIN_CHARS that a passage of the other has."""
    count = 0
    for text in (to_comparable(fold(passage.text)) for passage in here.passages):
        marks = [False] * len(text)
        for start in range(len(text) - DEFAULT_MIN_CHARS + 1):
            window = text[start : start + DEFAULT_MIN_CHARS]
            if any(window in to_comparable(fold(passage.text)) for passage in there.passages):
                marks[start : start + DEFAULT_MIN_CHARS] = [True] * DEFAULT_MIN_CHARS
        count += sum(marks)
    return count


_TEXTS = st.lists(
    st.lists(
        st.sampled_from(["甲", "乙，", COMMON[:14], COMMON[5:], COMMON, "１丙*"]), max_size=4
    ).map("".join),
    min_size=1,
    max_size=4,
)


@settings(max_examples=60)
@given(st.lists(_TEXTS, min_size=2, max_size=4))
@example([[COMMON, COMMON], [COMMON], [COMMON]])
def test_what_they_have_in_common_is_all_that_they_have(texts: list[list[str]]) -> None:
    sides = [side(str(number), *own) for number, own in enumerate(texts)]
    for here, found in zip(sides, find_shared_texts(sides, nothing, ()), strict=True):
        assert {entry.other: entry.chars for entry in found} == {
            there.value: covered(here, there)
            for there in sides
            if there is not here and covered(here, there)
        }
        for entry in found:
            first, second = (
                to_comparable(fold(entry.here.text)),
                to_comparable(fold(entry.there.text)),
            )
            assert first == second
            assert len(first) >= DEFAULT_MIN_CHARS
            for quoted in (entry.here, entry.there):
                owner, number = quoted.passage.split("#")
                passage = sides[int(owner)].passages[int(number) - 1]
                start = quoted.start - passage.start
                assert passage.text[start : start + len(quoted.text)] == quoted.text
                assert quoted.end - quoted.start == len(quoted.text)


def test_no_run_goes_over_the_end_of_a_passage() -> None:
    halves = COMMON[:12], COMMON[12:]
    assert find_shared_texts([side("甲", *halves), side("乙", *halves)], nothing, ()) == [(), ()]
    assert find_shared_texts([side("甲", *halves), side("乙", COMMON)], nothing, ()) == [(), ()]


def test_what_is_formula_parts_a_run() -> None:
    def middle(text: str, _: object) -> Bools:
        marks = np.zeros(len(text), dtype=np.bool_)
        marks[14:16] = True
        return marks

    long = COMMON + "既不让老实人吃亏也不让人寒心"
    (found, _) = find_shared_texts([side("甲", long), side("乙", long)], middle, ())
    assert found[0].chars == len(long) - 2
    assert found[0].here.text == long[16:]


def test_those_with_most_in_common_come_first() -> None:
    sides = [side("甲", COMMON), side("乙", COMMON[:15]), side("丙", COMMON[:20])]
    (found, *_) = find_shared_texts(sides, nothing, ())
    assert [(entry.other, entry.chars) for entry in found] == [("丙", 20), ("乙", 15)]
