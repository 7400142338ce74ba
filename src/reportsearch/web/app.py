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
from reportsearch.web.analysis_threads import AnalysisThreads
from reportsearch.web.api import routes
from reportsearch.web.archive_service import ArchiveService
from reportsearch.web.corrections_view import PendingCorrections
from reportsearch.web.indexing_jobs import IndexingJobs
from reportsearch.web.jobs import RETRY_SECONDS, BusyError, JobCancelledError, StillWorkingError
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
    sign_in,
    similar,
    topics,
    verify,
)
from reportsearch.web.pages import help as help_page
from reportsearch.web.security import SecurityMiddleware, TooLargeError
from reportsearch.web.settings import Settings
from reportsearch.web.sign_in import SignIn
from reportsearch.web.templating import (
    FAILED,
    FORBIDDEN,
    FORBIDDEN_REMEDY,
    get_environment,
    get_translator,
    render_problem,
)
from reportsearch.web.verification import DailyVerification

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
    "foreign": Message(
        "The request came from another web site. Open the address in a new tab, or start from the "
        "search page."
    ),
    "host": Message(
        "This address is not allowed. Use the address shown at startup, or start the page with "
        "--allowed-host and this name."
    ),
    "token": Message("Send the token as Authorization: Bearer TOKEN."),
    "wrong_token": Message("This is not the token."),
    "guesses": Message("Too many wrong tokens. Wait as long as Retry-After says."),
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
    *sign_in.ROUTES,
    *similar.ROUTES,
    *topics.ROUTES,
    *verify.ROUTES,
    *progress_page.ROUTES,
)


def create_app(settings: Settings) -> Starlette:
    """Create the application for an index, which is created if missing."""
    service = ArchiveService(settings.index)
    indexing = IndexingJobs(settings)
    analysis_threads = AnalysisThreads()
    signing_in = SignIn(settings.token)
    verification = DailyVerification(settings.index, settings.verify_seconds)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        warming = threading.Thread(target=partial(_warm_up, service), daemon=True)
        warming.start()
        verification.start()
        yield
        verification.stop()
        warming.join()
        indexing.close()
        service.close()
        analysis_threads.close()

    app = Starlette(
        routes=[*ROUTES, Mount("/static", StaticFiles(directory=_STATIC), name="static")],
        middleware=[
            Middleware(
                SecurityMiddleware, settings=settings, sign_in=signing_in, refused=_handle_refusal
            ),
            Middleware(progress_page.WaitMiddleware, seconds=settings.wait_seconds),
        ],
        exception_handlers={
            HTTPException: _handle_http_error,
            NotFoundError: partial(_handle_own_error, status=404),
            BusyError: _handle_busy,
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
    app.state.sign_in = signing_in
    app.state.analysis_threads = analysis_threads
    app.state.verification = verification
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


def _handle_busy(request: Request, error: Exception) -> Response:
    answer = _handle_own_error(request, error, 503)
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _handle_refusal(request: Request, status: int, reason: str) -> Response:
    t = _choose_translator(request)
    if reason == "too_large":
        megabytes = request.app.state.settings.max_bytes // 2**20
        how = t("Too large; the limit is {megabytes} MB. Send it in parts.", megabytes=megabytes)
        return _answer_problem(request, status, FAILED, how)
    if reason in sign_in.REASONS and not routes.is_api_request(request.scope):
        return sign_in.render_form(request, status, reason)
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
