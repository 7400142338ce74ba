"""The help page: how to search, what the index contains, and where the files are."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.errors import Message
from reportsearch.web.addresses import is_loopback
from reportsearch.web.archive_service import get_service
from reportsearch.web.settings import Settings
from reportsearch.web.templating import render

EXAMPLES = (
    (
        "招商引资",
        Message("contain the word, a synonym or all words it is made of; exact matches come first"),
    ),
    ("“营商环境”", Message("contain exactly the quoted text")),
    ("文旅 产业园", Message("contain all the words")),
    ("文旅 OR 商务", Message("contain one of the words; OR in capitals")),
    (
        "旅游 -文旅",
        Message("contain the first word but not the second; put a space before the minus sign"),
    ),
    ("(民政 OR 卫健) 养老", Message("match the grouped query")),
    ("年份:2022..2023 养老", Message("are in reports on these years; also 2022.. or ..2022")),
    ("分管:文旅", Message("are in a section on this portfolio, by any of its names")),
    ("职务:副县长 招商", Message("are in reports of this post")),
    ("地区:甲县 旅游", Message("are in reports of this place or places within it")),
    ("章节:不足", Message("have this in a heading above them")),
    (
        "养老服务还有哪些不足？",
        Message(
            "share much of the sentence: text with punctuation is searched as a sentence, and not "
            "all of its words need to occur"
        ),
    ),
)
"""Queries, and what each finds."""


def show(request: Request) -> Response:
    """Show the page; it names folders only to their own machine."""
    settings: Settings = request.app.state.settings
    with get_service(request).for_search() as archive:
        stats = archive.stats()
    is_local = is_loopback(settings.host)
    return render(
        request,
        "help.html",
        examples=EXAMPLES,
        portfolios=stats.portfolios,
        folder=stats.folder if is_local else "",
        index=str(settings.index.absolute()) if is_local else "",
    )


ROUTES = (Route("/help", show, name="help"),)
