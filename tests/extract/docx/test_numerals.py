from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch.extract.docx.numerals import format_counter
from reportsearch.normalise import fold

# What Word writes at the numbers where its formats part ways.
EDGES = (1, 9, 10, 11, 19, 20, 21, 99, 100, 101, 110, 111, 200, 1000, 1001, 1010, 1100, 9999)
WRITTEN = {
    "chineseCountingThousand": "一 九 十 十一 十九 二十 二十一 九十九 一百 一百〇一 一百一十 一百一十一 二百"
    " 一千 一千〇一 一千〇一十 一千一百 九千九百九十九",
    "taiwaneseCountingThousand": "一 九 十 十一 十九 二十 二十一 九十九 一百 一百零一 一百一十 一百一十一 二百"
    " 一千 一千零一 一千零一十 一千一百 九千九百九十九",
    "chineseCounting": "一 九 十 十一 十九 二十 二十一 九十九 一○○ 一○一 一一○ 一一一 二○○"
    " 一○○○ 一○○一 一○一○ 一一○○ 九九九九",
    "taiwaneseCounting": "一 九 十 十一 十九 二十 二十一 九十九 一○○ 一○一 一一○ 一一一 二○○"
    " 一○○○ 一○○一 一○一○ 一一○○ 九九九九",
    "japaneseCounting": "一 九 十 十一 十九 二十 二十一 九十九 百 百一 百十 百十一 二百"
    " 千 千一 千十 千百 九千九百九十九",
    "chineseLegalSimplified": "壹 玖 壹拾 壹拾壹 壹拾玖 贰拾 贰拾壹 玖拾玖 壹佰 壹佰零壹 壹佰壹拾"
    " 壹佰壹拾壹 贰佰 壹仟 壹仟零壹 壹仟零壹拾 壹仟壹佰 玖仟玖佰玖拾玖",
    "ideographDigital": "一 九 一〇 一一 一九 二〇 二一 九九 一〇〇 一〇一 一一〇 一一一 二〇〇"
    " 一〇〇〇 一〇〇一 一〇一〇 一一〇〇 九九九九",
    "taiwaneseDigital": "一 九 一○ 一一 一九 二○ 二一 九九 一○○ 一○一 一一○ 一一一 二○○"
    " 一○○○ 一○○一 一○一○ 一一○○ 九九九九",
    "decimalFullWidth": "１ ９ １０ １１ １９ ２０ ２１ ９９ １００ １０１ １１０ １１１ ２００"
    " １０００ １００１ １０１０ １１００ ９９９９",
    "decimalEnclosedCircle": "① ⑨ ⑩ ⑪ ⑲ ⑳ 21 99 100 101 110 111 200 1000 1001 1010 1100 9999",
    "decimalEnclosedCircleChinese": "① ⑨ ⑩ 11 19 20 21 99 100 101 110 111 200"
    " 1000 1001 1010 1100 9999",
    "decimalEnclosedParen": "⑴ ⑼ ⑽ ⑾ ⒆ ⒇ 21 99 100 101 110 111 200 1000 1001 1010 1100 9999",
    "decimalEnclosedFullstop": "⒈ ⒐ ⒑ ⒒ ⒚ ⒛ 21 99 100 101 110 111 200 1000 1001 1010 1100 9999",
    "ideographEnclosedCircle": "㊀ ㊈ ㊉ 11 19 20 21 99 100 101 110 111 200"
    " 1000 1001 1010 1100 9999",
    "ideographTraditional": "甲 壬 癸 11 19 20 21 99 100 101 110 111 200 1000 1001 1010 1100 9999",
    "ideographZodiac": "子 申 酉 戌 19 20 21 99 100 101 110 111 200 1000 1001 1010 1100 9999",
    "ideographZodiacTraditional": "甲子 壬申 癸酉 甲戌 壬午 癸未 甲申 99 100 101 110 111 200"
    " 1000 1001 1010 1100 9999",
}


@pytest.mark.parametrize("form", WRITTEN)
def test_a_counter_is_written_as_word_writes_it_at_every_edge(form: str) -> None:
    assert [format_counter(number, form) for number in EDGES] == WRITTEN[form].split()


def test_numbers_beyond_9999_are_counted_in_ten_thousands() -> None:
    written = {10_000: "一万", 10_001: "一万〇一", 12_305: "一万二千三百〇五", 20_300: "二万〇三百"}
    assert {n: format_counter(n, "chineseCountingThousand") for n in written} == written


def _second_way(number: int) -> str:
    """How a number is read, from its largest unit down."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    if 10 <= number < 20:
        return "十" + (_second_way(number - 10) if number > 10 else "")
    unit, sign = next(pair for pair in ((1000, "千"), (100, "百"), (10, "十")) if number >= pair[0])
    head, rest = divmod(number, unit)
    text = _second_way(head) + sign
    if rest:
        gap = "零" if rest < unit // 10 else ""
        text += gap + ("一" if 10 <= rest < 20 else "") + _second_way(rest)
    return text


def _understood(text: str) -> int:
    total, digit = 0, 0
    for sign in text:
        if sign in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(sign)
    return total + digit


def test_all_numbers_up_to_9999_agree_with_a_second_way_of_writing_them() -> None:
    assert [
        n
        for n in range(1, 10_000)
        if format_counter(n, "taiwaneseCountingThousand") != _second_way(n)
    ] == []


def test_every_number_up_to_9999_can_be_read_back() -> None:
    assert [
        n
        for n in range(1, 10_000)
        if _understood(format_counter(n, "taiwaneseCountingThousand")) != n
    ] == []


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("decimal", {1: "1", 10: "10", 123: "123"}),
        ("decimalFullWidth2", {1: "１", 10: "１０", 29: "２９"}),
        ("decimalZero", {1: "01", 9: "09", 10: "10", 100: "100"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB", 53: "AAA"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa"}),
        ("upperRoman", {1: "I", 4: "IV", 9: "IX", 444: "CDXLIV", 1666: "MDCLXVI", 1994: "MCMXCIV"}),
        ("lowerRoman", {3: "iii", 14: "xiv", 90: "xc"}),
        ("japaneseDigitalTenThousand", {1: "一", 12: "一二", 20: "二〇"}),
        ("koreanDigital2", {1: "一", 10: "一零"}),
        ("ideographLegalTraditional", {1: "壹", 6: "陸", 12: "壹拾貳", 300: "參佰"}),
        ("numberInDash", {1: "- 1 -"}),
        ("hex", {10: "A", 255: "FF"}),
        ("chicago", {1: "*", 2: "†", 4: "§", 5: "**"}),
        ("001", {1: "001", 99: "099", 1000: "1000"}),
        ("none", {1: "", 7: ""}),
        ("bullet", {1: "", 7: ""}),
        ("aFormatOfTheFuture", {1: "1", 12: "12"}),
    ],
)
def test_a_counter_is_written_as_its_format_says(form: str, written: dict[int, str]) -> None:
    assert {number: format_counter(number, form) for number in written} == written


def test_a_number_in_brackets_is_found_as_one_however_it_is_written() -> None:
    assert fold(format_counter(12, "decimalEnclosedParen")) == "(12)"


def test_a_roman_number_can_be_read_back() -> None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    for number in range(1, 4000):
        digits = [values[sign] for sign in format_counter(number, "upperRoman")]
        following = [*digits[1:], 0]
        pairs = zip(digits, following, strict=True)
        assert sum(-own if own < after else own for own, after in pairs) == number


@given(st.integers(1, 9_999))
def test_full_width_digits_are_the_digits_of_the_number(number: int) -> None:
    text = format_counter(number, "decimalFullWidth")
    assert int(text) == number
    assert not text.isascii()


@pytest.mark.parametrize("number", [0, -1])
@pytest.mark.parametrize(
    "form",
    ["chineseCounting", "decimalEnclosedCircle", "upperRoman", "upperLetter", "ideographZodiac"],
)
def test_a_counter_before_one_is_written_in_digits_in_any_format(number: int, form: str) -> None:
    assert format_counter(number, form) == str(number)


@pytest.mark.parametrize(
    "form", ["upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "chicago"]
)
def test_a_counter_that_no_list_reaches_does_not_make_a_label_without_end(form: str) -> None:
    assert format_counter(2_000_000_000, form) == "2000000000"
