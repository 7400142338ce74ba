"""Comparison of the duties that officials declare with what their reports are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from reportsearch.analysis.compare.selection import PassageSelection
from reportsearch.analysis.matching.source_texts import get_official_key
from reportsearch.analysis.portfolios.portfolio_counts import PortfolioCounts
from reportsearch.analysis.portfolios.rows import make_mention_checker
from reportsearch.models.compare import DutyPassages, GroupDuties
from reportsearch.models.portfolios import Portion
from reportsearch.models.report import PERSONAL_FIELDS, ReportInfo


class DutyComparison:
    """Compares what the reports of a group declare with what they are about."""

    def __init__(self, selection: PassageSelection, by: str) -> None:
        self._corpus = selection.corpus
        self._infos: dict[str, list[ReportInfo]] = {}
        for info in selection.infos if by in PERSONAL_FIELDS else ():
            value = info.id if by == "report" else get_official_key(info)
            self._infos.setdefault(value, []).append(info)

    @cached_property
    def _mentions(self) -> Callable[[str, str], bool]:
        return make_mention_checker(self._corpus)

    def compare_group(self, value: str) -> GroupDuties | None:
        """Return the duties of a group; None if it is not one person's."""
        infos = self._infos.get(value)
        if not infos:
            return None
        counts = PortfolioCounts(value, self._mentions)
        for info in sorted(infos, key=lambda one: (one.sort_date, one.id)):
            counts.add(self._corpus.engine.report(info.id))
        row = counts.build_row()
        portions = row.portions
        return GroupDuties(
            declared=tuple(one.portfolio for one in portions if one.declared),
            not_reported=_to_duty_passages(portions, lambda one: (one.not_reported, one.declared)),
            not_declared=_to_duty_passages(portions, lambda one: (one.not_declared, one.passages)),
            mentioned=_to_duty_passages(portions, lambda one: (one.mentioned, one.passages)),
            unknown=row.unknown,
        )


def _to_duty_passages(
    portions: Sequence[Portion],
    get_references: Callable[[Portion], tuple[tuple[str, ...], tuple[str, ...]]],
) -> tuple[DutyPassages, ...]:
    """Return the portions that concern some reports, with the passages there."""
    return tuple(
        DutyPassages(
            one.portfolio,
            reports,
            tuple(passage for passage in passages if passage.rpartition("#")[0] in reports),
        )
        for one in portions
        for reports, passages in [get_references(one)]
        if reports
    )
