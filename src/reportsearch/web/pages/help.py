"""The help page: how to search, what the index contains, and where the files are."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.web.archive_service import get_service
from reportsearch.web.settings import Settings, is_loopback
from reportsearch.web.templating import render

PAGES = ("similar", "reuse", "keywords", "topics", "compare", "portfolios", "add")

EXAMPLES = (
    ("招商引资", "word"),
    ("“营商环境”", "exact"),
    ("文旅 产业园", "and"),
    ("文旅 OR 商务", "or"),
    ("旅游 -文旅", "not"),
    ("(民政 OR 卫健) 养老", "group"),
    ("年份:2022..2023 养老", "year"),
    ("分管:文旅", "portfolio"),
    ("职务:副县长 招商", "post"),
    ("地区:甲县 旅游", "region"),
    ("章节:不足", "section"),
    ("养老服务还有哪些不足？", "text"),
)
"""Queries, and the name of the text that explains each."""


def show(request: Request) -> Response:
    """Show the page; it names folders only to their own machine."""
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
