"""Put line ends and other separators into everything that reaches a header of an answer.

    python -m benchmarks.faults.header_injection

Names of downloads (titles of reports, portfolios), redirects, cookies, the language, the token,
paths. Each path gets each parameter once, and those that reach a header with every injection. The
answer has only headers of ours, each of one line, and leads to no other host.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_from_bytes

from benchmarks.faults.hostile_values import CHANGED_KEYS, NAMES, READ_KEYS
from benchmarks.faults.outcome import FaultError, Outcome, parse_options, print_rows
from benchmarks.faults.web_server import (
    WebRequest,
    WebServer,
    check_answer,
    make_site,
    serve_site,
)
from reportsearch.web.security import COOKIE

_TAIL = "X-Injected: 1"
INJECTIONS = (
    f"\r\n{_TAIL}", f"\n{_TAIL}", f"\r{_TAIL}", f"\0\r\n{_TAIL}", f"\r\n\r\n<i9q>{_TAIL}",
    f"\x0b{_TAIL}", f"\x85{_TAIL}",
    f"\u2028{_TAIL}", f"嘊嘍{_TAIL}", "a\"; filename=\"evil.exe", "a\"\r\nSet-Cookie: a=b",
    "x.exe; y", "..\\..\\evil",
    "a; Domain=evil.example; Path=/", "//evil.example/", "/\\evil.example", "https://evil.example/",
    "javascript:alert(1)",
    "\t", "é", "文\u202egpj.exe",
)  # fmt: skip
_RAW = (
    b"%0d%0a",
    b"%0D%0AX-Injected:%201",
    b"%E5%98%8A%E5%98%8DX-Injected:1",
    b"%250d%250aX-Injected:1",
)
_DOWNLOADS = (
    "/reuse.docx?report={key}", "/reuse.json?report={key}", "/reuse.csv?report={key}",
    "/reuse/sheet?report={key}",
    "/reuse.docx?report={key}&view=years", "/report/{key}/facts?as=csv",
    "/report/{key}/facts?as=json",
    "/report/{key}/facts?format=csv", "/report/{key}/facts?format=json",
    "/search.docx?q=%E6%96%87%E6%97%85",
    "/compare/like?report={key}", "/report/{key}?hit=2000", "/report/{key}?hit=3",
    "/add/table?as=csv",
)  # fmt: skip
_VALUE_PATHS = (
    "/", "/search.csv", "/search.docx", "/similar", "/reuse", "/reuse.csv", "/keywords",
    "/keywords.csv", "/topics",
    "/compare", "/compare/like", "/compare.csv", "/portfolios", "/portfolios.csv",
    "/portfolios/figures.csv",
    f"/report/{READ_KEYS[0]}", f"/report/{READ_KEYS[3]}/facts", "/add/table", "/add/excluded",
    "/api/search",
    "/static/base.css", "/nothing",
)  # fmt: skip
_NAMES_IN_HEADERS = ("lang", "portfolio", "report", "title", "token")
_TELLING_PATHS = ("/", "/compare/like", "/portfolios/figures.csv", "/reuse.csv")
"""Paths that have some of these names in headers, and so get them with every injection."""
_PATHS = (b"/", b"//", b"/static/", b"/add/", b"/add/run/", b"/keywords.", b"/api/")
_FORM_TYPE = (b"Content-Type", b"application/x-www-form-urlencoded")
_FORMS = (
    "/similar", f"/add/report/{CHANGED_KEYS[0]}", "/waiting/x/stop", "/add/excluded", "/add/table",
    "/sign-in",
)  # fmt: skip
_FIELDS = (
    "text", "back", "next", "title", "official", "passage", "own", "where", "which", "field", "new",
    "plan", "region",
)  # fmt: skip
_TOKEN = "a secret of this campaign"  # noqa: S105 - of this run alone


def choose_names(path: str, number: int) -> set[str]:
    """Choose parameters of a path for an injection: over all injections, each parameter."""
    told = _NAMES_IN_HEADERS if path in _TELLING_PATHS else ()
    return {*told, *NAMES[number :: len(INJECTIONS)]}


def iter_reads() -> Iterator[WebRequest]:
    """Yield requests for pages and downloads with injections in paths and parameters."""
    for key in READ_KEYS:
        # The titles and officials of these reports have line ends and quotes.
        for place in _DOWNLOADS:
            yield WebRequest(b"GET", place.format(key=key).encode())
    for number, injection in enumerate(INJECTIONS):
        value = quote(injection, safe="").encode()
        for path in _VALUE_PATHS:
            for name in sorted(choose_names(path, number)):
                target = b"%s?%s=%s" % (path.encode(), quote(name, safe="%").encode(), value)
                yield WebRequest(b"GET", target)
        for start in _PATHS:
            yield WebRequest(b"GET", start + value)
            yield WebRequest(b"GET", start + value + b"/")
        yield from iter_cookies(injection)
    for written in _RAW:
        for start in (b"/", b"//evil.example/", b"/?lang=", b"/?token=", b"/compare/like?report="):
            yield WebRequest(b"GET", start + written)


def iter_cookies(injection: str) -> Iterator[WebRequest]:
    """Yield requests with an injection in a cookie, without what would end the header."""
    raw = re.sub(rb"[\r\n\0]", b"", injection.encode())
    is_broken = re.search(rb"[\x01-\x08\x0b-\x1f]", raw) is not None
    for name in (b"lang", COOKIE.encode(), quote(injection, safe="").encode()):
        cookie = (b"Cookie", name + b"=" + raw)
        yield WebRequest(b"GET", b"/?lang=en", (cookie,), is_broken=is_broken)


def iter_signed_in(cookie: tuple[bytes, bytes]) -> Iterator[WebRequest]:
    """Yield requests with a token, which leads to the same address without it."""
    for injection in INJECTIONS:
        value = quote(injection, safe="").encode()
        for start in _PATHS:
            yield WebRequest(b"GET", start + value + b"?token=x&q=" + value, (cookie,))


def iter_forms(form_key: str) -> Iterator[WebRequest]:
    """Yield forms that redirect, or show what was sent, with injections in their fields."""
    for injection in INJECTIONS:
        value = quote_from_bytes(injection.encode())
        sent = "&".join(f"{field}={value}" for field in _FIELDS)
        for place in _FORMS:
            body = f"form_key={quote(form_key)}&{sent}".encode()
            yield WebRequest(b"POST", place.encode(), (_FORM_TYPE,), body)


def inject(server: WebServer, requests: Iterable[WebRequest], outcome: Outcome) -> None:
    """Send requests."""
    for request in requests:
        place = f"{request.method.decode()} {request.target[:200]!r}"
        with outcome.trial(place.replace(": ", ":")):
            answer = server.ask(request)
            check_answer(request, answer)
            place = answer.find("location")
            is_text = request.method == b"POST" and request.target == b"/similar"
            if is_text and place and not place.startswith("/similar?"):
                raise FaultError(f"leads to {place[:60]!a}")


def sign_in(server: WebServer, token: str) -> tuple[bytes, bytes]:
    """Sign in; return the cookie."""
    body = f"token={quote(token)}&next=/".encode()
    answer = server.ask(WebRequest(b"POST", b"/sign-in", (_FORM_TYPE,), body))
    cookie = answer.find("set-cookie").partition(";")[0]
    if not cookie.startswith(COOKIE):
        raise FaultError(f"no cookie; status {answer.status}")
    return b"Cookie", cookie.encode()


def inject_all(folder: Path) -> Outcome:
    """Send all requests to a served folder, and to one with a token."""
    outcome = Outcome("header injection")
    with serve_site(folder) as server:
        inject(server, iter_reads(), outcome)
        inject(server, iter_forms(server.find_form_key()), outcome)
        server.report_log(outcome)
    with serve_site(folder, "--token", _TOKEN) as server:
        inject(server, iter_signed_in(sign_in(server, _TOKEN)), outcome)
        server.report_log(outcome)
    return outcome


def main() -> int:
    """Send the requests, and print the row."""
    parse_options(__doc__)
    with make_site() as site:
        outcome = inject_all(site)
    return print_rows([outcome])


if __name__ == "__main__":
    sys.exit(main())
