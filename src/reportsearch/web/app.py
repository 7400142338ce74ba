"""The application: addresses, pages, and what is said when something goes wrong."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from reportsearch.errors import NotFoundError, ReportSearchError
from reportsearch.locale import ENGLISH, teller
from reportsearch.locale.query_reasons import said
from reportsearch.web import progress_page as waiting
from reportsearch.web.api import routes as api_answers
from reportsearch.web.archive_service import Library
from reportsearch.web.indexing_jobs import Runs
from reportsearch.web.jobs import CalledOffError, StillWorkingError
from reportsearch.web.pages import (
    add,
    compare,
    correct,
    keywords,
    portfolios,
    report,
    report_analyses,
    reuse,
    search,
    similar,
    topics,
)
from reportsearch.web.pages import help as help_page
from reportsearch.web.security import Guard, TooLargeError
from reportsearch.web.settings import Settings
from reportsearch.web.templating import environment, language_of, render

_LOG = logging.getLogger("reportsearch.web")
_STATIC = Path(__file__).with_name("static")
ROUTES: tuple[BaseRoute, ...] = (
    *add.ROUTES,
    *api_answers.ROUTES,
    *compare.ROUTES,
    *correct.ROUTES,
    *help_page.ROUTES,
    *keywords.ROUTES,
    *portfolios.ROUTES,
    *report.ROUTES,
    *report_analyses.ROUTES,
    *reuse.ROUTES,
    *search.ROUTES,
    *similar.ROUTES,
    *topics.ROUTES,
    *waiting.ROUTES,
)


def create_app(settings: Settings) -> Starlette:
    """The page over an index, which is made if there is none."""
    library = Library(settings.index)
    runs = Runs(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        warming = threading.Thread(target=partial(_warm, library), daemon=True)
        warming.start()
        yield
        warming.join()
        runs.close()
        library.close()

    app = Starlette(
        routes=[*ROUTES, Mount("/static", StaticFiles(directory=_STATIC), name="static")],
        middleware=[
            Middleware(Guard, settings=settings, refused=_refused),
            Middleware(waiting.Patience, seconds=settings.patience),
        ],
        exception_handlers={
            HTTPException: _http,
            NotFoundError: partial(_said, status=404),
            CalledOffError: partial(_said, status=503),
            ReportSearchError: partial(_said, status=400),
            StillWorkingError: waiting.working,
            TooLargeError: _too_large,
            Exception: _failed,
        },
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.library = library
    app.state.runs = runs
    app.state.sent_drafts = OrderedDict()
    return app


def _warm(library: Library) -> None:
    """Have ready what the first pages need."""
    library.warm()
    # The first page before the others.
    for template in ("base.html", "parts.html", "search.html", *environment().list_templates()):
        environment().get_template(template)


def _told(request: Request) -> Callable[..., str]:
    """What gives texts: in the language of the page, to programs in English."""
    return teller(ENGLISH if api_answers.is_asked(request.scope) else language_of(request))


def _problem(request: Request, status: int, what: str, how: str) -> Response:
    if api_answers.is_asked(request.scope):
        return api_answers.error(status, how)
    return render(request, "problem.html", status=status, what=what, how=how)


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if api_answers.is_asked(request.scope):
        return api_answers.refused(error)
    t = _told(request)
    if status == 404:
        return _problem(request, status, t("errors.missing"), t("errors.missing_how"))
    return _problem(request, status, t("errors.method"), t("errors.missing_how"))


def _said(request: Request, error: Exception, status: int) -> Response:
    """What the program says of itself is one clear line with the remedy."""
    is_program = api_answers.is_asked(request.scope)
    how = str(error) if is_program else said(language_of(request), str(error))
    return _problem(request, status, _told(request)("errors.wrong"), how)


def _refused(request: Request, status: int, reason: str) -> Response:
    t = _told(request)
    if reason == "too_large":
        megabytes = request.app.state.settings.most_bytes // 2**20
        return _problem(
            request, status, t("errors.wrong"), t("errors.too_large", megabytes=megabytes)
        )
    how = t("errors.forbidden_how") if reason == "forbidden" else t(f"errors.{reason}")
    return _problem(request, status, t("errors.forbidden"), how)


def _too_large(request: Request, _: Exception) -> Response:
    return _refused(request, 413, "too_large")


def _failed(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    t = _told(request)
    return _problem(request, 500, t("errors.internal"), t("errors.internal_how"))
