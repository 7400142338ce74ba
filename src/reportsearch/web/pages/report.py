"""A report: its text, what is known about it, and on pages of their own what it says in short."""

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
from reportsearch.locale import CHINESE, translator
from reportsearch.locale.query_reasons import translate_error
from reportsearch.locale.report import translate_doubt
from reportsearch.models.portfolios import IN_WORDS, NOWHERE, UNKNOWN
from reportsearch.models.report import METADATA_FIELDS, Report, ReportInfo
from reportsearch.web.archive_service import ArchiveService
from reportsearch.web.citations import cite_passage
from reportsearch.web.report_view import ReportView, find_portfolio_mentions
from reportsearch.web.templating import (
    SHOWN_PASSAGES,
    build_address,
    build_passage_address,
    get_language,
    render,
)
from reportsearch.web.text_tables import separate_tables

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_MAX_LISTED = 40
"""Passages with what was asked for that are listed, and other reports."""


@dataclass(frozen=True)
class _Highlights:
    """What is to be marked in a report: for a query, and one span."""

    query: str
    marks: dict[int, tuple[tuple[int, int], ...]]
    error: str = ""

    @property
    def places(self) -> int:
        return sum(len(spans) for spans in self.marks.values())


def show(request: Request) -> Response:
    """The text of a report, passage by passage, and what is known about it."""
    library: ArchiveService = request.app.state.library
    values = request.query_params
    with library.for_search() as archive:
        report = archive.show(library.find_report_id(archive, request.path_params["key"]))
        if values.get("hit"):
            return _redirect_to_passage(request, report)
        asked = _find_highlights(
            archive, report, values.get("q", "").strip(), get_language(request)
        )
        others = find_same_official(archive.infos(), report.info)
        treated = archive.declared_portfolios(report.id)
    reading = ReportView(report)
    page = read_page_number(request, reading.pages)
    return render(
        request,
        "report.html",
        status=400 if asked.error else 200,
        tab="text",
        report=report,
        info=report.info,
        page=page,
        pages=reading.pages,
        pieces_shown=separate_tables(reading.build_passages(page)),
        tree=reading.build_tree(page),
        marks=_add_span(report, asked.marks, values.get("at", "")),
        asked=asked,
        marked=list(asked.marks)[:_MAX_LISTED],
        unlisted=max(len(asked.marks) - _MAX_LISTED, 0),
        facts=_list_metadata(report.info),
        about=find_portfolio_mentions(report),
        known=sum(one.treated != UNKNOWN for one in treated),
        unknown=[one.portfolio for one in treated if one.treated == UNKNOWN],
        mentioned=[
            (one.portfolio, [int(passage.rpartition("#")[2]) for passage in one.passages])
            for one in treated
            if one.treated == IN_WORDS
        ],
        nowhere=[one.portfolio for one in treated if one.treated == NOWHERE],
        duties=[(duty, reading.find_passage_number(duty.start)) for duty in report.duties],
        doubts=_list_doubts(request, report),
        others=others,
        cite=partial(cite_passage, get_language(request), report.info),
    )


def read_page_number(request: Request, pages: int) -> int:
    """The page that is asked for, as far as there is one."""
    asked = request.query_params.get("page", "")
    return min(max(int(asked), 1), pages) if re.fullmatch(r"[0-9]{1,9}", asked) else 1


def find_same_official(infos: Iterable[ReportInfo], info: ReportInfo) -> list[ReportInfo]:
    """The other reports of a report's official, by time; none where that is not known."""
    own = [
        other
        for other in infos
        if info.official and other.official == info.official and other.id != info.id
    ]
    return sorted(own, key=lambda other: (other.sort_date, other.id))[:_MAX_LISTED]


def _redirect_to_passage(request: Request, report: Report) -> Response:
    """To the place of a passage: on which page it is, only the report can tell."""
    values = request.query_params
    hit = values["hit"]
    last = len(report.passages)
    number = int(hit) if re.fullmatch(r"[0-9]{1,9}", hit) else 0
    if not 1 <= number <= last:
        t = translator(get_language(request))
        raise NotFoundError(t("report.no_passage", last=last))
    page = (number - 1) // SHOWN_PASSAGES + 1
    kept = [(key, value) for key, value in values.multi_items() if key not in ("hit", "page")]
    if page > 1:
        kept.append(("page", str(page)))
    return RedirectResponse(f"{build_address(request.url.path, kept)}#p{number}", 303)


def _find_highlights(archive: Archive, report: Report, text: str, language: str) -> _Highlights:
    if not text:
        return _Highlights("", {})
    try:
        return _Highlights(text, archive.highlights(report.id, text))
    except QueryError as error:
        return _Highlights(text, {}, translate_error(language, str(error)))


def _add_span(
    report: Report, marks: dict[int, tuple[tuple[int, int], ...]], span: str
) -> dict[int, list[tuple[int, int]]]:
    """The marks with one span more, ``START-END``, in all passages that it reaches."""
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


def _list_doubts(request: Request, report: Report) -> list[tuple[str, str]]:
    """Fields and why they are uncertain."""
    is_chinese = get_language(request) == CHINESE
    return [
        (entry.field, translate_doubt(entry.reason) if is_chinese else entry.reason)
        for entry in report.doubts
    ]


def _list_metadata(info: ReportInfo) -> list[tuple[str, str, str]]:
    """What is known about a report: name, value, where from; empty where nothing is."""
    return [
        (name, "" if value is None else str(value), info.origin.get(name, ""))
        for name in METADATA_FIELDS
        for value in [getattr(info, name)]
    ]


def build_span_address(report: str, passage: str, start: int, end: int) -> str:
    """The address of a stretch of a report, of which only the id of its passage is known."""
    return build_passage_address(report, int(passage.rpartition("#")[2]), at=f"{start}-{end}")


ROUTES = (Route("/report/{key}", show, name="report"),)
