"""Threads for requests that may wait for an analysis, and an end when the client has gone.

Other pages have threads of their own, so they never wait for an analysis.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from functools import partial, wraps
from typing import ParamSpec

from starlette.requests import Request
from starlette.responses import Response

from reportsearch.web.archive_service import CLIENT_GONE
from reportsearch.web.jobs import BUSY, BusyError
from reportsearch.web.security import TooLargeError

P = ParamSpec("P")
MAX_REQUESTS = 32
"""Requests that can wait for analyses at the same time."""


class AnalysisThreads:
    """A bounded number of threads; used from the event loop only."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(MAX_REQUESTS, thread_name_prefix="analysis request")
        self._running = 0

    async def run(
        self,
        request: Request,
        function: Callable[P, Response],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Response:
        """Run a function that answers a request whose body has been read.

        Analyses that only this request waits for are cancelled when its client disconnects. Raises
        BusyError if all threads are in use.
        """
        if self._running >= MAX_REQUESTS:
            raise BusyError(BUSY)
        self._running += 1
        client_gone = threading.Event()
        CLIENT_GONE.set(client_gone)
        run = partial(copy_context().run, function, *args, **kwargs)
        watching = asyncio.create_task(_watch_client(request, client_gone))
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, run)
        finally:
            watching.cancel()
            self._running -= 1

    def close(self) -> None:
        """Start no more threads."""
        self._threads.shutdown(wait=False)


async def _watch_client(request: Request, client_gone: threading.Event) -> None:
    """Set the event when the client disconnects."""
    # What a request for a page carries as its body is of no use.
    with suppress(TooLargeError):
        while (await request.receive())["type"] != "http.disconnect":
            pass
    client_gone.set()


def get_threads(request: Request) -> AnalysisThreads:
    """Return the threads of the application that handles a request."""
    threads: AnalysisThreads = request.app.state.analysis_threads
    return threads


def analysis_endpoint(
    answer: Callable[[Request], Response],
) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that runs a function in the threads for analyses."""

    @wraps(answer)
    async def run(request: Request) -> Response:
        return await get_threads(request).run(request, answer, request)

    return run
