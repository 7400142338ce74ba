"""The most memory that a server takes while something is done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.faults.web_server import WebServer

_SECONDS = 0.1


class MemoryWatch:
    """The most megabytes that the server and its readers have taken together."""

    def __init__(self, server: WebServer) -> None:
        self._server = server
        self.most = server.measure_megabytes()

    def run(self, ended: threading.Event) -> None:
        """Measure until it is ended."""
        while not ended.wait(_SECONDS):
            self.most = max(self.most, self._server.measure_megabytes())


@contextmanager
def watch_memory(server: WebServer) -> Iterator[MemoryWatch]:
    """Measure in a thread until the end of the block."""
    watch, ended = MemoryWatch(server), threading.Event()
    thread = threading.Thread(target=watch.run, args=[ended])
    thread.start()
    try:
        yield watch
    finally:
        ended.set()
        thread.join()
