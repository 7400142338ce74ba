"""Counts of an answer's reports by facets and by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from reportsearch.arrays import Ints
from reportsearch.models.search import FacetValue
from reportsearch.search.highlight import count_highlights, find_highlights
from reportsearch.search.query import FreeText, Term
from reportsearch.search.whoosh.index_view import IndexView
from reportsearch.search.whoosh.schema import split_names


def count_facet(view: IndexView, name: str, documents: Ints) -> tuple[FacetValue, ...]:
    """Count the reports with each value of a facet, and last those without a value."""
    counts: Counter[str] = Counter()
    without = 0
    for values in _collect_values(view, name, documents):
        counts.update(values)
        without += not values
    counted = [FacetValue(value, count) for value, count in counts.items()]
    counted.sort(key=lambda entry: (-entry.count, entry.value or ""))
    return (*counted, FacetValue(None, without)) if without else tuple(counted)


def _collect_values(view: IndexView, name: str, documents: Ints) -> Iterable[Iterable[str]]:
    """Return the distinct values of a facet for each report of the answer."""
    owners = view.report_ranks[documents]
    if name == "portfolio":
        return _collect_portfolios(view, documents, owners)
    infos = [view.ranked_infos[rank] for rank in np.unique(owners)]
    if name == "declared":
        return [info.declared for info in infos]
    values = (info.get_value(name) for info in infos)
    return [() if value is None else (str(value),) for value in values]


def _collect_portfolios(view: IndexView, documents: Ints, owners: Ints) -> list[set[str]]:
    found: dict[int, set[str]] = {int(rank): set() for rank in np.unique(owners)}
    starts, first = np.unique(view.section_start[documents], return_index=True)
    for start, position in zip(starts.tolist(), first.tolist(), strict=True):
        found[int(owners[position])].update(split_names(view.read_text("portfolios", start)))
    return list(found.values())


def build_timeline(
    view: IndexView,
    documents: Ints,
    base: Ints,
    terms: Sequence[Term | FreeText],
    check_time: Callable[[], None],
) -> tuple[FacetValue, ...]:
    """Return the years of the passages in ``base``, with reports and occurrences in the answer."""
    years = [info.year for info in view.ranked_infos]
    reports, chars, found = Counter[int | None](), Counter[int | None](), Counter[int | None]()
    sums = np.bincount(view.report_ranks[base], view.char_counts[base], len(years))
    for rank in np.unique(view.report_ranks[base]).tolist():
        chars[years[rank]] += int(sums[rank])
    owners = view.report_ranks[documents]
    reports.update(years[rank] for rank in np.unique(owners).tolist())
    # An answer to filters alone has no occurrences, however many passages it has.
    looked_at = documents if terms else documents[:0]
    uneven = view.uneven[looked_at]
    for document, passage in view.iter_passages(looked_at[uneven]):
        check_time()
        year = years[view.report_ranks[document]]
        found[year] += len(find_highlights(terms, passage.text, 0, year))
    for document in looked_at[~uneven].tolist():
        check_time()
        year = years[view.report_ranks[document]]
        found[year] += count_highlights(terms, view.read_text("text", document), year)
    known = sorted(year for year in chars if year is not None)
    return tuple(
        FacetValue(
            None if year is None else str(year),
            reports[year],
            found[year],
            round(found[year] / chars[year] * 10_000, 4) if chars[year] else None,
        )
        for year in ([*known, None] if None in chars else known)
    )
