"""Requests of every route that are likely, random or hostile, drawn by their numbers."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
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
from benchmarks.faults.web_server import WebRequest
from reportsearch.web.api.operations import OPERATIONS
from reportsearch.web.app import ROUTES

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


def draw_own_headers(
    chance: random.Random, form_key: str, *, changes: bool
) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Draw headers and a body; most of what changes something comes from our own page."""
    headers, body = list(draw_headers(chance)), b""
    if changes or chance.random() < 0.03:
        kind, body = draw_body(chance, form_key)
        headers.append((b"Content-Type", kind))
        if changes and chance.random() < 0.6:
            headers.append((b"Origin", b"http://127.0.0.1"))
            headers.append((b"Sec-Fetch-Site", b"same-origin"))
    return headers, body


def draw_broken_header(chance: random.Random, length: int) -> tuple[bytes, bytes]:
    """Draw a header that no parser takes, or that says something wrong of the body."""
    return chance.choice(
        (
            (b"Content-Length", b"%d" % (length + 50)),
            (b"Content-Length", b"-1"),
            (b"Content-Length", b"9" * 40),
            (b"Transfer-Encoding", b"chunked"),
            (b"Transfer-Encoding", b"gzip, chunked"),
            (b"Bad Name", b"1"),
            (b"Content-Length", b"%d\r\nContent-Length: 3" % length),
            (b"X", b"a" * 300_000),
        )
    )


def is_no_http(method: bytes, target: bytes, headers: Sequence[tuple[bytes, bytes]]) -> bool:
    """Return whether no parser takes a request for HTTP; it may be closed without an answer."""
    return (
        len(target) > 200_000
        or not re.fullmatch(rb"[!-~]+ [!-~]+", method + b" " + target)
        or method in (b"CONNECT", METHODS[-1])
        or sum(len(name) + len(value) for name, value in headers) > 200_000
        or any(re.search(rb"[\0-\x08\n-\x1f\x7f]", value) for _, value in headers)
    )


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
    headers, body = draw_own_headers(chance, form_key, changes=changes)
    has_broken_header = chance.random() < 0.03
    if has_broken_header:
        headers.append(draw_broken_header(chance, len(body)))
    is_broken = has_broken_header or is_no_http(method, target, headers)
    return WebRequest(method, target, tuple(headers), body, is_broken)
