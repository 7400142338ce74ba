"""Filters separate from a query: ``where`` in Python, ``--where`` on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportsearch.errors import Message, QueryError, list_fields, quote_value
from reportsearch.lexicon import Lexicon
from reportsearch.models.search import FIELD_NAMES
from reportsearch.normalise import fold
from reportsearch.search.query.fields import make_filter
from reportsearch.search.query.nodes import ReportFilter, SectionFilter

Where = Mapping[str, object] | Iterable[str]
"""Filters: ``{"year": 2023}``, ``"year=2023"`` or ``["year=2023", "portfolio=文旅"]``."""

_MAX_NUMBER = 10**9


def parse_filters(where: Where, lexicon: Lexicon) -> tuple[ReportFilter | SectionFilter, ...]:
    """Parse filters into conditions. Raises QueryError for an unknown field or value."""
    if isinstance(where, str):
        where = [where]
    pairs = where.items() if isinstance(where, Mapping) else map(_parse_pair, where)
    found = []
    for name, value in pairs:
        known = FIELD_NAMES.get(fold(name))
        if known is None:
            valid = list_fields(sorted(set(FIELD_NAMES.values())))
            raise QueryError(
                "no field is called {name}; the fields are: {valid}",
                name=quote_value(name),
                valid=valid,
            )
        found.append(make_filter(known, _to_text(known, value), lexicon))
    return tuple(found)


def _to_text(field: str, value: object) -> str:
    """Return a filter's value as text. Raises QueryError."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _MAX_NUMBER:
        return str(value)
    raise QueryError(
        "the value of {name} must be a string or a year, not {name_2}",
        name=Message(field, context="field"),
        name_2=type(value).__name__,
    )


def _parse_pair(text: object) -> tuple[str, str]:
    name, mark, value = text.partition("=") if isinstance(text, str) else ("", "", "")
    if not mark:
        raise QueryError(
            "{text} is not a filter; write FIELD=VALUE, for example year=2023",
            text=quote_value(text),
        )
    return name, value
