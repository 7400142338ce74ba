"""Word's automatic numbering: what stands before a paragraph on the page but not in its text.

Follows ECMA-376 part 1, 17.9: a paragraph names a list (``numId``) and a level (``ilvl``), by
itself or through its style; the list's levels say how the counters are written (``numFmt``,
``lvlText``) and when they start again (``lvlRestart``, ``startOverride``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_LEVELS = 9
# Letters and Roman numerals grow with the number: a hostile start would fill the memory.
_MOST = 1_000_000


def chinese(number: int) -> str:
    """一, 十, 二十一, 一百零一, up to 9999; beyond, the digits."""
    if not 0 < number < 10_000:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    text = ""
    for digit, unit in zip(f"{number:04}", "千百十 ", strict=True):
        if digit != "0":
            text += _DIGITS[int(digit)] + unit.strip()
        elif text and not text.endswith("零"):
            text += "零"
    text = text.rstrip("零")
    return text[1:] if text.startswith("一十") else text


def _roman(number: int) -> str:
    pairs = (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    text = ""
    for value, letters in pairs:
        text += letters * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    """A to Z, then AA, BB: Word repeats the letter."""
    repeat, place = divmod(number - 1, 26)
    return chr(ord("A") + place) * (repeat + 1)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _cycle(signs: str, number: int) -> str:
    return signs[(number - 1) % len(signs)]


def counter(number: int, numbering_format: str) -> str:
    """Write a counter in one of Word's formats; an unknown one in plain digits."""
    if numbering_format in {"none", "bullet"}:
        return ""
    if not 0 < number < _MOST:
        return str(number)
    match numbering_format:
        case (
            "chineseCountingThousand"
            | "chineseCounting"
            | "taiwaneseCountingThousand"
            | "taiwaneseCounting"
            | "japaneseCounting"
        ):
            return chinese(number)
        case "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand":
            return "".join(_DIGITS[int(digit)] for digit in str(number))
        case "decimalFullWidth" | "decimalFullWidth2":
            return _full_width(number)
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return _circled(number)
        case "ideographEnclosedCircle":
            return chr(0x3280 + number - 1) if number <= 10 else chinese(number)
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return chinese(number).translate(_LEGAL)
        case "decimalEnclosedParen":
            return f"({number})"
        case "decimalEnclosedFullstop":
            return f"{number}."
        case "decimalZero":
            return f"{number:02}"
        case "upperLetter":
            return _letters(number)
        case "lowerLetter":
            return _letters(number).lower()
        case "upperRoman":
            return _roman(number)
        case "lowerRoman":
            return _roman(number).lower()
        case "ideographTraditional":
            return _cycle("甲乙丙丁戊己庚辛壬癸", number)
        case "ideographZodiac":
            return _cycle("子丑寅卯辰巳午未申酉戌亥", number)
        case _:
            return str(number)


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    gap: str = "tab"
    restart: int | None = None
    plain_digits: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    overrides: dict[int, int] = field(default_factory=dict)


def _value(element: Any, name: str, default: str | None = None) -> str | None:
    """``w:val`` of the child called ``name``."""
    child = None if element is None else element.find(_W + name)
    if child is None:
        return default
    value: str | None = child.get(_W + "val", default)
    return value


def _number(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def _flag(element: Any, name: str) -> bool:
    child = element.find(_W + name)
    return child is not None and child.get(_W + "val", "true") not in {"0", "false", "off"}


def _level(element: Any) -> _Level:
    restart = _value(element, "lvlRestart")
    return _Level(
        start=_number(_value(element, "start"), 0),
        format=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText") or "",
        gap=_value(element, "suff") or "tab",
        restart=None if restart is None else _number(restart, 0),
        plain_digits=_flag(element, "isLgl"),
        style=_value(element, "pStyle"),
    )


def _levels(element: Any) -> dict[int, _Level]:
    found = {}
    for level in element.findall(_W + "lvl"):
        found[_number(level.get(_W + "ilvl"), 0)] = _level(level)
    return found


class Numbering:
    """The lists of a document, and where each of them stands; ask for labels in reading order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._lists: dict[str, _List] = {}
        self._styles = self._read_styles(styles)
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read_lists(numbering)

    def _read_styles(self, styles: Any) -> dict[str, Any]:
        if styles is None:
            return {}
        return {style.get(_W + "styleId"): style for style in styles.findall(_W + "style")}

    def _read_lists(self, numbering: Any) -> None:
        abstracts: dict[str, Any] = {
            element.get(_W + "abstractNumId"): element
            for element in numbering.findall(_W + "abstractNum")
        }
        by_style = {
            _value(element, "styleLink"): key
            for key, element in abstracts.items()
            if element.find(_W + "styleLink") is not None
        }
        for num in numbering.findall(_W + "num"):
            key = _value(num, "abstractNumId") or ""
            linked = _value(abstracts.get(key), "numStyleLink")
            key = by_style.get(linked, key) if linked else key
            if key not in abstracts:
                continue
            entry = _List(key, _levels(abstracts[key]))
            for override in num.findall(_W + "lvlOverride"):
                ilvl = _number(override.get(_W + "ilvl"), 0)
                start = _value(override, "startOverride")
                if start is not None:
                    entry.overrides[ilvl] = _number(start, 1)
                entry.levels.update(_levels(override))
            self._lists[num.get(_W + "numId")] = entry

    def label(self, paragraph: Any) -> str:
        """The label of a ``w:p`` element with the gap after it, or an empty string."""
        num_id, ilvl = self._place(paragraph.find(_W + "pPr"))
        entry = self._lists.get(num_id or "")
        if entry is None or ilvl not in entry.levels:
            return ""
        self._advance(num_id or "", entry, ilvl)
        return self._write(entry, ilvl)

    def _place(self, properties: Any) -> tuple[str | None, int]:
        if properties is None:
            return self._style_place(self._default_style())
        own = properties.find(_W + "numPr")
        style = _value(properties, "pStyle") or self._default_style()
        num_id, ilvl = self._style_place(style)
        if own is not None:
            num_id = _value(own, "numId", num_id)
            ilvl = _number(_value(own, "ilvl"), ilvl)
        return num_id, ilvl

    def _default_style(self) -> str | None:
        for key, style in self._styles.items():
            if style.get(_W + "type") == "paragraph" and style.get(_W + "default") == "1":
                return key
        return None

    def _style_place(self, style: str | None) -> tuple[str | None, int]:
        """List and level of a style, each from the nearest style that it is based on."""
        num_id: str | None = None
        ilvl: str | None = None
        chain: list[str] = []
        while style is not None and style in self._styles and style not in chain:
            chain.append(style)
            properties = self._styles[style].find(_W + "pPr")
            own = None if properties is None else properties.find(_W + "numPr")
            num_id = num_id or _value(own, "numId")
            ilvl = ilvl or _value(own, "ilvl")
            style = _value(self._styles[style], "basedOn")
        if ilvl is None:
            return num_id, self._named_level(num_id, chain)
        return num_id, _number(ilvl, 0)

    def _named_level(self, num_id: str | None, chain: list[str]) -> int:
        """A heading style's level is the one of its list that names it, or what it is based on."""
        entry = self._lists.get(num_id or "")
        named = {level.style: number for number, level in entry.levels.items()} if entry else {}
        return next((named[style] for style in chain if style in named), 0)

    def _advance(self, num_id: str, entry: _List, ilvl: int) -> None:
        counts = self._counts.setdefault(entry.abstract, {})
        if ilvl in entry.overrides and (num_id, ilvl) not in self._started:
            counts[ilvl] = entry.overrides[ilvl]
        elif ilvl in counts:
            counts[ilvl] += 1
        else:
            counts[ilvl] = entry.overrides.get(ilvl, entry.levels[ilvl].start)
        self._started.add((num_id, ilvl))
        for above in range(ilvl):
            if above in entry.levels:
                counts.setdefault(above, entry.levels[above].start)
        for below in range(ilvl + 1, _LEVELS):
            restart = entry.levels[below].restart if below in entry.levels else None
            # lvlRestart counts levels from 1; 0 means that the level never starts again.
            if restart is None or (restart and ilvl < restart):
                counts.pop(below, None)

    def _write(self, entry: _List, ilvl: int) -> str:
        level = entry.levels[ilvl]
        counts = self._counts[entry.abstract]
        text = level.text
        if level.format == "bullet":
            return ""
        for number in range(_LEVELS):
            if f"%{number + 1}" in text and number in entry.levels:
                form = entry.levels[number].format
                if level.plain_digits:
                    form = "decimal"
                written = counter(counts.get(number, entry.levels[number].start), form)
                text = text.replace(f"%{number + 1}", written)
        # After 、 or ） the page shows hardly a gap, and the typed form has none.
        if not text or level.gap == "nothing" or text[-1] in "、）．，：":
            return text
        return text + " "
