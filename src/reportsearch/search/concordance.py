"""Key words in context: every occurrence on a line, with what stands before and after it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from reportsearch.models.report import Report
from reportsearch.models.search import Hit, KwicLine
from reportsearch.normalise import fold
from reportsearch.search.highlight import Span, find_highlights
from reportsearch.search.query import FreeText, Query, Term

SORTS = ("place", "left", "right")


def iter_lines(hits: Iterable[Hit], width: int) -> Iterator[KwicLine]:
    """A line for each highlight of each passage, with ``width`` characters on both sides."""
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
                    region=hit.report.region,
                    post=hit.report.post,
                    official=hit.report.official,
                )


def _find_cut(text: str, cut: int, step: int) -> int:
    """A place near ``cut`` that does not part a mark from the character that it belongs to."""
    while 0 < cut < len(text) and unicodedata.category(text[cut]).startswith("M"):
        cut += step
    return cut


def sort_lines(found: Iterable[KwicLine], sort: str) -> list[KwicLine]:
    """Lines by report and place, or by their context, read away from the match."""
    if sort == "left":
        return sorted(found, key=lambda line: (fold(line.left)[::-1], fold(line.match)))
    if sort == "right":
        return sorted(found, key=lambda line: (fold(line.right), fold(line.match)))
    return list(found)


def find_in_report(report: Report, query: Query) -> dict[int, tuple[Span, ...]]:
    """What a query asks for, where it stands in a report; see ``Archive.highlights``."""
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
