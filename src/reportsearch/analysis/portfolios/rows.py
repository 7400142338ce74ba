"""Selection of reports, and assignment of each to a row of the table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from reportsearch.analysis.corpus import Corpus, track
from reportsearch.analysis.groups import GroupBy, format_decade
from reportsearch.analysis.matching.source_texts import get_official_key
from reportsearch.models.progress import Progress
from reportsearch.models.report import LEVELS, Passage, Report, ReportInfo
from reportsearch.normalise import fold
from reportsearch.search import query
from reportsearch.structure.portfolio_terms import is_person_term


@dataclass(frozen=True)
class RowSelection:
    """The reports that match filters.

    ``ids`` match all filters except those by portfolio. Of these, a report is included if it
    reports on or declares each of ``portfolios``.
    """

    ids: tuple[str, ...]
    portfolios: frozenset[str]

    @classmethod
    def of(cls, corpus: Corpus, where: query.Where, portfolio: str | None = None) -> RowSelection:
        """Select the reports that match ``where`` and a portfolio, given by any of its names.

        Raises QueryError for invalid filters.
        """
        filters = query.parse_filters(where, corpus.lexicon)
        others = tuple(one for one in filters if one.field != "portfolio")
        matching = corpus.engine.matching_passages(query.And(others)) if others else None
        ids = tuple(info.id for info in sort_by_time(corpus.find_report_infos(matching)))
        portfolios = {one.value for one in filters if one.field == "portfolio"}
        if portfolio is not None:
            portfolios.add(query.make_filter("portfolio", portfolio, corpus.lexicon).value)
        return cls(ids, frozenset(portfolios))

    def restrict_to(self, corpus: Corpus, groups: GroupBy) -> RowSelection:
        """Return a selection restricted to the named rows, if any are named."""
        if not groups.wanted:
            return self
        names = {info.id: get_row_name(info, groups.field) for info in corpus.engine.report_infos()}
        return replace(self, ids=tuple(one for one in self.ids if groups.has(names[one])))

    def includes(self, report: Report) -> bool:
        """Check whether a report has all selected portfolios."""
        return self.portfolios <= {*report.info.declared, *group_passages_by_portfolio(report)}

    def iter_reports(self, corpus: Corpus, progress: Progress | None) -> Iterator[Report]:
        """Yield the reports in order of time; ``progress`` gets the number read and the total."""
        for report_id in track(self.ids, progress):
            report = corpus.engine.report(report_id)
            if self.includes(report):
                yield report


def make_mention_checker(corpus: Corpus) -> Callable[[str, str], bool]:
    """Return a function that checks a text for a word of one portfolio only: 快递 of 邮政."""
    hollow = corpus.lexicon.boilerplate.words
    items: dict[str, list[str]] = {}
    for item, names in corpus.lexicon.portfolios_by_item.items():
        if len(item) > 1 and len(names) == 1 and item not in hollow:
            items.setdefault(names[0], []).append(item)

    def mentions(text: str, portfolio: str) -> bool:
        folded = fold(text)
        found = [item for item in items.get(portfolio, ()) if item in folded]
        if not found:
            return False
        # Only as a word: 民政 is not in 人民政府.
        starts, ends = corpus.tokenizer.find_edges(folded)
        return any(
            match.start() in starts
            and match.end() in ends
            and not is_person_term(folded, match.end())
            for item in found
            for match in re.finditer(re.escape(item), folded)
        )

    return mentions


def group_passages_by_portfolio(report: Report) -> dict[str, list[Passage]]:
    """Map portfolios to the passages about them."""
    found: dict[str, list[Passage]] = {}
    for passage in report.passages:
        for portfolio in passage.portfolios:
            found.setdefault(portfolio, []).append(passage)
    return found


def get_row_key(info: ReportInfo, by: str) -> str | None:
    """Return the row of a report, a value of one of ROW_FIELDS, or None if it has none.

    A report without an official gets its own row.
    """
    if by == "official":
        return get_official_key(info)
    if by == "report":
        return info.id
    if by == "decade":
        return None if info.year is None else format_decade(info.year)
    value = info.get_value(by)
    return None if value is None else str(value)


def get_row_name(info: ReportInfo, by: str) -> str:
    """Return the name of the row."""
    return (info.person or info.id) if by == "official" else get_row_key(info, by) or ""


def get_row_sort_key(by: str, name: str, row: str) -> tuple[int, str, str]:
    """Return a sort key that orders levels from highest to lowest and all else by name."""
    return (LEVELS.index(name) if by == "level" and name in LEVELS else 0), name, row


def count_chars(text: str) -> int:
    """Count the non-blank characters of a text."""
    return len("".join(text.split()))


def sort_by_time(infos: Iterable[ReportInfo]) -> tuple[ReportInfo, ...]:
    """Sort reports by time."""
    return tuple(sorted(infos, key=lambda info: (info.sort_date, info.id)))
