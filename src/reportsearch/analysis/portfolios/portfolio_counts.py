"""Counts of what the reports of a row devote to each portfolio."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from reportsearch.analysis.portfolios.rows import (
    count_chars,
    group_passages_by_portfolio,
)
from reportsearch.analysis.shares import compute_share
from reportsearch.models.portfolios import (
    MENTIONED_ONLY,
    NOT_DECLARED,
    NOT_REPORTED,
    REPORTED,
    REPORTED_AS_HEAD,
    REPORTED_NO_DUTIES,
    PortfolioRow,
    Portion,
)
from reportsearch.models.report import Report, ReportInfo
from reportsearch.structure.post_fields import is_head_of_government

_ROLES = ("主持", "分管", "协助", "联系")


@dataclass
class _PortfolioCell:
    """A portfolio in the reports of a row."""

    chars: int = 0
    divided: float = 0.0
    passages: list[str] = field(default_factory=list)
    declared: list[str] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    reports: int = 0
    is_of_the_whole: bool = False
    not_reported: list[str] = field(default_factory=list)
    not_declared: list[str] = field(default_factory=list)
    mentioned: list[str] = field(default_factory=list)


@dataclass
class PortfolioCounts:
    """Counter for the reports of one row, added in order of time.

    ``mentions`` checks whether words of a text point to a portfolio.
    """

    value: str
    mentions: Callable[[str, str], bool]
    infos: list[ReportInfo] = field(default_factory=list)
    chars: int = 0
    other: int = 0
    _cells: dict[str, _PortfolioCell] = field(default_factory=dict)
    _unknown: dict[str, None] = field(default_factory=dict)

    def add(self, report: Report) -> None:
        """Count a report."""
        self.infos.append(report.info)
        self._unknown.update(dict.fromkeys(find_unknown_duties(report)))
        for passage in report.passages:
            size = count_chars(passage.text)
            self.chars += size
            if not passage.portfolios:
                self.other += size
            for portfolio in passage.portfolios:
                cell = self._get_cell(portfolio)
                cell.chars += size
                cell.divided += size / len(passage.portfolios)
                cell.passages.append(passage.id)
        is_head = is_head_of_government(report.info.post)
        about, declared = group_passages_by_portfolio(report), find_declared_portfolios(report)
        for portfolio, (passage_id, roles) in declared.items():
            cell = self._get_cell(portfolio)
            cell.declared.append(passage_id)
            cell.roles.update(roles)
            if portfolio in about:
                continue
            # A mention elsewhere is not a section, but the portfolio has not been ignored.
            if touching := self._find_mentions(report, portfolio, declared):
                cell.passages += touching
                cell.mentioned.append(report.id)
            else:
                cell.not_reported.append(report.id)
        for portfolio in about:
            cell = self._get_cell(portfolio)
            cell.reports += 1
            cell.is_of_the_whole |= is_head
            # If no duties are declared, none can be missing.
            if portfolio not in declared and declared and not is_head:
                cell.not_declared.append(report.id)

    def _find_mentions(
        self, report: Report, portfolio: str, declared: Mapping[str, tuple[str, set[str]]]
    ) -> list[str]:
        """Return the passages after the declaration whose words point to a portfolio."""
        opening = max(int(passage.rpartition("#")[2]) for passage, _ in declared.values())
        return [
            passage.id
            for passage in report.passages
            if passage.number > opening and self.mentions(passage.text, portfolio)
        ]

    def _get_cell(self, portfolio: str) -> _PortfolioCell:
        return self._cells.setdefault(portfolio, _PortfolioCell())

    def build_portion(self, portfolio: str) -> Portion:
        """Return one portfolio of the row."""
        cell = self._cells[portfolio]
        return Portion(
            portfolio=portfolio,
            chars=cell.chars,
            share=compute_share(cell.chars, self.chars),
            divided=compute_share(cell.divided, self.chars),
            state=_determine_state(cell),
            role="、".join(role for role in _ROLES if role in cell.roles),
            passages=tuple(cell.passages),
            reported=cell.reports,
            declared=tuple(cell.declared),
            not_reported=tuple(cell.not_reported),
            not_declared=tuple(cell.not_declared),
            mentioned=tuple(cell.mentioned),
        )

    def build_row(self) -> PortfolioRow:
        """Return all portfolios of the row, largest share first."""
        portions = [self.build_portion(portfolio) for portfolio in self._cells]
        return PortfolioRow(
            value=self.value,
            reports=tuple(self.infos),
            chars=self.chars,
            other=compute_share(self.other, self.chars),
            portions=tuple(sorted(portions, key=lambda one: (-one.chars, one.portfolio))),
            unknown=tuple(self._unknown),
        )


def _determine_state(cell: _PortfolioCell) -> str:
    if not cell.reports:
        return MENTIONED_ONLY if cell.mentioned else NOT_REPORTED
    if cell.declared:
        return REPORTED
    if cell.not_declared:
        return NOT_DECLARED
    return REPORTED_AS_HEAD if cell.is_of_the_whole else REPORTED_NO_DUTIES


def find_unknown_duties(report: Report) -> tuple[str, ...]:
    """Return the items of the opening that belong to no portfolio of the word list."""
    return tuple(dict.fromkeys(duty.item for duty in report.duties if not duty.portfolio))


def find_declared_portfolios(report: Report) -> dict[str, tuple[str, set[str]]]:
    """Return the declared portfolios, with the first passage that names each and its roles."""
    starts = [passage.start for passage in report.passages]
    found: dict[str, tuple[str, set[str]]] = {}
    for duty in report.duties:
        if duty.portfolio:
            passage = report.passages[max(bisect_right(starts, duty.start) - 1, 0)]
            found.setdefault(duty.portfolio, (passage.id, set()))[1].add(duty.role)
    return found
