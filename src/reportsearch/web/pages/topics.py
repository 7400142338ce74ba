"""Topics: what passages are about, and how much of each is in every group."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.errors import NotFoundError, QueryError
from reportsearch.locale.query_reasons import said
from reportsearch.models.keywords import GROUPED_BY
from reportsearch.models.topics import AUTO, Topic, Topics
from reportsearch.output import tables as display
from reportsearch.web import analysis_form as asking
from reportsearch.web.analysis_response import FIGURES, FIRST, Question, file, picture
from reportsearch.web.archive_service import Library
from reportsearch.web.templating import address, language_of, render

_NUMBERS = (5, 8, 10, 15, 20, 30, 40)
_TERMS = 12
"""Terms of a topic that a page shows; a file has all."""
_MANY = 99
"""Panels: the table of groups says the same, so that the picture can wait."""
_SEARCHED = 3
"""Terms of a topic by which its passages are searched for."""


def _number(request: Request) -> int | str:
    given = asking.text(request, "topics", AUTO)
    return int(given) if given.isdecimal() and len(given) < 10 else given


def _question(request: Request, asked: asking.Asked) -> Question:
    return Question.of(
        "topics",
        topics=_number(request),
        where=asked.where,
        query=asked.query or None,
        by=asked.by,
    )


def show(request: Request) -> Response:
    """The form, the topics, and their part in every group."""
    library: Library = request.app.state.library
    asked = asking.ask(request, library, "report")
    found: Topics | None = None
    drawn = None
    error = ""
    if request.query_params.keys() - {"lang"} and asked.known.infos:
        try:
            question = _question(request, asked)
            found = question.answer(library)
            drawn = picture(library, question, found, language_of(request), _MANY)
        except (QueryError, NotFoundError) as wrong:
            error = said(language_of(request), str(wrong))
    return render(
        request,
        "topics.html",
        status=400 if error else 200,
        asked=asked,
        found=found,
        drawn=drawn,
        error=error,
        bys=GROUPED_BY,
        number=_number(request),
        numbers=_NUMBERS,
        terms=_TERMS,
        first=FIRST,
        found_by=partial(_found_by, asked, found is not None and found.too_few),
        **FIGURES,
    )


def _found_by(asked: asking.Asked, too_few: bool, topic: Topic, group: str = "") -> str:
    """Where the passages of a topic are searched for: by its first terms, in a group.

    Where there are too few passages for topics it is a portfolio.
    """
    if too_few:
        filters = dict(asked.found_in(group)) | {"portfolio": topic.label, "q": asked.query}
        return address("/", filters.items())
    query = " OR ".join(f'"{entry.term}"' for entry in topic.terms[:_SEARCHED])
    if asked.query:
        query = f"({query}) ({asked.query})"
    return address("/", [("q", query), *asked.found_in(group)])


def download(request: Request) -> Response:
    """The same as a file; with ``rows=terms`` a table of terms."""
    asked = asking.ask(request, request.app.state.library, "report")
    of_terms = asking.text(request, "rows") == "terms"
    rows = display.topics.term_rows if of_terms else display.topics.group_rows
    question = _question(request, asked)
    name = "topics-terms" if of_terms else "topics"
    return file(request, question, name, partial(rows, top=_TERMS), language_of(request))


ROUTES = (
    Route("/topics", show, name="topics"),
    Route("/topics.{ending}", download, name="topics_file"),
)
