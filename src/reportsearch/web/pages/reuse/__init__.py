"""The pages of text reuse (查重): of a report, and of its comparison with the report before."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.errors import NotFoundError, QueryError
from reportsearch.models.reuse import DEFAULT_MIN_CHARS, LOWEST_MIN_CHARS
from reportsearch.models.year_on_year import CHANGED, DROPPED, KEPT, NEW
from reportsearch.output.prose import reuse, year_on_year
from reportsearch.output.reuse_numbering import SourceEntry
from reportsearch.output.text_diff import diff_changed_sentence
from reportsearch.web.address_values import paginate, read_page_number
from reportsearch.web.analysis_threads import analysis_endpoint, get_threads
from reportsearch.web.archive_service import get_service, key_of
from reportsearch.web.pages.reuse import form
from reportsearch.web.pages.reuse.downloads import as_csv, as_document, as_json, as_sheet
from reportsearch.web.pages.reuse.drafts import check
from reportsearch.web.pages.reuse.front import REPORTS_PER_PAGE, render_front
from reportsearch.web.pages.reuse.pairs import show_pairs
from reportsearch.web.report_picker import find_reports
from reportsearch.web.reuse_view import build_reuse_view, clip_pieces
from reportsearch.web.templating import get_translator, render
from reportsearch.web.year_on_year_view import build_year_on_year_view

CHANGES = (KEPT, CHANGED, NEW, DROPPED)


async def show(request: Request) -> Response:
    """Show the front page, which waits for no analysis, or that of a report."""
    if not request.query_params.get("report"):
        return await run_in_threadpool(render_front, request)
    answer = _show_years if form.is_year_on_year(request) else _show_report
    return await get_threads(request).run(request, answer, request)


def _show_report(request: Request) -> Response:
    report_id = form.read_report_id(request)
    only = form.read_report_id(request, "source") if request.query_params.get("source") else None
    min_chars, is_valid = form.read_min_chars(request)
    result = form.get_reuse(request, report_id)

    def build_source_address(entry: SourceEntry) -> str:
        key = key_of(entry.source.report.id)
        return form.build_report_address("/reuse", request, source=key) + "#evidence"

    shown = build_reuse_view(
        result,
        get_translator(request),
        only=only,
        page=read_page_number(request),
        elsewhere=build_source_address,
    )
    t, error = get_translator(request), ""
    if not is_valid:
        error = t(
            "The minimum run must be a whole number from {least} to {most}. Used below: {used}.",
            least=LOWEST_MIN_CHARS,
            most=form.MAX_MIN_CHARS,
            used=DEFAULT_MIN_CHARS,
        )
    return render(
        request,
        "reuse_report.html",
        status=200 if is_valid else 400,
        error=error,
        result=result,
        shown=shown,
        only=next((entry for entry in shown.numbered if entry.source.report.id == only), None),
        given_min_chars=request.query_params.get("min_chars", "")[:20] or min_chars,
        min_chars_bounds=(LOWEST_MIN_CHARS, form.MAX_MIN_CHARS),
        words=reuse,
        build_source_address=build_source_address,
        build_report_address=lambda path: form.build_report_address(path, request),
    )


def _show_years(request: Request) -> Response:
    service, t = get_service(request), get_translator(request)
    info = service.get_report(request.query_params["report"]).info
    previous = form.read_previous_id(request)
    kind = request.query_params.get("kind", "")
    kind = kind if kind in CHANGES else ""
    with service.for_search() as archive:
        infos = archive.infos()
    result, reason, status = None, "", 200
    try:
        result = form.get_year_on_year(request, info.id, previous)
    except NotFoundError:
        reason = t("No earlier report by this official.")
    except QueryError:
        reason = t("A report cannot be compared with itself. Choose another one.")
        status = 400
    candidates = [other for other in infos if other.id != info.id]
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
        page=paginate(
            request, find_reports(candidates, filter_words, info.person), REPORTS_PER_PAGE
        ),
        year_on_year=year_on_year,
        diff_changed_sentence=diff_changed_sentence,
        clip_pieces=clip_pieces,
        build_report_address=lambda path: form.build_report_address(path, request),
    )


ROUTES = (
    Route("/reuse", show, name="reuse"),
    Route("/reuse", check, methods=["POST"]),
    Route("/reuse/pairs", analysis_endpoint(show_pairs)),
    Route("/reuse/sheet", analysis_endpoint(as_sheet)),
    Route("/reuse.docx", analysis_endpoint(as_document)),
    Route("/reuse.json", analysis_endpoint(as_json)),
    Route("/reuse.csv", analysis_endpoint(as_csv)),
)
