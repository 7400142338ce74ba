"""A page over an index of its own: asked directly, or in a real browser on a real port."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from reportsearch import Archive
from reportsearch.web.app import create_app
from reportsearch.web.server import Server
from reportsearch.web.settings import Settings

PROJECT = Path(__file__).parents[2]
HOST = "127.0.0.1:8765"


def settings_of(folder: Path, **others: object) -> Settings:
    """Settings whose index and corpus are in a folder; pages wait for their analyses."""
    given = {"wait_seconds": 60.0, **others}
    if not (folder / "index").exists():
        Archive.create(folder / "index", folder=folder / "corpus").close()
    return Settings(index=folder / "index", **given)  # type: ignore[arg-type]


def ask(folder: Path, **others: object) -> TestClient:
    """A client that asks the page without a network; it says what a browser would say."""
    app = create_app(settings_of(folder, **others))
    return TestClient(
        app,
        base_url=f"http://{HOST}",
        headers={"sec-fetch-site": "same-origin"},
        raise_server_exceptions=False,
    )


@pytest.fixture(scope="session")
def shipped_page(shipped_folder: Path) -> Iterator[TestClient]:
    """The page over the shipped corpus; one for all, since it keeps what it has computed."""
    with ask(shipped_folder) as client:
        yield client


@pytest.fixture(scope="module")
def page(shipped_page: TestClient) -> Iterator[TestClient]:
    """The page over the shipped corpus, without cookies. Not to be changed."""
    shipped_page.cookies.clear()
    yield shipped_page
    shipped_page.cookies.clear()


@contextmanager
def running(server: Server, listening: socket.socket) -> Iterator[None]:
    """A server in a thread, until the end of the block."""
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@contextmanager
def served(folder: Path, **others: object) -> Iterator[str]:
    """The page on a port of its own; yields its address."""
    with served_app(folder, **others) as (address, _):
        yield address


@contextmanager
def served_app(folder: Path, **others: object) -> Iterator[tuple[str, Starlette]]:
    """The page on a port of its own; yields its address and the application itself."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    app = create_app(settings_of(folder, port=port, **others))
    with running(Server(app), listening):
        yield f"http://127.0.0.1:{port}", app


@pytest.fixture(scope="session")
def address(shipped_folder: Path) -> Iterator[str]:
    """The page over the shipped corpus, for a browser. Not to be changed."""
    with served(shipped_folder) as found:
        yield found
