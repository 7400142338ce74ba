"""The help page: how to search, what there is, what is recognised, where the files are."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.locale.help import EXAMPLES
from reportsearch.web.archive_service import get_service
from reportsearch.web.settings import Settings, is_loopback
from reportsearch.web.templating import render

PAGES = ("similar", "reuse", "keywords", "topics", "compare", "portfolios", "add")


def show(request: Request) -> Response:
    """Show the page; it names the folders only on their own machine."""
    settings: Settings = request.app.state.settings
    with get_service(request).for_search() as archive:
        portfolios = archive.stats().portfolios
    places = None
    if is_loopback(settings.host):
        places = (
            ("folder", str(settings.folder.absolute())),
            ("index", str(settings.index.absolute())),
        )
    return render(
        request,
        "help.html",
        examples=EXAMPLES,
        pages=PAGES,
        portfolios=portfolios,
        places=places,
    )


ROUTES = (Route("/help", show, name="help"),)
