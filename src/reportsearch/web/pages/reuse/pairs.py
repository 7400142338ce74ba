"""The list of pairs of reports with the most text in common, a page of its own.

It can take a minute, for which nobody should wait who only checks a draft. So the front page has
a link to it, and a script that fetches the list once that page is there.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from reportsearch.web.archive_service import get_service
from reportsearch.web.pages.reuse import form
from reportsearch.web.templating import render

_FEW_PAIRS = 20


def show_pairs(request: Request) -> Response:
    """Show the pairs, or with ``few`` in the address as many as the front page has."""
    with get_service(request).for_search() as archive:
        infos = archive.infos()
    is_short = "few" in request.query_params
    return render(
        request,
        "reuse_pairs.html",
        pairs=form.get_pairs(request) if infos else None,
        is_short=is_short,
        max_pairs=_FEW_PAIRS if is_short else form.MAX_PAIRS,
        names={info.id: info.title or info.id for info in infos},
        officials_of={info.id: info.person for info in infos},
    )
