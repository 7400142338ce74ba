"""The form for the token, shown in place of a page until the token is entered."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportsearch.errors import Message
from reportsearch.web.posted_forms import get_text
from reportsearch.web.security import SIGN_IN_PATH, store_session, try_token
from reportsearch.web.sign_in import SignIn
from reportsearch.web.templating import build_changed_address, get_translator, render

_TITLE = Message("Token required")
_REASONS = {
    "token": Message("Enter the token with which this page was started."),
    "wrong_token": Message("This is not the token, or the address has been used before."),
    "guesses": Message("Too many wrong tokens were entered here. Wait a few minutes."),
}
REASONS = frozenset(_REASONS)
"""The reasons of security.py that are answered with the form."""


def render_form(request: Request, status: int, reason: str, after: str = "") -> Response:
    """Render the form; ``after`` is the address to open next, by default that of the request."""
    t = get_translator(request)
    return render(
        request,
        "sign_in.html",
        status=status,
        what=t.translate(_TITLE),
        how=t.translate(_REASONS[reason]),
        next=after or build_changed_address(request, token=None),
    )


async def sign_in(request: Request) -> Response:
    """Check the token that was entered."""
    try:
        async with request.form(max_files=0, max_fields=4) as form:
            shown, after = get_text(form, "token"), _read_own_address(get_text(form, "next"))
    except HTTPException:
        return render_form(request, 400, "token", "/")
    state: SignIn = request.app.state.sign_in
    if state.is_required:
        refusal = try_token(
            state,
            request,
            shown,
            lambda request, status, reason: render_form(request, status, reason, after),
        )
        if refusal is not None:
            return refusal
    answer = RedirectResponse(after, 303)
    store_session(answer, state)
    return answer


def _read_own_address(given: str) -> str:
    return given if given.startswith("/") and not given.startswith(("//", "/\\")) else "/"


ROUTES = (Route(SIGN_IN_PATH, sign_in, methods=["POST"]),)
