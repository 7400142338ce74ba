"""The query language, whose parser turns the user's string into a :class:`Query`.

It is shared by all engines. The language is small. Terms are separated by spaces and must all match
in one passage. ``OR``, ``NOT`` or ``-``, and brackets combine them. ``"…"``, ``“…”`` and ``「…」``
around a term match exactly that string, and ``field:value`` filters. Operators count only at a
term's boundary, and a colon (half-width or full-width) only after a known field. Anything else is
text, so that pieces of a report can be pasted unchanged: ``2023年1－10月``, ``（试行）``,
``增强“四个意识”``.
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
