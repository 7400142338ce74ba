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
from reportsearch.locale import ENGLISH, translator
from reportsearch.locale.query_reasons import translate_error
from reportsearch.web import progress_page
from reportsearch.web.api import routes
from reportsearch.web.archive_service import ArchiveService
from reportsearch.web.indexing_jobs import IndexingJobs
from reportsearch.web.jobs import JobCancelledError, StillWorkingError
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
from reportsearch.web.security import SecurityMiddleware, TooLargeError
from reportsearch.web.settings import Settings
from reportsearch.web.templating import get_environment, get_language, render

_LOG = logging.getLogger("reportsearch.web")
_STATIC = Path(__file__).with_name("static")
ROUTES: tuple[BaseRoute, ...] = (
    *add.ROUTES,
    *routes.ROUTES,
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
    *progress_page.ROUTES,
)


def create_app(settings: Settings) -> Starlette:
    """The page over an index, which is made if there is none."""
    library = ArchiveService(settings.index)
    runs = IndexingJobs(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        warming = threading.Thread(target=partial(_warm_up, library), daemon=True)
        warming.start()
        yield
        warming.join()
        runs.close()
        library.close()

    app = Starlette(
        routes=[*ROUTES, Mount("/static", StaticFiles(directory=_STATIC), name="static")],
        middleware=[
            Middleware(SecurityMiddleware, settings=settings, refused=_handle_refusal),
            Middleware(progress_page.WaitMiddleware, seconds=settings.wait_seconds),
        ],
        exception_handlers={
            HTTPException: _handle_http_error,
            NotFoundError: partial(_handle_own_error, status=404),
            JobCancelledError: partial(_handle_own_error, status=503),
            ReportSearchError: partial(_handle_own_error, status=400),
            StillWorkingError: progress_page.show_progress,
            TooLargeError: _handle_too_large,
            Exception: _handle_failure,
        },
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.library = library
    app.state.runs = runs
    app.state.sent_drafts = OrderedDict()
    return app


def _warm_up(library: ArchiveService) -> None:
    """Have ready what the first pages need."""
    library.warm_up()
    # The first page before the others.
    for template in ("base.html", "parts.html", "search.html", *get_environment().list_templates()):
        get_environment().get_template(template)


def _get_translator(request: Request) -> Callable[..., str]:
    """What gives texts: in the language of the page, to programs in English."""
    return translator(ENGLISH if routes.is_api_request(request.scope) else get_language(request))


def _render_problem(request: Request, status: int, what: str, how: str) -> Response:
    if routes.is_api_request(request.scope):
        return routes.make_error(status, how)
    return render(request, "problem.html", status=status, what=what, how=how)


def _handle_http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if routes.is_api_request(request.scope):
        return routes.make_refusal(error)
    t = _get_translator(request)
    if status == 404:
        return _render_problem(request, status, t("errors.missing"), t("errors.missing_how"))
    return _render_problem(request, status, t("errors.method"), t("errors.missing_how"))


def _handle_own_error(request: Request, error: Exception, status: int) -> Response:
    """What the program says of itself is one clear line with the remedy."""
    is_program = routes.is_api_request(request.scope)
    how = str(error) if is_program else translate_error(get_language(request), str(error))
    return _render_problem(request, status, _get_translator(request)("errors.wrong"), how)


def _handle_refusal(request: Request, status: int, reason: str) -> Response:
    t = _get_translator(request)
    if reason == "too_large":
        megabytes = request.app.state.settings.max_bytes // 2**20
        return _render_problem(
            request, status, t("errors.wrong"), t("errors.too_large", megabytes=megabytes)
        )
    how = t("errors.forbidden_how") if reason == "forbidden" else t(f"errors.{reason}")
    return _render_problem(request, status, t("errors.forbidden"), how)


def _handle_too_large(request: Request, _: Exception) -> Response:
    return _handle_refusal(request, 413, "too_large")


def _handle_failure(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    t = _get_translator(request)
    return _render_problem(request, 500, t("errors.internal"), t("errors.internal_how"))
