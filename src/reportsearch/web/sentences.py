"""What became of a report's sentences, as a page shows it: by section, by kind, and bounded."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models import Change, Plan, SectionChanges, YearOnYear

MOST_SENTENCES = 1_000
MOST_PLANS = 100


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections that have something to show, each with its sentences.

    ``left`` sentences and ``plans_left`` plans are not shown.
    """

    sections: list[tuple[SectionChanges, list[Change]]]
    left: int
    plans: tuple[Plan, ...]
    plans_left: int


def sections_of(result: YearOnYear, kind: str = "") -> Sections:
    """The sections of an answer; with ``kind`` only the sentences of that kind."""
    room, left = MOST_SENTENCES, 0
    found = []
    for section in result.sections:
        changes = [change for change in section.changes if not kind or change.kind == kind]
        shown = changes[:room]
        room -= len(shown)
        left += len(changes) - len(shown)
        if shown:
            found.append((section, shown))
    plans = result.plans
    return Sections(found, left, plans[:MOST_PLANS], max(0, len(plans) - MOST_PLANS))
