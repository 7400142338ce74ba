"""Forms that change something: they carry the secret of this run, and their files are spooled."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reportsearch.web.archive_service import get_folder
from reportsearch.web.security import is_form_key
from reportsearch.web.settings import Settings
from reportsearch.web.templating import get_translator, render_forbidden, render_problem

_MAX_FIELDS = 40
Action = Callable[[Request, FormData], Response]


def form_endpoint(
    action: Action, max_fields: int = _MAX_FIELDS
) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that reads a form; only part of each file is held in memory."""

    async def answer(request: Request) -> Response:
        settings: Settings = request.app.state.settings
        try:
            # A file input without a file sends an empty one.
            form = await request.form(max_files=settings.max_files + 2, max_fields=max_fields)
        except HTTPException:
            return await run_in_threadpool(_refuse_upload, request, settings.max_files)
        try:
            if not is_form_key(settings, form.get("form_key")):
                return render_forbidden(request)
            return await run_in_threadpool(action, request, form)
        finally:
            await form.close()

    return answer


def _refuse_upload(request: Request, max_files: int) -> Response:
    t = get_translator(request)
    how = t(
        "Upload rejected: more than {files} files, or the transfer was interrupted. Send "
        "fewer at a time, or copy the files to {folder} and press “Rescan folder”.",
        files=max_files,
        folder=get_folder(request),
    )
    return render_problem(request, how)


def get_text(form: FormData, name: str) -> str:
    """Return a text of a form; empty if it is missing or a file."""
    value = form.get(name)
    return value if isinstance(value, str) else ""
