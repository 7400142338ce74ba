"""Which reports are asked about, and in which row of the table each is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from reportsearch.analysis.corpus import Corpus, Progress, track
from reportsearch.analysis.groups import GroupBy, format_decade
from reportsearch.analysis.matching.source_texts import get_official_key
from reportsearch.models.report import LEVELS, Passage, Report, ReportInfo
from reportsearch.normalise import fold
from reportsearch.search import query
from reportsearch.structure.portfolio_terms import is_person_term


@dataclass(frozen=True)
class RowSelection:
    """Reports that meet filters.

    ``ids`` are those that meet all filters but those by portfolio, None for all. Of these, a report
    counts that reports on each of ``portfolios``, or declares it.
    """

    ids: tuple[str, ...]
    portfolios: frozenset[str]

    @classmethod
    def of(cls, corpus: Corpus, where: query.Where, portfolio: str | None = None) -> RowSelection:
        """Those that meet ``where``, with a portfolio by any of its names. Raises QueryError."""
        filters = query.parse_filters(where, corpus.lexicon)
        others = tuple(one for one in filters if one.field != "portfolio")
        matching = corpus.engine.matching_passages(query.And(others)) if others else None
        ids = tuple(info.id for info in sort_by_time(corpus.find_report_infos(matching)))
        portfolios = {one.value for one in filters if one.field == "portfolio"}
        if portfolio is not None:
            portfolios.add(query.make_filter("portfolio", portfolio, corpus.lexicon).value)
        return cls(ids, frozenset(portfolios))

    def restrict_to(self, corpus: Corpus, groups: GroupBy) -> RowSelection:
        """Only reports of the rows that are named, if any are."""
        if not groups.wanted:
            return self
        names = {info.id: get_row_name(info, groups.field) for info in corpus.engine.report_infos()}
        return replace(self, ids=tuple(one for one in self.ids if groups.has(names[one])))

    def includes(self, report: Report) -> bool:
        """Whether one of the reports has all of the portfolios."""
        return self.portfolios <= {*report.info.declared, *group_passages_by_portfolio(report)}

    def iter_reports(self, corpus: Corpus, progress: Progress | None) -> Iterator[Report]:
        """The reports, by time; ``progress`` is called with those read and all."""
        for report_id in track(self.ids, progress):
            report = corpus.engine.report(report_id)
            if self.includes(report):
                yield report


def make_mention_checker(corpus: Corpus) -> Callable[[str, str], bool]:
    """What tells whether a text has a word that is of a portfolio alone: 快递 of 邮政."""
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
        # As a word: 民政 is not in 人民政府.
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
    """The portfolios that passages are about, with these passages."""
    found: dict[str, list[Passage]] = {}
    for passage in report.passages:
        for portfolio in passage.portfolios:
            found.setdefault(portfolio, []).append(passage)
    return found


def get_row_key(info: ReportInfo, by: str) -> str | None:
    """What parts the rows of the table: the value of one of ROW_FIELDS, None where there is none.

    A report without an official is a row of its own.
    """
    if by == "official":
        return get_official_key(info)
    if by == "report":
        return info.id
    if by == "decade":
        return None if info.year is None else format_decade(info.year)
    value = getattr(info, by)
    return None if value is None else str(value)


def get_row_name(info: ReportInfo, by: str) -> str:
    """What the row is called."""
    return (info.official or info.id) if by == "official" else get_row_key(info, by) or ""


def get_row_sort_key(by: str, name: str, row: str) -> tuple[int, str, str]:
    """By what rows are sorted: levels from the highest to the lowest, all others by name."""
    return (LEVELS.index(name) if by == "level" and name in LEVELS else 0), name, row


def count_chars(text: str) -> int:
    """The characters of a text without blanks."""
    return len("".join(text.split()))


def sort_by_time(infos: Iterable[ReportInfo]) -> tuple[ReportInfo, ...]:
    """Reports in the order of their time."""
    return tuple(sorted(infos, key=lambda info: (info.sort_date, info.id)))
