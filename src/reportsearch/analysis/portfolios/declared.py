"""Treatment of the portfolios that a report declares."""

from __future__ import annotations

from reportsearch.analysis.corpus import Corpus
from reportsearch.analysis.portfolios.portfolio_counts import PortfolioCounts
from reportsearch.analysis.portfolios.rows import make_mention_checker
from reportsearch.models.portfolios import (
    IN_PASSAGES,
    IN_WORDS,
    NOWHERE,
    UNKNOWN,
    DeclaredPortfolio,
)
from reportsearch.models.report import Report


def list_declared_portfolios(corpus: Corpus, report: Report) -> tuple[DeclaredPortfolio, ...]:
    """Return the declared portfolios in order, then the items that the word list lacks.

    Each is classified as in the table of portfolios.
    """
    counts = PortfolioCounts(report.id, make_mention_checker(corpus))
    counts.add(report)
    row = counts.build_row()
    portions = {one.portfolio: one for one in row.portions}
    found = []
    for name in report.info.declared:
        one = portions[name]
        treated = NOWHERE if one.not_reported else IN_WORDS if one.mentioned else IN_PASSAGES
        found.append(DeclaredPortfolio(name, treated, one.passages))
    found += [DeclaredPortfolio(item, UNKNOWN, ()) for item in row.unknown]
    return tuple(found)
