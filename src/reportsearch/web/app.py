"""The application: its routes, its lifespan, and its error handlers."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from reportsearch.errors import Message, NotFoundError, ReportSearchError
from reportsearch.locale import ENGLISH, PAGE, Translator
from reportsearch.web import progress_page
from reportsearch.web.api import routes
from reportsearch.web.archive_service import ArchiveService
from reportsearch.web.corrections_view import PendingCorrections
from reportsearch.web.indexing_jobs import IndexingJobs
from reportsearch.web.jobs import JobCancelledError, StillWorkingError
from reportsearch.web.pages import (
    add,
    compare,
    correct_reports,
    keywords,
    manage_reports,
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
from reportsearch.web.templating import (
    FAILED,
    FORBIDDEN,
    FORBIDDEN_REMEDY,
    get_environment,
    get_translator,
    render_problem,
)

_LOG = logging.getLogger("reportsearch.web")
_STATIC = Path(__file__).with_name("static")
_MISSING = Message("Page not found")
_MISSING_REMEDY = Message(
    "The address may be incomplete, or the report was removed. Start from the search page."
)
_WRONG_METHOD = Message("This page does not support the request")
_INTERNAL = Message("Internal error")
_INTERNAL_REMEDY = Message(
    "Report the error shown in the startup window to the maintainer. The index is unchanged."
)
_REFUSALS = {
    "forbidden": FORBIDDEN_REMEDY,
    "host": Message("This address is not allowed. Use the address shown at startup."),
    "token": Message("A token is required. Use the full address shown at startup."),
}
"""What the reader can do about a refused request, by the reason of security.py."""
ROUTES: tuple[BaseRoute, ...] = (
    *add.ROUTES,
    *routes.ROUTES,
    *compare.ROUTES,
    *correct_reports.ROUTES,
    *help_page.ROUTES,
    *keywords.ROUTES,
    *manage_reports.ROUTES,
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
    """Create the application for an index, which is created if missing."""
    service = ArchiveService(settings.index)
    indexing = IndexingJobs(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        warming = threading.Thread(target=partial(_warm_up, service), daemon=True)
        warming.start()
        yield
        warming.join()
        indexing.close()
        service.close()

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
            ClientDisconnect: _handle_disconnect,
            Exception: _handle_failure,
        },
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.service = service
    app.state.indexing = indexing
    app.state.sent_drafts = OrderedDict()
    app.state.pending_corrections = PendingCorrections()
    return app


def _warm_up(service: ArchiveService) -> None:
    """Load what the first pages need."""
    service.warm_up()
    # Templates of the first page come first.
    for template in ("base.html", "parts.html", "search.html", *get_environment().list_templates()):
        get_environment().get_template(template)


def _choose_translator(request: Request) -> Translator:
    """Return the texts in the language of the page; in English for programs."""
    is_api = routes.is_api_request(request.scope)
    return Translator(ENGLISH) if is_api else get_translator(request)


def _answer_problem(request: Request, status: int, title: Message, how: str) -> Response:
    if routes.is_api_request(request.scope):
        return routes.make_error(status, how)
    return render_problem(request, how, title=title, status=status)


def _handle_http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if routes.is_api_request(request.scope):
        return routes.make_refusal(error)
    title = _MISSING if status == 404 else _WRONG_METHOD
    how = _choose_translator(request).translate(_MISSING_REMEDY)
    return _answer_problem(request, status, title, how)


def _handle_own_error(request: Request, error: Exception, status: int) -> Response:
    """Show an error of the program, which is one clear line with a remedy."""
    message = error.message if isinstance(error, ReportSearchError) else str(error)
    how = _choose_translator(request).translate(message, PAGE)
    return _answer_problem(request, status, FAILED, how)


def _handle_refusal(request: Request, status: int, reason: str) -> Response:
    t = _choose_translator(request)
    if reason == "too_large":
        megabytes = request.app.state.settings.max_bytes // 2**20
        how = t("Too large; the limit is {megabytes} MB. Send it in parts.", megabytes=megabytes)
        return _answer_problem(request, status, FAILED, how)
    return _answer_problem(request, status, FORBIDDEN, t.translate(_REFUSALS[reason]))


def _handle_too_large(request: Request, _: Exception) -> Response:
    return _handle_refusal(request, 413, "too_large")


def _handle_disconnect(_: Request, __: Exception) -> Response:
    """Answer a form of which only a part came; no one reads this, but it is no failure to log."""
    return Response(status_code=400)


def _handle_failure(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    how = _choose_translator(request).translate(_INTERNAL_REMEDY)
    return _answer_problem(request, 500, _INTERNAL, how)
