"""Keywords: what reports, or groups of passages, are about that others are not."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.errors import NotFoundError, QueryError
from reportsearch.locale.query_reasons import said
from reportsearch.models.keywords import GROUPED_BY, Keywords
from reportsearch.output import tables as display
from reportsearch.web import analysis_form as asking
from reportsearch.web.analysis_response import FIGURES, FIRST, Question, file, picture
from reportsearch.web.archive_service import Library
from reportsearch.web.templating import language_of, render

_TOP = 20
_MOST = 100


def _question(request: Request, asked: asking.Asked) -> Question:
    asking.check_reports(asked)
    return Question.of(
        "keywords",
        reports=asked.reports,
        where=asked.where,
        query=asked.query or None,
        by=asked.by or None,
        top=asking.whole(request, "top", _TOP, 1, _MOST),
        with_formulae=asking.text(request, "aside") == "1",
    )


def show(request: Request) -> Response:
    """The form, and the keywords of each group."""
    library: Library = request.app.state.library
    asked = asking.ask(request, library)
    found: Keywords | None = None
    drawn = None
    error = ""
    if request.query_params.keys() - {"lang"} and asked.known.infos:
        try:
            question = _question(request, asked)
            answer: Keywords = question.answer(library)
            found = answer
            drawn = picture(library, question, found, language_of(request), len(answer.groups))
        except (QueryError, NotFoundError) as wrong:
            error = said(language_of(request), str(wrong))
    return render(
        request,
        "keywords.html",
        status=400 if error else 200,
        asked=asked,
        found=found,
        drawn=drawn,
        error=error,
        bys=GROUPED_BY,
        top=asking.whole(request, "top", _TOP, 1, _MOST),
        aside=asking.text(request, "aside") == "1",
        first=FIRST,
        **FIGURES,
    )


def download(request: Request) -> Response:
    """The same as a file."""
    asked = asking.ask(request, request.app.state.library)
    question = _question(request, asked)
    return file(request, question, "keywords", display.keywords.rows, language_of(request))


ROUTES = (
    Route("/keywords", show, name="keywords"),
    Route("/keywords.{ending}", download, name="keywords_file"),
)
