"""Compare: what sets groups apart, what they share, and the use of a term over groups."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch import display
from reportsearch.errors import NotFoundError, QueryError
from reportsearch.models import GROUPED_BY, PHRASES, TERM_KINDS, Comparison, Uses
from reportsearch.web import asking
from reportsearch.web.answering import FIGURES, FIRST, Question, file, picture
from reportsearch.web.library import Library
from reportsearch.web.rendering import language_of, render
from reportsearch.wording.web import teller
from reportsearch.wording.web.query_reasons import said

_TOP = 10
_MOST = 100
_BETWEEN = re.compile(r"[,，、;；]")


def _terms(request: Request) -> tuple[str, ...]:
    """The terms whose use is asked about."""
    given = asking.several(request, "term")
    parts = (part.strip() for value in given for part in _BETWEEN.split(value))
    return tuple(dict.fromkeys(part for part in parts if part))


def _question(request: Request, asked: asking.Asked) -> Question:
    terms = _terms(request)
    if terms:
        return Question.of(
            "uses",
            terms=terms,
            by=asked.by,
            values=asked.values,
            where=asked.where,
            query=asked.query or None,
        )
    pairwise = _is_pairwise(request)
    if pairwise and len(asked.values) != 2:
        raise QueryError(teller(language_of(request))("compare.two"))
    return Question.of(
        "compare",
        by=asked.by,
        values=asked.values,
        where=asked.where,
        query=asked.query or None,
        pairwise=pairwise,
        terms=_kind(request),
        top=asking.whole(request, "top", _TOP, 1, _MOST),
    )


def _is_pairwise(request: Request) -> bool:
    return asking.text(request, "pairwise") == "1"


def _kind(request: Request) -> str:
    return asking.one_of(request, "terms", (PHRASES, *TERM_KINDS))


def _ask(request: Request) -> asking.Asked:
    by = "year" if _terms(request) else "official"
    return asking.ask(request, request.app.state.library, by)


def show(request: Request) -> Response:
    """The form, and for each group its terms, or the use of the terms that are named."""
    library: Library = request.app.state.library
    asked = _ask(request)
    found: Comparison | Uses | None = None
    drawn = None
    error = ""
    if request.query_params.keys() - {"lang"} and asked.known.infos:
        try:
            question = _question(request, asked)
            found = question.answer(library)
            drawn = picture(library, question, found, language_of(request), _panels(found))
        except (QueryError, NotFoundError) as wrong:
            error = said(language_of(request), str(wrong))
    return render(
        request,
        "compare.html",
        status=400 if error else 200,
        asked=asked,
        compared=found if isinstance(found, Comparison) else None,
        uses=found if isinstance(found, Uses) else None,
        drawn=drawn,
        error=error,
        bys=GROUPED_BY,
        terms="、".join(_terms(request)),
        kind=_kind(request),
        pairwise=_is_pairwise(request),
        top=asking.whole(request, "top", _TOP, 1, _MOST),
        first=FIRST,
        **FIGURES,
    )


def _panels(found: Comparison | Uses | None) -> int:
    if isinstance(found, Comparison):
        return len(found.groups)
    return len(found.terms) if found else 0


def download(request: Request) -> Response:
    """The same as a file."""
    asked = _ask(request)
    question = _question(request, asked)
    rows = display.compare.uses_rows if question.command == "uses" else display.compare.rows
    return file(request, question, question.command, rows, language_of(request))


ROUTES = (
    Route("/compare", show, name="compare"),
    Route("/compare.{ending}", download, name="compare_file"),
)
