"""The fields of a query, and the conditions made from them."""

from __future__ import annotations

import difflib
import re

from reportsearch.errors import Message, QueryError, join_messages, quote_value
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import KINDS, LEVELS
from reportsearch.normalise import fold
from reportsearch.search.query.nodes import ReportFilter, SectionFilter

_EXAMPLES = {
    "title": "述职",
    "kind": "述职报告",
    "year": "2021..2023",
    "reported_year": "2021..2023",
    "date": "2024-01",
    "post": "副县长",
    "level": "县",
    "region": "甲县",
    "official": "甲县副县长",
    "source": "样本",
    "section": "不足",
    "portfolio": "文旅",
    "declared": "文旅",
}

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_YEARS = re.compile(r"(\d{4})?(\.\.)?(\d{4})?")


MAX_VALUE_LENGTH = 200
"""Maximum length of a field's value, in characters."""


def make_filter(
    field: str, value: str, lexicon: Lexicon, at: int | None = None
) -> ReportFilter | SectionFilter:
    """Return the condition ``field:value``; ``field`` is one of the values of FIELD_NAMES.

    ``at`` is the offset of the value in the query. Raises QueryError if the value is invalid for
    the field.
    """
    if len(value) > MAX_VALUE_LENGTH:
        raise QueryError(
            "the value of {name}{place} has {count} characters, over the limit of "
            "{max_value_length}; write only part of it",
            position=at or 0,
            name=Message(field, context="field"),
            place=_format_position(at),
            count=len(value),
            max_value_length=MAX_VALUE_LENGTH,
        )
    string = fold(value).strip()
    if not string:
        raise QueryError(
            "{name}{place} has no value; {example}",
            position=at or 0,
            name=Message(field, context="field"),
            place=_format_position(at),
            example=_format_example(field, at),
        )
    if field in {"year", "reported_year"}:
        return ReportFilter(field, string, _parse_years(field, string, at))
    if field in {"portfolio", "declared"}:
        name = lexicon.find_portfolio(string)
        if name is None:
            raise QueryError(_describe_unknown_portfolio(string, lexicon), position=at or 0)
        return SectionFilter(field, name) if field == "portfolio" else ReportFilter(field, name)
    if field == "date" and not _DATE.fullmatch(string):
        raise QueryError(
            "{value}{place} is not a date; {example}",
            position=at or 0,
            value=quote_value(value),
            place=_format_position(at),
            example=_format_example(field, at),
        )
    valid = {"kind": KINDS, "level": LEVELS}.get(field)
    if valid and string not in valid:
        raise QueryError(
            "{value}{place} is not a valid {name}; use one of {valid}",
            position=at or 0,
            value=quote_value(value),
            place=_format_position(at),
            name=Message(field, context="field"),
            valid="、".join(valid),
        )
    if field == "section":
        return SectionFilter(field, string)
    posts = lexicon.find_post_set_by_name(string) if field == "post" else None
    return ReportFilter(field, string, posts=posts)


def _format_position(at: int | None) -> str:
    return "" if at is None else Message(" at character {at}", at=at + 1)


def format_example(field: str, mark: str = ":") -> Message:
    """Return an example of a field with a value."""
    return join_messages((Message(field, context="query"), mark, _EXAMPLES[field]))


def _format_example(field: str, at: int | None) -> str:
    """Return a hint what to write; without an offset, for a separate filter FIELD=VALUE."""
    return Message(
        "write for example {example}", example=format_example(field, "=" if at is None else ":")
    )


def _parse_years(field: str, value: str, at: int | None) -> tuple[int, int]:
    match = _YEARS.fullmatch(value.removesuffix("年"))
    low, dots, high = match.groups() if match else (None, None, None)
    if not (low or high) or (low and high and not dots) or (high and not dots):
        raise QueryError(
            "{value}{place} is not a year; {example}",
            position=at or 0,
            value=quote_value(value),
            place=_format_position(at),
            example=_format_example(field, at),
        )
    first = int(low) if low else 0
    last = int(high) if high else (9999 if dots else first)
    if first > last:
        raise QueryError(
            "{first} is after {last}; swap them: {last}..{first}",
            position=at or 0,
            first=first,
            last=last,
        )
    return first, last


def _describe_unknown_portfolio(value: str, lexicon: Lexicon) -> str:
    names = [portfolio.name for portfolio in lexicon.portfolios]
    near = difflib.get_close_matches(value, [*lexicon.portfolios_by_item], n=5, cutoff=0.3)
    offered = list(
        dict.fromkeys(name for item in near for name in lexicon.portfolios_by_item[item])
    )
    if not offered:
        return Message(
            "no portfolio is called {value}; there are {count}, such as {listed}",
            value=quote_value(value),
            count=len(names),
            listed="、".join(names[:12]),
        )
    return Message(
        "no portfolio is called {value}; did you mean one of: {offered}?",
        value=quote_value(value),
        offered="、".join(offered),
    )
