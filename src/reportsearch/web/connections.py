"""Limits on connections: slow and idle ones are dropped, and there is a bound on their number.

A request must arrive at a minimum rate, and so must the client read the response. When all
connections are in use, the one whose client has been silent for longest makes room, unless its
request is complete.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

_MAX_CONNECTIONS = 400
_NO_BODY = b"Connection: close\r\nContent-Length: 0\r\n\r\n"
_FULL = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\n" + _NO_BODY
_BROKEN = b"HTTP/1.1 400 Bad Request\r\n" + _NO_BODY


@dataclass(frozen=True)
class ConnectionLimits:
    """The time that clients have, checked every ``check_seconds``.

    ``head_seconds`` are for the head of a request, from the connection or the last response on. Of
    a body and of a response, each ``slow_seconds`` must carry ``bytes_per_second`` on average.
    """

    head_seconds: float = 20.0
    slow_seconds: float = 30.0
    bytes_per_second: int = 2_000
    check_seconds: float = 2.0
    connections: int = _MAX_CONNECTIONS

    @property
    def least_bytes(self) -> int:
        """Return the bytes that must be carried in ``slow_seconds``."""
        return int(self.bytes_per_second * self.slow_seconds)


def count_possible_connections() -> int:
    """Return how many connections leave half of the file descriptors for everything else."""
    if sys.platform == "win32":
        return _MAX_CONNECTIONS
    import resource

    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most == resource.RLIM_INFINITY:
        return _MAX_CONNECTIONS
    return max(8, min(most // 2, _MAX_CONNECTIONS))


class LimitedProtocol(H11Protocol):
    """uvicorn's protocol, with limits."""

    limits = ConnectionLimits()

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._timer: asyncio.TimerHandle | None = None
        self._since = self.loop.time()
        """When the current part of a request, or the current ``slow_seconds`` of a body, began."""
        self._received = 0
        self._heard = self._since
        self._unsent = 0
        self._unsent_since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the checks, and make room if there are too many connections."""
        super().connection_made(transport)
        self._check_later()
        if len(self.connections) > self.limits.connections and not self._make_room():
            transport.write(_FULL)
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the checks."""
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what arrives of the current part of a request."""
        before = self.conn.their_state
        self._heard = self.loop.time()
        self._received += len(data)
        super().data_received(data)
        if self.conn.their_state is not before:
            self._begin_part()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._begin_part()
        self._heard = self._since
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - in uvicorn, the text to send
        """Refuse what is not HTTP; if it is the body of a request, that has no other response."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            if self.cycle.response_started:
                self.transport.abort()
                return
        self.transport.write(_BROKEN)
        self.transport.close()

    @property
    def is_waiting_for_client(self) -> bool:
        """Return whether no complete request has arrived since the last response."""
        return self.conn.their_state in (h11.IDLE, h11.SEND_BODY)

    def _begin_part(self) -> None:
        self._since, self._received = self.loop.time(), 0

    def _make_room(self) -> bool:
        """Drop the connection whose client has been silent for longest; False if there is none."""
        waiting = [
            one
            for one in self.connections
            if isinstance(one, LimitedProtocol)
            and one is not self
            and one.is_waiting_for_client
            and not one.transport.is_closing()
        ]
        if waiting:
            min(waiting, key=lambda one: one._heard).transport.abort()  # noqa: SLF001 - own class
        return bool(waiting)

    def _check_later(self) -> None:
        self._timer = self.loop.call_later(self.limits.check_seconds, self._check)

    def _check(self) -> None:
        if self._is_too_slow():
            self.transport.abort()
        else:
            self._check_later()

    def _is_too_slow(self) -> bool:
        unsent = self.transport.get_write_buffer_size()
        if unsent:
            return self._is_reading_too_slowly(unsent)
        self._unsent = 0
        if self.conn.their_state is h11.IDLE:
            return self.loop.time() - self._since > self.limits.head_seconds
        return self._is_sending_too_slowly()

    def _is_sending_too_slowly(self) -> bool:
        """Return whether the last ``slow_seconds`` of a body carried too little."""
        if self.conn.their_state is not h11.SEND_BODY or self.flow.read_paused:
            # The client waits for us.
            self._begin_part()
        elif self.loop.time() - self._since > self.limits.slow_seconds:
            if self._received < self.limits.least_bytes:
                return True
            self._begin_part()
        return False

    def _is_reading_too_slowly(self, unsent: int) -> bool:
        """Return whether the client has not read the minimum since it was last measured."""
        now, least = self.loop.time(), self.limits.least_bytes
        if not self._unsent or unsent > self._unsent or self._unsent - unsent >= least:
            self._unsent, self._unsent_since = unsent, now
        return now - self._unsent_since > self.limits.slow_seconds


def limit_connections(limits: ConnectionLimits) -> type[LimitedProtocol]:
    """Return the protocol with other limits."""
    return type("LimitedProtocol", (LimitedProtocol,), {"limits": limits})
