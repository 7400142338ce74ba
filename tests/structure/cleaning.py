"""Cleaning of a text with the words of web pages that ship with the package."""

from __future__ import annotations

from reportsearch import lexicon
from reportsearch.structure.clean_text import CleanText
from reportsearch.structure.clean_text import clean_text as clean

SITE = lexicon.load().site


def clean_text(raw: str, *, lines_are_paragraphs: bool = False) -> CleanText:
    """Clean a text with the words that ship."""
    return clean(raw, words=SITE, lines_are_paragraphs=lines_are_paragraphs)
