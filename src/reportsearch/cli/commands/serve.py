"""``serve``: run the web page until it is stopped."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from reportsearch.archive import Archive
from reportsearch.cli.checks import UsageError
from reportsearch.cli.console import print_message
from reportsearch.cli.options import Commands
from reportsearch.errors import ReportSearchError
from reportsearch.locale import Translator

if TYPE_CHECKING:
    import socket
    from types import FrameType

_MAX_HEAD_BYTES = 2**18
"""Maximum bytes of an address with its headers: 20,000 Chinese characters take 180,000."""
_MIN_TOKEN_CHARS = 8


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "serve",
        t("start the web interface, which offers all of these functions"),
        "reportsearch serve --open",
        run=run,
        check=check,
    )
    parser.add_number("--port", t("port to listen on"), 8765)
    parser.add_argument("--open", action="store_true", help=t("also open the page in the browser"))
    parser.add_argument(
        "--folder",
        metavar="DIR",
        help=t(
            "the library's folder from now on, in which files added through the page are saved "
            "(default: the one kept in the index, see index --folder)"
        ),
    )
    parser.add_argument(
        "--host",
        metavar="ADDRESS",
        default="127.0.0.1",
        help=t(
            "address to listen on (default: 127.0.0.1, this machine only); others require --token"
        ),
    )
    parser.add_argument(
        "--token",
        metavar="WORD",
        help=t(
            "secret required to open the page, {least} characters or more",
            least=_MIN_TOKEN_CHARS,
        ),
    )


def check(options: argparse.Namespace) -> None:
    """Raise UsageError if options conflict."""
    from reportsearch.web.settings import is_loopback

    if options.port > 65_535:
        raise UsageError("--port must be 0 to 65535")
    if options.token is not None and len(options.token) < _MIN_TOKEN_CHARS:
        raise UsageError(
            "--token must have at least {min_token_chars} characters",
            min_token_chars=_MIN_TOKEN_CHARS,
        )
    if not is_loopback(options.host) and not options.token:
        raise UsageError(
            "other machines can reach the page on {host}; set a secret: --token WORD",
            host=options.host,
        )


def run(options: argparse.Namespace) -> int:
    """Serve the page until interrupted."""
    import threading
    import webbrowser

    import uvicorn

    from reportsearch.web.app import create_app
    from reportsearch.web.settings import Settings

    # Report problems of the index here, not in the browser.
    Archive.create(options.index, folder=options.folder).close()
    listening = _open_socket(options.host, options.port)
    settings = Settings(
        index=Path(options.index),
        host=options.host,
        port=listening.getsockname()[1],
        token=options.token or "",
    )
    address = settings.address + (f"?token={settings.token}" if settings.token else "")
    if not options.quiet:
        t: Translator = options.t
        print_message(t("the page is at {address} ; stop it with Ctrl+C", address=address))
    if options.open:
        threading.Timer(0.5, webbrowser.open, [address]).start()
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        h11_max_incomplete_event_size=_MAX_HEAD_BYTES,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
    )
    server = uvicorn.Server(config)
    handle_exit = server.handle_exit

    def end(number: int, frame: FrameType | None) -> None:
        # Clients that wait for an analysis would keep the server from stopping.
        app.state.service.stop()
        handle_exit(number, frame)

    server.handle_exit = end  # type: ignore[assignment, method-assign]
    server.run(sockets=[listening])
    return 0


def _open_socket(host: str, port: int) -> socket.socket:
    """Open a socket on the address. Raises ReportSearchError if it is taken or not available."""
    import socket

    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        made = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise ReportSearchError(
            "--host {host} is not an address of this machine: {error}", host=host, error=error
        ) from error
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
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
