"""The application: addresses, pages, and what is said when something goes wrong."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from reportsearch.errors import NotFoundError, ReportSearchError
from reportsearch.web.guard import Guard, TooLargeError
from reportsearch.web.library import Library
from reportsearch.web.pages import compare, keywords, portfolios, search, topics
from reportsearch.web.rendering import language_of, render
from reportsearch.web.settings import Settings
from reportsearch.wording.web import teller

_LOG = logging.getLogger("reportsearch.web")
_STATIC = Path(__file__).with_name("static")
ROUTES: tuple[Route, ...] = (
    *search.ROUTES,
    *keywords.ROUTES,
    *topics.ROUTES,
    *compare.ROUTES,
    *portfolios.ROUTES,
)


def create_app(settings: Settings) -> Starlette:
    """The page over an index, which is made if there is none."""
    library = Library(settings.index)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        library.close()

    app = Starlette(
        routes=[*ROUTES, Mount("/static", StaticFiles(directory=_STATIC), name="static")],
        middleware=[Middleware(Guard, settings=settings, refused=_refused)],
        exception_handlers={
            HTTPException: _http,
            NotFoundError: partial(_said, status=404),
            ReportSearchError: partial(_said, status=400),
            TooLargeError: _too_large,
            Exception: _failed,
        },
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.library = library
    return app


def _problem(request: Request, status: int, what: str, how: str) -> Response:
    return render(request, "problem.html", status=status, what=what, how=how)


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    t = teller(language_of(request))
    if status == 404:
        return _problem(request, status, t("errors.missing"), t("errors.missing_how"))
    return _problem(request, status, t("errors.method"), t("errors.missing_how"))


def _said(request: Request, error: Exception, status: int) -> Response:
    """What the program says of itself is one clear line with the remedy."""
    t = teller(language_of(request))
    return _problem(request, status, t("errors.wrong"), str(error))


def _refused(request: Request, status: int, reason: str) -> Response:
    t = teller(language_of(request))
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
    t = teller(language_of(request))
    return _problem(request, 500, t("errors.internal"), t("errors.internal_how"))
