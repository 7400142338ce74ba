"""The page shown while an analysis runs; it reloads until the answer is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from reportsearch.errors import Message, NotFoundError
from reportsearch.web.analysis_form import format_title
from reportsearch.web.archive_service import WAIT_SECONDS, get_service
from reportsearch.web.jobs import KEEP_SECONDS, StillWorkingError
from reportsearch.web.labels import FIELD_LABELS
from reportsearch.web.posted_forms import form_endpoint, get_text
from reportsearch.web.security import is_page
from reportsearch.web.templating import get_translator, render

_REFRESH_SECONDS = "1"
"""Seconds until the page reloads."""
_SECTIONS = {
    "similar": Message("Similar"),
    "reuse": Message("Reuse"),
    "keywords": Message("Keywords"),
    "topics": Message("Topics"),
    "compare": Message("Compare"),
    "portfolios": Message("Portfolios and figures"),
    "summary": Message("Summary of a report"),
    "facts": Message("Facts of a report"),
}
"""Analyses by the first or last part of their addresses."""
_PARAMETERS = {
    **FIELD_LABELS,
    "q": Message("Query"),
    "by": Message("Group by"),
    "values": Message("Selected groups"),
    "term": Message("Terms"),
    "topics": Message("Topics"),
    "chars": Message("Characters"),
    "min_chars": Message("Minimum run of characters"),
    "passage": Message("Passage"),
}
"""Parameters of addresses that are shown."""
_MAX_VALUE_CHARS = 100
"""Maximum number of characters shown of a value of an address."""
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
            WAIT_SECONDS.set(self._seconds if is_page(scope) else None)
        await self._app(scope, receive, send)


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
        keep_minutes=round(KEEP_SECONDS / 60),
        seconds=int(job.elapsed_seconds),
        stage=get_translator(request).translate(job.stage),
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
    return t.translate(next(_SECTIONS[part] for part in (parts[-1], parts[0]) if part in _SECTIONS))


def _iter_parameters(request: Request) -> Iterator[tuple[str, str]]:
    """Yield the parameters of the request with their labels."""
    t = get_translator(request)
    key = request.path_params.get("key") or request.query_params.get("report", "")
    if key:
        with suppress(NotFoundError):
            yield t("Report"), format_title(get_service(request).get_report(key).info)
    shown = 0
    for name, value in request.query_params.multi_items():
        label = _PARAMETERS.get(name)
        if not value.strip() or name == "report" or label is None or shown == _MAX_VALUES:
            continue
        shown += 1
        group = FIELD_LABELS.get(value) if name == "by" else None
        yield t.translate(label), t.translate(group) if group else value[:_MAX_VALUE_CHARS]


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
        what=t("Stopped") if is_cancelled else t("No such analysis"),
    )


ROUTES = (Route("/waiting/{job}/stop", form_endpoint(_cancel), methods=["POST"]),)
