"""The topic page: what passages are about, and the weight of each topic in every group."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.models.topics import AUTO, Topic
from reportsearch.output.tables import topics
from reportsearch.web import analysis_page
from reportsearch.web.address_values import read_text
from reportsearch.web.analysis_form import AnalysisForm, read_form
from reportsearch.web.analysis_page import MANY_PANELS, AnalysisAnswer, ArchiveCall
from reportsearch.web.analysis_threads import analysis_endpoint
from reportsearch.web.templating import build_address

_TOPIC_COUNTS = (5, 8, 10, 15, 20, 30, 40)
_SHOWN_TERMS = 12
"""Terms of a topic shown on a page; a file has all."""
_SEARCH_TERMS = 3
"""Terms of a topic used to search for its passages."""


def _read_topic_count(request: Request) -> int | str:
    given = read_text(request, "topics", AUTO)
    return int(given) if given.isdecimal() and len(given) < 10 else given


def _build_call(request: Request, form: AnalysisForm) -> ArchiveCall:
    return ArchiveCall.of(
        "topics",
        topics=_read_topic_count(request),
        where=form.where,
        query=form.query or None,
        by=form.by,
    )


def show(request: Request) -> Response:
    """Show the form, the topics, and their share of every group."""
    form = read_form(request, "report")
    answer = AnalysisAnswer()
    if analysis_page.is_asked(request, form):
        answer = analysis_page.find_answer(
            request, lambda: _build_call(request, form), lambda _: MANY_PANELS
        )
    too_few = answer.found is not None and answer.found.too_few
    return analysis_page.render_page(
        request,
        "topics.html",
        form,
        answer,
        topic_count=_read_topic_count(request),
        topic_counts=_TOPIC_COUNTS,
        max_terms=_SHOWN_TERMS,
        build_search_address=partial(_build_search_address, form, too_few),
    )


def _build_search_address(form: AnalysisForm, too_few: bool, topic: Topic, group: str = "") -> str:
    """Build the address of a search for a topic in a group, by the topic's first terms.

    If there are too few passages for topics, the topic is a portfolio.
    """
    if too_few:
        filters = dict(form.build_search_filters(group)) | {
            "portfolio": topic.label,
            "q": form.query,
        }
        return build_address("/", filters.items())
    query = " OR ".join(f'"{entry.term}"' for entry in topic.terms[:_SEARCH_TERMS])
    if form.query:
        query = f"({query}) ({form.query})"
    return build_address("/", [("q", query), *form.build_search_filters(group)])


def download(request: Request) -> Response:
    """Return the answer as a file; with ``rows=terms`` a table of terms."""
    of_terms = read_text(request, "rows") == "terms"
    rows = topics.format_terms_csv if of_terms else topics.format_groups_csv
    call = _build_call(request, read_form(request, "report"))
    name = "topics-terms" if of_terms else "topics"
    return analysis_page.download(request, call, name, partial(rows, top=_SHOWN_TERMS))


ROUTES = (
    Route("/topics", analysis_endpoint(show), name="topics"),
    Route("/topics.{ending}", analysis_endpoint(download), name="topics_file"),
)
