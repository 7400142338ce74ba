"""Joining two pieces of text."""

from __future__ import annotations

from reportsearch.extract.pages.layout.lines import CLOSING, RAISED_END

HYPHEN = "\u00ad"
"""A placeholder for a hyphen at the end of a line, which may belong to the word or not."""


def join_lines(before: str, after: str) -> str:
    """Join two lines, without a space between Chinese and with one between Latin words."""
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
    # Broken numbers, and signs at a break, have no space there.
    broken = last.isdigit() and first.isdigit()
    spaced = not broken and last not in "-/([{" and first not in CLOSING
    return f"{kept} {after}" if spaced else kept + after
