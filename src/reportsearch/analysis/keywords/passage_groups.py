"""The selected passages and their grouping."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from reportsearch.analysis.corpus import Corpus, PassageNumbers, select_passages
from reportsearch.analysis.groups import iter_group_values
from reportsearch.models.report import Report


@dataclass(frozen=True, slots=True)
class PassageGroup:
    """Passages to extract keywords from: their numbers by report.

    ``portfolios`` are the portfolios that they are about.
    """

    id: str
    title: str
    passage_numbers: dict[str, list[int]] = field(default_factory=dict)
    portfolios: set[str] = field(default_factory=set)

    def add(self, report: Report, numbers: Sequence[int], portfolios: Collection[str]) -> None:
        """Add passages of a report; ``portfolios`` are the requested ones, if any."""
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
    """Return a group for each requested report, with its matching passages or all."""
    groups = []
    for name in dict.fromkeys(reports):
        report = corpus.engine.report(name)
        group = PassageGroup(name, report.title)
        numbers = [passage.number for passage in select_passages(report, matching)]
        group.add(report, numbers, portfolios)
        groups.append(group)
    return groups


def group_by_field(
    corpus: Corpus, matching: PassageNumbers | None, by: str | None, portfolios: Collection[str]
) -> list[PassageGroup]:
    """Return a group for each value of a field, by value; without a field, one group of all.

    Passages whose report has no value are in no group; those of several portfolios are in several.
    """
    groups: dict[str, PassageGroup] = {} if by else {"": PassageGroup("", "")}
    for report, passages in corpus.iter_passages(matching):
        numbers: dict[str, list[int]] = {}
        for passage in passages:
            for value in iter_group_values(report, passage, by) if by else ("",):
                numbers.setdefault(value, []).append(passage.number)
        for value, own in numbers.items():
            title = report.info.title if by == "report" else value
            group = groups.setdefault(value, PassageGroup(value, title))
            group.add(report, own, {value} if by == "portfolio" else portfolios)
    return [groups[value] for value in sorted(groups)]
