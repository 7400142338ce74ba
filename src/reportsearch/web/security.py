"""Security: admit only requests made by our own pages, to one of our addresses.

A page in the same browser can send requests to 127.0.0.1, and a name can later be bound to it (DNS
rebinding). The Host header must therefore be one of ours. Other sites may only link to a page: the
browser (Sec-Fetch-Site, else Origin or Referer) states where any other request comes from. Another
port of the same host (``same-site``) is another program, and so foreign. What changes something
must come from our own pages and have a secret in the form. Listening on an address other than
loopback requires a token.
"""

from __future__ import annotations

import hmac
import math
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportsearch.web.addresses import OwnHosts
from reportsearch.web.api.operation import PREFIX
from reportsearch.web.settings import Settings
from reportsearch.web.sign_in import SignIn

COOKIE = "reportsearch_session"
SAFE_METHODS = frozenset(("GET", "HEAD"))
SIGN_IN_PATH = "/sign-in"
_MAX_SIGN_IN_BYTES = 2**14
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # With no-referrer, browsers hide the Origin of our own forms, too.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Refusal = Callable[[Request, int, str], Response]
"""Renders a refusal from its status and the name of the reason."""


class TooLargeError(Exception):
    """Raised when a request has more bytes than are accepted."""


class SecurityMiddleware:
    """ASGI middleware; see the module docstring."""

    def __init__(self, app: ASGIApp, settings: Settings, sign_in: SignIn, refused: Refusal) -> None:
        self._app = app
        self._settings = settings
        self._sign_in = sign_in
        self._refused = refused
        self._hosts = OwnHosts(settings.host, settings.port, settings.allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or respond with a refusal."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        answer = self._check_request(request)
        if answer is not None:
            await answer(scope, receive, self._wrap_send(send))
            return
        receive = self._limit_receive(receive, self._max_bytes(scope))
        await self._app(scope, receive, self._wrap_send(send))

    def _max_bytes(self, scope: Scope) -> int:
        is_sign_in = scope["path"] == SIGN_IN_PATH
        return _MAX_SIGN_IN_BYTES if is_sign_in else self._settings.max_bytes

    def _check_request(self, request: Request) -> Response | None:
        """Return a refusal, a redirect that removes the token from the address, or None."""
        arrived_at = (request.scope.get("server") or ("",))[0]
        if not self._hosts.contains(request.headers.get("host", ""), arrived_at):
            return self._refused(request, 400, "host")
        if request.method in SAFE_METHODS:
            if _is_foreign(request.headers) and not _is_link_to_page(request):
                return self._refused(request, 403, "foreign")
        elif not _is_same_origin(request.headers):
            return self._refused(request, 403, "forbidden")
        if self._sign_in.is_required and not _is_public(request.url.path):
            answer = self._check_token(request)
            if answer is not None:
                return answer
        length = request.headers.get("content-length", "")
        if length.isdecimal() and int(length) > self._max_bytes(request.scope):
            return self._refused(request, 413, "too_large")
        return None

    def _check_token(self, request: Request) -> Response | None:
        shown = request.query_params.get("token") if request.method == "GET" else None
        if self._sign_in.is_session(request.cookies.get(COOKIE, "")):
            return None if shown is None else _redirect_without_token(request)
        bearer = _read_bearer(request.headers)
        if shown is None and bearer is None:
            return self._refused(request, 401, "token")
        refusal = try_token(self._sign_in, request, shown or bearer or "", self._refused)
        if refusal is not None or shown is None:
            return refusal
        answer = _redirect_without_token(request)
        store_session(answer, self._sign_in)
        return answer

    def _limit_receive(self, receive: Receive, max_bytes: int) -> Receive:
        taken = 0

        async def receive_counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > max_bytes:
                raise TooLargeError
            return message

        return receive_counted

    def _wrap_send(self, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        return send_with_headers


def try_token(sign_in: SignIn, request: Request, shown: str, refused: Refusal) -> Response | None:
    """Return None if the token is right, otherwise a refusal."""
    address = request.client.host if request.client else ""
    left = sign_in.limiter.seconds_left(address)
    if left > 0:
        answer = refused(request, 429, "guesses")
        answer.headers["Retry-After"] = str(math.ceil(left))
        return answer
    return None if sign_in.try_token(shown, address) else refused(request, 401, "wrong_token")


def store_session(answer: Response, sign_in: SignIn) -> None:
    """Store the session in a cookie."""
    answer.set_cookie(COOKIE, sign_in.session, httponly=True, samesite="strict")


def _redirect_without_token(request: Request) -> Response:
    left = [(key, value) for key, value in request.query_params.multi_items() if key != "token"]
    query = str(QueryParams(left))
    # Two slashes would begin the name of another host.
    path = "/" + request.url.path.lstrip("/\\")
    return RedirectResponse(path + (f"?{query}" if query else ""), 303)


def _read_bearer(headers: Headers) -> str | None:
    """Return the token that a program sends in the header Authorization."""
    scheme, _, shown = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    return shown.strip().encode("latin-1", "replace").decode("utf-8", "replace")


def _is_public(path: str) -> bool:
    """Return whether a path needs no token: the styles, and the form for the token."""
    return path.startswith("/static/") or path == SIGN_IN_PATH


def is_page(scope: Scope) -> bool:
    """Return whether a request is for a page, not for a file, a program or a posted form."""
    path: str = scope["path"]
    is_file = "." in path.rpartition("/")[2] or path == "/reuse/sheet"
    return (
        scope["method"] in SAFE_METHODS
        and not is_file
        and not path.startswith(f"{PREFIX}/")
        and "format" not in QueryParams(scope["query_string"])
    )


def _is_link_to_page(request: Request) -> bool:
    """Return whether the browser opens a page in a tab, and not ahead of time."""
    headers = request.headers
    purpose = headers.get("sec-purpose", "") + headers.get("purpose", "")
    return (
        headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
        and "prefetch" not in purpose
        and is_page(request.scope)
    )


def _is_foreign(headers: Headers) -> bool:
    """Return whether the browser states that another site sent the request."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    source = headers.get("origin", headers.get("referer"))
    return source is not None and not _is_own_page(source, headers)


def _is_same_origin(headers: Headers) -> bool:
    """Return whether the browser states that one of our pages sent the request."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return _is_own_page(headers.get("origin", ""), headers)


def _is_own_page(address: str, headers: Headers) -> bool:
    try:
        return urlsplit(address).netloc.lower() == headers.get("host", "").lower() != ""
    except ValueError:
        return False


def is_form_key(settings: Settings, shown: object) -> bool:
    """Return whether a form came with the secret of this run."""
    return isinstance(shown, str) and hmac.compare_digest(
        shown.encode("utf-8", "surrogatepass"), settings.form_key.encode()
    )
