"""Characters between the parts of a text, which differ in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable

from reportsearch.locale import CHINESE, Translator


def get_list_comma(t: Translator) -> str:
    """Return the comma between the items of a list."""
    return "、" if t.language == CHINESE else ", "


def get_full_stop(t: Translator) -> str:
    """Return the full stop."""
    return "。" if t.language == CHINESE else "."


def join_list(t: Translator, items: Iterable[str]) -> str:
    """Join the items of a list: 教育、民政."""
    return get_list_comma(t).join(items)


def join_phrases(t: Translator, *phrases: str) -> str:
    """Join the non-empty parts of a phrase by commas."""
    return ("，" if t.language == CHINESE else ", ").join(filter(None, phrases))


def join_clauses(t: Translator, *clauses: str) -> str:
    """Join the non-empty clauses of a sentence by semicolons."""
    return ("；" if t.language == CHINESE else "; ").join(filter(None, clauses))


def join_sentences(t: Translator, *sentences: str) -> str:
    """Join non-empty sentences, which have their full stops."""
    return ("" if t.language == CHINESE else " ").join(filter(None, sentences))


def get_wide_space(t: Translator) -> str:
    """Return the space between what stands side by side on a line."""
    return "\u3000" if t.language == CHINESE else "\u2003"


def join_facts(t: Translator, *facts: str) -> str:
    """Join what stands side by side on a line, with wide spaces."""
    return get_wide_space(t).join(filter(None, facts))


def put_in_brackets(t: Translator, text: str) -> str:
    """Put a remark in brackets, with the space that English needs before them."""
    return f"（{text}）" if t.language == CHINESE else f" ({text})"


def put_in_square_brackets(t: Translator, text: str) -> str:
    """Put a citation in square brackets."""
    return f"〔{text}〕" if t.language == CHINESE else f"[{text}]"


def format_label(t: Translator, text: str) -> str:
    """Put a label before a text, with the space that English needs after it."""
    return put_in_square_brackets(t, text) + ("" if t.language == CHINESE else " ")


def add_colon(t: Translator, name: str, value: str = "") -> str:
    """Add a colon to a name, and the value after it."""
    return f"{name}：{value}" if t.language == CHINESE else f"{name}: {value}"
