"""The portfolio page: the table of officials, one portfolio side by side, and similarity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.errors import Message, NotFoundError
from reportsearch.locale import Translator
from reportsearch.models.portfolios import (
    MENTIONED_ONLY,
    NOT_DECLARED,
    NOT_REPORTED,
    ROW_FIELDS,
    OfficialSimilarity,
    PortfolioRow,
    Portfolios,
    Portion,
    SideBySide,
    SimilarPair,
)
from reportsearch.models.report import PERSONAL_FIELDS
from reportsearch.output.prose.portfolio_states import STATES
from reportsearch.output.tables import official_similarity, portfolios, side_by_side
from reportsearch.web import analysis_page
from reportsearch.web.address_values import paginate, read_choice, read_list, read_text
from reportsearch.web.analysis_form import FILTERS, AnalysisForm, read_form
from reportsearch.web.analysis_page import MANY_PANELS, SHOWN_GROUPS, AnalysisAnswer, ArchiveCall
from reportsearch.web.analysis_threads import analysis_endpoint
from reportsearch.web.archive_service import get_service
from reportsearch.web.pages import portfolio_figures
from reportsearch.web.templating import build_address, render

SIMILARITY = "similarity"
TABLE = "table"
_CARDS_PER_PAGE = 12
_MAX_COLUMNS = 6
"""Maximum number of rows for which portfolios are rows and officials columns."""
_SHOWN_ITEMS = 5
"""Figures, documents and other items that a card shows at once."""
_MAX_MATRIX_ROWS = 30
_MAX_PAIRS = 20
_PASSAGES_PER_PAGE = 20
_SIGNS = {
    NOT_REPORTED: Message("− nothing found"),
    MENTIONED_ONLY: Message("≈ mentioned only"),
    NOT_DECLARED: Message("+ not assigned"),
}
"""States that stand out, in a cell of the table."""
_TITLES = {
    NOT_REPORTED: Message("Assigned, nothing found"),
    MENTIONED_ONLY: Message("Assigned, mentioned only"),
    NOT_DECLARED: Message("Covered but not assigned"),
}
"""The same, as titles of lists."""
_PROJECT_STATES = {
    "谋划": Message("in preparation"),
    "签约": Message("signed"),
    "启动": Message("started"),
    "推进": Message("under way"),
    "主体": Message("structure complete"),
    "建成": Message("completed"),
    "停滞": Message("stalled"),
}
_TAKEN_REPORTS = Message(
    "Now grouped by {by}, showing the reports of your selection ({of}: {values})."
)
_TAKEN_FILTER = Message("Now grouped by {by}; your selection ({of}: {values}) is now a filter.")
_TAKEN_NOT = Message(
    "Now grouped by {by}; your selection ({of}: {values}) no longer applies, and all are shown."
)


@dataclass(frozen=True)
class CarriedOver:
    """What was chosen before ``by`` was changed: what became of it, its field, and its values."""

    message: Message
    field: str
    values: tuple[str, ...]


def _read_view(request: Request) -> str:
    return read_choice(request, "view", (TABLE, SIMILARITY))


def _build_call(request: Request, form: AnalysisForm) -> ArchiveCall:
    if _read_view(request) == SIMILARITY:
        return ArchiveCall.of("official_similarity", where=form.where)
    return _build_table_call(form, dict(form.filters).get("portfolio"), form.values)


def _build_table_call(
    form: AnalysisForm, portfolio: str | None = None, values: tuple[str, ...] = ()
) -> ArchiveCall:
    where = tuple(f"{name}={value}" for name, value in form.other_filters)
    rows = {"where": where, "by": form.by, "values": values}
    if portfolio is None:
        return ArchiveCall.of("portfolios", **rows)
    return ArchiveCall.of("portfolio", portfolio=portfolio, **rows)


def _read_form(request: Request) -> AnalysisForm:
    return _carry_over_ticks(request)[0]


def _carry_over_ticks(request: Request) -> tuple[AnalysisForm, CarriedOver | None]:
    """Return the form, and what was chosen before ``by`` was changed.

    For chosen officials, their reports are shown. A single value becomes a filter. Several values
    cannot be a filter and are dropped.
    """
    form = read_form(request, "official")
    of = read_text(request, "of")
    if of in {"", form.by} or of not in ROW_FIELDS:
        return form, None
    choices = form.choices
    ticked = tuple(dict.fromkeys(map(choices.from_address, read_list(request, "values"))))
    if not ticked:
        return form, None
    portfolio = form.get_field("portfolio").chosen
    if form.by == "report":
        ids = tuple(
            info.id
            for info in choices.infos.values()
            if portfolio_figures.has_portfolio(info, portfolio)
            and choices.has_value(info, of, ticked)
        )
        if not ids:
            return form, None
        return replace(form, values=ids), CarriedOver(_TAKEN_REPORTS, of, ticked)
    if len(ticked) == 1 and of in FILTERS and not choices.is_report(ticked[0]):
        others = tuple(one for one in form.filters if one[0] != of)
        narrowed = replace(form, filters=(*others, (of, ticked[0])))
        return narrowed, CarriedOver(_TAKEN_FILTER, of, ticked)
    return form, CarriedOver(_TAKEN_NOT, of, ticked)


def show(request: Request) -> Response:
    """Show the form, and the table, one portfolio, or the similarity of officials."""
    form, carried_over = _carry_over_ticks(request)
    answer = AnalysisAnswer()
    if form.choices.infos:
        answer = analysis_page.find_answer(
            request,
            lambda: _build_call(request, form),
            lambda found: 1 if isinstance(found, SideBySide) else MANY_PANELS,
        )
    found = answer.found
    portfolio = form.get_field("portfolio")
    row_options = portfolio_figures.list_row_options(form.choices, form.by, portfolio.chosen)
    if isinstance(found, SideBySide):
        template, values = "portfolios_side_by_side.html", _build_side_by_side(request, found)
    elif isinstance(found, OfficialSimilarity):
        template, values = "portfolios_similarity.html", _build_similarity(found)
    else:
        template, values = "portfolios.html", _build_table(request, form, found)
    return analysis_page.render_page(
        request,
        template,
        form,
        answer,
        carried_over=carried_over,
        groupings=ROW_FIELDS,
        view=_read_view(request),
        portfolio=portfolio,
        is_narrowed=bool(form.other_filters),
        row_options=row_options,
        unnamed=_count_unnamed(form, (form.choices.from_address(one.value) for one in row_options)),
        portion_states=STATES,
        **values,
    )


def _count_unnamed(form: AnalysisForm, values: Iterable[str]) -> int:
    """Count the rows of officials that are reports, since their official is not known."""
    return sum(map(form.choices.is_report, values)) if form.by == "official" else 0


def _build_table(
    request: Request, form: AnalysisForm, found: Portfolios | None
) -> dict[str, object]:
    rows: Sequence[PortfolioRow] = found.rows if found else ()
    page = paginate(request, rows, SHOWN_GROUPS)
    cells = [{one.portfolio: one for one in row.portions} for row in page.items]
    shown = {name for row in cells for name in row}
    personal = form.by in PERSONAL_FIELDS or (found is not None and found.by in PERSONAL_FIELDS)
    return {
        "rows": list(zip(page.items, cells, strict=True)),
        "names": [
            one.portfolio for one in (found.totals if found else ()) if one.portfolio in shown
        ],
        "page": page,
        "is_tall": len(rows) <= _MAX_COLUMNS,
        "mismatches": _find_mismatches(page.items) if personal else [],
        "unknown": [row for row in page.items if row.unknown] if personal else [],
        "personal": personal,
        "unnamed_rows": _count_unnamed(form, (row.value for row in rows)),
        "signs": _SIGNS,
        "titles": _TITLES,
    }


def _find_mismatches(rows: Sequence[PortfolioRow]) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """List each kind of mismatch: the rows that have it, with their portfolios and reports."""
    kinds: list[tuple[str, Callable[[Portion], tuple[str, ...]]]] = [
        (NOT_REPORTED, lambda one: one.not_reported),
        (MENTIONED_ONLY, lambda one: one.mentioned),
        (NOT_DECLARED, lambda one: one.not_declared),
    ]
    found = []
    for state, ids in kinds:
        lines = []
        for row in rows:
            if not any(info.declared for info in row.reports):
                # If no opening declares portfolios, none can be undeclared.
                continue
            names = [
                (one.portfolio, 0 if one.state == state else len(ids(one)))
                for one in row.portions
                if one.state == state or ids(one)
            ]
            if names:
                lines.append((row, names))
        found.append((state, lines))
    return found


def _build_side_by_side(request: Request, found: SideBySide) -> dict[str, object]:
    return {
        "page": paginate(request, found.officials, _CARDS_PER_PAGE),
        "max_items": _SHOWN_ITEMS,
        "project_states": _PROJECT_STATES,
        "year_of": _map_years(found),
        **portfolio_figures.build_context(request, found),
    }


def _map_years(found: SideBySide) -> dict[str, str]:
    """Map reports to their years, for officials with several reports."""
    return {
        info.id: str(info.year)
        for one in found.officials
        if len(one.reports) > 1
        for info in one.reports
        if info.year
    }


def _build_similarity(found: OfficialSimilarity) -> dict[str, object]:
    cells: dict[tuple[int, int], tuple[float, SimilarPair]] = {}
    for pair in found.pairs:
        one, other = sorted((pair.place, pair.other_place))
        cells[one, other] = pair.with_formulae, pair
        cells[other, one] = pair.without_formulae, pair
    listed = found.pairs[:_MAX_PAIRS]
    return {
        "values": found.values[:_MAX_MATRIX_ROWS],
        "cells": cells,
        "pairs": listed,
        "numbers": {(pair.value, pair.other): rank for rank, pair in enumerate(listed, 1)},
    }


def cell(request: Request) -> Response:
    """Show the passages behind a cell of the table. Raises NotFoundError, QueryError."""
    service, form = get_service(request), _read_form(request)
    found: Portfolios = _build_table_call(form).get_answer(service)
    value, name = (
        form.choices.from_address(read_text(request, "row")),
        read_text(request, "portfolio"),
    )
    row = next((row for row in found.rows if row.value == value), None)
    portions = row.portions if row else ()
    portion = next((one for one in portions if one.portfolio == name), None)
    if row is None or portion is None:
        raise NotFoundError("the table of portfolios has no such cell")
    page = paginate(request, portion.passages, _PASSAGES_PER_PAGE)
    with service.for_search() as archive:
        passages = [archive.passage(passage) for passage in page.items]
        declared = [archive.passage(passage) for passage in portion.declared[:_PASSAGES_PER_PAGE]]
    return render(
        request,
        "portfolios_cell.html",
        form=form,
        row=row,
        portion=portion,
        portion_states=STATES,
        passages=passages,
        declared=declared,
        page=page,
        back=build_address("/portfolios", [("by", form.by), *form.other_filters]),
    )


def download(request: Request) -> Response:
    """Return the answer as a file."""
    call = _build_call(request, _read_form(request))
    if call.command == "official_similarity":
        rows: Callable[[Any, Translator], str] = official_similarity.format_csv
        name = "similarity"
    elif call.command == "portfolios":
        rows, name = portfolios.format_csv, "portfolios"
    else:
        rows, name = side_by_side.format_csv, "portfolio"
    return analysis_page.download(request, call, name, rows)


def download_figures(request: Request) -> Response:
    """Return the figures of one portfolio as a file. Raises NotFoundError, QueryError."""
    form = _read_form(request)
    found = _build_call(request, form).get_answer(get_service(request))
    return portfolio_figures.download(request, found, form.choices)


ROUTES = (
    Route("/portfolios", analysis_endpoint(show), name="portfolios"),
    Route("/portfolios/cell", analysis_endpoint(cell), name="portfolios_cell"),
    Route(
        "/portfolios/figures.{ending}",
        analysis_endpoint(download_figures),
        name="portfolios_figures",
    ),
    Route("/portfolios.{ending}", analysis_endpoint(download), name="portfolios_file"),
)
