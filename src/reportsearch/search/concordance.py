"""Key words in context (KWIC): one line per occurrence, with the text before and after it."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice

from reportsearch.models.report import Report
from reportsearch.models.search import Concordance, Hit, KwicLine
from reportsearch.normalise import fold
from reportsearch.search.engine import Engine, SearchOptions
from reportsearch.search.highlight import Span, find_highlights
from reportsearch.search.query import FreeText, Query, Term

SORTS = ("place", "left", "right")


_FETCH_SIZE = 2_000
"""Number of passages fetched at a time."""


def build_concordance(
    engine: Engine, query: Query, *, width: int, sort: str, limit: int | None, offset: int
) -> Concordance:
    """Build the concordance of a query with up to ``limit`` lines; see ``Archive.kwic``."""
    last = sys.maxsize if limit is None else min(offset + limit, sys.maxsize)
    offset = min(offset, last)
    # When sorted by place, only the listed lines are fetched; the others are just counted.
    counted = ("year",) if sort == "place" else ()
    first = engine.search(query, SearchOptions(0, facets=counted, group="passage"))
    if first.partial or not query.positive_terms():
        return Concordance(query.text, 0, ())
    lines = _iter_lines(_iter_passage_hits(engine, query), width)
    if sort == "place":
        matched = sum(year.occurrences or 0 for year in first.facets["year"])
        return Concordance(query.text, matched, tuple(islice(lines, offset, last)))
    ordered = _sort_lines(lines, sort)
    return Concordance(query.text, len(ordered), tuple(ordered[offset:last]))


def _iter_passage_hits(engine: Engine, query: Query) -> Iterator[Hit]:
    """Fetch the passages of an answer in order of place, a page at a time."""
    offset = 0
    while True:
        page = SearchOptions(_FETCH_SIZE, offset, "place", "passage")
        hits = engine.search(query, page).hits
        yield from hits
        offset += len(hits)
        if len(hits) < _FETCH_SIZE:
            return


def _iter_lines(hits: Iterable[Hit], width: int) -> Iterator[KwicLine]:
    """Make a line of each highlight, with up to ``width`` characters of context on both sides."""
    for hit in hits:
        for passage in hit.passages:
            for start, end in passage.highlights:
                first, last = start - passage.start, end - passage.start
                yield KwicLine(
                    report=hit.report.id,
                    title=hit.report.title,
                    passage=passage.id,
                    left=passage.text[_find_cut(passage.text, max(0, first - width), -1) : first],
                    match=passage.text[first:last],
                    right=passage.text[last : _find_cut(passage.text, last + width, 1)],
                    start=start,
                    end=end,
                    section=passage.section,
                    sha256=hit.report.sha256,
                    reader=hit.report.reader,
                    year=hit.report.year,
                    reported_year=hit.report.reported_year,
                    region=hit.report.region,
                    post=hit.report.post,
                    official=hit.report.official,
                    person=hit.report.person,
                )


def _find_cut(text: str, cut: int, step: int) -> int:
    """Return an offset near ``cut`` that does not separate a mark from its base character."""
    while 0 < cut < len(text) and unicodedata.category(text[cut]).startswith("M"):
        cut += step
    return cut


def _sort_lines(found: Iterable[KwicLine], sort: str) -> list[KwicLine]:
    """Sort lines by report and place, or by their context, read away from the match."""
    if sort == "left":
        return sorted(found, key=lambda line: (fold(line.left)[::-1], fold(line.match)))
    if sort == "right":
        return sorted(found, key=lambda line: (fold(line.right), fold(line.match)))
    return list(found)


def find_in_report(report: Report, query: Query) -> dict[int, tuple[Span, ...]]:
    """Return the spans of a report that match a query; see ``Archive.highlights``."""
    found = _highlight_passages(report, query.positive_terms())
    if found:
        return found
    return _highlight_passages(
        report,
        tuple(
            term.to_free_text() if isinstance(term, Term) and term.loose else term
            for term in query.positive_terms()
        ),
    )


def _highlight_passages(
    report: Report, terms: tuple[Term | FreeText, ...]
) -> dict[int, tuple[Span, ...]]:
    marked = (
        (passage.number, find_highlights(terms, passage.text, passage.start, report.info.year))
        for passage in report.passages
    )
    return {number: spans for number, spans in marked if spans}
