"""Texts cut where marks begin and end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from reportsearch.models.reuse import EDITED, EXACT, FORMULA
from reportsearch.output.annotations import (
    AnnotatedSegment,
    Annotation,
    replace_illegal_xml,
    split_at,
    split_paragraphs,
)

TEXTS = some.text("甲乙\n，", max_size=20)


def marks_of(*kinds: str) -> some.SearchStrategy[list[Annotation]]:
    numbers = some.integers(0, 22), some.integers(0, 9), some.integers(0, 4)
    spans = some.tuples(*numbers, some.sampled_from(kinds))
    return some.lists(
        spans.map(lambda span: Annotation(span[0], span[0] + span[1], *span[2:])), max_size=9
    )


MARKS = marks_of(EXACT, EDITED, FORMULA)
FORMULAE = marks_of(FORMULA)


@given(TEXTS, MARKS, FORMULAE)
def test_the_joined_pieces_are_the_text(
    text: str, marks: list[Annotation], formulae: list[Annotation]
) -> None:
    found = split_at(text, marks, formulae)
    assert "".join(segment.text for segment in found) == text
    lines = split_paragraphs(found)
    assert ["".join(piece.text for piece in line) for line in lines] == text.split("\n")
    for segment in (*found, *(piece for line in lines for piece in line)):
        assert text[segment.start : segment.start + len(segment.text)] == segment.text


@given(TEXTS, MARKS, FORMULAE)
def test_each_character_is_marked_as_a_plain_look_at_all_marks_says(
    text: str, marks: list[Annotation], formulae: list[Annotation]
) -> None:
    for segment in split_at(text, marks, formulae):
        for at in range(segment.start, segment.start + len(segment.text)):
            over = [mark for mark in marks if mark.start <= at < mark.end]
            parts = [mark.number for mark in formulae if mark.start <= at < mark.end]
            best = min(
                over,
                key=lambda mark: (mark.kind == EDITED, mark.number, mark.kind == FORMULA),
                default=None,
            )
            kind = best.kind if best else ""
            others = max(len({mark.number for mark in over}) - 1, 0)
            if parts and kind == EDITED:
                best, others = None, 0
            assert segment.kind == (FORMULA if parts else kind)
            assert segment.entry == (best.number if best else None)
            assert segment.others == others
            assert segment.formula == min(parts, default=None)


@given(TEXTS, MARKS)
def test_a_mark_that_begins_in_the_text_begins_a_piece(text: str, marks: list[Annotation]) -> None:
    starts = {segment.start for segment in split_at(text, marks)}
    assert {mark.start for mark in marks if mark.start < len(text)} <= starts


def test_a_number_is_shown_once_where_pieces_of_one_source_follow_each_other() -> None:
    found = split_at("甲乙丙丁\n戊", [Annotation(0, 6, 3, EXACT)], [Annotation(1, 2, 0)])
    (first, second, third), (fourth,) = split_paragraphs(found)
    assert [piece.kind for piece in (first, second, third)] == [EXACT, FORMULA, EXACT]
    assert [piece.is_last for piece in (first, second, third, fourth)] == [
        False, False, True, True,
    ]  # fmt: skip


def test_a_number_tells_of_the_most_others_on_any_of_its_pieces() -> None:
    found = split_at(
        "甲乙丙丁戊",
        [Annotation(0, 5, 1, EXACT), Annotation(1, 2, 2, EXACT), Annotation(1, 2, 3, EXACT)],
    )
    ((*_, last),) = split_paragraphs(found)
    assert (last.text, last.is_last, last.others) == ("丙丁戊", True, 2)
    found = split_at(
        "甲乙丙",
        [Annotation(0, 2, 1, EXACT), Annotation(0, 2, 2, EXACT), Annotation(2, 3, 3, EXACT)],
    )
    ((first, second),) = split_paragraphs(found)
    assert (first.others, second.others) == (1, 0)


def test_what_cannot_be_written_is_replaced_one_for_one() -> None:
    assert replace_illegal_xml("甲\x00\ud800\ufffe乙\t\n𠮷") == "甲\ufffd\ufffd\ufffd乙\t\n𠮷"


def test_the_work_does_not_grow_with_marks_that_lie_over_each_other() -> None:
    marks = [Annotation(at, 100_000 - at, at % 500, EXACT) for at in range(20_000)]
    found = split_at("甲" * 100_000, marks)
    assert max(segment.others for segment in found) == 499


def test_an_unmarked_text_is_one_piece() -> None:
    assert split_at("甲", []) == [AnnotatedSegment(0, "甲")]
    assert split_at("", []) == []


def test_what_xml_cannot_hold_is_replaced_and_nothing_else() -> None:
    illegal = "\x00\x01\x08\x0b\x0c\x0e\x1f\ud800\udfff\ufffe\uffff"
    assert replace_illegal_xml(illegal) == "\ufffd" * len(illegal)
    legal = "\t\n\r \x7f\x85甲\ud7ff\ue000\ufffd\U00010000\U0010ffff"
    assert replace_illegal_xml(legal) == legal
