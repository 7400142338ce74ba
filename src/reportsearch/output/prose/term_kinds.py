"""The kinds of the parts of a query in words, by ``TermExplained.kind``."""

from __future__ import annotations

from reportsearch.errors import Message

TERM_KINDS = {
    "word": Message("word"),
    "phrase": Message("exact phrase"),
    "text": Message("sentence"),
    "filter": Message("filter"),
    "not": Message("exclusion"),
    "or": Message("any of"),
}
