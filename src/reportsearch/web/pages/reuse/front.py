"""The front page of reuse: choose a report or upload a draft; no analysis holds it up."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from reportsearch.web.address_values import paginate
from reportsearch.web.archive_service import get_service
from reportsearch.web.report_picker import find_reports
from reportsearch.web.templating import render

REPORTS_PER_PAGE = 20
_MAX_REPORTS_WITH_PAIRS = 300
"""Maximum number of reports for which the pairs are computed without a request."""
_MAX_OFFICIALS = 1_000
"""Maximum number of officials suggested by the field for the official."""
_MAX_FILTER_CHARS = 200
"""Maximum number of characters of a filter that are read."""


def render_front(
    request: Request,
    *,
    error: str = "",
    filled: Mapping[str, Any] | None = None,
    status: int = 200,
) -> Response:
    """Render the page; ``error`` and ``filled`` are those of a draft that could not be read."""
    words = request.query_params.get("q", "")[:_MAX_FILTER_CHARS]
    with get_service(request).for_search() as archive:
        infos = archive.infos()
        page = paginate(request, find_reports(infos, words), REPORTS_PER_PAGE)
        with_previous = archive.previous_reports(info.id for info in page.items)
    officials = sorted({info.person for info in infos if info.person})
    response = render(
        request,
        "reuse.html",
        status=status,
        count=len(infos),
        words=words,
        page=page,
        with_previous=with_previous,
        officials=officials[:_MAX_OFFICIALS],
        loads_pairs=len(infos) <= _MAX_REPORTS_WITH_PAIRS,
        megabytes=request.app.state.settings.max_bytes // 2**20,
        error=error,
        once=secrets.token_urlsafe(12),
        filled={"official": "", "previous": True, "as": "page", **(filled or {})},
    )
    # Going back to a submitted form must load a new one.
    response.headers["Cache-Control"] = "no-store"
    return response
