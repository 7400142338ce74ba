"""Word's automatic numbering, which precedes a paragraph on the page but is not in its text.

Follows ECMA-376 part 1, 17.9. A paragraph names a list (``numId``) and a level (``ilvl``), directly
or through its style. The list's levels define how counters are formatted (``numFmt``, ``lvlText``)
and when they restart (``lvlRestart``, ``startOverride``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reportsearch.extract.docx.numerals import format_counter
from reportsearch.extract.docx.symbols import PRIVATE_USE, map_symbol
from reportsearch.extract.docx.xml import W, get_on_off, get_val, parse_int

__all__ = ["Numbering", "format_counter"]

_COUNTER = re.compile("%([1-9])")
_LEVELS = 9
# Word's limit. A label is repeated with each paragraph, so an endless one would fill the memory.
_MAX_LABEL_CHARS = 255
# Word allows far fewer styles based on each other.
_MAX_BASE_STYLES = 50


@dataclass(slots=True)
class _NumberingLevel:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    font: str = ""
    gap: str = "tab"
    restart: int | None = None
    plain_digits: bool = False
    style: str | None = None


class _NumberingList:
    """A ``w:num``, whose levels are read on use, since files contain hundreds of lists."""

    def __init__(self, num: Any, key: str, abstract: Any) -> None:
        self.abstract = key
        self._num, self._kind = num, abstract

    @cached_property
    def overrides(self) -> dict[int, int]:
        found = {}
        for override in self._num.findall(W + "lvlOverride"):
            start = get_val(override, "startOverride")
            if start is not None:
                found[parse_int(override.get(W + "ilvl"), 0)] = parse_int(start, 1)
        return found

    @cached_property
    def levels(self) -> dict[int, _NumberingLevel]:
        found = _read_levels(self._kind)
        for override in self._num.findall(W + "lvlOverride"):
            found.update(_read_levels(override))
        return found


def _read_format(level: Any) -> str:
    """Return the number format; for Word's 001, 002, ... the first number as a pattern."""
    own = next(level.iter(W + "numFmt"), None)
    if own is None:
        return "decimal"
    if own.get(W + "val") == "custom":
        return str(own.get(W + "format", "")).partition(",")[0].strip()
    return own.get(W + "val") or "decimal"


def _read_level(element: Any) -> _NumberingLevel:
    restart = get_val(element, "lvlRestart")
    fonts = element.find(f"{W}rPr/{W}rFonts")
    return _NumberingLevel(
        start=parse_int(get_val(element, "start"), 0),
        format=_read_format(element),
        text=(get_val(element, "lvlText") or "")[:_MAX_LABEL_CHARS],
        font="" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "",
        gap=get_val(element, "suff") or "tab",
        restart=None if restart is None else parse_int(restart, 0),
        plain_digits=bool(get_on_off(element, "isLgl")),
        style=get_val(element, "pStyle"),
    )


def _read_levels(element: Any) -> dict[int, _NumberingLevel]:
    found = {}
    for level in element.findall(W + "lvl"):
        ilvl = parse_int(level.get(W + "ilvl"), 0)
        if 0 <= ilvl < _LEVELS:
            found[ilvl] = _read_level(level)
    return found


class Numbering:
    """The lists of a document with their counters. Labels must be requested in reading order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._lists: dict[str, _NumberingList] = {}
        self._styles = self._read_styles(styles)
        self._default = self._find_default_style()
        self._style_levels: dict[str | None, tuple[str | None, int]] = {}
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
            get_val(element, "styleLink"): key
            for key, element in abstracts.items()
            if element.find(W + "styleLink") is not None
        }
        for num in numbering.findall(W + "num"):
            key = get_val(num, "abstractNumId") or ""
            linked = get_val(abstracts.get(key), "numStyleLink")
            key = by_style.get(linked, key) if linked else key
            if key in abstracts:
                self._lists[num.get(W + "numId")] = _NumberingList(num, key, abstracts[key])

    def format_next_label(self, paragraph: Any) -> str:
        """Return the label of a ``w:p`` element with the gap after it, or an empty string."""
        num_id, ilvl = self._find_level(paragraph.find(W + "pPr"))
        entry = self._lists.get(num_id or "")
        if entry is None or ilvl not in entry.levels:
            return ""
        self._advance_counter(num_id or "", entry, ilvl)
        return self._format_label(entry, ilvl)

    def _find_level(self, properties: Any) -> tuple[str | None, int]:
        if properties is None:
            return self._find_style_level(self._default)
        own = properties.find(W + "numPr")
        style = get_val(properties, "pStyle") or self._default
        num_id, ilvl = self._find_style_level(style)
        if own is not None:
            num_id = get_val(own, "numId", num_id)
            ilvl = parse_int(get_val(own, "ilvl"), ilvl)
        return num_id, ilvl

    def _find_default_style(self) -> str | None:
        for key, style in self._styles.items():
            if style.get(W + "type") == "paragraph" and style.get(W + "default") == "1":
                return key
        return None

    def _find_style_level(self, style: str | None) -> tuple[str | None, int]:
        """Return list and level of a style, each from the nearest style that it is based on."""
        if style not in self._style_levels:
            self._style_levels[style] = self._resolve_style_level(style)
        return self._style_levels[style]

    def _resolve_style_level(self, style: str | None) -> tuple[str | None, int]:
        num_id: str | None = None
        ilvl: str | None = None
        chain: list[str] = []
        while style in self._styles and style not in chain and len(chain) < _MAX_BASE_STYLES:
            chain.append(style)
            properties = self._styles[style].find(W + "pPr")
            own = None if properties is None else properties.find(W + "numPr")
            num_id = num_id or get_val(own, "numId")
            ilvl = ilvl or get_val(own, "ilvl")
            style = get_val(self._styles[style], "basedOn")
        if ilvl is None:
            return num_id, self._find_named_level(num_id, chain)
        return num_id, parse_int(ilvl, 0)

    def _find_named_level(self, num_id: str | None, chain: list[str]) -> int:
        """Return the level of the list that names a style, or the nearest style it is based on."""
        entry = self._lists.get(num_id or "")
        named = {level.style: ilvl for ilvl, level in entry.levels.items()} if entry else {}
        return next((named[style] for style in chain if style in named), 0)

    def _advance_counter(self, num_id: str, entry: _NumberingList, ilvl: int) -> None:
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
            # lvlRestart counts levels from 1; 0 means that the level never restarts.
            if restart is None or (restart and ilvl < restart):
                counts.pop(below, None)

    def _format_label(self, entry: _NumberingList, ilvl: int) -> str:
        level = entry.levels[ilvl]
        counts = self._counts[entry.abstract]

        def format_match(match: re.Match[str]) -> str:
            named = entry.levels.get(int(match[1]) - 1)
            if named is None:
                return ""
            form = "decimal" if level.plain_digits else named.format
            return format_counter(counts.get(int(match[1]) - 1, named.start), form)

        text = (
            _format_bullet(level)
            if level.format == "bullet"
            else _COUNTER.sub(format_match, level.text)
        )
        text = text[:_MAX_LABEL_CHARS]
        if not text or level.gap == "nothing" or text[-1].isspace():
            return text
        # After 、 or ） a tab leaves hardly a gap, and people type none there.
        return text if level.gap == "tab" and text[-1] in "、）．，：" else text + " "


def _format_bullet(level: _NumberingLevel) -> str:
    """Return the symbol of a bullet, or a dot if it exists only in its font."""
    return "".join(
        map_symbol(level.font, ord(char)) or ("•" if PRIVATE_USE.match(char) else char)
        for char in level.text
    )
