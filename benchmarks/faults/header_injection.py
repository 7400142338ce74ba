"""Put line ends and other separators into everything that reaches a header of an answer.

    python -m benchmarks.faults.header_injection

Names of downloads (titles of reports, portfolios), redirects, cookies, the language, the token of
the page, paths. The answer has only headers of ours, each of one line, and leads to no other host.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_from_bytes

from benchmarks.faults.hostile_values import CHANGED_KEYS, NAMES, READ_KEYS
from benchmarks.faults.outcome import FaultError, Outcome
from benchmarks.faults.web_server import (
    WebRequest,
    WebServer,
    check_answer,
    index_site,
    serve_site,
    write_site,
)

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


def iter_reads() -> Iterator[WebRequest]:
    """Yield requests for pages and downloads with injections in paths, parameters and cookies."""
    for key in READ_KEYS:
        # The titles and officials of these reports have line ends and quotes.
        for place in _DOWNLOADS:
            yield WebRequest(b"GET", place.format(key=key).encode())
    for injection in INJECTIONS:
        value = quote(injection, safe="").encode()
        for path in _VALUE_PATHS:
            for name in (
                NAMES if path in ("/", "/reuse.csv", "/portfolios/figures.csv") else NAMES[::3]
            ):
                target = b"%s?%s=%s" % (path.encode(), quote(name, safe="%").encode(), value)
                yield WebRequest(b"GET", target)
        for cookie_name in (b"lang", b"reportsearch_session", value):
            raw = (
                injection.encode("utf-8")
                .replace(b"\r", b"")
                .replace(b"\n", b"")
                .replace(b"\0", b"")
            )
            is_broken = any(byte < 32 and byte != 9 for byte in raw)
            cookie = (b"Cookie", cookie_name + b"=" + raw)
            yield WebRequest(b"GET", b"/?lang=en", (cookie,), is_broken=is_broken)
            yield WebRequest(b"GET", b"/?token=" + value + b"&lang=" + value)
        for start in (b"/", b"//", b"/static/", b"/add/", b"/add/run/", b"/keywords.", b"/api/"):
            yield WebRequest(b"GET", start + value)
            yield WebRequest(b"GET", start + value + b"/")
    for written in _RAW:
        for start in (b"/", b"//evil.example/", b"/?lang=", b"/?token=", b"/compare/like?report="):
            yield WebRequest(b"GET", start + written)


def iter_forms(form_key: str) -> Iterator[WebRequest]:
    """Yield forms that redirect, or show what was sent, with injections in their fields."""
    kind = (b"Content-Type", b"application/x-www-form-urlencoded")
    places = (
        "/similar",
        f"/add/report/{CHANGED_KEYS[0]}",
        "/waiting/x/stop",
        "/add/excluded",
        "/add/table",
    )
    fields = (
        "text",
        "back",
        "title",
        "official",
        "passage",
        "own",
        "where",
        "which",
        "field",
        "new",
        "plan",
        "region",
    )
    for injection in INJECTIONS:
        sent = "&".join(f"{field}={quote_from_bytes(injection.encode())}" for field in fields)
        for place in places:
            body = f"form_key={quote(form_key)}&{sent}".encode()
            yield WebRequest(b"POST", place.encode(), (kind,), body)


def inject(server: WebServer) -> Outcome:
    """Send all requests."""
    outcome = Outcome("header injection")
    for request in (*iter_reads(), *iter_forms(server.find_form_key())):
        with outcome.trial(
            f"{request.method.decode()} {request.target[:200]!r}".replace(": ", ":")
        ):
            answer = server.ask(request)
            check_answer(request, answer)
            if b"/similar" in request.target and request.method == b"POST" and answer.status == 303:
                place = answer.find("location")
                if not place.startswith("/similar?"):
                    raise FaultError(f"leads to {place[:60]!a}")
    return outcome


def main() -> int:
    """Send the requests, and print the row."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    with tempfile.TemporaryDirectory(prefix="faults-") as place:
        folder = Path(place).resolve() / "site"
        write_site(folder)
        index_site(folder)
        with serve_site(folder) as server:
            outcome = inject(server)
            outcome.failures += [f"the server's log: {line}" for line in server.find_tracebacks()]
    print(outcome.format_row())
    return int(bool(outcome.failures))


if __name__ == "__main__":
    sys.exit(main())
