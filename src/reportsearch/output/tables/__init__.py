"""How results look: tables for people, JSON and CSV for programs; a module for each command."""

from __future__ import annotations

from reportsearch.output.tables import (
    compare,
    corrections,
    facts,
    figures,
    index,
    keywords,
    kwic,
    method_note,
    official_similarity,
    portfolios,
    report,
    reuse,
    search,
    side_by_side,
    similar,
    stats,
    summary,
    topics,
    year_on_year,
)

__all__ = [
    "compare",
    "corrections",
    "facts",
    "figures",
    "index",
    "keywords",
    "kwic",
    "method_note",
    "official_similarity",
    "portfolios",
    "report",
    "reuse",
    "search",
    "side_by_side",
    "similar",
    "stats",
    "summary",
    "topics",
    "year_on_year",
]
