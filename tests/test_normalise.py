from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch.normalise import fold, normalise

ANY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("文旅４Ａ級％％１－⑵㎡…㈠İ乾著說後裡\u200b\u202e\ud800\ufeff　，（）“”*"),
    )
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("４Ａ级", "4a级"),
        ("１－10月", "1-10月"),
        ("94％", "94%"),
        ("（试行）", "(试行)"),
        ("說著", "说着"),
        ("乾隆", "干隆"),
        ("後裡臺灣", "后里台湾"),
        ("㈠㎡", "(一)m2"),
        ("文\u200b旅\ufeff", "文旅"),
        ("“四个意识”", "“四个意识”"),
    ],
)
def test_width_case_and_script_are_one(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_folding_a_code_point_twice_changes_nothing() -> None:
    """The first plane, the compatible forms of others, and some; all: benchmarks/campaigns."""
    codes = (*range(0x10000), *range(0x2F800, 0x2FA20), *range(0x10000, sys.maxunicode + 1, 37))
    assert [code for code in codes if fold(fold(chr(code))) != fold(chr(code))] == []


@given(ANY, ANY)
def test_each_code_point_is_folded_by_itself(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


@given(ANY)
def test_folded_text_can_be_written_as_utf8(text: str) -> None:
    assert fold(text).encode().decode() == fold(text)


@given(ANY)
def test_every_folded_code_point_maps_to_the_one_it_came_from(text: str) -> None:
    view = normalise(text)
    assert view.text == fold(text)
    for at, char in enumerate(view.text):
        start, end = view.map_to_original(at, at + 1)
        assert end == start + 1
        assert char in fold(text[start])


@given(ANY, st.data())
def test_a_span_of_the_original_maps_to_what_it_folds_to(text: str, data: st.DataObject) -> None:
    view = normalise(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = view.map_from_original(start, end)
    assert view.text[first:last] == fold(text[start:end])


@given(ANY, st.data())
def test_a_span_maps_to_whole_code_points_that_fold_to_it(text: str, data: st.DataObject) -> None:
    view = normalise(text)
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))
    first, last = view.map_to_original(start, end)
    assert view.text[start:end] in fold(text[first:last])
    assert 0 <= first <= last <= len(text)
