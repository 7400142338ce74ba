"""Which passages are asked about, and by what they are grouped."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from reportsearch.analysis.corpus import Holdings
from reportsearch.analysis.groups import iter_group_values
from reportsearch.models.report import Report

Meeting = Mapping[str, Sequence[int]]
"""The numbers of passages by report."""


@dataclass(frozen=True, slots=True)
class Group:
    """Passages whose keywords are asked for: their numbers by report.

    ``about`` are the portfolios that they are about.
    """

    id: str
    title: str
    chosen: dict[str, list[int]] = field(default_factory=dict)
    about: set[str] = field(default_factory=set)

    def add(self, report: Report, numbers: Sequence[int], about: Collection[str]) -> None:
        """Add passages of a report; ``about`` are the portfolios that are asked about, if any."""
        if not numbers:
            return
        self.chosen[report.id] = list(numbers)
        if about:
            self.about.update(about)
        elif len(numbers) == len(report.passages):
            self.about.update(report.info.declared, report.info.portfolios)
        else:
            for number in numbers:
                self.about.update(report.passages[number - 1].portfolios)


def of_reports(
    held: Holdings, reports: Sequence[str], meeting: Meeting | None, about: Collection[str]
) -> list[Group]:
    """A group for each report that is named; of ``meeting`` passages, or of all."""
    groups = []
    for name in dict.fromkeys(reports):
        report = held.engine.report(name)
        group = Group(name, report.title)
        group.add(report, _numbers(report, meeting), about)
        groups.append(group)
    return groups


def by_field(
    held: Holdings, meeting: Meeting | None, by: str | None, about: Collection[str]
) -> list[Group]:
    """A group for each value of a field, by value; without one all in one group.

    Passages whose report has no value are in no group, those of several portfolios in several.
    """
    groups: dict[str, Group] = {} if by else {"": Group("", "")}
    for info in held.engine.infos():
        if meeting is not None and info.id not in meeting:
            continue
        report = held.engine.report(info.id)
        numbers: dict[str, list[int]] = {}
        for number in _numbers(report, meeting):
            passage = report.passages[number - 1]
            for value in iter_group_values(report, passage, by) if by else ("",):
                numbers.setdefault(value, []).append(number)
        for value, own in numbers.items():
            group = groups.setdefault(value, Group(value, info.title if by == "report" else value))
            group.add(report, own, {value} if by == "portfolio" else about)
    return [groups[value] for value in sorted(groups)]


def _numbers(report: Report, meeting: Meeting | None) -> list[int]:
    if meeting is None:
        return list(range(1, len(report.passages) + 1))
    return list(meeting.get(report.id, ()))
