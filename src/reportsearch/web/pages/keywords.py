"""Keywords: what reports, or groups of passages, are about that others are not."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.errors import NotFoundError, QueryError
from reportsearch.locale.query_reasons import translate_error
from reportsearch.models.keywords import GROUPING_FIELDS, Keywords
from reportsearch.output import tables
from reportsearch.web import analysis_form
from reportsearch.web.analysis_response import (
    SHOWN_GROUPS,
    TEMPLATE_FUNCTIONS,
    ArchiveCall,
    draw_picture,
    make_file_response,
)
from reportsearch.web.archive_service import ArchiveService
from reportsearch.web.templating import get_language, render

_DEFAULT_TOP = 20
_MAX_TOP = 100


def _build_call(request: Request, asked: analysis_form.AnalysisForm) -> ArchiveCall:
    analysis_form.check_reports(asked)
    return ArchiveCall.of(
        "keywords",
        reports=asked.reports,
        where=asked.where,
        query=asked.query or None,
        by=asked.by or None,
        top=analysis_form.read_integer(request, "top", _DEFAULT_TOP, 1, _MAX_TOP),
        with_formulae=analysis_form.read_text(request, "aside") == "1",
    )


def show(request: Request) -> Response:
    """The form, and the keywords of each group."""
    library: ArchiveService = request.app.state.library
    asked = analysis_form.read_form(request, library)
    found: Keywords | None = None
    drawn = None
    error = ""
    if request.query_params.keys() - {"lang"} and asked.known.infos:
        try:
            question = _build_call(request, asked)
            answer: Keywords = question.get_answer(library)
            found = answer
            drawn = draw_picture(
                library, question, found, get_language(request), len(answer.groups)
            )
        except (QueryError, NotFoundError) as wrong:
            error = translate_error(get_language(request), str(wrong))
    return render(
        request,
        "keywords.html",
        status=400 if error else 200,
        asked=asked,
        found=found,
        drawn=drawn,
        error=error,
        bys=GROUPING_FIELDS,
        top=analysis_form.read_integer(request, "top", _DEFAULT_TOP, 1, _MAX_TOP),
        aside=analysis_form.read_text(request, "aside") == "1",
        first=SHOWN_GROUPS,
        **TEMPLATE_FUNCTIONS,
    )


def download(request: Request) -> Response:
    """The same as a file."""
    asked = analysis_form.read_form(request, request.app.state.library)
    question = _build_call(request, asked)
    return make_file_response(
        request, question, "keywords", tables.keywords.format_csv, get_language(request)
    )


ROUTES = (
    Route("/keywords", show, name="keywords"),
    Route("/keywords.{ending}", download, name="keywords_file"),
)
