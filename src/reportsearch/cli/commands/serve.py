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
    from reportsearch.web.settings import Settings
    from reportsearch.web.sign_in import SignIn

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
            "address to listen on (default: 127.0.0.1, this machine only); others require --token; "
            "0.0.0.0 or :: for all addresses of this machine"
        ),
    )
    parser.add_argument(
        "--allowed-host",
        metavar="NAME",
        action="append",
        default=[],
        help=t(
            "another name by which browsers reach the page, beside the names and addresses of this "
            "machine; can be repeated"
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
    from reportsearch.web.addresses import is_loopback, read_allowed_host
    from reportsearch.web.sign_in import check_token

    if options.port > 65_535:
        raise UsageError("--port must be 0 to 65535")
    if options.token is not None and len(options.token) < _MIN_TOKEN_CHARS:
        raise UsageError(
            "--token must have at least {min_token_chars} characters",
            min_token_chars=_MIN_TOKEN_CHARS,
        )
    try:
        if options.token is not None:
            check_token(options.token)
        for name in options.allowed_host:
            read_allowed_host(name)
    except ReportSearchError as error:
        raise UsageError(error.message) from error
    if not is_loopback(options.host) and not options.token:
        raise UsageError(
            "other machines can reach the page on {host}; set a secret: --token WORD",
            host=options.host,
        )


def run(options: argparse.Namespace) -> int:
    """Serve the page until interrupted."""
    import threading
    import webbrowser

    from reportsearch.web.app import create_app
    from reportsearch.web.server import Server, open_socket
    from reportsearch.web.settings import Settings

    # Report problems of the index here, not in the browser.
    Archive.create(options.index, folder=options.folder).close()
    listening = open_socket(options.host, options.port)
    settings = Settings(
        index=Path(options.index),
        host=options.host,
        port=listening.getsockname()[1],
        token=options.token or "",
        allowed_hosts=tuple(options.allowed_host),
    )
    app = create_app(settings)
    sign_in: SignIn = app.state.sign_in
    if not options.quiet:
        _print_addresses(options.t, settings, sign_in)
    if options.open:
        address = sign_in.add_code(settings.address)
        threading.Timer(0.5, webbrowser.open, [address]).start()
    Server(app).run(sockets=[listening])
    return 0


def _print_addresses(t: Translator, settings: Settings, sign_in: SignIn) -> None:
    address = sign_in.add_code(settings.address)
    print_message(t("the page is at {address} ; stop it with Ctrl+C", address=address))
    if sign_in.is_required:
        print_message(
            t(
                "this address opens once; afterwards, and on other machines, open {address} and "
                "enter the token",
                address=settings.address,
            )
        )
