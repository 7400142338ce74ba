"""Counts of the contents of an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reportsearch.models.search import Stats
from reportsearch.search.engine import Engine


def count_reports(engine: Engine) -> Stats:
    """Count reports, passages and characters, and reports by year, kind, region and portfolio."""
    infos = engine.report_infos()
    return Stats(
        reports=len(infos),
        passages=engine.passage_count(),
        chars=sum(info.chars for info in infos),
        officials=len({info.person or info.id for info in infos}),
        years=_count_values(str(info.year or "") for info in infos),
        kinds=_count_values(info.kind for info in infos),
        regions=_count_values(info.region or "" for info in infos),
        portfolios=_count_values(name for info in infos for name in info.portfolios),
    )


def _count_values(values: Iterable[str]) -> dict[str, int]:
    """Count non-empty values, the most frequent first."""
    counted = Counter(value for value in values if value)
    return dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))
