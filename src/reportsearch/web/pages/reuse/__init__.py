"""Reuse (查重) of a report of the index, and the report against the one before."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.errors import NotFoundError, QueryError
from reportsearch.locale import reuse as words
from reportsearch.locale import teller
from reportsearch.models.report import ReportInfo
from reportsearch.models.reuse import CHANGED, DROPPED, KEPT, LEAST_CHARS, MIN_CHARS, NEW
from reportsearch.output.annotations import changed_pieces
from reportsearch.output.prose.reuse import Entry
from reportsearch.web.archive_service import Library, key_of
from reportsearch.web.pages.reuse import form as asked
from reportsearch.web.pages.reuse.downloads import as_csv, as_document, as_json, as_sheet
from reportsearch.web.pages.reuse.drafts import check
from reportsearch.web.pages.reuse.start import front
from reportsearch.web.report_picker import choice
from reportsearch.web.reuse_view import clipped, overlap
from reportsearch.web.templating import language_of, render
from reportsearch.web.year_on_year_view import sections_of

CHANGES = (KEPT, CHANGED, NEW, DROPPED)
_CANDIDATES = 20
"""Reports to choose from that are listed beside a comparison."""


def show(request: Request) -> Response:
    """The first page, or a report's."""
    if not request.query_params.get("report"):
        return front(request)
    if asked.is_years(request):
        return _years(request)
    return _report(request)


def _report(request: Request) -> Response:
    language = language_of(request)
    report_id = asked.report(request)
    only = asked.report(request, "source") if request.query_params.get("source") else None
    least, is_right = asked.min_chars(request)
    result = asked.reuse(request, report_id)

    def elsewhere(entry: Entry) -> str:
        return asked.place("/reuse", request, source=key_of(entry.source.report.id)) + "#evidence"

    shown = overlap(result, only=only, page=asked.page(request), elsewhere=elsewhere)
    error = ""
    if not is_right:
        error = teller(language)(
            "reuse.bad_min_chars", least=LEAST_CHARS, most=asked.MOST_MIN_CHARS, used=MIN_CHARS
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
        bounds=(LEAST_CHARS, asked.MOST_MIN_CHARS),
        words=words,
        elsewhere=elsewhere,
        place=lambda path, **others: asked.place(path, request, **others),
    )


def _years(request: Request) -> Response:
    library: Library = request.app.state.library
    t = teller(language_of(request))
    report_id = asked.report(request)
    previous = asked.previous(request)
    kind = request.query_params.get("kind", "")
    kind = kind if kind in CHANGES else ""
    with library.quick() as archive:
        infos = archive.infos()
    info = _info(infos, report_id)
    result, reason, status = None, "", 200
    try:
        result = asked.years(request, report_id, previous)
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
        shown=sections_of(result, kind) if result else None,
        filter_words=filter_words,
        found=choice(
            candidates,
            filter_words,
            asked.page(request),
            listed=_CANDIDATES,
            first=info.official,
        ),
        words=words,
        changed_pieces=changed_pieces,
        clipped=clipped,
        place=lambda path, **others: asked.place(path, request, **others),
    )


def _info(infos: Sequence[ReportInfo], report_id: str) -> ReportInfo:
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
