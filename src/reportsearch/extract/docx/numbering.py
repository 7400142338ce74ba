"""Word's automatic numbering: what stands before a paragraph on the page but not in its text.

Follows ECMA-376 part 1, 17.9: a paragraph names a list (``numId``) and a level (``ilvl``), by
itself or through its style; the list's levels say how the counters are written (``numFmt``,
``lvlText``) and when they start again (``lvlRestart``, ``startOverride``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reportsearch.extract.docx.numerals import counter
from reportsearch.extract.docx.symbols import PRIVATE, symbol
from reportsearch.extract.docx.xml import W, number, switch, value

__all__ = ["Numbering", "counter"]

_COUNTER = re.compile("%([1-9])")
_LEVELS = 9
# Word's limit; a label is repeated with each paragraph, so an endless one would fill the memory.
_LONGEST = 255
# Word allows far fewer styles that stand on each other.
_BASES = 50


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    font: str = ""
    gap: str = "tab"
    restart: int | None = None
    plain_digits: bool = False
    style: str | None = None


class _List:
    """A ``w:num``; its levels are read when it is used, since files carry hundreds of them."""

    def __init__(self, num: Any, key: str, abstract: Any) -> None:
        self.abstract = key
        self._num, self._kind = num, abstract

    @cached_property
    def overrides(self) -> dict[int, int]:
        found = {}
        for override in self._num.findall(W + "lvlOverride"):
            start = value(override, "startOverride")
            if start is not None:
                found[number(override.get(W + "ilvl"), 0)] = number(start, 1)
        return found

    @cached_property
    def levels(self) -> dict[int, _Level]:
        found = _levels(self._kind)
        for override in self._num.findall(W + "lvlOverride"):
            found.update(_levels(override))
        return found


def _format(level: Any) -> str:
    """The number format; of Word's 001, 002, ... the first number, as a pattern."""
    own = next(level.iter(W + "numFmt"), None)
    if own is None:
        return "decimal"
    if own.get(W + "val") == "custom":
        return str(own.get(W + "format", "")).partition(",")[0].strip()
    return own.get(W + "val") or "decimal"


def _level(element: Any) -> _Level:
    restart = value(element, "lvlRestart")
    fonts = element.find(f"{W}rPr/{W}rFonts")
    return _Level(
        start=number(value(element, "start"), 0),
        format=_format(element),
        text=(value(element, "lvlText") or "")[:_LONGEST],
        font="" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "",
        gap=value(element, "suff") or "tab",
        restart=None if restart is None else number(restart, 0),
        plain_digits=bool(switch(element, "isLgl")),
        style=value(element, "pStyle"),
    )


def _levels(element: Any) -> dict[int, _Level]:
    found = {}
    for level in element.findall(W + "lvl"):
        ilvl = number(level.get(W + "ilvl"), 0)
        if 0 <= ilvl < _LEVELS:
            found[ilvl] = _level(level)
    return found


class Numbering:
    """The lists of a document, and where each of them stands; ask for labels in reading order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._lists: dict[str, _List] = {}
        self._styles = self._read_styles(styles)
        self._default = self._default_style()
        self._places: dict[str | None, tuple[str | None, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read_lists(numbering)

    def _read_styles(self, styles: Any) -> dict[str, Any]:
        if styles is None:
            return {}
        return {style.get(W + "styleId"): style for style in styles.findall(W + "style")}

    def _read_lists(self, numbering: Any) -> None:
        abstracts: dict[str, Any] = {
            element.get(W + "abstractNumId"): element
            for element in numbering.findall(W + "abstractNum")
        }
        by_style = {
            value(element, "styleLink"): key
            for key, element in abstracts.items()
            if element.find(W + "styleLink") is not None
        }
        for num in numbering.findall(W + "num"):
            key = value(num, "abstractNumId") or ""
            linked = value(abstracts.get(key), "numStyleLink")
            key = by_style.get(linked, key) if linked else key
            if key in abstracts:
                self._lists[num.get(W + "numId")] = _List(num, key, abstracts[key])

    def label(self, paragraph: Any) -> str:
        """The label of a ``w:p`` element with the gap after it, or an empty string."""
        num_id, ilvl = self._place(paragraph.find(W + "pPr"))
        entry = self._lists.get(num_id or "")
        if entry is None or ilvl not in entry.levels:
            return ""
        self._advance(num_id or "", entry, ilvl)
        return self._write(entry, ilvl)

    def _place(self, properties: Any) -> tuple[str | None, int]:
        if properties is None:
            return self._style_place(self._default)
        own = properties.find(W + "numPr")
        style = value(properties, "pStyle") or self._default
        num_id, ilvl = self._style_place(style)
        if own is not None:
            num_id = value(own, "numId", num_id)
            ilvl = number(value(own, "ilvl"), ilvl)
        return num_id, ilvl

    def _default_style(self) -> str | None:
        for key, style in self._styles.items():
            if style.get(W + "type") == "paragraph" and style.get(W + "default") == "1":
                return key
        return None

    def _style_place(self, style: str | None) -> tuple[str | None, int]:
        """List and level of a style, each from the nearest style that it is based on."""
        if style not in self._places:
            self._places[style] = self._find_place(style)
        return self._places[style]

    def _find_place(self, style: str | None) -> tuple[str | None, int]:
        num_id: str | None = None
        ilvl: str | None = None
        chain: list[str] = []
        while style in self._styles and style not in chain and len(chain) < _BASES:
            chain.append(style)
            properties = self._styles[style].find(W + "pPr")
            own = None if properties is None else properties.find(W + "numPr")
            num_id = num_id or value(own, "numId")
            ilvl = ilvl or value(own, "ilvl")
            style = value(self._styles[style], "basedOn")
        if ilvl is None:
            return num_id, self._named_level(num_id, chain)
        return num_id, number(ilvl, 0)

    def _named_level(self, num_id: str | None, chain: list[str]) -> int:
        """A heading style's level is the one of its list that names it, or what it is based on."""
        entry = self._lists.get(num_id or "")
        named = {level.style: ilvl for ilvl, level in entry.levels.items()} if entry else {}
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

        def written(match: re.Match[str]) -> str:
            named = entry.levels.get(int(match[1]) - 1)
            if named is None:
                return ""
            form = "decimal" if level.plain_digits else named.format
            return counter(counts.get(int(match[1]) - 1, named.start), form)

        text = _bullet(level) if level.format == "bullet" else _COUNTER.sub(written, level.text)
        text = text[:_LONGEST]
        if not text or level.gap == "nothing" or text[-1].isspace():
            return text
        # After 、 or ） a tab shows hardly a gap, and the typed form has none.
        return text if level.gap == "tab" and text[-1] in "、）．，：" else text + " "


def _bullet(level: _Level) -> str:
    """The sign of a bullet; a dot for one that only its font knows."""
    return "".join(
        symbol(level.font, ord(char)) or ("•" if PRIVATE.match(char) else char)
        for char in level.text
    )
