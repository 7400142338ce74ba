"""Reuse (查重) of a report of the index, and the report against the one before."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.errors import NotFoundError, QueryError
from reportsearch.locale import reuse, translator
from reportsearch.models.report import ReportInfo
from reportsearch.models.reuse import (
    CHANGED,
    DEFAULT_MIN_CHARS,
    DROPPED,
    KEPT,
    LOWEST_MIN_CHARS,
    NEW,
)
from reportsearch.output.annotations import diff_changed_sentence
from reportsearch.output.prose.reuse import SourceEntry
from reportsearch.web.archive_service import ArchiveService, key_of
from reportsearch.web.pages.reuse import form
from reportsearch.web.pages.reuse.downloads import as_csv, as_document, as_json, as_sheet
from reportsearch.web.pages.reuse.drafts import check
from reportsearch.web.pages.reuse.start import render_front
from reportsearch.web.report_picker import find_reports
from reportsearch.web.reuse_view import build_reuse_view, clip_pieces
from reportsearch.web.templating import get_language, render
from reportsearch.web.year_on_year_view import build_year_on_year_view

CHANGES = (KEPT, CHANGED, NEW, DROPPED)
_CANDIDATES = 20
"""Reports to choose from that are listed beside a comparison."""


def show(request: Request) -> Response:
    """The first page, or a report's."""
    if not request.query_params.get("report"):
        return render_front(request)
    if form.is_year_on_year(request):
        return _show_years(request)
    return _show_report(request)


def _show_report(request: Request) -> Response:
    language = get_language(request)
    report_id = form.read_report_id(request)
    only = form.read_report_id(request, "source") if request.query_params.get("source") else None
    least, is_right = form.read_min_chars(request)
    result = form.get_reuse(request, report_id)

    def elsewhere(entry: SourceEntry) -> str:
        return (
            form.build_report_address("/reuse", request, source=key_of(entry.source.report.id))
            + "#evidence"
        )

    shown = build_reuse_view(result, only=only, page=form.read_page(request), elsewhere=elsewhere)
    error = ""
    if not is_right:
        error = translator(language)(
            "reuse.bad_min_chars",
            least=LOWEST_MIN_CHARS,
            most=form.MAX_MIN_CHARS,
            used=DEFAULT_MIN_CHARS,
        )
    return render(
        request,
        "reuse_report.html",
        status=200 if is_right else 400,
        error=error,
        result=result,
        shown=shown,
        only=next((entry for entry in shown.numbered if entry.source.report.id == only), None),
        least=least,
        asked_least=request.query_params.get("min_chars", "")[:20] or least,
        bounds=(LOWEST_MIN_CHARS, form.MAX_MIN_CHARS),
        words=reuse,
        elsewhere=elsewhere,
        place=lambda path, **others: form.build_report_address(path, request, **others),
    )


def _show_years(request: Request) -> Response:
    library: ArchiveService = request.app.state.library
    t = translator(get_language(request))
    report_id = form.read_report_id(request)
    previous = form.read_previous_id(request)
    kind = request.query_params.get("kind", "")
    kind = kind if kind in CHANGES else ""
    with library.for_search() as archive:
        infos = archive.infos()
    info = _find_info(infos, report_id)
    result, reason, status = None, "", 200
    try:
        result = form.get_year_on_year(request, report_id, previous)
    except NotFoundError:
        reason = t("reuse.no_previous")
    except QueryError:
        reason, status = t("reuse.not_itself"), 400
    candidates = [other for other in infos if other.id != report_id]
    filter_words = request.query_params.get("q", "")[:200]
    return render(
        request,
        "reuse_years.html",
        status=status,
        info=info,
        result=result,
        reason=reason,
        kind=kind,
        shown=build_year_on_year_view(result, kind) if result else None,
        filter_words=filter_words,
        found=find_reports(
            candidates,
            filter_words,
            form.read_page(request),
            page_size=_CANDIDATES,
            first_official=info.official,
        ),
        words=reuse,
        changed_pieces=diff_changed_sentence,
        clipped=clip_pieces,
        place=lambda path, **others: form.build_report_address(path, request, **others),
    )


def _find_info(infos: Sequence[ReportInfo], report_id: str) -> ReportInfo:
    """What is known of a report. Raises NotFoundError when it went meanwhile."""
    for info in infos:
        if info.id == report_id:
            return info
    raise NotFoundError("there is no such report in the index; it may have been removed")


ROUTES = (
    Route("/reuse", show, name="reuse"),
    Route("/reuse", check, methods=["POST"]),
    Route("/reuse/sheet", as_sheet),
    Route("/reuse.docx", as_document),
    Route("/reuse.json", as_json),
    Route("/reuse.csv", as_csv),
)
