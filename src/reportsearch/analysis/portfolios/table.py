"""Officials by portfolio: what each declares, and the share of the reports that is about it."""

from __future__ import annotations

from collections.abc import Sequence

from reportsearch.analysis.corpus import Holdings, Told, stage
from reportsearch.analysis.groups import Groups
from reportsearch.analysis.portfolios.counts import Tally
from reportsearch.analysis.portfolios.rows import (
    Asked,
    mentions_of,
    name_of,
    order_of,
    rate,
    row_of,
)
from reportsearch.models.portfolios import PortfolioRow, Portfolios, PortfolioTotal, Portion
from reportsearch.search import query


def ask(held: Holdings, where: query.Where, groups: Groups, progress: Told | None) -> Portfolios:
    """The table of portfolios; see ``Archive.portfolios``.

    Reports are read one after another; what is kept are the ids of passages.
    """
    tallies: dict[str, Tally] = {}
    mentions = mentions_of(held)
    without = 0
    asked = Asked.of(held, where).among(held, groups)
    by = groups.by
    for report in asked.reports(held, stage(progress, "reading the reports")):
        row = row_of(report.info, by)
        if row is None:
            without += 1
            continue
        tallies.setdefault(row, Tally(name_of(report.info, by), mentions)).add(report)
    ordered = sorted(tallies, key=lambda row: order_of(by, tallies[row].value, row))
    rows = tuple(tallies[row].row() for row in ordered)
    chars = sum(row.chars for row in rows)
    return Portfolios(
        by=by,
        reports=sum(len(row.reports) for row in rows),
        without=without,
        other=rate(sum(tallies[row].other for row in ordered), chars),
        rows=rows,
        totals=_totals(rows, chars),
    )


def _totals(rows: Sequence[PortfolioRow], chars: int) -> tuple[PortfolioTotal, ...]:
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
            share=rate(sum(one.chars for one in portions), chars),
            mentioned=sum(len(one.mentioned) for one in portions),
        )
        for portfolio, portions in cells.items()
    ]
    return tuple(sorted(totals, key=lambda one: (-one.rows, -one.chars, one.portfolio)))
