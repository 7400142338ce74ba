"""The page shown while an analysis runs; it reloads until the answer is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from reportsearch.errors import NotFoundError
from reportsearch.locale import has_text, read_texts
from reportsearch.web.analysis_form import format_title
from reportsearch.web.api.operation import PREFIX
from reportsearch.web.archive_service import WAIT_SECONDS, get_service
from reportsearch.web.jobs import Job, StillWorkingError
from reportsearch.web.posted_forms import form_endpoint, get_text
from reportsearch.web.security import SAFE_METHODS
from reportsearch.web.templating import get_language, get_translator, render

_REFRESH_SECONDS = "1"
"""Seconds until the page reloads."""
_SECTIONS = ("similar", "reuse", "keywords", "topics", "compare", "portfolios", "summary", "facts")
"""Analyses by the first or last part of their addresses."""
_MAX_VALUE_CHARS = 100
"""The most characters shown of a value of an address."""
_MAX_VALUES = 12


class WaitMiddleware:
    """ASGI middleware that sets how long a request waits for an analysis.

    Pages wait for a short while, then show the progress. Programs, downloads and posted forms
    cannot reload, so they wait until it is finished.
    """

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http":
            WAIT_SECONDS.set(self._seconds if _is_page(scope) else None)
        await self._app(scope, receive, send)


def _is_page(scope: Scope) -> bool:
    path: str = scope["path"]
    is_file = "." in path.rpartition("/")[2] or path == "/reuse/sheet"
    return (
        scope["method"] in SAFE_METHODS
        and not is_file
        and not path.startswith(f"{PREFIX}/")
        and "format" not in QueryParams(scope["query_string"])
    )


def show_progress(request: Request, error: Exception) -> Response:
    """Render the page of a running analysis."""
    assert isinstance(error, StillWorkingError)  # noqa: S101 - the handler of these alone
    job = error.job
    response = render(
        request,
        "waiting.html",
        status=202,
        what=_translate_analysis(request),
        parameters=list(_iter_parameters(request)),
        job=job,
        seconds=int(job.elapsed_seconds),
        stage=_translate_stage(request, job),
        queue_position=get_service(request).queue_position(job),
    )
    # A header instead of <meta>: browsers treat them the same, and the page stays accessible.
    response.headers["Refresh"] = _REFRESH_SECONDS
    response.headers["Cache-Control"] = "no-store"
    return response


def _translate_analysis(request: Request) -> str:
    """Return the name of the analysis as in the menu."""
    t = get_translator(request)
    parts = request.url.path.strip("/").split("/")
    section = next((part for part in (parts[-1], parts[0]) if part in _SECTIONS), "")
    return t(f"waiting.{section}" if has_text(f"waiting.{section}") else f"common.{section}")


def _translate_stage(request: Request, job: Job[Any]) -> str:
    texts = read_texts("stages").get(job.stage)
    if texts is None:
        return ""
    return texts[0] if get_language(request) == "zh" else texts[1]


def _iter_parameters(request: Request) -> Iterator[tuple[str, str]]:
    """Yield the parameters of the request with their labels."""
    t = get_translator(request)
    key = request.path_params.get("key") or request.query_params.get("report", "")
    if key:
        with suppress(NotFoundError):
            yield t("common.report"), format_title(get_service(request).get_report(key).info)
    shown = 0
    for name, value in request.query_params.multi_items():
        label = "waiting.query" if name == "q" else f"waiting.{name}"
        if not has_text(label):
            label = f"common.{name}"
        if not value.strip() or name == "report" or not has_text(label) or shown == _MAX_VALUES:
            continue
        shown += 1
        group = f"common.{value}" if name == "by" else ""
        yield t(label), t(group) if has_text(group) else value[:_MAX_VALUE_CHARS]


def _cancel(request: Request, form: FormData) -> Response:
    is_cancelled = get_service(request).cancel(request.path_params["job"])
    back = get_text(form, "back")
    t = get_translator(request)
    return render(
        request,
        "waiting_ended.html",
        status=200 if is_cancelled else 404,
        is_cancelled=is_cancelled,
        # Only to an address of ours.
        back=back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/",
        what=t("waiting.called_off" if is_cancelled else "waiting.not_there"),
    )


ROUTES = (Route("/waiting/{job}/stop", form_endpoint(_cancel), methods=["POST"]),)
