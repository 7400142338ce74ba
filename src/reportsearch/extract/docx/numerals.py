"""Counters as Word formats them, in the number formats of ECMA-376 part 1, 17.18.59.

Beyond 9, 99 and 100, Word has its own rules, which differ between formats: 101 is 一○一, 一百〇一,
一百零一 or 百一. Beyond the end of a set of symbols, Word continues with digits.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

_IDEOGRAPHS = "〇一二三四五六七八九"
# A geometric circle, not the ideograph, as in Word.
_CIRCLES = "○一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖", "拾佰仟万"
_TRADITIONAL = "零壹貳參肆伍陸柒捌玖", "拾佰仟萬"
# Word counts to 32767. Letters and Roman numerals grow with the number, so a hostile start value
# would fill the memory.
_MAX_NUMBER = 1 << 15
_PLACES = 4


def _format_digits(digits: str, number: int) -> str:
    return "".join(digits[int(digit)] for digit in str(number))


def format_chinese_number(
    number: int, zero: str = "零", signs: str = _IDEOGRAPHS, units: str = "十百千万"
) -> str:
    """Format 一, 十, 二十一, with ``zero`` for skipped places: 一百零一, 一千零一十."""
    text, gap = "", False
    digits = f"{number:0{2 * _PLACES}}"
    for place, digit in zip(reversed(range(len(digits))), digits, strict=True):
        if digit != "0":
            text += (zero if gap else "") + signs[int(digit)]
            text += units[place % _PLACES - 1] if place % _PLACES else ""
            gap = False
        elif text:
            gap = True
        if place == _PLACES and text:
            text += units[-1]
            gap = digits[_PLACES] == "0" and gap
    return text


def _format_chinese(zero: str, number: int) -> str:
    text = format_chinese_number(number, zero)
    return text[1:] if text.startswith("一十") else text


def _format_chinese_to_99(number: int) -> str:
    """Format a number as Word does: read out up to 99, and spelt digit by digit beyond."""
    return _format_chinese("", number) if number < 100 else _format_digits(_CIRCLES, number)


def _format_japanese(number: int) -> str:
    """Format 百一, without 零, and without 一 before a unit."""
    text = format_chinese_number(number, "")
    for unit in "十百千":
        text = text.replace(f"一{unit}", unit)
    return text


def _format_legal(words: tuple[str, str], number: int) -> str:
    signs, units = words
    return format_chinese_number(number, signs[0], signs, units)


def _format_roman(number: int) -> str:
    pairs = (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    text = ""
    for value, letters in pairs:
        text += letters * (number // value)
        number %= value
    return text


def _repeat_letter(signs: str, number: int) -> str:
    """Format A to Z, then AA, BB, since Word repeats the letter."""
    repeat, place = divmod(number - 1, len(signs))
    return signs[place] * (repeat + 1)


def _pick_sign(signs: str, number: int) -> str:
    return signs[number - 1] if number <= len(signs) else str(number)


def _format_sexagenary(number: int) -> str:
    """Format 甲子, 乙丑, up to 癸亥."""
    if number > 60:
        return str(number)
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]


def _list_chars(first: int, length: int) -> str:
    return "".join(map(chr, range(first, first + length)))


_LATIN = _list_chars(ord("A"), 26)
_FORMATTERS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _format_chinese_to_99,
    "taiwaneseCounting": _format_chinese_to_99,
    "chineseCountingThousand": partial(_format_chinese, "〇"),
    "taiwaneseCountingThousand": partial(_format_chinese, "零"),
    "japaneseCounting": _format_japanese,
    "koreanDigital2": partial(_format_digits, "零一二三四五六七八九"),
    "ideographDigital": partial(_format_digits, _IDEOGRAPHS),
    "japaneseDigitalTenThousand": partial(_format_digits, _IDEOGRAPHS),
    "taiwaneseDigital": partial(_format_digits, _CIRCLES),
    "chineseLegalSimplified": partial(_format_legal, _SIMPLIFIED),
    "ideographLegalTraditional": partial(_format_legal, _TRADITIONAL),
    "ideographTraditional": partial(_pick_sign, _STEMS),
    "ideographZodiac": partial(_pick_sign, _BRANCHES),
    "ideographZodiacTraditional": _format_sexagenary,
    "ideographEnclosedCircle": partial(_pick_sign, _list_chars(0x3280, 10)),
    "decimalFullWidth": partial(_format_digits, "０１２３４５６７８９"),
    "decimalFullWidth2": partial(_format_digits, "０１２３４５６７８９"),
    "decimalEnclosedCircle": partial(_pick_sign, _list_chars(0x2460, 20)),
    # The Chinese version of Word ends it at ⑩.
    "decimalEnclosedCircleChinese": partial(_pick_sign, _list_chars(0x2460, 10)),
    "decimalEnclosedParen": partial(_pick_sign, _list_chars(0x2474, 20)),
    "decimalEnclosedFullstop": partial(_pick_sign, _list_chars(0x2488, 20)),
    "decimalZero": "{:02}".format,
    "numberInDash": "- {} -".format,
    "hex": "{:X}".format,
    "upperLetter": partial(_repeat_letter, _LATIN),
    "lowerLetter": partial(_repeat_letter, _LATIN.lower()),
    "upperRoman": _format_roman,
    "lowerRoman": lambda number: _format_roman(number).lower(),
    "chicago": partial(_repeat_letter, "*†‡§"),
}


def format_counter(number: int, numbering_format: str) -> str:
    """Format a counter in one of Word's formats, or in plain digits for an unknown one.

    A custom format is given as a pattern, such as 001.
    """
    if numbering_format in {"none", "bullet"}:
        return ""
    if numbering_format[:1] == "0" and numbering_format.isdecimal():
        return str(number).zfill(min(len(numbering_format), 9))
    write = _FORMATTERS.get(numbering_format)
    if write is None or not 0 < number < _MAX_NUMBER:
        return str(number)
    return write(number)
