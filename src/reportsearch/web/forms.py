"""Forms that change something: they come with the secret of this run, and their files spooled."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reportsearch.locale import translator
from reportsearch.web.security import is_form_key
from reportsearch.web.settings import Settings
from reportsearch.web.templating import get_language, render

_MAX_FIELDS = 40
Action = Callable[[Request, FormData], Response]


def render_problem(request: Request, what: str, how: str, status: int = 400) -> Response:
    """A page that says what did not work, and what to do."""
    return render(request, "problem.html", status=status, what=what, how=how)


def form_endpoint(action: Action) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for a function of a form; no more than a part of each file is in memory."""

    async def answer(request: Request) -> Response:
        settings: Settings = request.app.state.settings
        t = translator(get_language(request))
        try:
            # A box for files in which none was chosen sends an empty one.
            form = await request.form(max_files=settings.max_files + 2, max_fields=_MAX_FIELDS)
        except HTTPException:
            how = t("add.not_taken", files=settings.max_files, folder=settings.folder)
            return render_problem(request, t("errors.wrong"), how)
        try:
            if not is_form_key(settings, form.get("form_key")):
                return render_problem(
                    request, t("errors.forbidden"), t("errors.forbidden_how"), status=403
                )
            return await run_in_threadpool(action, request, form)
        finally:
            await form.close()

    return answer


def get_text(form: FormData, name: str) -> str:
    """A text of a form; empty where there is none, or a file in its place."""
    value = form.get(name)
    return value if isinstance(value, str) else ""
