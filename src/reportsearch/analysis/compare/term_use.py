"""How often a term is used in each group: over the years, say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from reportsearch.analysis import examples as evidence
from reportsearch.analysis.compare.selection import Meeting
from reportsearch.analysis.compare.statistics import rate_interval
from reportsearch.analysis.corpus import Holdings, Progress
from reportsearch.analysis.groups import Groups
from reportsearch.analysis.matching.source_texts import official_of
from reportsearch.errors import QueryError, shown
from reportsearch.models.compare import TermUse, UsePoint, Uses
from reportsearch.models.keywords import Example
from reportsearch.models.report import Passage, Report
from reportsearch.normalise import Normalised, fold, normalise

Section = tuple[str, tuple[str, ...]]
Key = TypeVar("Key")


@dataclass
class _Group:
    """The passages of a group: characters by official and by section, and the reports."""

    reports: set[str] = field(default_factory=set)
    units: Counter[str] = field(default_factory=Counter)
    sections: Counter[Section] = field(default_factory=Counter)


@dataclass
class _Found:
    """A term in a group: occurrences by official and by section, and the best example."""

    reports: set[str] = field(default_factory=set)
    units: Counter[str] = field(default_factory=Counter)
    sections: Counter[Section] = field(default_factory=Counter)
    most: int = 0
    example: Example | None = None


class _Term:
    """A term, and where it was found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text).strip()
        self.found: dict[str, _Found] = defaultdict(_Found)
        self.first: tuple[tuple[bool, str, str], Example] | None = None
        if not any(map(str.isalnum, self.folded)):
            raise QueryError(f"{shown(text)} is no term; give a word or a phrase")


def uses(
    held: Holdings,
    groups: Groups,
    terms: Sequence[str],
    meeting: Meeting | None,
    progress: Progress | None,
) -> Uses:
    """Count every occurrence of each term as a string, as a search for ``"term"`` finds it."""
    asked = [_Term(text) for text in dict.fromkeys(terms)]
    ids = [info.id for info in held.engine.infos() if meeting is None or info.id in meeting]
    known: dict[str, _Group] = defaultdict(_Group)
    without = 0
    for place, name in enumerate(ids):
        if progress:
            progress(place, len(ids))
        report = held.engine.report(name)
        without += not groups.has_value(report)
        numbers = range(1, len(report.passages) + 1) if meeting is None else meeting[name]
        for number in numbers:
            passage = report.passages[number - 1]
            _read(report, passage, list(groups.values(report, passage)), known, asked)
    values = groups.ordered(list(known))
    if groups.by == "year" and not groups.wanted and values:
        values = [str(year) for year in range(int(values[0]), int(values[-1]) + 1)]
    return Uses(
        by=groups.by,
        reports=len(ids),
        without=without,
        terms=tuple(_use(term, values, known) for term in asked),
    )


def _read(
    report: Report,
    passage: Passage,
    values: Sequence[str],
    known: dict[str, _Group],
    terms: Sequence[_Term],
) -> None:
    """Count a passage in the groups that it is in."""
    view = normalise(passage.text)
    unit, section = official_of(report.info), (report.id, passage.section)
    for value in values:
        group = known[value]
        group.reports.add(report.id)
        group.units[unit] += len(view.text)
        group.sections[section] += len(view.text)
    for term in terms:
        count = view.text.count(term.folded)
        if not count:
            continue
        # Whatever groups are named: it is the first of all that was asked about.
        _first(term, report, passage, view)
        for value in values:
            found = term.found[value]
            found.reports.add(report.id)
            found.units[unit] += count
            found.sections[section] += count
            if count > found.most:
                found.most = count
                found.example = _example(term, report, passage, view)


def _first(term: _Term, report: Report, passage: Passage, view: Normalised) -> None:
    """Remember the earliest use; of reports without a date the first one."""
    dated = report.info.dated
    key = (not dated, dated, report.id)
    if term.first is None or key < term.first[0]:
        term.first = key, _example(term, report, passage, view)


def _example(term: _Term, report: Report, passage: Passage, view: Normalised) -> Example:
    at = view.text.index(term.folded)
    span = view.original(at, at + len(term.folded))
    return evidence.example(report.text, passage, *span)


def _use(term: _Term, values: Sequence[str], known: dict[str, _Group]) -> TermUse:
    return TermUse(
        term=term.text,
        first=term.first[1] if term.first else None,
        first_dated=term.first[0][1] if term.first else "",
        points=tuple(_points(term, values, known)),
    )


def _points(term: _Term, values: Sequence[str], known: dict[str, _Group]) -> Iterator[UsePoint]:
    for value in values:
        group = known.get(value, _Group())
        found = term.found.get(value, _Found())
        chars, count = group.units.total(), found.units.total()
        yield UsePoint(
            value=value,
            reports=len(group.reports),
            reports_with=len(found.reports),
            units=len(group.units),
            units_with=len(found.units),
            chars=chars,
            count=count,
            per_10k=round(10_000 * count / max(chars, 1), 2),
            interval=_interval(group, found) if chars else None,
            example=found.example,
        )


def _interval(group: _Group, found: _Found) -> tuple[float, float]:
    """The interval of occurrences in 10,000 characters."""
    chars, count = group.units.total(), found.units.total()
    if len(group.units) > 1:
        variance = _variance(found.units, group.units)
    else:
        variance = _variance(found.sections, group.sections)
    low, high = rate_interval(count, chars, variance)
    return round(10_000 * low, 2), round(10_000 * high, 2)


def _variance(counts: Counter[Key], sizes: Counter[Key]) -> float:
    """See ``Side.variances``."""
    drawn = len(sizes)
    if drawn < 2:
        return float(counts.total()) ** 2
    rate = counts.total() / sizes.total()
    squares = sum((counts[key] - rate * size) ** 2 for key, size in sizes.items())
    return squares * drawn / (drawn - 1)
