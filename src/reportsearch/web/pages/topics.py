"""Topics: what passages are about, and how much of each is in every group."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.errors import NotFoundError, QueryError
from reportsearch.locale.query_reasons import translate_error
from reportsearch.models.keywords import GROUPING_FIELDS
from reportsearch.models.topics import AUTO, Topic, Topics
from reportsearch.output import tables
from reportsearch.web import analysis_form
from reportsearch.web.analysis_response import (
    SHOWN_GROUPS,
    TEMPLATE_FUNCTIONS,
    ArchiveCall,
    draw_picture,
    make_file_response,
)
from reportsearch.web.archive_service import ArchiveService
from reportsearch.web.templating import build_address, get_language, render

_TOPIC_COUNTS = (5, 8, 10, 15, 20, 30, 40)
_SHOWN_TERMS = 12
"""Terms of a topic that a page shows; a file has all."""
_MANY_PANELS = 99
"""Panels: the table of groups says the same, so that the picture can wait."""
_SEARCH_TERMS = 3
"""Terms of a topic by which its passages are searched for."""


def _read_topic_count(request: Request) -> int | str:
    given = analysis_form.read_text(request, "topics", AUTO)
    return int(given) if given.isdecimal() and len(given) < 10 else given


def _build_call(request: Request, asked: analysis_form.AnalysisForm) -> ArchiveCall:
    return ArchiveCall.of(
        "topics",
        topics=_read_topic_count(request),
        where=asked.where,
        query=asked.query or None,
        by=asked.by,
    )


def show(request: Request) -> Response:
    """The form, the topics, and their part in every group."""
    library: ArchiveService = request.app.state.library
    asked = analysis_form.read_form(request, library, "report")
    found: Topics | None = None
    drawn = None
    error = ""
    if request.query_params.keys() - {"lang"} and asked.known.infos:
        try:
            question = _build_call(request, asked)
            found = question.get_answer(library)
            drawn = draw_picture(library, question, found, get_language(request), _MANY_PANELS)
        except (QueryError, NotFoundError) as wrong:
            error = translate_error(get_language(request), str(wrong))
    return render(
        request,
        "topics.html",
        status=400 if error else 200,
        asked=asked,
        found=found,
        drawn=drawn,
        error=error,
        bys=GROUPING_FIELDS,
        number=_read_topic_count(request),
        numbers=_TOPIC_COUNTS,
        terms=_SHOWN_TERMS,
        first=SHOWN_GROUPS,
        found_by=partial(_build_search_address, asked, found is not None and found.too_few),
        **TEMPLATE_FUNCTIONS,
    )


def _build_search_address(
    asked: analysis_form.AnalysisForm, too_few: bool, topic: Topic, group: str = ""
) -> str:
    """Where the passages of a topic are searched for: by its first terms, in a group.

    Where there are too few passages for topics it is a portfolio.
    """
    if too_few:
        filters = dict(asked.build_search_filters(group)) | {
            "portfolio": topic.label,
            "q": asked.query,
        }
        return build_address("/", filters.items())
    query = " OR ".join(f'"{entry.term}"' for entry in topic.terms[:_SEARCH_TERMS])
    if asked.query:
        query = f"({query}) ({asked.query})"
    return build_address("/", [("q", query), *asked.build_search_filters(group)])


def download(request: Request) -> Response:
    """The same as a file; with ``rows=terms`` a table of terms."""
    asked = analysis_form.read_form(request, request.app.state.library, "report")
    of_terms = analysis_form.read_text(request, "rows") == "terms"
    rows = tables.topics.format_terms_csv if of_terms else tables.topics.format_groups_csv
    question = _build_call(request, asked)
    name = "topics-terms" if of_terms else "topics"
    return make_file_response(
        request, question, name, partial(rows, top=_SHOWN_TERMS), get_language(request)
    )


ROUTES = (
    Route("/topics", show, name="topics"),
    Route("/topics.{ending}", download, name="topics_file"),
)
