"""Text inside a paragraph: runs, fields and symbols, with tracked changes accepted.

Skips what Word does not print: deleted and hidden text, field codes, phonetic guides. Walks
elements with a stack, since hostile files nest them deeply.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from reportsearch.extract.docx.notes import Notes
from reportsearch.extract.docx.numerals import format_counter
from reportsearch.extract.docx.symbols import PRIVATE_USE, map_symbol, replace_symbols
from reportsearch.extract.docx.xml import W, get_on_off, get_val, parse_int

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"
_ALTERNATE = f"{_MC}AlternateContent"
_BOX = f"{W}txbxContent"
_RUN, _TEXT, _FIELD, _CODE = f"{W}r", f"{W}t", f"{W}fldChar", f"{W}instrText"
_FIELD_KIND = f"{W}fldCharType"
_PARAGRAPH_PROPERTIES, _RUN_PROPERTIES = f"{W}pPr", f"{W}rPr"
# Deleted text, properties, and phonetic guides.
_SKIPPED = frozenset(
    W + name
    for name in (
        "del", "moveFrom", "delText", "delInstrText", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr",
        "tblGrid", "trPr", "tcPr", "sectPr", "rubyPr", "rt", "ffData", "customXmlPr",
    )
)  # fmt: skip
_VANISH = f"{W}vanish"
_SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
}  # fmt: skip
_TEXT_TAGS = tuple(
    [f"{W}{name}" for name in ("t", "sym", "tab", "br", "noBreakHyphen")]
    + [_BOX, f"{_MATH}t", f"{_VML}textpath"]
)
# Fields without a stored result that Word draws: ① as a ring around 1, and a phonetic guide.
_FLAGS = re.IGNORECASE | re.DOTALL
_ENCLOSED_CHARACTER = re.compile(r"\s*eq\s.*\\ac\s*\(\s*[○◯〇O]\s*[,，;]([^()]+)\)\s*", _FLAGS)
_PHONETIC_GUIDE = re.compile(
    r"\s*eq\s.*\\ad\s*\(\s*\\s\\up[^(]*\([^()]*\)\s*[,，;]([^()]+)\)\s*", _FLAGS
)
# A longer code is not such a field, and would take long to match.
_MAX_CODE_CHARS = 200
_SYMBOL = re.compile(r'\s*symbol\s+(\d{1,5}|0x[0-9a-f]{1,4})\b.*?\\f\s*"?([^"\\]+)', _FLAGS)


def choose_alternate(alternate: Any) -> Any:
    """Return the first of the alternate forms of some content that has text."""
    for form in alternate:
        if next(form.iter(*_TEXT_TAGS), None) is not None:
            return form
    return ()


@dataclass(slots=True)
class _Field:
    begin: Any
    code: list[str] = field(default_factory=list)
    has_result: bool = False


@dataclass(slots=True)
class FieldStack:
    """The open fields at one place of a story; they may extend over several paragraphs."""

    open: list[_Field] = field(default_factory=list)
    unprinted: int = 0
    """Number of open fields whose result has not started yet; if any, text is not printed."""

    def begin(self, mark: Any) -> None:
        """Open a field, whose code follows."""
        self.open.append(_Field(mark))
        self.unprinted += 1

    def separate(self) -> None:
        """Start the result of the innermost field."""
        if self.open and not self.open[-1].has_result:
            self.open[-1].has_result = True
            self.unprinted -= 1

    def end(self) -> _Field:
        """Close the innermost field and return it."""
        ended = self.open.pop()
        self.unprinted -= not ended.has_result
        return ended


def _find_unclosed_fields(roots: Sequence[Any]) -> set[Any]:
    """Return the start marks of unclosed fields, which would swallow all text after them."""
    found: set[Any] = set()
    for root in roots:
        begun: list[Any] = []
        for mark in root.iter(_FIELD):
            kind = mark.get(_FIELD_KIND)
            if kind == "begin":
                begun.append(mark)
            elif kind == "end" and begun:
                begun.pop()
        found.update(begun)
    return found


class ParagraphReader:
    """A reader of the text of paragraphs."""

    def __init__(
        self,
        footnotes: Notes,
        endnotes: Notes,
        hidden_styles: set[str],
        roots: Sequence[Any],
    ) -> None:
        self._hidden_styles = hidden_styles
        hiding = (next(root.iter(_VANISH), None) is not None for root in roots)
        self._has_hidden_text = bool(hidden_styles) or any(hiding)
        self._unclosed = _find_unclosed_fields(roots)
        self._writers: dict[str, Callable[[Any], str]] = {
            _TEXT: _read_text_element,
            f"{_MATH}t": _read_text_element,
            f"{W}sym": _read_symbol,
            f"{W}footnoteReference": footnotes.register_reference,
            f"{W}endnoteReference": endnotes.register_reference,
            f"{_VML}textpath": lambda shape: str(shape.get("string", "")),
            **{tag: partial(_constant, sign) for tag, sign in _SIGNS.items()},
        }

    def read_text(self, paragraph: Any, fields: FieldStack) -> tuple[str, list[Any]]:
        """Return the text of a paragraph, and the text boxes that are anchored in it."""
        hides = False
        if self._has_hidden_text:
            style = get_val(paragraph.find(_PARAGRAPH_PROPERTIES), "pStyle")
            hides = style in self._hidden_styles
        pieces: list[str] = []
        boxes: list[Any] = []
        depth = [(iter(paragraph), hides)]
        while depth:
            children, hidden = depth[-1]
            child = next(children, None)
            if child is None:
                depth.pop()
                continue
            tag = child.tag
            if tag == _RUN:
                own = self._has_hidden_text and self._is_hidden(child.find(_RUN_PROPERTIES), hides)
                depth.append((iter(child), own))
            elif tag == _FIELD:
                self._handle_field_mark(child, fields, pieces, hidden)
            elif tag == _CODE:
                if fields.open:
                    fields.open[-1].code.append(child.text or "")
            elif tag in _SKIPPED:
                pass
            elif tag == _ALTERNATE:
                depth.append((iter(choose_alternate(child)), hidden))
            elif tag == _BOX:
                if not hidden and not fields.unprinted:
                    boxes.append(child)
            elif hidden or fields.unprinted:
                # Hidden runs may also contain field marks.
                depth.append((iter(child), hidden))
            else:
                write = self._writers.get(tag)
                if write is None:
                    depth.append((iter(child), hidden))
                else:
                    pieces.append(write(child))
        return "".join(pieces), boxes

    def is_mark_hidden(self, paragraph: Any) -> bool:
        """Return whether a paragraph's end is hidden, so that it continues in the next one."""
        if not self._has_hidden_text:
            return False
        properties = paragraph.find(_PARAGRAPH_PROPERTIES)
        mark = None if properties is None else properties.find(_RUN_PROPERTIES)
        style = get_val(properties, "pStyle")
        return self._is_hidden(mark, style in self._hidden_styles)

    def _is_hidden(self, properties: Any, hides: bool) -> bool:
        if properties is None:
            return hides
        own = get_on_off(properties, "vanish")
        if own is not None:
            return own
        # Two styles that both hide text cancel each other (ECMA-376 part 1, 17.7.3).
        return hides != (get_val(properties, "rStyle") in self._hidden_styles)

    def _handle_field_mark(
        self, mark: Any, fields: FieldStack, pieces: list[str], hidden: bool
    ) -> None:
        kind = mark.get(_FIELD_KIND)
        if kind == "begin" and mark not in self._unclosed:
            fields.begin(mark)
        elif kind == "separate":
            fields.separate()
        elif kind == "end" and fields.open:
            ended = fields.end()
            if not hidden and not fields.unprinted:
                pieces.append(_render_field(ended))


def _read_text_element(element: Any) -> str:
    text: str = element.text or ""
    if "\n" in text:
        text = " ".join(text.split())
    if PRIVATE_USE.search(text):
        fonts = element.getparent().find(f"{W}rPr/{W}rFonts")
        names = () if fonts is None else (fonts.get(W + "ascii"), fonts.get(W + "hAnsi"))
        text = replace_symbols(text, next(filter(None, names), ""))
    return text


def _read_symbol(element: Any) -> str:
    try:
        return map_symbol(element.get(f"{W}font", ""), int(element.get(f"{W}char", ""), 16))
    except ValueError:
        return ""


def _constant(sign: str, _: Any) -> str:
    return sign


def _render_field(entry: _Field) -> str:
    """Return the text that Word generates for a field: a check box, a choice, a ringed number."""
    form = entry.begin.find(f"{W}ffData")
    box = None if form is None else form.find(f"{W}checkBox")
    if box is not None:
        ticked = get_on_off(box, "checked")
        return "☒" if (get_on_off(box, "default") if ticked is None else ticked) else "☐"
    choices = None if form is None else form.find(f"{W}ddList")
    if choices is not None:
        listed = choices.findall(f"{W}listEntry")
        chosen = parse_int(get_val(choices, "result") or get_val(choices, "default"), 0)
        return str(listed[chosen].get(f"{W}val", "")) if 0 <= chosen < len(listed) else ""
    if entry.has_result:
        return ""
    code = "".join(entry.code)[:_MAX_CODE_CHARS]
    if match := _ENCLOSED_CHARACTER.fullmatch(code):
        inner = match[1].strip()
        return format_counter(int(inner), "decimalEnclosedCircle") if inner.isdecimal() else inner
    if match := _PHONETIC_GUIDE.fullmatch(code):
        return match[1].strip()
    if match := _SYMBOL.match(code):
        return map_symbol(match[2], int(match[1], 16 if "x" in match[1].lower() else 10))
    return ""


def iter_blocks(element: Any, *wanted: str) -> Iterator[Any]:
    """Iterate over the nearest elements of some tags, even in content controls and insertions."""
    depth = [iter(element)]
    while depth:
        child = next(depth[-1], None)
        if child is None:
            depth.pop()
        elif child.tag in wanted:
            yield child
        elif child.tag == _ALTERNATE:
            depth.append(iter(choose_alternate(child)))
        elif child.tag not in _SKIPPED:
            depth.append(iter(child))
