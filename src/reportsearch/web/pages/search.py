"""The search page, which is also the front page: a query in four views, and its downloads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.archive import Archive
from reportsearch.errors import Message, QueryError
from reportsearch.locale import PAGE, QUERY, Translator
from reportsearch.locks import TemporaryFolder
from reportsearch.models.search import Concordance, Hit, PassageHit, SearchResult
from reportsearch.output import json_csv, word
from reportsearch.output.prose.term_kinds import TERM_KINDS
from reportsearch.output.tables import kwic, search
from reportsearch.web import facets, query_explanation
from reportsearch.web.archive_service import get_service
from reportsearch.web.citations import cite_passage
from reportsearch.web.downloads import make_attachment
from reportsearch.web.search_form import (
    LINES,
    MAX_TITLE_CHARS,
    PASSAGES,
    REPORTS,
    SORTS,
    VIEWS,
    YEARS,
    SearchForm,
)
from reportsearch.web.templating import (
    build_address,
    build_changed_address,
    get_translator,
    render,
)

KWIC_WIDTH = 20
"""Characters on either side of an occurrence."""
_MAX_EXCERPT_CHARS = 1_200
"""Maximum number of characters shown of a passage; only extremely long lines exceed it."""
_EXCERPT_LEAD = 200
MAX_SORTED = 5_000
"""Maximum number of occurrences sorted by context: with more, each page would take seconds."""
_MAX_ROWS = 10_000
"""Maximum number of reports, passages or lines in a file."""
_FORMAT_NAMES = {"csv": "CSV", "json": "JSON", "docx": "Word"}
_MAX_WORD_HITS = 200
"""The same in a Word document, which is meant to be read."""

EXAMPLES = (
    ("招商引资", Message("contain the word or a synonym")),
    ("文旅 产业园", Message("contain both words")),
    ("“营商环境”", Message("contain exactly this")),
    ("文旅 OR 旅游", Message("contain either word")),
    ("旅游 -文旅", Message("contain the first word but not the second")),
    ("分管:民政 年份:2022..2023", Message("are from these years and on this portfolio")),
    ("养老服务还有哪些不足？", Message("share much of the sentence")),
)
"""Queries that show the syntax, and what each finds."""
_SORT_LABELS = {
    "relevance": Message("relevance"),
    "date": Message("date"),
    "place": Message("position"),
    "left": Message("left context"),
    "right": Message("right context"),
}


@dataclass(frozen=True)
class SearchAnswer:
    """The results of a search; ``lines`` only in the view of lines."""

    result: SearchResult
    lines: Concordance | None = None

    def count_total(self, form: SearchForm) -> int:
        """Count all reports, passages or lines."""
        if self.lines is not None:
            return self.lines.matched
        matched = self.result.matched
        return matched.passages if form.view == PASSAGES else matched.reports


@dataclass(frozen=True)
class Excerpt:
    """The part of a passage to show, which begins at ``start``."""

    text: str
    start: int
    is_cut_before: bool
    is_cut_after: bool


def show(request: Request) -> Response:
    """Show the search box and the results."""
    t = get_translator(request)
    form = SearchForm.from_request(request)
    with get_service(request).for_search() as archive:
        try:
            form, answer = _find_page(archive, form)
        except QueryError as error:
            return _render_error(request, form, error)
        result = _add_explanation(archive, form, answer.result)
        stats = archive.stats() if form.is_empty else None
    total = answer.count_total(form)
    years = result.facets.get("year", ())
    return render(
        request,
        "search.html",
        **_build_context(request, form),
        result=result,
        total=total,
        max_sorted=MAX_SORTED,
        max_word_hits=_MAX_WORD_HITS,
        lines=answer.lines,
        facets=facets.build_facets(request, form, result.facets),
        stats=stats,
        pages=1 if form.view == YEARS else -(-total // form.size),
        explanation_rows=query_explanation.build_rows(result.explain, t),
        reason=t.translate(result.explain.reason, PAGE) if result.explain else "",
        cut_excerpt=_cut_excerpt,
        cite_passage=partial(cite_passage, t),
        build_within_address=partial(_build_within_address, t),
        max_title_chars=MAX_TITLE_CHARS,
        term_kinds=TERM_KINDS,
        most_per_10k=max((year.per_10k or 0 for year in years), default=0),
        most_reports=max((year.count for year in years), default=0),
        error="",
    )


def _render_error(request: Request, form: SearchForm, error: QueryError) -> Response:
    """Render the page with the query and the reason why it cannot be answered."""
    return render(
        request,
        "search.html",
        status=400,
        **_build_context(request, form),
        error=get_translator(request).translate(error.message, PAGE),
        stats=None,
    )


def _build_context(request: Request, form: SearchForm) -> dict[str, Any]:
    """Return the values that the page shows whatever the results."""
    t, orders = get_translator(request), SORTS[form.view]
    default = (orders or ("",))[0]
    views = [
        (view, build_changed_address(request, view=view if at else None, page=None, sort=None))
        for at, view in enumerate(VIEWS)
    ]
    sorts = [
        (sort, build_changed_address(request, sort=sort if at else None, page=None))
        for at, sort in enumerate(orders)
    ]
    hidden_values = list(form.where)
    if form.view != VIEWS[0]:
        hidden_values.append(("view", form.view))
    if form.text and form.sort != default:
        hidden_values.append(("sort", form.sort))
    values = [
        (key, value)
        for key, value in request.query_params.multi_items()
        if key not in ("page", "lang", "explain", facets.EXPANDED_PARAMETER)
    ]
    endings = ("csv", "json") if form.view == YEARS else ("csv", "json", "docx")
    return {
        "form": form,
        "hidden_values": hidden_values,
        "views": views if form.text else [],
        "sorts": sorts if form.text and len(sorts) > 1 else [],
        "chips": facets.build_chips(request, form),
        "without_filters": build_address("/", [("q", form.text)]),
        "downloads": [
            (_FORMAT_NAMES[ending], build_address(f"/search.{ending}", values))
            for ending in endings
        ],
        "examples": EXAMPLES,
        "view_labels": {
            REPORTS: t.pgettext("search", "Reports"),
            PASSAGES: t.pgettext("search", "Passages"),
            LINES: t("Concordance"),
            YEARS: t("By year"),
        },
        "sort_labels": _SORT_LABELS,
    }


def _find_page(archive: Archive, form: SearchForm) -> tuple[SearchForm, SearchAnswer]:
    """Find the requested page, or the last one. Raises QueryError."""
    answer = _run_search(archive, form, form.size, form.offset, facets.FACETS)
    last = max(1, -(-answer.count_total(form) // form.size))
    if form.page > last and form.view != YEARS:
        form = replace(form, page=last)
        answer = _run_search(archive, form, form.size, form.offset, facets.FACETS)
    return form, answer


def _run_search(
    archive: Archive, form: SearchForm, limit: int, offset: int, names: tuple[str, ...]
) -> SearchAnswer:
    """Search, or list all reports if there is no query. Raises QueryError."""
    has_hits = form.view not in (LINES, YEARS)
    shown, skipped = (limit, offset) if has_hits else (0, 0)
    if not form.text:
        return SearchAnswer(
            archive.listing(form.filters, limit=shown, offset=skipped, facets=names)
        )
    result = archive.search(
        form.text,
        where=form.filters,
        limit=shown,
        offset=skipped,
        sort=form.sort if has_hits else "relevance",
        group="passage" if form.view == PASSAGES else "report",
        facets=names,
    )
    if form.view != LINES:
        return SearchAnswer(result)
    occurrences = sum(year.occurrences or 0 for year in result.facets["year"])
    lines = archive.kwic(
        form.text,
        where=form.filters,
        width=KWIC_WIDTH,
        sort=form.sort if occurrences <= MAX_SORTED else "place",
        limit=limit,
        offset=offset,
    )
    return SearchAnswer(result, lines)


def _add_explanation(archive: Archive, form: SearchForm, result: SearchResult) -> SearchResult:
    """Add the explanation of the query if nothing matches all of it or the form requests it."""
    met = result.matched.passages and not result.partial
    if not form.text or (met and not form.explain):
        return result
    found = archive.search(
        form.text,
        where=form.filters,
        limit=0,
        group="passage" if form.view == PASSAGES else "report",
        explain=True,
    )
    return replace(result, explain=found.explain)


def _build_within_address(t: Translator, form: SearchForm, hit: Hit) -> str:
    """Build the address of a report's passages that match the section filters, or ``""``."""
    chosen = [(field, value) for field, value in form.where if field in ("portfolio", "section")]
    title = hit.report.title
    if (
        not chosen
        or not 0 < len(title) <= MAX_TITLE_CHARS
        or any('"' in value for _, value in chosen)
    ):
        return ""
    text = " ".join(f'{t.pgettext(QUERY, field)}:"{value}"' for field, value in chosen)
    others = [entry for entry in form.where if entry not in chosen]
    return build_address(
        "/",
        [
            ("q", text),
            ("view", PASSAGES),
            ("title", title),
            *others,
        ],
    )


def _cut_excerpt(passage: PassageHit) -> Excerpt:
    """Return the passage; if it is too long, the text around its first highlight."""
    text = passage.text
    if len(text) <= _MAX_EXCERPT_CHARS:
        return Excerpt(text, passage.start, is_cut_before=False, is_cut_after=False)
    first = passage.highlights[0][0] - passage.start if passage.highlights else 0
    begin = max(0, min(first - _EXCERPT_LEAD, len(text) - _MAX_EXCERPT_CHARS))
    end = begin + _MAX_EXCERPT_CHARS
    return Excerpt(text[begin:end], passage.start + begin, begin > 0, end < len(text))


def as_csv(request: Request) -> Response:
    """Return the hits as CSV, or the counts in the view of years."""
    form, answer = _search_from_start(request, _MAX_ROWS)
    t = get_translator(request)
    if answer.lines is not None:
        text = kwic.format_csv(answer.lines, t)
    else:
        limit = 0 if form.view == YEARS else _MAX_ROWS
        text = search.format_csv(answer.result, t, offset=0, limit=limit)
    return make_attachment(text, "csv", "search")


def as_json(request: Request) -> Response:
    """Return the hits as one JSON document, as ``--format json`` prints them."""
    _, answer = _search_from_start(request, _MAX_ROWS)
    text = json_csv.to_json(answer.result if answer.lines is None else answer.lines)
    return make_attachment(text, "json", "search")


def as_word(request: Request) -> Response:
    """Return the first hits as a Word document with citations."""
    _, answer = _search_from_start(request, _MAX_WORD_HITS)
    with TemporaryFolder() as folder:
        path = folder / "search.docx"
        if answer.lines is None:
            word.write_search_document(answer.result, path, get_translator(request))
        else:
            word.write_kwic_document(answer.lines, path, get_translator(request))
        return make_attachment(path.read_bytes(), "docx", "search")


def _search_from_start(request: Request, limit: int) -> tuple[SearchForm, SearchAnswer]:
    """Search for the first ``limit`` hits. Raises QueryError."""
    form = SearchForm.from_request(request)
    names = ("year",) if form.view in (LINES, YEARS) else ()
    with get_service(request).for_search() as archive:
        return form, _run_search(archive, form, limit, 0, names)


ROUTES = (
    Route("/", show, name="search"),
    Route("/search.csv", as_csv),
    Route("/search.json", as_json),
    Route("/search.docx", as_word),
)
