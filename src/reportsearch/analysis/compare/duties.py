"""What officials are in charge of and do not report, beside what their reports stress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from reportsearch.analysis.compare.selection import Selection
from reportsearch.analysis.matching.source_texts import official_of
from reportsearch.analysis.portfolios.counts import Tally
from reportsearch.analysis.portfolios.rows import mentions_of
from reportsearch.models.compare import DutyPassages, GroupDuties
from reportsearch.models.portfolios import Portion
from reportsearch.models.report import ReportInfo

PERSONAL = ("official", "report")
"""Fields whose groups are one person's."""


class Duties:
    """Tells of a group of a selection what its reports declare and are about."""

    def __init__(self, selection: Selection, by: str) -> None:
        self._held = selection.held
        self._infos: dict[str, list[ReportInfo]] = {}
        for info in selection.infos if by in PERSONAL else ():
            value = info.id if by == "report" else official_of(info)
            self._infos.setdefault(value, []).append(info)

    @cached_property
    def _mentions(self) -> Callable[[str, str], bool]:
        return mentions_of(self._held)

    def of(self, value: str) -> GroupDuties | None:
        """Those of a group, None where it is not one person's."""
        infos = self._infos.get(value)
        if not infos:
            return None
        tally = Tally(value, self._mentions)
        for info in sorted(infos, key=lambda one: (one.dated, one.id)):
            tally.add(self._held.engine.report(info.id))
        row = tally.row()
        portions = row.portions
        return GroupDuties(
            declared=tuple(one.portfolio for one in portions if one.declared),
            not_reported=_some(portions, lambda one: (one.not_reported, one.declared)),
            not_declared=_some(portions, lambda one: (one.not_declared, one.passages)),
            mentioned=_some(portions, lambda one: (one.mentioned, one.passages)),
            unknown=row.unknown,
        )


def _some(
    portions: Sequence[Portion],
    told: Callable[[Portion], tuple[tuple[str, ...], tuple[str, ...]]],
) -> tuple[DutyPassages, ...]:
    """The portions of which something is told of some reports, with the passages there."""
    return tuple(
        DutyPassages(
            one.portfolio,
            reports,
            tuple(passage for passage in passages if passage.rpartition("#")[0] in reports),
        )
        for one in portions
        for reports, passages in [told(one)]
        if reports
    )
