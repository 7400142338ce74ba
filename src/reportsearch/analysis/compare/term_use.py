"""The use of a term in each group, such as each year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from reportsearch.analysis.compare.statistics import rate_interval
from reportsearch.analysis.corpus import Corpus, PassageNumbers
from reportsearch.analysis.example_sentences import extract_example
from reportsearch.analysis.groups import GroupBy
from reportsearch.analysis.matching.source_texts import get_official_key
from reportsearch.errors import QueryError, quote_value
from reportsearch.models.compare import TermUse, UsePoint, Uses
from reportsearch.models.keywords import Example
from reportsearch.models.progress import Progress
from reportsearch.models.report import Passage, Report
from reportsearch.normalise import NormalisedText, fold, normalise

Section = tuple[str, tuple[str, ...]]
Key = TypeVar("Key")


@dataclass
class _GroupCharCounts:
    """The passages of a group: characters by official and by section, and the reports."""

    reports: set[str] = field(default_factory=set)
    units: Counter[str] = field(default_factory=Counter)
    sections: Counter[Section] = field(default_factory=Counter)


@dataclass
class _TermOccurrences:
    """A term in a group: occurrences by official and by section, and the best example."""

    reports: set[str] = field(default_factory=set)
    units: Counter[str] = field(default_factory=Counter)
    sections: Counter[Section] = field(default_factory=Counter)
    max_count: int = 0
    example: Example | None = None


class _Term:
    """A term and its occurrences."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text).strip()
        self.by_group: dict[str, _TermOccurrences] = defaultdict(_TermOccurrences)
        self.first: tuple[tuple[bool, str, str], Example] | None = None
        if not any(map(str.isalnum, self.folded)):
            raise QueryError("{text} is not a term; give a word or phrase", text=quote_value(text))


def count_uses(
    corpus: Corpus,
    groups: GroupBy,
    terms: Sequence[str],
    matching: PassageNumbers | None,
    progress: Progress | None,
) -> Uses:
    """Count every occurrence of each term as a string, as a search for ``"term"`` finds it."""
    counted = [_Term(text) for text in dict.fromkeys(terms)]
    known: dict[str, _GroupCharCounts] = defaultdict(_GroupCharCounts)
    reports = without = 0
    for report, passages in corpus.iter_passages(matching, progress):
        reports += 1
        without += not groups.has_value(report)
        for passage in passages:
            own_groups = list(groups.iter_groups(report, passage))
            _count_passage(report, passage, own_groups, known, counted)
    values = groups.sort_values(list(known))
    if groups.field == "year" and not groups.wanted and values:
        values = [str(year) for year in range(int(values[0]), int(values[-1]) + 1)]
    return Uses(
        by=groups.field,
        reports=reports,
        without=without,
        terms=tuple(_build_term_use(term, values, known) for term in counted),
    )


def _count_passage(
    report: Report,
    passage: Passage,
    values: Sequence[str],
    group_chars: dict[str, _GroupCharCounts],
    terms: Sequence[_Term],
) -> None:
    """Count a passage in its groups."""
    view = normalise(passage.text)
    unit, section = get_official_key(report.info), (report.id, passage.section)
    for value in values:
        group = group_chars[value]
        group.reports.add(report.id)
        group.units[unit] += len(view.text)
        group.sections[section] += len(view.text)
    for term in terms:
        count = view.text.count(term.folded)
        if not count:
            continue
        # The first use of all selected reports, whichever groups are requested.
        _update_first_use(term, report, passage, view)
        for value in values:
            found = term.by_group[value]
            found.reports.add(report.id)
            found.units[unit] += count
            found.sections[section] += count
            if count > found.max_count:
                found.max_count = count
                found.example = _find_example(term, report, passage, view)


def _update_first_use(term: _Term, report: Report, passage: Passage, view: NormalisedText) -> None:
    """Remember the earliest use; among undated reports, the first one."""
    dated = report.info.sort_date
    key = (not dated, dated, report.id)
    if term.first is None or key < term.first[0]:
        term.first = key, _find_example(term, report, passage, view)


def _find_example(term: _Term, report: Report, passage: Passage, view: NormalisedText) -> Example:
    at = view.text.index(term.folded)
    span = view.map_to_original(at, at + len(term.folded))
    return extract_example(report.text, passage, *span)


def _build_term_use(
    term: _Term, values: Sequence[str], group_chars: dict[str, _GroupCharCounts]
) -> TermUse:
    return TermUse(
        term=term.text,
        first=term.first[1] if term.first else None,
        first_dated=term.first[0][1] if term.first else "",
        points=tuple(_iter_points(term, values, group_chars)),
    )


def _iter_points(
    term: _Term, values: Sequence[str], group_chars: dict[str, _GroupCharCounts]
) -> Iterator[UsePoint]:
    for value in values:
        group = group_chars.get(value, _GroupCharCounts())
        found = term.by_group.get(value, _TermOccurrences())
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


def _interval(group: _GroupCharCounts, found: _TermOccurrences) -> tuple[float, float]:
    """Return the confidence interval of the rate per 10,000 characters."""
    chars, count = group.units.total(), found.units.total()
    if len(group.units) > 1:
        variance = _variance(found.units, group.units)
    else:
        variance = _variance(found.sections, group.sections)
    low, high = rate_interval(count, chars, variance)
    return round(10_000 * low, 2), round(10_000 * high, 2)


def _variance(counts: Counter[Key], sizes: Counter[Key]) -> float:
    """Return the variance of a count; see ``SubcorpusCounts.variances``."""
    drawn = len(sizes)
    if drawn < 2:
        return float(counts.total()) ** 2
    rate = counts.total() / sizes.total()
    squares = sum((counts[key] - rate * size) ** 2 for key, size in sizes.items())
    return squares * drawn / (drawn - 1)
