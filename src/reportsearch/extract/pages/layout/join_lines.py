"""How two pieces of text become one."""

from __future__ import annotations

from reportsearch.extract.pages.layout.lines import CLOSING, RAISED_END

HYPHEN = "\u00ad"
"""Stands for a hyphen at the end of a line, which may be one of the word or not."""


def join_lines(before: str, after: str) -> str:
    """The text of a line and of the next one: Chinese without a space, Latin words with one."""
    after = after.lstrip(" \u3000")
    kept = before.rstrip(" ")
    if not kept or not after:
        return kept + after
    if kept.endswith(HYPHEN):
        return kept[:-1] + ("" if after[0].islower() else "-") + after
    last, first = kept[-1], after[0]
    if not last.isascii() or not first.isascii() or last == RAISED_END:
        return kept + after
    if len(kept) < len(before):
        return f"{kept} {after}"
    # A number that is broken, or a sign that stands at a break, has no space there.
    broken = last.isdigit() and first.isdigit()
    spaced = not broken and last not in "-/([{" and first not in CLOSING
    return f"{kept} {after}" if spaced else kept + after
