"""Which passages are asked about, and by what they are grouped."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from reportsearch.analysis.corpus import Corpus
from reportsearch.analysis.groups import iter_group_values
from reportsearch.models.report import Report

PassageNumbers = Mapping[str, Sequence[int]]
"""The numbers of passages by report."""


@dataclass(frozen=True, slots=True)
class PassageGroup:
    """Passages whose keywords are asked for: their numbers by report.

    ``about`` are the portfolios that they are about.
    """

    id: str
    title: str
    passage_numbers: dict[str, list[int]] = field(default_factory=dict)
    portfolios: set[str] = field(default_factory=set)

    def add(self, report: Report, numbers: Sequence[int], portfolios: Collection[str]) -> None:
        """Add passages of a report; ``about`` are the portfolios that are asked about, if any."""
        if not numbers:
            return
        self.passage_numbers[report.id] = list(numbers)
        if portfolios:
            self.portfolios.update(portfolios)
        elif len(numbers) == len(report.passages):
            self.portfolios.update(report.info.declared, report.info.portfolios)
        else:
            for number in numbers:
                self.portfolios.update(report.passages[number - 1].portfolios)


def group_by_report(
    corpus: Corpus,
    reports: Sequence[str],
    matching: PassageNumbers | None,
    portfolios: Collection[str],
) -> list[PassageGroup]:
    """A group for each report that is named; of ``meeting`` passages, or of all."""
    groups = []
    for name in dict.fromkeys(reports):
        report = corpus.engine.report(name)
        group = PassageGroup(name, report.title)
        group.add(report, _select_numbers(report, matching), portfolios)
        groups.append(group)
    return groups


def group_by_field(
    corpus: Corpus,
    matching: PassageNumbers | None,
    by: str | None,
    portfolios: Collection[str],
) -> list[PassageGroup]:
    """A group for each value of a field, by value; without one all in one group.

    Passages whose report has no value are in no group, those of several portfolios in several.
    """
    groups: dict[str, PassageGroup] = {} if by else {"": PassageGroup("", "")}
    for info in corpus.engine.report_infos():
        if matching is not None and info.id not in matching:
            continue
        report = corpus.engine.report(info.id)
        numbers: dict[str, list[int]] = {}
        for number in _select_numbers(report, matching):
            passage = report.passages[number - 1]
            for value in iter_group_values(report, passage, by) if by else ("",):
                numbers.setdefault(value, []).append(number)
        for value, own in numbers.items():
            group = groups.setdefault(
                value, PassageGroup(value, info.title if by == "report" else value)
            )
            group.add(report, own, {value} if by == "portfolio" else portfolios)
    return [groups[value] for value in sorted(groups)]


def _select_numbers(report: Report, matching: PassageNumbers | None) -> list[int]:
    if matching is None:
        return list(range(1, len(report.passages) + 1))
    return list(matching.get(report.id, ()))
