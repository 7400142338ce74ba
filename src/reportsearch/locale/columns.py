"""The columns of CSV, by their English names, and the words of the program in their cells.

A column has the same name in all tables. The catalogue has the Chinese of both.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportsearch.locale import Translator
from reportsearch.models.facts import FIGURE_SPANS, PERIOD_SOURCES
from reportsearch.models.portfolios import (
    MENTIONED_ONLY,
    NOT_DECLARED,
    NOT_REPORTED,
    REPORTED,
    REPORTED_AS_HEAD,
    REPORTED_NO_DUTIES,
)

COLUMN = "column"
"""The context of the names of columns, also where a cell names one."""
COLUMNS = (
    "after", "against", "as_written", "base_high", "base_low", "base_unit", "base_value", "before",
    "bound", "by", "called", "change", "chars", "citation", "compared", "count", "coverage",
    "cut_after", "cut_before", "decade", "declared_passages", "dispersion", "divided", "end",
    "example", "example_end", "example_passage", "example_start", "facet", "field", "figure",
    "first", "g2", "group", "high", "inferred", "is_later", "is_name", "is_own", "kind", "label",
    "last", "left", "less", "level", "line", "log_ratio", "longest", "low", "mark", "masked",
    "match", "mentioned", "met", "multiplied", "name", "not_declared", "not_reported", "npmi",
    "number", "occurrences", "official", "officials", "officials_with", "origin", "other",
    "other_end", "other_passage", "other_start", "other_text", "outcome", "p", "part", "part_end",
    "part_passage", "part_start", "part_text", "passage", "passage_number", "passages", "per",
    "per_10k", "period", "period_source", "person", "plan", "portfolio", "portfolios", "post",
    "previous", "previous_end", "previous_passage", "previous_start", "previous_text", "q",
    "qualifier", "rank", "rate", "ratio", "reader", "reason", "region", "report", "report_title",
    "reported_year", "reports", "reports_with", "rest_count", "rest_officials", "rest_per_10k",
    "rest_reports", "right", "role", "row_chars", "row_reports", "scope", "score", "section",
    "sentence", "sha256", "share", "shared", "sidecar", "similarity", "slot", "source",
    "source_chars", "source_end", "source_passage", "source_rate", "source_start", "source_text",
    "source_title", "source_year", "span", "stability", "start", "state", "term", "term_passages",
    "terms", "text", "title", "topic", "unfit", "unit", "value", "verb", "weight", "what",
    "with_formulae", "without_formulae", "wording", "words", "year", "year_told", "years",
)  # fmt: skip
ENDINGS = (": time", ": name", ": passage")
"""The ends of columns that are named after an official."""

_TRUTH = "truth"
_TRUTH_COLUMNS = (
    "cut_after", "cut_before", "inferred", "is_later", "is_name", "is_own", "less", "masked",
    "plan", "shared",
)  # fmt: skip
_WORDS = {
    "kind": (
        "indicator", "citation", "document", "project", "period", "share", "year", "term",
        "shared", "weakness", "plan", "exact", "edited", "formula", "kept", "changed", "new",
        "dropped", "near",
    ),
    "state": (
        REPORTED, MENTIONED_ONLY, NOT_REPORTED, NOT_DECLARED, REPORTED_AS_HEAD, REPORTED_NO_DUTIES,
    ),
    "outcome": ("answered", "repeated", "silent"),
    "mark": ("repeats", "old", "plan"),
    "met": ("passage", "report"),
    "period_source": PERIOD_SOURCES,
    "span": FIGURE_SPANS,
}  # fmt: skip
_CONTEXTS = {
    **dict.fromkeys(_TRUTH_COLUMNS, _TRUTH),
    **{column: f"{COLUMN} {column}" for column in _WORDS},
    "facet": COLUMN,
    "by": COLUMN,
}
"""Column -> the context of the words in its cells."""
CELLS: Mapping[str, tuple[str, ...]] = {
    _TRUTH: ("true", "false", "yes"),
    **{_CONTEXTS[column]: words for column, words in _WORDS.items()},
}
"""The words in cells by their context."""


def translate_cell(t: Translator, column: str, cell: str) -> str:
    """Translate a cell that holds a word of the program; another stays as it is."""
    context = _CONTEXTS.get(column)
    return t.pgettext(context, cell) if context else cell
