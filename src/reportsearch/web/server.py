"""The server behind ``serve``: its socket, and uvicorn with the limits of connections.py."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette

from reportsearch.errors import ReportSearchError
from reportsearch.web.connections import (
    ConnectionLimits,
    count_possible_connections,
    limit_connections,
)

if TYPE_CHECKING:
    from types import FrameType

_MAX_HEAD_BYTES = 2**18
"""Maximum bytes of an address with its headers: 20,000 Chinese characters take 180,000."""
_ACCEPTED_AT_ONCE = 8
"""Connections that are accepted, and have a file descriptor, before they are counted."""
_QUEUED = 4096
"""Connections that the system keeps until they are accepted; of more it lets them try again."""


class Server(uvicorn.Server):
    """A server that ends analyses when it is interrupted."""

    def __init__(self, app: Starlette, limits: ConnectionLimits | None = None) -> None:
        limits = limits or replace(ConnectionLimits(), connections=count_possible_connections())
        config = uvicorn.Config(
            app,
            http=limit_connections(limits),
            ws="none",
            backlog=_ACCEPTED_AT_ONCE,
            h11_max_incomplete_event_size=_MAX_HEAD_BYTES,
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
        )
        super().__init__(config)
        self._app = app

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start; asyncio takes the backlog for the length of the queue, too."""
        await super().startup(sockets)
        for one in sockets or ():
            one.listen(_QUEUED)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; clients that wait for an analysis would keep the server from stopping."""
        self._app.state.service.stop()
        super().handle_exit(sig, frame)


def open_socket(host: str, port: int) -> socket.socket:
    """Open a socket on the address. Raises ReportSearchError if it is taken or not available."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ReportSearchError(
            "--host {host} is not an address of this machine: {error}", host=host, error=error
        ) from error
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if host == "::":
            # All addresses, IPv4 as well; systems differ in the default.
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        made.bind(place)
        # Listen now, so that the address already answers when it is printed.
        made.listen()
    except (OSError, OverflowError) as error:
        made.close()
        raise ReportSearchError(
            "cannot listen on {host}:{port}: {error}; if the page is already running, choose "
            "another port: --port N",
            host=host,
            port=port,
            error=error,
        ) from error
    return made
