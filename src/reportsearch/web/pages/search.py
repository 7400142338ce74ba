"""The search page, which is also the first one."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.web.library import Library
from reportsearch.web.rendering import render


def show(request: Request) -> Response:
    """The box, and what was found."""
    library: Library = request.app.state.library
    with library.quick() as archive:
        stats = archive.stats()
    return render(request, "search.html", stats=stats, query=request.query_params.get("q", ""))


ROUTES = (Route("/", show, name="search"),)
