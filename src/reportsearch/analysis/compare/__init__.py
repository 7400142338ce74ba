"""Comparison of groups of passages: keyness, shared terms, portfolios, and the use of a term.

The sample consists of officials, not words: a report repeats its words, and an official repeats
them the next year. Log-likelihood over tokens finds over a hundred differences between two random
halves of the same reports. So there are three questions, each with its own measure
(``statistics.py``):

- How much more often? The log ratio, log2 of the ratio of the two rates (Hardie 2014), with a 95 %
  confidence interval after Clopper and Pearson (LRC: Evert, "Measuring keyness", 2022) in which
  counts are divided by their design effect: their variance over officials, divided by that of
  independent words (Kish; Korn and Graubard 1998).
- How significant? A rank-sum test over the officials' rates, which no single report can decide.
  If few officials use a term, their number in the group is treated exactly, since the normal
  approximation would be a thousand times too sure. q adjusts for many terms (Benjamini and
  Hochberg 1995).
- Everywhere, or in few places? DP, the deviation of proportions (Gries 2008).

Terms are ranked by the end of the interval that is nearest to zero. Two random halves of a
collection then differ once in a hundred times (``benchmarks/compare.py``). A single official is not
a sample: intervals then use sections instead of officials, and nothing is tested.

Words are segmented once, into arrays. Phrases are counted by increasing length, each only if both
phrases that are one word shorter are frequent. Counts of all passages by official are summed once;
those of the rest are the difference (``frequency_table.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportsearch.analysis.compare.duty_comparison import DutyComparison
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
from reportsearch.analysis.corpus import Corpus, bind_stage, track
from reportsearch.analysis.groups import GroupBy
from reportsearch.analysis.stages import COMPARING, COUNTING_WORDS, FINDING_TERMS
from reportsearch.arrays import Ints
from reportsearch.errors import QueryError
from reportsearch.models.compare import ComparedGroup, Comparison, Uses
from reportsearch.models.progress import StagedProgress
from reportsearch.models.report import PERSONAL_FIELDS
from reportsearch.search import query

PassageQuery = tuple[query.Where, str | None]
"""Filters and a query that select the passages to compare."""


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
    """Compare each group with the rest, or two with each other; see ``Archive.compare``."""
    if pairwise and len(groups.wanted) != 2:
        raise QueryError("pairwise compares two groups; name two values")
    matching = corpus.matching_passages(*passage_query)
    selection = read_selection(
        corpus, groups, matching, terms, bind_stage(progress, COUNTING_WORDS)
    )
    values = groups.sort_values(list(selection.rows))
    nothing = selection.number[:0]
    rows_of = {value: selection.rows.get(value, nothing) for value in values}
    both = 0
    if pairwise:
        one, two = values
        rows_of[one], rows_of[two], both = exclude_common_rows(rows_of[one], rows_of[two])
        is_included = build_mask(len(selection.number), list(rows_of.values()))
        table = replace(selection.table, is_included=is_included)
        selection, progress = replace(selection, table=table), None
    # If both groups have the same passages, none is left.
    present = [value for value in values if len(rows_of[value])]
    details = _GroupDetails(selection, groups.field)
    shared = SharedTermFinder(selection.table.terms)
    done: list[ComparedGroup] = []
    for value in track(values, bind_stage(progress, COMPARING)):
        if value not in present:
            continue
        other = next(one for one in values if one != value) if pairwise else ""
        keyness = Keyness(selection.table, rows_of[value], selection.is_eligible)
        shared.add(value, rows_of[value], keyness.here)
        group = build_compared_group(selection, keyness, value, other, top)
        done.append(details.add_to(group, rows_of[value]))
    return Comparison(
        by=groups.field,
        terms=terms,
        pairwise=pairwise,
        reports=selection.total_reports,
        without=selection.reports_without_value,
        both=both,
        empty=tuple(value for value in values if value not in present),
        groups=add_string_counts(selection, done, [rows_of[value] for value in present]),
        shared=tuple(shared.find_terms(selection, top)),
    )


class _GroupDetails:
    """Adds to a group its portfolios and duties, and marks terms that are names."""

    def __init__(self, selection: PassageSelection, by: str) -> None:
        self._is_personal = by in PERSONAL_FIELDS
        self._duties = DutyComparison(selection, by)
        self._portfolio_shares: PortfolioShares | None = None
        if by != "portfolio":
            self._portfolio_shares = PortfolioShares(selection, is_personal=self._is_personal)
        self._is_name = make_name_checker(selection.corpus)

    def add_to(self, group: ComparedGroup, rows: Ints) -> ComparedGroup:
        if self._is_personal:
            terms = (
                replace(term, is_name=not term.rest_count and self._is_name(term.term))
                for term in group.terms
            )
            group = replace(group, terms=tuple(terms))
        if shares := self._portfolio_shares:
            untold = shares.count_others_without_duties(rows)
            group = replace(group, portfolios=shares.compute_shares(rows), rest_untold=untold)
        return replace(group, duties=self._duties.compare_group(group.value))


def count_term_use(
    corpus: Corpus,
    groups: GroupBy,
    terms: Sequence[str],
    passage_query: PassageQuery,
    progress: StagedProgress | None,
) -> Uses:
    """Count how often terms are used in each group; see ``Archive.uses``."""
    matching = corpus.matching_passages(*passage_query)
    stage = bind_stage(progress, FINDING_TERMS)
    return count_uses(corpus, groups, terms, matching, stage)
