"""Send hostile requests to every route: none is an error of the server; memory stays bounded.

    python -m benchmarks.faults.hostile_requests [--count 20000] [--first 0] [--seed 1]

Every method; parameters, headers, cookies, bodies and paths that are likely, random or hostile. A
failure is repeated by ``--first`` with its number and ``--count 1`` (of requests that change
something, also what came before matters). An answer may say that the server is busy (503 with
Retry-After).
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

from starlette.routing import Route

from benchmarks.faults.hostile_values import (
    CHANGED_KEYS,
    NAMES,
    READ_KEYS,
    draw_text,
    draw_value,
    encode,
)
from benchmarks.faults.outcome import FaultError, Outcome
from benchmarks.faults.web_server import (
    WebRequest,
    WebServer,
    check_answer,
    index_site,
    serve_site,
    write_site,
)
from reportsearch.web.api.operations import OPERATIONS
from reportsearch.web.app import ROUTES

MAX_GROWTH = 128.0
"""Megabytes that the server may grow by after the first quarter of the requests."""
METHODS = (
    b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"PATCH", b"OPTIONS", b"TRACE", b"CONNECT",
    b"PROPFIND",
    b"BREW", b"get", b"GET\0", b"", b"X" * 5_000,
)  # fmt: skip
FORM_FIELDS = (
    "form_key", "year", "title", "official", "kind", "level", "date", "prune", "which", "plan",
    "field", "new",
    "text", "back", "cancel", "draft", "report", "against", f"value:{CHANGED_KEYS[0]}:official",
    "value::", "q",
)  # fmt: skip


def draw_path(chance: random.Random, route: Route, keys: list[str]) -> bytes:
    """Draw a path of a route; its parameters are likely or hostile ones."""
    likely = {
        "key": chance.choice(keys),
        "ending": chance.choice(("csv", "json", "svg", "md", "docx", "png")),
        "number": str(chance.choice((1, 3, 9, 0, 10**9))),
    }

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        if name in likely and chance.random() < 0.8:
            return likely[name]
        return quote(draw_text(chance)[:3_000].encode("utf-8", "replace"), safe="/")

    path = re.sub(r"{(\w+)}", fill, route.path).encode()
    if chance.random() < 0.08:
        tail = encode(chance, draw_text(chance))
        path = chance.choice(
            (path + b"/" + tail, b"/static/" + tail, b"//" + tail, b"/" + tail, path + b"/", b"*")
        )
    return path


def draw_query(chance: random.Random, names: Sequence[str]) -> bytes:
    """Draw a query string; now and then one of many or repeated parameters."""
    most = chance.choice((1, 2, 3, 5)) if chance.random() < 0.98 else 400
    drawn = chance.choices(names, k=chance.randint(0, most))
    pairs = (
        quote(name, safe="%").encode() + b"=" + encode(chance, draw_value(chance, name))
        for name in drawn
    )
    return chance.choice((b"&", b"&", b"&", b";", b"&&")).join(pairs)


def draw_headers(chance: random.Random) -> Iterator[tuple[bytes, bytes]]:
    """Draw headers: hostile ones, of which an HTTP parser lets most through, and broken ones."""
    for _ in range(chance.choice((0, 0, 1, 1, 2, 5))):
        text = draw_text(chance).encode("utf-8", "surrogatepass")[:60_000]
        value = re.sub(rb"[\r\n\0]", b" ", text) if chance.random() < 0.9 else text
        name = chance.choice(
            (
                b"Cookie", b"Accept-Language", b"Accept", b"Accept-Encoding", b"Range",
                b"If-None-Match", b"User-Agent",
                b"If-Modified-Since", b"X-Forwarded-For", b"X-Forwarded-Proto", b"Forwarded",
                b"Authorization", b"Origin",
                b"Sec-Fetch-Mode", b"Content-Type", b"X-HTTP-Method-Override", b"Upgrade",
                b"Content-Encoding", b"Te",
                b"Expect", b"Host", b"Sec-Fetch-Site", b"X-Original-Url",
            )
        )  # fmt: skip
        if name == b"Cookie":
            value = chance.choice((b"lang=", b"reportsearch_token=", b"")) + value
        yield name, value
    if chance.random() < 0.01:
        yield from ((b"X-Many-%d" % number, b"a" * 20) for number in range(3_000))


def draw_multipart(chance: random.Random, form_key: str) -> tuple[bytes, bytes]:
    """Draw a form with files, whole or broken; return its type and body."""
    parts = [b'Content-Disposition: form-data; name="form_key"\r\n\r\n' + form_key.encode()]
    for _ in range(chance.randint(0, 4)):
        name = chance.choice(("files", "table", "draft", *FORM_FIELDS))
        filename = draw_text(chance)[:500].encode("utf-8", "surrogatepass")
        head = b'Content-Disposition: form-data; name="%s"; filename="%s"' % (
            name.encode(),
            filename,
        )
        data = chance.choice(
            (
                b"",
                b"\x89PNG",
                draw_text(chance).encode("utf-8", "replace"),
                b"PK\x03\x04" + chance.randbytes(90),
            )
        )
        parts.append(
            head + chance.choice((b"", b"\r\nContent-Type: " + filename[:50])) + b"\r\n\r\n" + data
        )
    mark = b"x" * chance.choice((1, 30, 70))
    body = b"".join(b"--%s\r\n%s\r\n" % (mark, part) for part in parts) + b"--%s--\r\n" % mark
    if chance.random() < 0.2:
        body = body[: chance.randrange(len(body))]
    return b"multipart/form-data; boundary=" + mark, body


def draw_body(chance: random.Random, form_key: str) -> tuple[bytes, bytes]:
    """Draw a body and its type; most have the secret of the forms, so that they are read."""
    shown = form_key if chance.random() < 0.8 else draw_text(chance)[:200]
    kind = chance.random()
    if kind < 0.45:
        names = chance.choices(FORM_FIELDS, k=chance.choice((0, 1, 3, 60)))
        pairs = [b"form_key=" + quote(shown.encode("utf-8", "surrogatepass")).encode()]
        pairs += [
            quote(name).encode() + b"=" + encode(chance, draw_value(chance, name)) for name in names
        ]
        return b"application/x-www-form-urlencoded", b"&".join(pairs)
    if kind < 0.85:
        return draw_multipart(chance, shown if shown.isascii() else form_key)
    kinds = (
        b"application/json",
        b"text/plain",
        b"multipart/form-data",
        b"multipart/form-data; boundary=",
        b"",
        b"\xff",
    )
    return chance.choice(kinds), chance.choice(
        (b"", b"{}", b"--", b"x" * 2_000_000, draw_text(chance).encode("utf-8", "replace"))
    )


_NAMES_BY_PATH = {
    one.path: [parameter.name for parameter in one.parameters if not parameter.in_path]
    for one in OPERATIONS
}
_ROUTES = [route for route in ROUTES if isinstance(route, Route)]


def make_request(seed: int, number: int, form_key: str) -> WebRequest:
    """Make the request with a number; every run makes the same ones but for the secret."""
    chance = random.Random(f"{seed}-{number}")  # noqa: S311 - to be repeated
    # In turn, so that every route is met with every method.
    route = _ROUTES[number % len(_ROUTES)]
    own = sorted(method.encode() for method in route.methods or ())
    method = chance.choice(own) if chance.random() < 0.75 else chance.choice(METHODS)
    changes = method not in (b"GET", b"HEAD")
    target = draw_path(chance, route, CHANGED_KEYS if changes else READ_KEYS)
    own_names = _NAMES_BY_PATH.get(route.path, NAMES) if chance.random() < 0.9 else NAMES
    query = draw_query(chance, own_names or NAMES)
    if query:
        target += b"?" + query
    headers, body = list(draw_headers(chance)), b""
    if changes or chance.random() < 0.03:
        kind, body = draw_body(chance, form_key)
        headers.append((b"Content-Type", kind))
        if changes and chance.random() < 0.6:
            headers.append((b"Origin", b"http://127.0.0.1"))
            headers.append((b"Sec-Fetch-Site", b"same-origin"))
    is_broken = False
    if chance.random() < 0.03:
        is_broken = True
        headers.append(
            chance.choice(
                (
                    (b"Content-Length", b"%d" % (len(body) + 50)), (b"Content-Length", b"-1"),
                    (b"Content-Length", b"9" * 40),
                    (b"Transfer-Encoding", b"chunked"), (b"Transfer-Encoding", b"gzip, chunked"),
                    (b"Bad Name", b"1"),
                    (b"Content-Length", b"%d\r\nContent-Length: 3" % len(body)), (b"X",
                    b"a" * 300_000),
                )
            )
        )  # fmt: skip
    # What no parser takes for HTTP may be closed without an answer.
    line = method + b" " + target
    is_broken |= len(target) > 200_000 or not re.fullmatch(rb"[!-~]+ [!-~]+", line)
    is_broken |= sum(len(name) + len(value) for name, value in headers) > 200_000 or method in (
        b"CONNECT",
        METHODS[-1],
    )
    is_broken |= any(re.search(rb"[\0-\x08\n-\x1f\x7f]", value) for _, value in headers)
    return WebRequest(method, target, tuple(headers), body, is_broken)


class Sender:
    """Sends numbered requests, and counts what was answered."""

    def __init__(self, server: WebServer, seed: int) -> None:
        self._server = server
        self._seed = seed
        self.form_key = server.find_form_key()
        self.statuses: Counter[int] = Counter()

    def try_request(self, number: int) -> str:
        """Send a request; return what is wrong with the answer, or nothing."""
        request = make_request(self._seed, number, self.form_key)
        try:
            answer = self._server.ask(request)
            self.statuses[answer.status] += 1
            check_answer(request, answer)
        except FaultError as error:
            return f"{error}; {request.method[:20]!r} {request.target[:200]!r}"
        return ""


def send_requests(
    server: WebServer, outcome: Outcome, numbers: range, seed: int, clients: int
) -> Counter[int]:
    """Send the requests with these numbers, some at a time; return how often each status came."""
    sender = Sender(server, seed)
    with ThreadPoolExecutor(clients) as threads:
        for number, fault in zip(numbers, threads.map(sender.try_request, numbers), strict=True):
            outcome.tried += 1
            if fault:
                what, _, request = fault.partition("; ")
                outcome.failures.append(
                    f"seed {seed}, number {number}, {request.replace(': ', ':')}: {what}"
                )
    return sender.statuses


def check_end(server: WebServer, outcome: Outcome) -> None:
    """Check that the server still finds what it should, and wrote no traceback."""
    with outcome.trial("a search at the end"):
        answer = server.get(f"/api/search?q={quote('文旅')}&limit=1")
        if answer.status != 200 or b'"matched"' not in answer.body:
            raise FaultError(f"status {answer.status}")
    for line in server.find_tracebacks():
        outcome.failures.append(f"the server's log: {line}")


def main() -> int:
    """Send the requests, and print the row."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clients", type=int, default=4)
    options = parser.parse_args()
    outcome, sizes = Outcome("requests on every route"), []
    statuses: Counter[int] = Counter()
    with tempfile.TemporaryDirectory(prefix="faults-") as place:
        folder = Path(place).resolve() / "site"
        write_site(folder)
        index_site(folder)
        with serve_site(folder) as server:
            sizes.append(server.measure_megabytes())
            last, quarter = options.first + options.count, max(1, options.count // 4)
            for first in range(options.first, last, quarter):
                numbers = range(first, min(last, first + quarter))
                statuses += send_requests(server, outcome, numbers, options.seed, options.clients)
                sizes.append(server.measure_megabytes())
            check_end(server, outcome)
    with outcome.trial("memory"):
        if len(sizes) > 2 and sizes[-1] - sizes[1] > MAX_GROWTH:
            raise FaultError(f"grown by {sizes[-1] - sizes[1]:.0f} MB after the first quarter")
    print(outcome.format_row())
    print("    memory before and after each quarter:", *(f"{size:.0f}" for size in sizes), "MB")
    print(
        "    statuses:", *(f"{status} x {number}," for status, number in sorted(statuses.items()))
    )
    return int(bool(outcome.failures))


if __name__ == "__main__":
    sys.exit(main())
