"""The options of ``serve``."""

from __future__ import annotations

from reportsearch.cli import options


def add_serve(add_command: options.AddCommand) -> None:
    """Add the command."""
    serve = add_command(
        "serve",
        "show the web page, in which all of this can be done",
        "reportsearch serve --open",
    )
    serve.add_argument(
        "--port",
        metavar="N",
        type=options.parse_whole_number,
        default=8765,
        help="its port (default: 8765)",
    )
    serve.add_argument("--open", action="store_true", help="also open it in the browser")
    serve.add_argument(
        "--folder",
        metavar="DIR",
        default="corpus",
        help="where files that are added in the page are kept (default: corpus)",
    )
    serve.add_argument(
        "--host",
        metavar="ADDRESS",
        default="127.0.0.1",
        help="where to listen (default: 127.0.0.1, for this machine alone); others need --token",
    )
    serve.add_argument(
        "--token", metavar="WORD", help="who opens the page has to know it, 8 characters or more"
    )
