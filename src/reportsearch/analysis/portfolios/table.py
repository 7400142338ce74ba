"""Table of officials by portfolio: declared portfolios and their shares of the reports."""

from __future__ import annotations

from collections.abc import Sequence

from reportsearch.analysis.corpus import Corpus, bind_stage
from reportsearch.analysis.groups import GroupBy
from reportsearch.analysis.portfolios.portfolio_counts import PortfolioCounts
from reportsearch.analysis.portfolios.rows import (
    RowSelection,
    get_row_key,
    get_row_name,
    get_row_sort_key,
    make_mention_checker,
)
from reportsearch.analysis.shares import compute_share
from reportsearch.analysis.stages import READING_REPORTS
from reportsearch.models.portfolios import PortfolioRow, Portfolios, PortfolioTotal, Portion
from reportsearch.models.progress import StagedProgress
from reportsearch.search import query


def build_portfolio_table(
    corpus: Corpus, where: query.Where, groups: GroupBy, progress: StagedProgress | None
) -> Portfolios:
    """Build the table of portfolios; see ``Archive.portfolios``.

    Reports are read one at a time, and only passage ids are kept.
    """
    counts: dict[str, PortfolioCounts] = {}
    mentions = make_mention_checker(corpus)
    without = 0
    row_selection = RowSelection.of(corpus, where).restrict_to(corpus, groups)
    by = groups.field
    for report in row_selection.iter_reports(corpus, bind_stage(progress, READING_REPORTS)):
        row = get_row_key(report.info, by)
        if row is None:
            without += 1
            continue
        counts.setdefault(row, PortfolioCounts(get_row_name(report.info, by), mentions)).add(report)
    ordered = sorted(counts, key=lambda row: get_row_sort_key(by, counts[row].value, row))
    rows = tuple(counts[row].build_row() for row in ordered)
    chars = sum(row.chars for row in rows)
    return Portfolios(
        by=by,
        reports=sum(len(row.reports) for row in rows),
        without=without,
        other=compute_share(sum(counts[row].other for row in ordered), chars),
        rows=rows,
        totals=_sum_totals(rows, chars),
    )


def _sum_totals(rows: Sequence[PortfolioRow], chars: int) -> tuple[PortfolioTotal, ...]:
    cells: dict[str, list[Portion]] = {}
    for row in rows:
        for portion in row.portions:
            cells.setdefault(portion.portfolio, []).append(portion)
    totals = [
        PortfolioTotal(
            portfolio=portfolio,
            rows=len(portions),
            reported=sum(one.reported for one in portions),
            declared=sum(len(one.declared) for one in portions),
            not_reported=sum(len(one.not_reported) for one in portions),
            not_declared=sum(len(one.not_declared) for one in portions),
            chars=sum(one.chars for one in portions),
            share=compute_share(sum(one.chars for one in portions), chars),
            mentioned=sum(len(one.mentioned) for one in portions),
        )
        for portfolio, portions in cells.items()
    ]
    return tuple(sorted(totals, key=lambda one: (-one.rows, -one.chars, one.portfolio)))
