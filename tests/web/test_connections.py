"""Clients that are slow, silent or too many: they are dropped, and others are answered."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from uvicorn.server import ServerState

from reportsearch.web.connections import ConnectionLimits
from reportsearch.web.server import Server
from tests.web.conftest import running

NEVER = 1e6
PATIENCE = 20
"""Seconds after which a test gives up."""
LONG = 2**24
HEAD = b"POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"


async def count(request: Request) -> Response:
    try:
        return PlainTextResponse(str(len(await request.body())))
    except ClientDisconnect:
        return Response()


async def wait(request: Request) -> Response:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return Response()


async def send_long(_: Request) -> Response:
    return Response(b"x" * LONG)


class Site:
    """A server with three addresses, and the connections of a test to it."""

    def __init__(self, stack: ExitStack, limits: ConnectionLimits) -> None:
        self._stack = stack
        listening = socket.create_server(("127.0.0.1", 0))
        self._host, self._port = listening.getsockname()
        routes = [
            Route("/count", count, methods=["GET", "POST"]),
            Route("/wait", wait),
            Route("/long", send_long),
        ]
        self._server = Server(Starlette(routes=routes), limits)
        stack.enter_context(running(self._server, listening))

    def connect(self, sent: bytes = b"") -> socket.socket:
        """Connect, and send something."""
        made = self._stack.enter_context(socket.socket())
        made.settimeout(PATIENCE)
        # Less than this the system keeps for who does not read.
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        made.connect((self._host, self._port))
        made.sendall(sent)
        return made

    def ask(self) -> int:
        """Return the status of an answer to a client that behaves."""
        client = HTTPConnection(self._host, self._port, timeout=PATIENCE)
        client.request("GET", "/count", headers={"Connection": "close"})
        with client.getresponse() as answer:
            answer.read()
            return answer.status

    def until(self, holds: Callable[[ServerState], bool]) -> None:
        """Wait until something holds of the server."""
        end = time.monotonic() + PATIENCE
        while not holds(self._server.server_state):
            assert time.monotonic() < end
            time.sleep(0.01)

    def until_connections(self, number: int) -> None:
        """Wait until there are so many connections."""
        self.until(lambda state: len(state.connections) == number)


@contextmanager
def serving(**limits: Any) -> Iterator[Site]:
    never = {"head_seconds": NEVER, "slow_seconds": NEVER, "check_seconds": 0.02}
    with ExitStack() as stack:
        yield Site(stack, ConnectionLimits(**{**never, **limits}))


def is_dropped(connection: socket.socket) -> bool:
    """Whether the other end has closed a connection on which nothing was answered."""
    if not select.select([connection], [], [], 0)[0]:
        return False
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def trickle(connection: socket.socket) -> None:
    """Send a byte now and then until the connection is dropped."""
    end = time.monotonic() + PATIENCE
    while not is_dropped(connection):
        assert time.monotonic() < end
        with suppress(OSError):
            connection.send(b"a")
        time.sleep(0.005)


def read_all(connection: socket.socket) -> int:
    """Return how many bytes come until the connection is closed."""
    taken = 0
    with suppress(ConnectionResetError):
        while data := connection.recv(2**20):
            taken += len(data)
    return taken


def test_a_client_that_sends_nothing_is_dropped() -> None:
    with serving(head_seconds=0.1) as site:
        assert site.connect().recv(1) == b""


def test_a_head_that_trickles_in_is_dropped() -> None:
    with serving(head_seconds=0.1) as site:
        trickle(site.connect(b"GET /count HTTP/1.1\r\nHost: x\r\nX: "))


def test_a_client_that_asks_nothing_more_is_dropped() -> None:
    with serving(head_seconds=0.1) as site:
        connection = site.connect(b"GET /count HTTP/1.1\r\nHost: x\r\n\r\n")
        assert read_all(connection) > 0


def test_a_body_that_trickles_in_is_dropped_however_fast_it_began() -> None:
    with serving(slow_seconds=0.1, bytes_per_second=10_000) as site:
        trickle(site.connect(HEAD))
        trickle(site.connect(HEAD + b"a" * 900_000))


def test_a_body_may_take_long_that_keeps_coming() -> None:
    with serving(slow_seconds=0.5, bytes_per_second=2) as site:
        connection = site.connect(HEAD)
        end = time.monotonic() + 1.2
        sent = 0
        while time.monotonic() < end:
            sent += connection.send(b"a" * 100)
            time.sleep(0.02)
        connection.sendall(b"a" * (1_000_000 - sent))
        assert b" 200 " in connection.recv(100)


def test_a_client_that_does_not_read_is_dropped() -> None:
    question = b"GET /long HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with serving() as site:
        assert read_all(site.connect(question)) > LONG
    with serving(slow_seconds=0.1) as site:
        connection = site.connect(question)
        site.until_connections(1)
        site.until_connections(0)
        assert read_all(connection) < LONG


def test_who_has_been_silent_for_longest_makes_room() -> None:
    with serving(connections=3) as site:
        asking, silent = site.connect(), site.connect()
        site.until_connections(2)
        asking.sendall(b"GET /count HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = b""
        while not answer.endswith(b"\r\n\r\n0"):
            answer += asking.recv(2**16)
        more = [site.connect(HEAD) for _ in range(2)]
        assert silent.recv(1) == b""
        assert not any(map(is_dropped, (asking, *more)))


def test_silent_clients_keep_no_other_from_an_answer() -> None:
    with serving(connections=4) as site:
        for sent in (b"", b"GET /count HTTP/1.1\r\n", HEAD):
            for _ in range(20):
                site.connect(sent)
            assert site.ask() == 200
        site.until(lambda state: len(state.connections) <= 4)


def test_when_all_are_waited_for_there_is_no_room() -> None:
    with serving(connections=2) as site:
        waiting = [site.connect(b"GET /wait HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(2)]
        site.until(lambda state: len(state.tasks) == 2)
        assert site.ask() == 503
        waiting[0].close()
        site.until_connections(1)
        assert site.ask() == 200


def test_a_body_that_is_not_http_is_refused_once(caplog: pytest.LogCaptureFixture) -> None:
    broken = b" /count HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnot a length\r\n"
    with serving() as site:
        for method in (b"POST", b"HEAD", b"GET"):
            answer = site.connect(method + broken).makefile("rb").read()
            assert answer.startswith(b"HTTP/1.1 400 ")
            assert answer.count(b"HTTP/1.1") == 1
        assert site.ask() == 200
    assert not [one for one in caplog.records if one.levelname == "ERROR"]
