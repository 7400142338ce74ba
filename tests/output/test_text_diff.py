"""The differences between two texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from reportsearch.models.reuse import EDITED, EXACT, SharedSpan
from reportsearch.output.text_diff import (
    diff_changed_sentence,
    diff_texts,
    split_into_pieces,
)

TEXTS = some.text("甲乙\n，", max_size=20)


@given(some.text("甲乙丙，*", max_size=12), some.text("甲乙丙，*", max_size=12))
def test_differences_leave_both_texts_whole(text: str, other: str) -> None:
    own, others = diff_texts(text, other)
    assert "".join(piece for piece, _ in own) == text
    assert "".join(piece for piece, _ in others) == other
    same = ["".join(piece for piece, is_same in side if is_same) for side in (own, others)]
    assert same[0] == same[1]


def test_differences_are_the_characters_that_differ() -> None:
    own, others = diff_texts("接待152万人次，收入7亿", "接待*万人次，收入*亿")
    assert [piece for piece, same in own if not same] == ["152", "7"]
    assert [piece for piece, same in others if not same] == ["*", "*"]
    assert diff_texts("甲", "甲") == ([("甲", True)], [("甲", True)])
    assert diff_texts("", "甲") == ([], [("甲", False)])


def test_pieces_take_spans_in_disorder_and_over_the_ends() -> None:
    assert split_into_pieces("甲乙丙", [(2, 9), (-4, 1), (0, 1)]) == [
        ("甲", True), ("乙", False), ("丙", True),
    ]  # fmt: skip


def test_punctuation_alone_is_no_change_of_a_sentence() -> None:
    spans = (SharedSpan((10, 12), (5, 7), EXACT), SharedSpan((12, 13), (7, 8), EDITED))
    assert diff_changed_sentence("甲乙丙。", 10, spans) == [("甲乙", True), ("丙。", False)]
    assert diff_changed_sentence("甲乙！", 5, spans, is_before=True) == [
        ("甲乙", True),
        ("！", True),
    ]
    assert diff_changed_sentence("甲乙*", 5, spans, is_before=True)[-1] == ("*", False)


def test_only_what_differs_is_marked_in_a_long_exact_run() -> None:
    text = "全年新建步道十二公里，" * 120
    other = text.replace("，", "；", 1)[:-1] + "。"
    own, there = diff_texts(text, other, is_exact=True)
    assert [piece for piece, same in own if not same] == ["，", "，"]
    assert [piece for piece, same in there if not same] == ["；", "。"]
    assert "".join(piece for piece, _ in own) == text
    assert "".join(piece for piece, _ in there) == other
