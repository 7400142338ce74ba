"""Which characters of a text are compared, and where they stand in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportsearch import Archive
from reportsearch.comparable import ComparableText, to_comparable
from reportsearch.normalise import fold
from reportsearch.search.engine import Engine

ODD = (
    "⑵项Ⅳ㎡￥½ﬁ①",
    "全年投入*亿元，增长**%。",
    "１２３，ＡＢＣ；ａｂｃ",
    "發展農村經濟，著力乾淨",
    "\ud800孤\udfff立",
    "笑😀脸👨‍👩‍👧‍👦𠀀𠮷",
    "零\u200b宽\u00ad连\ufeff写",
    "一\n二\t三\u2028四\x85五\u3000六",
    "é\u0301İßŉǅ",
    "。，、！？*",
    "",
)
texts = (
    st.text(st.characters(), max_size=40)
    | st.text(st.sampled_from("⑵*。 １Ａ發发\u200b\ud800😀𠀀½ﬁ年\n㎡İ"), max_size=40)
    | st.sampled_from(ODD)
)


@settings(max_examples=100)
@given(texts)
def test_what_is_compared_are_the_letters_and_digits_of_the_folded_text(text: str) -> None:
    letters = "".join(char for char in fold(text) if char.isalnum())
    assert to_comparable(fold(text)) == letters
    assert ComparableText.of(text).text == letters


@settings(max_examples=100)
@given(texts)
def test_each_compared_character_maps_to_the_code_point_it_comes_from(text: str) -> None:
    found = ComparableText.of(text)
    assert list(found.offsets) == [
        at for at, char in enumerate(text) for each in fold(char) if each.isalnum()
    ]
    for at in range(len(found.text)):
        start, end = found.map_to_original(at, at + 1)
        assert (start, end) == (found.offsets[at], found.offsets[at] + 1)
        assert found.text[at] in to_comparable(fold(text[start:end]))


@settings(max_examples=100)
@given(texts, st.data())
def test_a_span_maps_to_original_text_that_has_just_these_characters(
    text: str, data: st.DataObject
) -> None:
    found = ComparableText.of(text)
    start = data.draw(st.integers(0, len(found.text)))
    end = data.draw(st.integers(start, len(found.text)))
    begins, ends = found.map_to_original(start, end)
    assert 0 <= begins <= ends <= len(text)
    if start == end:
        assert begins == ends
        first, last = found.map_from_original(begins, ends)
        assert first == last
    else:
        whole = to_comparable(fold(text[begins:ends]))
        # Code points that fold to several characters are taken whole.
        first = found.offsets.index(found.offsets[start])
        assert whole.startswith(found.text[first:end])
        assert found.text[slice(*found.map_from_original(begins, ends))] == whole


@settings(max_examples=100)
@given(texts, st.data())
def test_what_comes_from_a_span_is_what_is_compared_of_that_part(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = ComparableText.of(text)
    part = ComparableText.of(text[start:end]).text
    assert found.text[slice(*found.map_from_original(start, end))] == part


@given(texts, texts)
@example("", "")
@example("\ud83d", "\ude00")
def test_what_is_compared_of_two_texts_is_that_of_each(first: str, second: str) -> None:
    assert (
        ComparableText.of(first + second).text
        == ComparableText.of(first).text + ComparableText.of(second).text
    )


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("完成⑵项，增长*％", "完成2项增长"),
        ("投入*亿元", "投入亿元"),
        ("發展農業", "发展农业"),
        ("ＡＢｃ１２．５％", "abc125"),
        ("笑😀脸", "笑脸"),
        ("\ud800孤立", "孤立"),
        ("𠀀字", "𠀀字"),
        ("一\u200b二\n三\u3000四", "一二三四"),
        ("面积3㎡", "面积3m2"),
        ("“三个代表”", "三个代表"),
        ("……——·、。", ""),
        ("*" * 20, ""),
    ],
)
def test_what_is_compared_of_odd_characters(original: str, expected: str) -> None:
    assert ComparableText.of(original).text == expected


def test_a_span_begins_and_ends_with_characters_that_count() -> None:
    original = "（一）全年投入*亿元，增长⑵倍。"
    found = ComparableText.of(original)
    assert found.text == "一全年投入亿元增长2倍"
    assert original[slice(*found.map_to_original(1, 5))] == "全年投入"
    assert original[slice(*found.map_to_original(1, 7))] == "全年投入*亿元"
    assert original[slice(*found.map_to_original(9, 10))] == "⑵"


@pytest.mark.parametrize(
    ("start", "at"), [(0, 1), (1, 4), (2, 5)], ids=["first", "in the middle", "after the last"]
)
def test_an_empty_span_stands_before_its_character_or_after_the_last(start: int, at: int) -> None:
    assert ComparableText.of("，甲、*乙。").map_to_original(start, start) == (at, at)


def test_the_text_an_engine_keeps_is_compared_as_the_reports(shipped_archive: Archive) -> None:
    check_engine(shipped_archive)


@pytest.mark.parametrize("kind", ["memory", "disk"])
def test_the_text_an_engine_keeps_of_odd_reports_is_compared_as_theirs(
    tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, odd in enumerate(ODD):
        text = f"述职报告\n\n各位代表：{odd}全年工作总结如下。\n\n一、工作\n{odd}\n"
        (folder / f"{number}.txt").write_bytes(text.encode("utf-8", "replace"))
    with Archive.in_memory() if kind == "memory" else Archive.create(tmp_path / "index") as archive:
        archive.index([folder])
        assert check_engine(archive) == len(ODD)


def check_engine(archive: Archive) -> int:
    engine: Engine = archive._engine
    folded = dict(engine.texts())
    reports = list(archive.reports())
    assert sorted(folded) == sorted(report.id for report in reports)
    for report in reports:
        assert to_comparable(folded[report.id]) == ComparableText.of(report.text).text
    return len(reports)
