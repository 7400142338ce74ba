"""Security: admit only requests made by our own pages, to one of our addresses.

A page in the same browser can send requests to 127.0.0.1, and a name can later be bound to it (DNS
rebinding). The Host header must therefore be one of ours. Requests that change something must come
from our own pages, according to the browser (Sec-Fetch-Site, Origin) and a secret in the form.
Listening on an address other than loopback requires a token.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportsearch.web.settings import Settings

COOKIE = "reportsearch_token"
SAFE_METHODS = frozenset(("GET", "HEAD"))
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Refusal = Callable[[Request, int, str], Response]
"""Renders a refusal from its status and the name of the reason."""


class TooLargeError(Exception):
    """Raised when a request has more bytes than are accepted."""


class SecurityMiddleware:
    """ASGI middleware; see the module docstring."""

    def __init__(self, app: ASGIApp, settings: Settings, refused: Refusal) -> None:
        self._app = app
        self._settings = settings
        self._refused = refused

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
        await self._app(scope, self._limit_receive(receive), self._wrap_send(send))

    def _check_request(self, request: Request) -> Response | None:
        """Return a refusal, a redirect that removes the token from the address, or None."""
        if request.headers.get("host", "").lower() not in self._settings.hosts:
            return self._refused(request, 400, "host")
        if self._settings.token:
            shown = request.query_params.get("token")
            if shown is not None and self._is_token(shown):
                return self._store_token(request)
            if not self._is_token(request.cookies.get(COOKIE, "")):
                return self._refused(request, 401, "token")
        if request.method not in SAFE_METHODS and not self._is_same_origin(request.headers):
            return self._refused(request, 403, "forbidden")
        length = request.headers.get("content-length", "")
        if length.isdecimal() and int(length) > self._settings.max_bytes:
            return self._refused(request, 413, "too_large")
        return None

    def _is_token(self, shown: str) -> bool:
        return hmac.compare_digest(shown.encode(), self._settings.token.encode())

    def _store_token(self, request: Request) -> Response:
        """Store the token in a cookie, and redirect to the address without it."""
        left = [(key, value) for key, value in request.query_params.multi_items() if key != "token"]
        query = str(QueryParams(left))
        answer = RedirectResponse(request.url.path + (f"?{query}" if query else ""), 303)
        answer.set_cookie(COOKIE, self._settings.token, httponly=True, samesite="strict")
        return answer

    def _is_same_origin(self, headers: Headers) -> bool:
        """Return whether the browser states that one of our pages sent the request."""
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        origin = headers.get("origin")
        return origin is not None and urlsplit(origin).netloc.lower() in self._settings.hosts

    def _limit_receive(self, receive: Receive) -> Receive:
        taken = 0

        async def receive_counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._settings.max_bytes:
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


def is_form_key(settings: Settings, shown: object) -> bool:
    """Return whether a form came with the secret of this run."""
    return isinstance(shown, str) and hmac.compare_digest(
        shown.encode(), settings.form_key.encode()
    )
