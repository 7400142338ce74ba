"""Slots that a summary has to cover: main sections, weaknesses, plans, portfolios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportsearch.analysis.summary.candidates import SummaryCandidate, SummaryCandidates
from reportsearch.analysis.summary.selection import Slot
from reportsearch.models.report import Report
from reportsearch.models.summary import PLANS, PORTFOLIO, SECTION, WEAKNESSES

_MAX_PENALTY = 0.9
"""A candidate with a penalty this high says nothing useful."""


@dataclass(frozen=True)
class NamedSlot:
    """A slot with its name; ``candidates`` are all candidates that cover it."""

    kind: str
    name: str
    slot: Slot
    candidates: frozenset[int]

    def is_missing(self, chosen: Sequence[int]) -> bool:
        """Check whether none of the chosen candidates covers the slot."""
        return self.candidates.isdisjoint(chosen)


def find_slots(report: Report, read: SummaryCandidates) -> list[NamedSlot]:
    """Return the slots to cover by rank: main sections, weaknesses, plans, portfolios."""
    units = read.candidates
    by_main: dict[int | None, list[int]] = {}
    for at, unit in enumerate(units):
        by_main.setdefault(unit.main_section, []).append(at)
    found = [
        make_slot(SECTION, report.sections[number].heading, units, by_main.get(number, []))
        for number in read.main_sections
    ]
    for kind in (WEAKNESSES, PLANS):
        members = [at for at, unit in enumerate(units) if unit.kind == kind]
        found.append(make_slot(kind, kind, units, members))
    for name in (*report.info.declared, *report.portfolios):
        if name not in report.portfolios or any(
            slot.kind == PORTFOLIO and slot.name == name for slot in found
        ):
            continue
        members = [at for at, unit in enumerate(units) if name in unit.portfolios]
        members = members or [at for at, unit in enumerate(units) if name in unit.nearby_portfolios]
        done = [at for at in members if units[at].kind == PORTFOLIO]
        slot = replace(
            make_slot(PORTFOLIO, name, units, done or members), candidates=frozenset(members)
        )
        if name not in report.info.declared:
            # A portfolio mentioned only alongside others needs a candidate with a figure.
            telling = tuple(at for at in slot.slot.members if units[at].has_figure)
            slot = replace(slot, slot=Slot(telling))
        found.append(slot)
    return [slot for slot in found if slot.slot.members or slot.kind in {SECTION, PORTFOLIO}]


def make_slot(
    kind: str, name: str, units: Sequence[SummaryCandidate], members: Sequence[int]
) -> NamedSlot:
    """Build a slot from the candidates with substance, or those with a low penalty.

    A main section accepts any candidate.
    """
    best = [at for at in members if units[at].has_substance and units[at].penalty < _MAX_PENALTY]
    fair = [at for at in members if units[at].penalty < _MAX_PENALTY]
    rest = members if kind == SECTION else ()
    return NamedSlot(kind, name, Slot(tuple(best or fair or rest)), frozenset(members))
