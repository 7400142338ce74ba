"""The search page, which is also the first one: a query in four views, and its downloads."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.archive import Archive
from reportsearch.errors import QueryError
from reportsearch.locale.columns import localised
from reportsearch.locale.query_reasons import field_named, said
from reportsearch.locale.search import EXAMPLES
from reportsearch.models.search import Concordance, Hit, PassageHit, SearchResult
from reportsearch.output import json_csv as formats
from reportsearch.output import word
from reportsearch.output.tables import kwic as kwic_view
from reportsearch.output.tables import search as search_view
from reportsearch.web import facets
from reportsearch.web import query_explanation as understood
from reportsearch.web.archive_service import Library
from reportsearch.web.citations import citation
from reportsearch.web.search_form import LINES, LONGEST_TITLE, PASSAGES, SORTS, VIEWS, YEARS, Asked
from reportsearch.web.templating import address, changed, language_of, render

WIDTH = 20
"""Characters on either side of an occurrence."""
_LONGEST = 1_200
"""Characters of a passage that are shown; passages are shorter but for endless lines."""
_BEFORE = 200
MOST_SORTED = 5_000
"""Occurrences that are sorted by their context: of more, each page would take seconds."""
_MOST = 10_000
"""Reports, passages or lines in a file."""
_NAMES = {"csv": "CSV", "json": "JSON", "docx": "Word"}
_MOST_WORD = 200
"""The same in a Word document, which is to be read."""


@dataclass(frozen=True)
class Answer:
    """What was found; ``lines`` in the view of lines alone."""

    result: SearchResult
    lines: Concordance | None = None

    def total(self, asked: Asked) -> int:
        """How many reports, passages or lines there are in all."""
        if self.lines is not None:
            return self.lines.matched
        matched = self.result.matched
        return matched.passages if asked.view == PASSAGES else matched.reports


@dataclass(frozen=True)
class Excerpt:
    """What is shown of a passage; the text begins at ``start``. ``before``, ``after``: is cut."""

    text: str
    start: int
    before: bool
    after: bool


def show(request: Request) -> Response:
    """The box, and what was found."""
    asked = Asked.of(request.query_params)
    library: Library = request.app.state.library
    with library.quick() as archive:
        try:
            asked, answer = _page(archive, asked)
        except QueryError as error:
            return _refused(request, asked, error)
        result = _explained(archive, asked, answer.result)
        stats = archive.stats() if asked.is_empty else None
    return render(
        request,
        "search.html",
        **_frame(request, asked),
        result=result,
        total=answer.total(asked),
        most_sorted=MOST_SORTED,
        most=_MOST_WORD,
        lines=answer.lines,
        facets=facets.facets(request, asked, result.facets),
        stats=stats,
        pages=1 if asked.view == YEARS else -(-answer.total(asked) // asked.size),
        explained=understood.rows(result.explain, language_of(request)),
        reason=said(language_of(request), result.explain.reason) if result.explain else "",
        excerpt=_excerpt,
        cite=partial(citation, language_of(request)),
        within=partial(_within, language_of(request)),
        longest_title=LONGEST_TITLE,
        most_per_10k=max((year.per_10k or 0 for year in result.facets.get("year", ())), default=0),
        most_reports=max((year.count for year in result.facets.get("year", ())), default=0),
        error="",
    )


def _refused(request: Request, asked: Asked, error: QueryError) -> Response:
    """The page with what was asked for, and why it cannot be answered."""
    return render(
        request,
        "search.html",
        status=400,
        **_frame(request, asked),
        error=said(language_of(request), str(error)),
        stats=None,
    )


def _frame(request: Request, asked: Asked) -> dict[str, Any]:
    """What the page has whatever is found."""
    first = (SORTS[asked.view] or ("",))[0]
    views = [
        (view, changed(request, view=None if view == VIEWS[0] else view, page=None, sort=None))
        for view in VIEWS
    ]
    sorts = [
        (sort, changed(request, sort=None if sort == first else sort, page=None))
        for sort in SORTS[asked.view]
    ]
    kept = list(asked.where)
    if asked.view != VIEWS[0]:
        kept.append(("view", asked.view))
    if asked.text and asked.sort != first:
        kept.append(("sort", asked.sort))
    values = [
        (key, value)
        for key, value in request.query_params.multi_items()
        if key not in ("page", "lang", "explain", facets.WHOLE)
    ]
    kinds = ("csv", "json") if asked.view == YEARS else ("csv", "json", "docx")
    return {
        "asked": asked,
        "kept": kept,
        "views": views if asked.text else [],
        "sorts": sorts if asked.text and len(sorts) > 1 else [],
        "chips": facets.chips(request, asked),
        "without_filters": address("/", [("q", asked.text)]),
        "downloads_named": [(_NAMES[kind], address(f"/search.{kind}", values)) for kind in kinds],
        "examples": EXAMPLES,
    }


def _page(archive: Archive, asked: Asked) -> tuple[Asked, Answer]:
    """The page that is asked for, or the last one. Raises QueryError."""
    answer = _answer(archive, asked, asked.size, asked.offset, facets.FACETS)
    last = max(1, -(-answer.total(asked) // asked.size))
    if asked.page > last and asked.view != YEARS:
        asked = replace(asked, page=last)
        answer = _answer(archive, asked, asked.size, asked.offset, facets.FACETS)
    return asked, answer


def _answer(
    archive: Archive, asked: Asked, limit: int, offset: int, names: tuple[str, ...]
) -> Answer:
    """Look for it. Raises QueryError."""
    if asked.view in (LINES, YEARS):
        shown, skipped = 0, 0
    else:
        shown, skipped = limit, offset
    if not asked.text:
        return Answer(archive.listing(asked.filters, limit=shown, offset=skipped, facets=names))
    result = archive.search(
        asked.text,
        where=asked.filters,
        limit=shown,
        offset=skipped,
        sort=asked.sort if asked.view not in (LINES, YEARS) else "relevance",
        group="passage" if asked.view == PASSAGES else "report",
        facets=names,
    )
    if asked.view != LINES:
        return Answer(result)
    occurrences = sum(year.occurrences or 0 for year in result.facets["year"])
    lines = archive.kwic(
        asked.text,
        where=asked.filters,
        width=WIDTH,
        sort=asked.sort if occurrences <= MOST_SORTED else "place",
        limit=limit,
        offset=offset,
    )
    return Answer(result, lines)


def _explained(archive: Archive, asked: Asked, result: SearchResult) -> SearchResult:
    """The same with how the query was understood, where nothing meets all of it or one asks."""
    met = result.matched.passages and not result.partial
    if not asked.text or (met and not asked.explain):
        return result
    found = archive.search(
        asked.text,
        where=asked.filters,
        limit=0,
        group="passage" if asked.view == PASSAGES else "report",
        explain=True,
    )
    return replace(result, explain=found.explain)


def _within(language: str, asked: Asked, hit: Hit) -> str:
    """The address of the passages of a report that filters by section let through, or ``""``."""
    chosen = [(field, value) for field, value in asked.where if field in ("portfolio", "section")]
    title = hit.report.title
    if (
        not chosen
        or not 0 < len(title) <= LONGEST_TITLE
        or any('"' in value for _, value in chosen)
    ):
        return ""
    text = " ".join(f'{field}:"{value}"' for field, value in chosen)
    others = [entry for entry in asked.where if entry not in chosen]
    return address(
        "/", [("q", field_named(language, text)), ("view", PASSAGES), ("title", title), *others]
    )


def _excerpt(passage: PassageHit) -> Excerpt:
    """The passage; of an endless one what stands around its first highlight."""
    text = passage.text
    if len(text) <= _LONGEST:
        return Excerpt(text, passage.start, before=False, after=False)
    first = passage.highlights[0][0] - passage.start if passage.highlights else 0
    begin = max(0, min(first - _BEFORE, len(text) - _LONGEST))
    end = begin + _LONGEST
    return Excerpt(text[begin:end], passage.start + begin, before=begin > 0, after=end < len(text))


def as_csv(request: Request) -> Response:
    """The hits as a table; in the view of years their counts."""
    asked, answer = _whole(request, _MOST)
    if answer.lines is not None:
        text = kwic_view.rows(answer.lines)
    else:
        text = search_view.rows(answer.result, 0, 0 if asked.view == YEARS else _MOST)
    text = localised(text, language_of(request))
    return _file("csv", "text/csv; charset=utf-8", text.encode("utf-8", "replace"))


def as_json(request: Request) -> Response:
    """The hits as one JSON document, as ``--format json`` prints them."""
    _, answer = _whole(request, _MOST)
    text = formats.to_json(answer.result if answer.lines is None else answer.lines)
    return _file("json", "application/json", text.encode("utf-8", "replace"))


def as_word(request: Request) -> Response:
    """The first hits as a Word document, with citations."""
    _, answer = _whole(request, _MOST_WORD)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "search.docx"
        if answer.lines is None:
            word.search_document(answer.result, path)
        else:
            word.kwic_document(answer.lines, path)
        data = path.read_bytes()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _file("docx", kind, data)


def _whole(request: Request, most: int) -> tuple[Asked, Answer]:
    """The answer from its beginning. Raises QueryError."""
    asked = Asked.of(request.query_params)
    library: Library = request.app.state.library
    names = ("year",) if asked.view in (LINES, YEARS) else ()
    with library.quick() as archive:
        return asked, _answer(archive, asked, most, 0, names)


def _file(ending: str, kind: str, data: bytes) -> Response:
    named = {"Content-Disposition": f'attachment; filename="search.{ending}"'}
    return Response(data, media_type=kind, headers=named)


ROUTES = (
    Route("/", show, name="search"),
    Route("/search.csv", as_csv),
    Route("/search.json", as_json),
    Route("/search.docx", as_word),
)
