"""Look-up of reports and passages by the names that users give."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportsearch.errors import Message, NotFoundError, quote_value
from reportsearch.models.report import ReportInfo
from reportsearch.normalise import fold

_MAX_DIGITS = 9


def find_report_id(infos: Sequence[ReportInfo], name: str) -> str:
    """Return the id of the report whose id or title is ``name``, or else contains it.

    Raises NotFoundError if there is none, or more than one.
    """
    wanted = fold(name)
    tests: tuple[Callable[[ReportInfo], bool], ...] = (
        lambda info: info.id == name,
        lambda info: fold(info.id) == wanted or fold(info.title) == wanted,
        lambda info: wanted in fold(info.id) or wanted in fold(info.title),
    )
    for test in tests:
        found = [info.id for info in infos if test(info)]
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
            raise NotFoundError(
                "{name} matches {count} reports: {listed}; give a longer part of the name",
                name=quote_value(name),
                count=len(found),
                listed=listed,
            )
    remedy = Message("search for one of its words")
    if "#" in wanted:
        remedy = Message("omit # and what follows, which names a passage")
    raise NotFoundError(
        "no report's id or title contains {name}; {remedy}", name=quote_value(name), remedy=remedy
    )


def parse_passage_id(name: str) -> tuple[str, int]:
    """Return the report's name and the passage's number from ``REPORT#N``.

    Raises NotFoundError.
    """
    head, mark, number = name.replace("＃", "#").rpartition("#")
    # Python refuses to parse numbers of thousands of digits.
    if not mark or not number.isdecimal() or len(number) > _MAX_DIGITS:
        raise NotFoundError(
            "{name} is not a passage; write REPORT#N, as in a.txt#3", name=quote_value(name)
        )
    return head, int(number)
