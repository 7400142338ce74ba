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
from reportsearch.locale.columns import localise_csv
from reportsearch.locale.query_reasons import translate_error, translate_field_names
from reportsearch.locale.search import EXAMPLES
from reportsearch.models.search import Concordance, Hit, PassageHit, SearchResult
from reportsearch.output import json_csv, word
from reportsearch.output.tables import kwic, search
from reportsearch.web import facets, query_explanation
from reportsearch.web.archive_service import ArchiveService
from reportsearch.web.citations import cite_passage
from reportsearch.web.search_form import (
    LINES,
    MAX_TITLE_CHARS,
    PASSAGES,
    SORTS,
    VIEWS,
    YEARS,
    SearchForm,
)
from reportsearch.web.templating import build_address, build_changed_address, get_language, render

KWIC_WIDTH = 20
"""Characters on either side of an occurrence."""
_MAX_EXCERPT_CHARS = 1_200
"""Characters of a passage that are shown; passages are shorter but for endless lines."""
_EXCERPT_LEAD = 200
MAX_SORTED = 5_000
"""Occurrences that are sorted by their context: of more, each page would take seconds."""
_MAX_ROWS = 10_000
"""Reports, passages or lines in a file."""
_FORMAT_NAMES = {"csv": "CSV", "json": "JSON", "docx": "Word"}
_MAX_WORD_HITS = 200
"""The same in a Word document, which is to be read."""


@dataclass(frozen=True)
class SearchAnswer:
    """What was found; ``lines`` in the view of lines alone."""

    result: SearchResult
    lines: Concordance | None = None

    def count_total(self, asked: SearchForm) -> int:
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
    asked = SearchForm.from_query(request.query_params)
    library: ArchiveService = request.app.state.library
    with library.for_search() as archive:
        try:
            asked, answer = _find_page(archive, asked)
        except QueryError as error:
            return _render_error(request, asked, error)
        result = _add_explanation(archive, asked, answer.result)
        stats = archive.stats() if asked.is_empty else None
    return render(
        request,
        "search.html",
        **_build_context(request, asked),
        result=result,
        total=answer.count_total(asked),
        most_sorted=MAX_SORTED,
        most=_MAX_WORD_HITS,
        lines=answer.lines,
        facets=facets.build_facets(request, asked, result.facets),
        stats=stats,
        pages=1 if asked.view == YEARS else -(-answer.count_total(asked) // asked.size),
        explained=query_explanation.build_rows(result.explain, get_language(request)),
        reason=translate_error(get_language(request), result.explain.reason)
        if result.explain
        else "",
        excerpt=_cut_excerpt,
        cite=partial(cite_passage, get_language(request)),
        within=partial(_build_within_address, get_language(request)),
        longest_title=MAX_TITLE_CHARS,
        most_per_10k=max((year.per_10k or 0 for year in result.facets.get("year", ())), default=0),
        most_reports=max((year.count for year in result.facets.get("year", ())), default=0),
        error="",
    )


def _render_error(request: Request, asked: SearchForm, error: QueryError) -> Response:
    """The page with what was asked for, and why it cannot be answered."""
    return render(
        request,
        "search.html",
        status=400,
        **_build_context(request, asked),
        error=translate_error(get_language(request), str(error)),
        stats=None,
    )


def _build_context(request: Request, asked: SearchForm) -> dict[str, Any]:
    """What the page has whatever is found."""
    first = (SORTS[asked.view] or ("",))[0]
    views = [
        (
            view,
            build_changed_address(
                request, view=None if view == VIEWS[0] else view, page=None, sort=None
            ),
        )
        for view in VIEWS
    ]
    sorts = [
        (sort, build_changed_address(request, sort=None if sort == first else sort, page=None))
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
        if key not in ("page", "lang", "explain", facets.EXPANDED_PARAMETER)
    ]
    kinds = ("csv", "json") if asked.view == YEARS else ("csv", "json", "docx")
    return {
        "asked": asked,
        "kept": kept,
        "views": views if asked.text else [],
        "sorts": sorts if asked.text and len(sorts) > 1 else [],
        "chips": facets.build_chips(request, asked),
        "without_filters": build_address("/", [("q", asked.text)]),
        "downloads_named": [
            (_FORMAT_NAMES[kind], build_address(f"/search.{kind}", values)) for kind in kinds
        ],
        "examples": EXAMPLES,
    }


def _find_page(archive: Archive, asked: SearchForm) -> tuple[SearchForm, SearchAnswer]:
    """The page that is asked for, or the last one. Raises QueryError."""
    answer = _run_search(archive, asked, asked.size, asked.offset, facets.FACETS)
    last = max(1, -(-answer.count_total(asked) // asked.size))
    if asked.page > last and asked.view != YEARS:
        asked = replace(asked, page=last)
        answer = _run_search(archive, asked, asked.size, asked.offset, facets.FACETS)
    return asked, answer


def _run_search(
    archive: Archive, asked: SearchForm, limit: int, offset: int, names: tuple[str, ...]
) -> SearchAnswer:
    """Look for it. Raises QueryError."""
    if asked.view in (LINES, YEARS):
        shown, skipped = 0, 0
    else:
        shown, skipped = limit, offset
    if not asked.text:
        return SearchAnswer(
            archive.listing(asked.filters, limit=shown, offset=skipped, facets=names)
        )
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
        return SearchAnswer(result)
    occurrences = sum(year.occurrences or 0 for year in result.facets["year"])
    lines = archive.kwic(
        asked.text,
        where=asked.filters,
        width=KWIC_WIDTH,
        sort=asked.sort if occurrences <= MAX_SORTED else "place",
        limit=limit,
        offset=offset,
    )
    return SearchAnswer(result, lines)


def _add_explanation(archive: Archive, asked: SearchForm, result: SearchResult) -> SearchResult:
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


def _build_within_address(language: str, asked: SearchForm, hit: Hit) -> str:
    """The address of the passages of a report that filters by section let through, or ``""``."""
    chosen = [(field, value) for field, value in asked.where if field in ("portfolio", "section")]
    title = hit.report.title
    if (
        not chosen
        or not 0 < len(title) <= MAX_TITLE_CHARS
        or any('"' in value for _, value in chosen)
    ):
        return ""
    text = " ".join(f'{field}:"{value}"' for field, value in chosen)
    others = [entry for entry in asked.where if entry not in chosen]
    return build_address(
        "/",
        [
            ("q", translate_field_names(language, text)),
            ("view", PASSAGES),
            ("title", title),
            *others,
        ],
    )


def _cut_excerpt(passage: PassageHit) -> Excerpt:
    """The passage; of an endless one what stands around its first highlight."""
    text = passage.text
    if len(text) <= _MAX_EXCERPT_CHARS:
        return Excerpt(text, passage.start, before=False, after=False)
    first = passage.highlights[0][0] - passage.start if passage.highlights else 0
    begin = max(0, min(first - _EXCERPT_LEAD, len(text) - _MAX_EXCERPT_CHARS))
    end = begin + _MAX_EXCERPT_CHARS
    return Excerpt(text[begin:end], passage.start + begin, before=begin > 0, after=end < len(text))


def as_csv(request: Request) -> Response:
    """The hits as a table; in the view of years their counts."""
    asked, answer = _search_from_start(request, _MAX_ROWS)
    if answer.lines is not None:
        text = kwic.format_csv(answer.lines)
    else:
        text = search.format_csv(answer.result, 0, 0 if asked.view == YEARS else _MAX_ROWS)
    text = localise_csv(text, get_language(request))
    return _make_file_response("csv", "text/csv; charset=utf-8", text.encode("utf-8", "replace"))


def as_json(request: Request) -> Response:
    """The hits as one JSON document, as ``--format json`` prints them."""
    _, answer = _search_from_start(request, _MAX_ROWS)
    text = json_csv.to_json(answer.result if answer.lines is None else answer.lines)
    return _make_file_response("json", "application/json", text.encode("utf-8", "replace"))


def as_word(request: Request) -> Response:
    """The first hits as a Word document, with citations."""
    _, answer = _search_from_start(request, _MAX_WORD_HITS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "search.docx"
        if answer.lines is None:
            word.write_search_document(answer.result, path)
        else:
            word.write_kwic_document(answer.lines, path)
        data = path.read_bytes()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _make_file_response("docx", kind, data)


def _search_from_start(request: Request, limit: int) -> tuple[SearchForm, SearchAnswer]:
    """The answer from its beginning. Raises QueryError."""
    asked = SearchForm.from_query(request.query_params)
    library: ArchiveService = request.app.state.library
    names = ("year",) if asked.view in (LINES, YEARS) else ()
    with library.for_search() as archive:
        return asked, _run_search(archive, asked, limit, 0, names)


def _make_file_response(ending: str, kind: str, data: bytes) -> Response:
    named = {"Content-Disposition": f'attachment; filename="search.{ending}"'}
    return Response(data, media_type=kind, headers=named)


ROUTES = (
    Route("/", show, name="search"),
    Route("/search.csv", as_csv),
    Route("/search.json", as_json),
    Route("/search.docx", as_word),
)
