"""The keyword page: the distinctive terms of reports or groups of passages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.errors import Message, NotFoundError
from reportsearch.models.keywords import BOILERPLATE, COMMON, NAME, SET_PHRASE
from reportsearch.output.tables import keywords
from reportsearch.web import analysis_page
from reportsearch.web.address_values import read_integer, read_text
from reportsearch.web.analysis_form import AnalysisForm, read_form
from reportsearch.web.analysis_page import AnalysisAnswer, ArchiveCall
from reportsearch.web.analysis_threads import analysis_endpoint
from reportsearch.web.archive_service import NO_REPORT

_DEFAULT_TOP = 20
_MAX_TOP = 100
_REASONS = {
    SET_PHRASE: Message("in set phrases only"),
    BOILERPLATE: Message("common to all reports"),
    COMMON: Message("as frequent elsewhere"),
    NAME: Message("place, post or name"),
}
"""Why a term is not listed."""


def _read_top(request: Request) -> int:
    return read_integer(request, "top", _DEFAULT_TOP, 1, _MAX_TOP)


def _build_call(request: Request, form: AnalysisForm) -> ArchiveCall:
    if not all(map(form.choices.is_report, form.reports)):
        raise NotFoundError(NO_REPORT)
    return ArchiveCall.of(
        "keywords",
        reports=form.reports,
        where=form.where,
        query=form.query or None,
        by=form.by or None,
        top=_read_top(request),
        with_formulae=read_text(request, "aside") == "1",
    )


def show(request: Request) -> Response:
    """Show the form and the keywords of each group."""
    form = read_form(request)
    answer = AnalysisAnswer()
    if analysis_page.is_asked(request, form):
        answer = analysis_page.find_answer(
            request, lambda: _build_call(request, form), lambda found: len(found.groups)
        )
    return analysis_page.render_page(
        request,
        "keywords.html",
        form,
        answer,
        top=_read_top(request),
        with_formulae=read_text(request, "aside") == "1",
        reasons=_REASONS,
    )


def download(request: Request) -> Response:
    """Return the answer as a file."""
    call = _build_call(request, read_form(request))
    return analysis_page.download(request, call, "keywords", keywords.format_csv)


ROUTES = (
    Route("/keywords", analysis_endpoint(show), name="keywords"),
    Route("/keywords.{ending}", analysis_endpoint(download), name="keywords_file"),
)
