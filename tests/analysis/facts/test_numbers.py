"""Numerals are read exactly, however they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch.analysis.facts.numbers import find_numerals, parse_chinese, to_number

DIGITS = "零一二三四五六七八九"
SMALL = ("", "十", "百", "千")


def written(number: int) -> str:
    """A number in Chinese characters."""
    if number == 0:
        return "零"
    parts = []
    for unit in ("", "万", "亿", "万亿"):
        number, rest = divmod(number, 10_000)
        parts.append((rest, unit))
        if not number:
            break
    text = ""
    for rest, unit in reversed(parts):
        if rest:
            gap = "零" if text and rest < 1_000 else ""
            text += gap + thousands(rest) + unit
    return text


def thousands(number: int) -> str:
    text = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += DIGITS[digit] + SMALL[place]
        elif text and not text.endswith("零") and number % 10**place:
            text += "零"
    return text


@given(st.integers(0, 9_999_999_999))
def test_a_number_in_chinese_is_read_back(number: int) -> None:
    assert parse_chinese(written(number)) == number


@given(st.integers(0, 10**12), st.integers(0, 999))
def test_digits_are_read_exactly(whole: int, decimals: int) -> None:
    for text in (f"{whole}.{decimals}", f"{whole:,}.{decimals}"):
        (one,) = find_numerals(text)
        assert one.value == Decimal(f"{whole}.{decimals}")
        assert (one.start, one.end) == (0, len(text))


@given(st.text(alphabet="一二两三十百千万亿零〇点.,*5", max_size=40))
def test_any_text_is_read_without_an_error(text: str) -> None:
    spans = [(one.start, one.end) for one in find_numerals(text)]
    assert all(start < end for start, end in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三千五", 3500),
        ("三万五", 35_000),
        ("三万零五", 30_005),
        ("两千", 2000),
        ("二〇二三", 2023),
        ("九点四", 9.4),
        ("一百三十二万五千", 1_325_000),
        ("十", 10),
        ("百分之九点四", 9.4),
        ("百分之一百零三", 103),
        ("百分之7.5", 7.5),
        ("四分之一", 0.25),
        ("1,234.5", 1234.5),
        ("6.82", 6.82),
    ],
)
def test_values(text: str, value: float) -> None:
    (one,) = find_numerals(text)
    assert to_number(one.value) == value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("五六", 5, 6), ("三十五六", 35, 36), ("三四百", 300, 400), ("七八", 7, 8)],
)
def test_two_digits_in_a_row_are_a_range(text: str, low: int, high: int) -> None:
    (one,) = find_numerals(text)
    assert [to_number(value) for value in (one.value, one.low, one.high)] == [None, low, high]


@pytest.mark.parametrize(
    "text", ["*", "**", "*.*", "××", "xx", "3*", "*3", "1*.5", "*.5", "3.*", "12*4"]
)
def test_a_masked_number_has_no_value(text: str) -> None:
    (one,) = find_numerals(text)
    assert one.is_masked
    assert (one.value, one.low, one.high) == (None, None, None)


def test_what_is_no_number_is_none() -> None:
    assert [parse_chinese(text) for text in ("", "点五", "几十", "万" * 5_000)] == [None] * 4
    assert list(find_numerals("四季度前的工作")) == [*find_numerals("四")]


def test_whole_numbers_are_shown_without_a_point() -> None:
    assert [to_number(value) for value in (Decimal(94), Decimal("6.82"), None)] == [94, 6.82, None]
    assert isinstance(to_number(Decimal("682000000.00")), int)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1万5千", 15_000),
        ("35万6千", 356_000),
        ("1亿2500万", 125_000_000),
        ("12亿3千5百万", 1_235_000_000),
        ("1亿5千万", 150_000_000),
        ("3万2500", 32_500),
        ("5千3百", 5_300),
        ("1，200", 1_200),
    ],
)
def test_digits_with_words_of_tens_are_one_number(text: str, value: int) -> None:
    (one,) = find_numerals(text)
    assert (one.start, one.end, one.value) == (0, len(text), Decimal(value))


@pytest.mark.parametrize("text", ["2，30", "1200，300", "3.5，200", "1，2000"])
def test_another_full_width_comma_parts_numbers(text: str) -> None:
    assert len(list(find_numerals(text))) == 2


def test_a_number_of_hundreds_of_digits_is_none() -> None:
    assert list(find_numerals("1" * 5_000)) == []
