"""The page of a report: its text and metadata."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportsearch.archive import Archive
from reportsearch.errors import NotFoundError, QueryError
from reportsearch.locale import PAGE, Translator
from reportsearch.models.portfolios import IN_WORDS, NOWHERE, UNKNOWN
from reportsearch.models.report import Report, ReportInfo
from reportsearch.output.prose.metadata import describe_doubt, iter_metadata
from reportsearch.web.address_values import read_page_number
from reportsearch.web.archive_service import get_service
from reportsearch.web.citations import cite_passage
from reportsearch.web.report_view import ReportView, find_portfolio_mentions
from reportsearch.web.templating import (
    SHOWN_PASSAGES,
    build_changed_address,
    get_translator,
    render,
    split_passage_id,
)
from reportsearch.web.text_tables import separate_tables

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_MAX_LISTED = 40
"""Maximum number of matching passages, and other reports, that are listed."""


@dataclass(frozen=True)
class _Highlights:
    """The highlights of a query in a report, by passage number."""

    query: str
    marks: dict[int, tuple[tuple[int, int], ...]]
    error: str = ""

    @property
    def count(self) -> int:
        return sum(len(spans) for spans in self.marks.values())


def show(request: Request) -> Response:
    """Show the text of a report, passage by passage, and its metadata."""
    values = request.query_params
    service, t = get_service(request), get_translator(request)
    report = service.get_report(request.path_params["key"])
    if values.get("hit"):
        return _redirect_to_passage(request, report)
    with service.for_search() as archive:
        highlights = _find_highlights(archive, report, values.get("q", "").strip(), t)
        others = _find_same_official(archive.infos(), report.info)
        declared = archive.declared_portfolios(report.id)
    view = ReportView(report)
    page = read_page_number(request, view.pages)
    return render(
        request,
        "report.html",
        status=400 if highlights.error else 200,
        tab="text",
        report=report,
        info=report.info,
        page=page,
        pages=view.pages,
        passages=separate_tables(view.build_passages(page)),
        sections=view.build_tree(page),
        marks=_add_span(report, highlights.marks, values.get("at", "")),
        highlights=highlights,
        marked=list(highlights.marks)[:_MAX_LISTED],
        unlisted=max(len(highlights.marks) - _MAX_LISTED, 0),
        metadata=tuple(iter_metadata(report.info, t)),
        portfolio_mentions=find_portfolio_mentions(report),
        reported_count=sum(one.treated != UNKNOWN for one in declared),
        unknown=[one.portfolio for one in declared if one.treated == UNKNOWN],
        mentioned=[
            (one.portfolio, [split_passage_id(passage)[1] for passage in one.passages])
            for one in declared
            if one.treated == IN_WORDS
        ],
        nowhere=[one.portfolio for one in declared if one.treated == NOWHERE],
        duties=[(duty, view.find_passage_number(duty.start)) for duty in report.duties],
        doubts=[(entry.field, describe_doubt(entry, t, PAGE)) for entry in report.doubts],
        others=others,
        cite_passage=partial(cite_passage, t, report.info),
    )


def _find_same_official(infos: Iterable[ReportInfo], info: ReportInfo) -> list[ReportInfo]:
    """List the official's other reports by date; none if the official is unknown."""
    own = [
        other
        for other in infos
        if info.person and other.person == info.person and other.id != info.id
    ]
    return sorted(own, key=lambda other: (other.sort_date, other.id))[:_MAX_LISTED]


def _redirect_to_passage(request: Request, report: Report) -> Response:
    """Redirect to the page of the report that contains a passage."""
    values = request.query_params
    hit = values["hit"]
    last = len(report.passages)
    number = int(hit) if re.fullmatch(r"[0-9]{1,9}", hit) else 0
    if not 1 <= number <= last:
        raise NotFoundError("passage not found; the report has passages 1 to {last}", last=last)
    page = (number - 1) // SHOWN_PASSAGES + 1
    address = build_changed_address(request, hit=None, page=page if page > 1 else None)
    return RedirectResponse(f"{address}#p{number}", 303)


def _find_highlights(archive: Archive, report: Report, text: str, t: Translator) -> _Highlights:
    if not text:
        return _Highlights("", {})
    try:
        return _Highlights(text, archive.highlights(report.id, text))
    except QueryError as error:
        return _Highlights(text, {}, t.translate(error.message, PAGE))


def _add_span(
    report: Report, marks: dict[int, tuple[tuple[int, int], ...]], span: str
) -> dict[int, list[tuple[int, int]]]:
    """Add a span, ``START-END``, to the marks of all passages that it overlaps."""
    found = {number: list(spans) for number, spans in marks.items()}
    match = _SPAN.fullmatch(span)
    if match:
        start, end = int(match[1]), int(match[2])
        first = max(bisect_right([passage.start for passage in report.passages], start) - 1, 0)
        for passage in report.passages[first:]:
            if passage.start >= end:
                break
            if passage.end > start:
                found.setdefault(passage.number, []).append((start, end))
    return found


ROUTES = (Route("/report/{key}", show, name="report"),)
