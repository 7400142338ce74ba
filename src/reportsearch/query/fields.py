"""The fields of a query, and the conditions that can be made of them."""

from __future__ import annotations

import difflib
import re

from reportsearch.errors import QueryError
from reportsearch.lexicon import Lexicon
from reportsearch.models import KINDS, LEVELS
from reportsearch.normalise import fold
from reportsearch.query.nodes import ReportFilter, SectionFilter

FIELD_NAMES = {
    "title": "title",
    "标题": "title",
    "kind": "kind",
    "类型": "kind",
    "year": "year",
    "年份": "year",
    "date": "date",
    "日期": "date",
    "post": "post",
    "职务": "post",
    "level": "level",
    "级别": "level",
    "region": "region",
    "地区": "region",
    "official": "official",
    "人员": "official",
    "source": "source",
    "来源": "source",
    "section": "section",
    "章节": "section",
    "portfolio": "portfolio",
    "分管": "portfolio",
    "declared": "declared",
    "申报分管": "declared",
}

EXAMPLES = {
    "title": "title:述职",
    "kind": "kind:述职报告",
    "year": "year:2023 or year:2021..2023",
    "date": "date:2024-01",
    "post": "post:副县长",
    "level": "level:县",
    "region": "region:甲县",
    "official": "official:甲县副县长",
    "source": "source:样本",
    "section": "section:不足",
    "portfolio": "portfolio:文旅",
    "declared": "declared:文旅",
}

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_YEARS = re.compile(r"(\d{4})?(\.\.)?(\d{4})?")


def make_filter(
    field: str, value: str, lexicon: Lexicon, at: int = 0
) -> ReportFilter | SectionFilter:
    """Return the condition ``field:value``; ``field`` is one of the values of FIELD_NAMES.

    Raises QueryError when the value cannot be one of the field's.
    """
    string = fold(value).strip()
    if not string:
        raise QueryError(
            f"{field} at character {at + 1} has no value; write for example {EXAMPLES[field]}", at
        )
    if field == "year":
        return ReportFilter(field, string, _years(string, at))
    if field in {"portfolio", "declared"}:
        name = lexicon.portfolio(string)
        if name is None:
            raise QueryError(_unknown_portfolio(string, lexicon), at)
        return SectionFilter(field, name) if field == "portfolio" else ReportFilter(field, name)
    if field == "date" and not _DATE.fullmatch(string):
        raise QueryError(
            f"{value!r} at character {at + 1} is not a date; write for example {EXAMPLES[field]}",
            at,
        )
    valid = {"kind": KINDS, "level": LEVELS}.get(field)
    if valid and string not in valid:
        raise QueryError(
            f"{value!r} at character {at + 1} is no {field}; it is one of {'、'.join(valid)}", at
        )
    if field == "section":
        return SectionFilter(field, string)
    return ReportFilter(field, string)


def _years(value: str, at: int) -> tuple[int, int]:
    match = _YEARS.fullmatch(value.removesuffix("年"))
    low, dots, high = match.groups() if match else (None, None, None)
    if not (low or high) or (low and high and not dots) or (high and not dots):
        raise QueryError(
            f"{value!r} at character {at + 1} is not a year; write for example {EXAMPLES['year']}",
            at,
        )
    first = int(low) if low else 0
    last = int(high) if high else (9999 if dots else first)
    if first > last:
        raise QueryError(f"{first} is after {last}; write year:{last}..{first}", at)
    return first, last


def _unknown_portfolio(value: str, lexicon: Lexicon) -> str:
    names = [portfolio.name for portfolio in lexicon.portfolios]
    near = difflib.get_close_matches(value, [*lexicon.by_item], n=5, cutoff=0.3)
    offered = list(dict.fromkeys(name for item in near for name in lexicon.by_item[item]))
    shown = "、".join(offered or names[:12])
    return f"no portfolio is called {value!r}; did you mean one of: {shown}?"
