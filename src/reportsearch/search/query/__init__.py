"""The user's string to a :class:`Query`, once for all engines.

The language is small. Terms are separated by spaces and must all be met in one passage; ``OR``,
``NOT`` or ``-``, and brackets combine them; ``"…"``, ``“…”`` and ``「…」`` around a term ask for
exactly that string; ``field:value`` filters. Operators count only at a term's boundary and a colon
only after a known field, half-width or full-width. Anything else is text, so that pieces of a
report can be pasted as they are: ``2023年1－10月``, ``（试行）``, ``增强“四个意识”``.
"""

from __future__ import annotations

from reportsearch.search.query.fields import make_filter
from reportsearch.search.query.filters import Where, parse_filters
from reportsearch.search.query.nodes import (
    And,
    FreeText,
    Node,
    Not,
    Or,
    Query,
    ReportFilter,
    SectionFilter,
    Term,
    iter_positive_terms,
)
from reportsearch.search.query.parser import MAX_DEPTH, MAX_LENGTH, MAX_PARTS, MAX_TERMS, parse

__all__ = [
    "MAX_DEPTH",
    "MAX_LENGTH",
    "MAX_PARTS",
    "MAX_TERMS",
    "And",
    "FreeText",
    "Node",
    "Not",
    "Or",
    "Query",
    "ReportFilter",
    "SectionFilter",
    "Term",
    "Where",
    "iter_positive_terms",
    "make_filter",
    "parse",
    "parse_filters",
]
