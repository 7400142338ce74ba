"""Captions of pictures: counts, lists that are cut, and the characters between their parts."""

from __future__ import annotations

from reportsearch.errors import Message
from reportsearch.locale import CHINESE, Translator

ROWS = Message("First {shown} of {all} rows shown")
TERMS = Message("First {shown} of {all} terms shown")
COLUMNS = Message("First {shown} of {all} columns shown")
TOPICS = Message("First {shown} of {all} topics shown")
OFFICIALS = Message("First {shown} of {all} officials shown")
GROUPS = Message("First {shown} of {all} groups shown")


def build_caption(t: Translator, *parts: str) -> str:
    """Build a caption of the non-empty parts, each of which becomes a sentence."""
    stop, space = ("。", "") if t.language == CHINESE else (".", " ")
    return space.join(f"{part}{stop}" for part in parts if part)


def count_reports(t: Translator, number: int) -> str:
    """Write a number of reports."""
    return t.ngettext("{number} report", "{number} reports", number)


def count_passages(t: Translator, number: int) -> str:
    """Write a number of passages."""
    return t.ngettext("{number} passage", "{number} passages", number)


def count_officials(t: Translator, number: int) -> str:
    """Write a number of officials."""
    return t.ngettext("{number} official", "{number} officials", number)


def state_cut(t: Translator, text: str, shown: int, of: int) -> str:
    """State how many of something are drawn; empty if all are."""
    return t(text, shown=shown, all=of) if shown < of else ""
