"""The sentences of a year-on-year comparison on its page: by section and kind, and bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from reportsearch.errors import Message
from reportsearch.models.year_on_year import (
    ANSWERED,
    CHANGED,
    DROPPED,
    KEPT,
    NEW,
    REPEATED,
    SILENT,
    Change,
    Plan,
    SectionChanges,
    YearOnYear,
)
from reportsearch.output.prose.year_on_year import find_repeated

MAX_SENTENCES = 1_000
MAX_PLANS = 100
CHANGE_MEANINGS = {
    KEPT: Message("unchanged"),
    CHANGED: Message("with edits"),
    NEW: Message("not in the previous report"),
    DROPPED: Message("only in the previous report"),
}
PLAN_COUNTS = {
    ANSWERED: Message("answered: {number}"),
    REPEATED: Message("copied: {number}"),
    SILENT: Message("no clear answer: {number}"),
}
"""What each kind of sentence means, and how many plans had an outcome."""


@dataclass(frozen=True, slots=True)
class YearOnYearView:
    """The sections that have something to show, each with its sentences.

    ``left`` sentences and ``plans_left`` plans are not shown. ``repeated`` are sentences that occur
    several times in this report, with their counts, the most frequent first.
    """

    sections: list[tuple[SectionChanges, list[Change]]]
    left: int
    plans: tuple[Plan, ...]
    plans_left: int
    repeated: list[tuple[str, int]]


def build_year_on_year_view(result: YearOnYear, kind: str = "") -> YearOnYearView:
    """Build the sections of an answer, optionally with only the sentences of one ``kind``."""
    room, left = MAX_SENTENCES, 0
    found = []
    for section in result.sections:
        changes = [change for change in section.changes if not kind or change.kind == kind]
        shown = changes[:room]
        room -= len(shown)
        left += len(changes) - len(shown)
        if shown:
            found.append((section, shown))
    plans = result.plans
    return YearOnYearView(
        found, left, plans[:MAX_PLANS], max(0, len(plans) - MAX_PLANS), find_repeated(result)
    )


def group_by_kind(result: YearOnYear) -> list[tuple[str, list[Change]]]:
    """Group the shown sentences of an answer by kind of change."""
    return [
        (kind, list(islice(_iter_changes(result, kind), MAX_SENTENCES)))
        for kind in (KEPT, CHANGED, NEW, DROPPED)
    ]


def _iter_changes(result: YearOnYear, kind: str) -> Iterator[Change]:
    return (
        change for section in result.sections for change in section.changes if change.kind == kind
    )
