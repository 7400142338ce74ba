"""Groups of passages side by side: what sets each apart, what they share, and the use of a term.

``nlp/compare/`` counts and measures; here passages become its rows, and terms lead back to the
originals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportsearch.analysis.compare.duties import DutyComparison
from reportsearch.analysis.compare.keyness import Keyness, build_compared_group
from reportsearch.analysis.compare.portfolio_shares import PortfolioShares
from reportsearch.analysis.compare.proper_names import make_name_checker
from reportsearch.analysis.compare.selection import PassageSelection, read_selection
from reportsearch.analysis.compare.shared_terms import (
    SharedTermFinder,
    build_mask,
    exclude_common_rows,
)
from reportsearch.analysis.compare.string_counts import add_string_counts
from reportsearch.analysis.compare.term_use import count_uses
from reportsearch.analysis.corpus import Corpus, StagedProgress, bind_stage
from reportsearch.analysis.groups import GroupBy
from reportsearch.analysis.terms.occurrences import Ints
from reportsearch.errors import QueryError
from reportsearch.models.compare import ComparedGroup, Comparison, Uses
from reportsearch.models.report import PERSONAL_FIELDS
from reportsearch.search import query

PassageQuery = tuple[query.Where, str | None]
"""Filters and a query: which passages are asked about."""


def compare_groups(
    corpus: Corpus,
    groups: GroupBy,
    passage_query: PassageQuery,
    *,
    pairwise: bool,
    terms: str,
    top: int,
    progress: StagedProgress | None,
) -> Comparison:
    """What sets each group apart; see ``Archive.compare``."""
    if pairwise and len(groups.wanted) != 2:
        raise QueryError("pairwise sets two groups against each other; name two values")
    told = bind_stage(progress, "counting words")
    selection = read_selection(
        corpus, groups, corpus.matching_passages(*passage_query), terms, told
    )
    values = groups.sort_values(list(selection.rows))
    found = Comparison(
        by=groups.field,
        terms=terms,
        pairwise=pairwise,
        reports=selection.total_reports,
        without=selection.reports_without_value,
        both=0,
        empty=tuple(value for value in values if value not in selection.rows),
        groups=(),
        shared=(),
    )
    if pairwise:
        return _compare_pair(selection, values, found, top)
    told = bind_stage(progress, "comparing")
    more = _GroupDetails(selection, groups.field)
    done: list[ComparedGroup] = []
    shared = SharedTermFinder(selection.table.terms)
    for number, value in enumerate(values):
        if told:
            told(number, len(values))
        if value in found.empty:
            continue
        rows = selection.rows[value]
        against = Keyness(selection.table, rows, selection.is_eligible)
        shared.add(value, rows, against.here)
        done.append(more.add_to(build_compared_group(selection, against, value, "", top), rows))
    rows_of = [selection.rows[group.value] for group in done]
    return replace(
        found,
        groups=add_string_counts(selection, done, rows_of),
        shared=tuple(shared.find_terms(selection, top)),
    )


class _GroupDetails:
    """What is told of a group beside its terms: portfolios, duties, and which terms are names."""

    def __init__(self, selection: PassageSelection, by: str) -> None:
        self._is_personal = by in PERSONAL_FIELDS
        self._duties = DutyComparison(selection, by)
        self._portfolio_shares = (
            None if by == "portfolio" else PortfolioShares(selection, is_personal=self._is_personal)
        )
        self._is_name = make_name_checker(selection.corpus)

    def add_to(self, group: ComparedGroup, rows: Ints) -> ComparedGroup:
        return replace(
            group,
            terms=tuple(
                replace(term, is_name=not term.rest_count and self._is_name(term.term))
                for term in group.terms
            )
            if self._is_personal
            else group.terms,
            duties=self._duties.compare_group(group.value),
            portfolios=self._portfolio_shares.compute_shares(rows)
            if self._portfolio_shares
            else (),
            rest_untold=self._portfolio_shares.count_others_without_duties(rows)
            if self._portfolio_shares
            else 0,
        )


def _compare_pair(
    selection: PassageSelection, values: Sequence[str], found: Comparison, top: int
) -> Comparison:
    """Two groups against each other, without the passages that are in both."""
    nothing: Ints = selection.number[:0]
    first, second, both = exclude_common_rows(
        *(selection.rows.get(value, nothing) for value in values)
    )
    table = replace(selection.table, is_included=build_mask(len(selection.number), [first, second]))
    selection = replace(selection, table=table)
    done = []
    shared = SharedTermFinder(table.terms)
    more = _GroupDetails(selection, found.by)
    one, two = values
    # Where all passages of a group are the other's as well, none is left.
    empty = tuple(value for rows, value in ((first, one), (second, two)) if not len(rows))
    for rows, value, other in ((first, one, two), (second, two, one)):
        if value in empty:
            continue
        against = Keyness(table, rows, selection.is_eligible)
        shared.add(value, rows, against.here)
        done.append(more.add_to(build_compared_group(selection, against, value, other, top), rows))
    rows_of = [rows for rows in (first, second) if len(rows)]
    return replace(
        found,
        both=both,
        empty=empty,
        groups=add_string_counts(selection, done, rows_of),
        shared=tuple(shared.find_terms(selection, top)),
    )


def count_term_use(
    corpus: Corpus,
    groups: GroupBy,
    terms: Sequence[str],
    passage_query: PassageQuery,
    progress: StagedProgress | None,
) -> Uses:
    """How often terms are used in each group; see ``Archive.uses``."""
    told = bind_stage(progress, "looking for the terms")
    return count_uses(corpus, groups, terms, corpus.matching_passages(*passage_query), told)
