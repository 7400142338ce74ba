"""Ask every route with every method as other sites would: nothing is changed, nothing is told.

    python -m benchmarks.faults.forged_origins

Origin, Referer, Host and Sec-Fetch-* are forged in all the ways in which a page of another site, a
rebound name or an old browser would send them. The requests have the secret of the forms, so that
only their origin speaks against them. Ends with a request of our own page, which is answered.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from starlette.routing import Route

from benchmarks.faults.hostile_values import CHANGED_KEYS
from benchmarks.faults.outcome import FaultError, Outcome, parse_options, print_rows
from benchmarks.faults.web_server import (
    Answer,
    WebRequest,
    WebServer,
    check_headers,
    make_site,
    serve_site,
)
from reportsearch.web.app import ROUTES

CHANGING = (b"POST", b"PUT", b"PATCH", b"DELETE", b"OPTIONS", b"TRACE", b"PROPFIND")
_REFUSED = (400, 401, 403, 404, 405)
Headers = tuple[tuple[bytes, bytes], ...]


def list_foreign_hosts(port: int) -> list[Headers]:
    """List headers of requests to names that are none of ours."""
    ours = b"127.0.0.1:%d" % port
    names = (
        b"evil.example", b"evil.example:%d" % port, b"127.0.0.1", b"127.0.0.1:1",
        b"127.0.0.1:%d.evil.example" % port,
        ours + b"@evil.example", b"evil.example#" + ours, b"127.0.0.2:%d" % port,
        b"0.0.0.0:%d" % port, b"",
        b"2130706433:%d" % port, b"localhost.:%d" % port,
        b"xn--e1a:%d" % port,
        "１２７.０.０.１".encode() + b":%d" % port, ours + b", evil.example", b"169.254.169.254",
    )  # fmt: skip
    forged: list[Headers] = [((b"Host", name),) for name in names]
    forged += [
        ((b"Host", b"evil.example"), (b"X-Forwarded-Host", ours), (b"Forwarded", b"host=" + ours)),
        ((b"Host", b"evil.example"), (b"Host", ours)),
    ]
    return forged


def list_foreign_origins(port: int) -> list[Headers]:
    """List headers of requests that pages of other sites send to us."""
    ours = b"http://127.0.0.1:%d" % port
    origins = (
        b"http://evil.example", b"null", b"", b"file://", b"http://127.0.0.1",
        b"http://127.0.0.1:%d.evil.example" % port,
        ours + b"@evil.example", b"http://evil.example/" + ours, b"http://evil.example#" + ours,
        b"//", b"http://[", ours[7:],
        b"http://127.0.0.2:%d" % port, b"chrome-extension://abc", b"http://localhost:1",
        b"http://evil.example\\@" + ours[7:],
    )  # fmt: skip
    sites = (
        b"cross-site",
        b"same-site",
        b"none",
        b"",
        b"Same-Origin ",
        b"same-origin, cross-site",
        b"x",
    )
    forged: list[Headers] = [((b"Origin", origin),) for origin in origins]
    forged += [((b"Sec-Fetch-Site", site), (b"Origin", ours)) for site in sites]
    forged += [
        ((b"Sec-Fetch-Site", b"cross-site"), (b"Sec-Fetch-Mode", mode), (b"Sec-Fetch-Dest", to))
        for mode, to in ((b"no-cors", b"image"), (b"navigate", b"iframe"), (b"cors", b"empty"))
    ]
    forged += [((b"Referer", ours + b"/add"),), ((b"Referer", b"http://evil.example/"),)]
    return forged


def list_paths() -> list[bytes]:
    """List an address of every route, with the key of a report where one is needed."""
    likely = {"key": CHANGED_KEYS[0], "ending": "csv", "number": "1", "run": "1", "job": "1"}
    paths = {route.path.format(**likely) for route in ROUTES if isinstance(route, Route)}
    return [path.encode() for path in sorted(paths)]


def iter_requests(port: int, form_key: str) -> Iterator[WebRequest]:
    """Yield forged requests: changing ones of foreign origin, and any to a foreign name."""
    body = b"form_key=" + quote(form_key).encode() + b"&year=1999&prune=yes&field=region&new=x"
    kind = (b"Content-Type", b"application/x-www-form-urlencoded")
    for path in list_paths():
        for method in CHANGING:
            for forged in (*list_foreign_origins(port), *list_foreign_hosts(port)):
                yield WebRequest(method, path, (*forged, kind), body)
        for method in (b"GET", b"HEAD"):
            for forged in list_foreign_hosts(port):
                yield WebRequest(method, path + b"?q=1", forged)


def iter_foreign_reads() -> Iterator[WebRequest]:
    """Yield requests by which a page of another site would have the program read and compute."""
    for path in list_paths():
        for mode, to in ((b"no-cors", b"image"), (b"no-cors", b"script"), (b"cors", b"empty")):
            forged = (
                (b"Sec-Fetch-Site", b"cross-site"),
                (b"Sec-Fetch-Mode", mode),
                (b"Sec-Fetch-Dest", to),
            )
            yield WebRequest(b"GET", path, forged)


def check_refusal(answer: Answer) -> None:
    """Raise FaultError unless a request was refused, in a way that tells nothing to other sites."""
    if answer.status not in _REFUSED:
        raise FaultError(f"status {answer.status}")
    if any(name.lower().startswith("access-control-") for name, _ in answer.headers):
        raise FaultError("another site may read the answer")
    check_headers(answer)


def fingerprint(folder: Path) -> str:
    """Return a digest of the index and the reports of a folder, by names and bytes."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "LOCK" not in path.name.upper():
            digest.update(str(path).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def try_all(server: WebServer, outcome: Outcome, requests: Iterable[WebRequest]) -> None:
    """Send forged requests, each of which must be refused."""
    for request in requests:
        forged = b", ".join(b"%s %s" % one for one in request.headers[:2])
        place = f"{request.method.decode()} {request.target.decode()} {forged!r}"
        with outcome.trial(place.replace(": ", ":")):
            check_refusal(server.ask(request))


def forge(server: WebServer, folder: Path) -> list[Outcome]:
    """Send all forged requests; check that nothing has changed, and what our own page is told."""
    changing, reading = Outcome("forged origins and hosts"), Outcome("reads by other sites")
    before = fingerprint(folder)
    try_all(server, changing, iter_requests(server.port, server.find_form_key()))
    with changing.trial("what is on the disk"):
        if fingerprint(folder) != before:
            raise FaultError("has changed")
    try_all(server, reading, iter_foreign_reads())
    with changing.trial("a request of our own page"):
        answer = server.get("/")
        if answer.status != 200:
            raise FaultError(f"status {answer.status}")
    return [changing, reading]


def main() -> int:
    """Send the requests, and print the rows."""
    parse_options(__doc__)
    with make_site() as site, serve_site(site) as server:
        outcomes = forge(server, site)
    return print_rows(outcomes)


if __name__ == "__main__":
    sys.exit(main())
