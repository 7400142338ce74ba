"""Highlighted text: in colour on a terminal, in brackets elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.reuse import EDITED, EXACT, FORMULA
from reportsearch.output.terminal import paint

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_STYLES = {EXACT: "bold red", EDITED: "underline yellow", FORMULA: "cyan"}
_BRACKETS = {EXACT: "【】", EDITED: "〔〕", FORMULA: "〈〉"}
_NAMES = {
    EXACT: Message("identical"),
    EDITED: Message("edited"),
    FORMULA: Message("boilerplate"),
}

HighlightSpan = tuple[int, int, str]


def has_color(out: Console) -> bool:
    """Return whether a console supports colours."""
    return out.color_system is not None


def format_legend(kinds: Iterable[str], t: Translator, *, color: bool) -> Text:
    """Format a legend of the marks."""
    found = set(kinds)
    line = paint()
    for kind, name in _NAMES.items():
        if kind in found:
            line.append("  " if line else "")
            line.append_text(_highlight_piece(t.translate(name), kind, color=color))
    return line


def highlight_text(text: str, start: int, marks: Iterable[HighlightSpan], *, color: bool) -> Text:
    """Highlight the marks (start, end, kind) of a text that begins at ``start``.

    Where marks overlap, the one that begins first is shown.
    """
    line = paint()
    at = start
    for first, last, kind in sorted(marks):
        first = max(first, at)
        last = min(last, start + len(text))
        if first >= last:
            continue
        line.append(text[at - start : first - start])
        line.append_text(_highlight_piece(text[first - start : last - start], kind, color=color))
        at = last
    line.append(text[at - start :])
    return line


def _highlight_piece(text: str, kind: str, *, color: bool) -> Text:
    if color:
        return paint(text, _STYLES[kind])
    brackets = _BRACKETS[kind]
    return paint(f"{brackets[0]}{text}{brackets[1]}")
