"""The first page of reuse: choose a report, upload a draft, see what has most in common."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from reportsearch.web.archive_service import ArchiveService
from reportsearch.web.pages.reuse import form
from reportsearch.web.report_picker import find_reports
from reportsearch.web.templating import render

_MAX_REPORTS_WITH_PAIRS = 300
"""Reports up to which the pairs are worked out without being asked for."""
_SHOWN_PAIRS = 20
_MAX_OFFICIALS = 1_000
"""Officials that the field for the official proposes."""
_MAX_FILTER_CHARS = 200
"""Characters of a filter that are kept."""


def render_front(
    request: Request,
    *,
    error: str = "",
    filled: Mapping[str, Any] | None = None,
    status: int = 200,
) -> Response:
    """The page; ``error`` and what was ``filled`` in are of a draft that could not be read."""
    library: ArchiveService = request.app.state.library
    words = request.query_params.get("q", "")[:_MAX_FILTER_CHARS]
    with library.for_search() as archive:
        infos = archive.infos()
        found = find_reports(infos, words, form.read_page(request))
        before = archive.previous_reports(info.id for info in found.reports)
    wants_all = request.query_params.get("view") == "pairs"
    has_pairs = (
        len(infos) > 1 and (wants_all or len(infos) <= _MAX_REPORTS_WITH_PAIRS) and not error
    )
    officials = sorted({info.official for info in infos if info.official})
    answer = render(
        request,
        "reuse.html",
        status=status,
        count=len(infos),
        words=words,
        found=found,
        before=before,
        officials=officials[:_MAX_OFFICIALS],
        pairs=form.get_pairs(request) if has_pairs else None,
        most=form.MAX_PAIRS if wants_all else _SHOWN_PAIRS,
        megabytes=request.app.state.settings.max_bytes // 2**20,
        names={info.id: info.title or info.id for info in infos},
        officials_of={info.id: info.official for info in infos},
        error=error,
        once=secrets.token_urlsafe(12),
        filled={"official": "", "previous": True, "as": "page", **(filled or {})},
    )
    # A form that was sent has to be another one when somebody goes back to it.
    answer.headers["Cache-Control"] = "no-store"
    return answer
