"""Groups of passages side by side: what sets each apart, what they share, and the use of a term.

``nlp/compare/`` counts and measures; here passages become its rows, and terms lead back to the
originals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportsearch.analysis.compare.duties import PERSONAL, Duties
from reportsearch.analysis.compare.keyness import Against, compared
from reportsearch.analysis.compare.portfolio_shares import Lengths
from reportsearch.analysis.compare.proper_names import own_names
from reportsearch.analysis.compare.selection import Selection, read
from reportsearch.analysis.compare.shared_terms import Shared, marked, rows_of_one
from reportsearch.analysis.compare.string_counts import with_strings
from reportsearch.analysis.compare.term_use import uses
from reportsearch.analysis.corpus import Holdings, Told, stage
from reportsearch.analysis.groups import Groups
from reportsearch.analysis.terms.occurrences import Ints
from reportsearch.errors import QueryError
from reportsearch.models.compare import ComparedGroup, Comparison, Uses
from reportsearch.search import query

Asked = tuple[query.Where, str | None]
"""Filters and a query: which passages are asked about."""


def ask(
    held: Holdings,
    groups: Groups,
    asked: Asked,
    *,
    pairwise: bool,
    terms: str,
    top: int,
    progress: Told | None,
) -> Comparison:
    """What sets each group apart; see ``Archive.compare``."""
    if pairwise and len(groups.wanted) != 2:
        raise QueryError("pairwise sets two groups against each other; name two values")
    told = stage(progress, "counting words")
    selection = read(held, groups, held.meeting(*asked), terms, told)
    values = groups.ordered(list(selection.rows))
    found = Comparison(
        by=groups.by,
        terms=terms,
        pairwise=pairwise,
        reports=selection.asked,
        without=selection.without,
        both=0,
        empty=tuple(value for value in values if value not in selection.rows),
        groups=(),
        shared=(),
    )
    if pairwise:
        return _two(selection, values, found, top)
    told = stage(progress, "comparing")
    more = _More(selection, groups.by)
    done: list[ComparedGroup] = []
    shared = Shared(selection.table.terms)
    for number, value in enumerate(values):
        if told:
            told(number, len(values))
        if value in found.empty:
            continue
        rows = selection.rows[value]
        against = Against(selection.table, rows, selection.telling)
        shared.add(value, rows, against.here)
        done.append(more.of(compared(selection, against, value, "", top), rows))
    rows_of = [selection.rows[group.value] for group in done]
    return replace(
        found,
        groups=with_strings(selection, done, rows_of),
        shared=tuple(shared.terms(selection, top)),
    )


class _More:
    """What is told of a group beside its terms: portfolios, duties, and which terms are names."""

    def __init__(self, selection: Selection, by: str) -> None:
        self._is_personal = by in PERSONAL
        self._duties = Duties(selection, by)
        self._lengths = (
            None if by == "portfolio" else Lengths(selection, is_personal=self._is_personal)
        )
        self._is_name = own_names(selection.held)

    def of(self, group: ComparedGroup, rows: Ints) -> ComparedGroup:
        return replace(
            group,
            terms=tuple(
                replace(term, is_name=not term.rest_count and self._is_name(term.term))
                for term in group.terms
            )
            if self._is_personal
            else group.terms,
            duties=self._duties.of(group.value),
            portfolios=self._lengths.of(rows) if self._lengths else (),
            rest_untold=self._lengths.untold(rows) if self._lengths else 0,
        )


def _two(selection: Selection, values: Sequence[str], found: Comparison, top: int) -> Comparison:
    """Two groups against each other, without the passages that are in both."""
    nothing: Ints = selection.number[:0]
    first, second, both = rows_of_one(*(selection.rows.get(value, nothing) for value in values))
    table = replace(selection.table, chosen=marked(len(selection.number), [first, second]))
    selection = replace(selection, table=table)
    done = []
    shared = Shared(table.terms)
    more = _More(selection, found.by)
    one, two = values
    # Where all passages of a group are the other's as well, none is left.
    empty = tuple(value for rows, value in ((first, one), (second, two)) if not len(rows))
    for rows, value, other in ((first, one, two), (second, two, one)):
        if value in empty:
            continue
        against = Against(table, rows, selection.telling)
        shared.add(value, rows, against.here)
        done.append(more.of(compared(selection, against, value, other, top), rows))
    rows_of = [rows for rows in (first, second) if len(rows)]
    return replace(
        found,
        both=both,
        empty=empty,
        groups=with_strings(selection, done, rows_of),
        shared=tuple(shared.terms(selection, top)),
    )


def use(
    held: Holdings, groups: Groups, terms: Sequence[str], asked: Asked, progress: Told | None
) -> Uses:
    """How often terms are used in each group; see ``Archive.uses``."""
    told = stage(progress, "looking for the terms")
    return uses(held, groups, terms, held.meeting(*asked), told)
