"""Portfolios: the table of officials, one portfolio side by side, and how alike officials are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from math import ceil
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.errors import NotFoundError, QueryError
from reportsearch.locale.query_reasons import translate_error
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
from reportsearch.web.pages import portfolio_figures
from reportsearch.web.templating import build_address, get_language, render

SIMILARITY = "similarity"
TABLE = "table"
_CARDS_PER_PAGE = 12
_MAX_COLUMNS = 6
"""Rows up to which portfolios stand down the side, and officials beside each other."""
_SHOWN_ITEMS = 5
"""Figures, documents and the like that a card shows at once."""
_MAX_MATRIX_ROWS = 30
_MAX_PAIRS = 20
_PASSAGES_PER_PAGE = 20
_MANY_PANELS = 99
"""Panels: tables of the page say the same as the picture, so that it can wait."""
_PERSONAL_ROWS = frozenset(("official", "report"))
"""Rows that are one person's: of these it is told what is declared and not reported."""


def _read_view(request: Request) -> str:
    return analysis_form.read_choice(request, "view", (TABLE, SIMILARITY))


def _build_call(request: Request, asked: analysis_form.AnalysisForm) -> ArchiveCall:
    filters = dict(asked.filters)
    if _read_view(request) == SIMILARITY:
        return ArchiveCall.of("official_similarity", where=asked.where)
    portfolio = filters.pop("portfolio", None)
    where = tuple(f"{name}={value}" for name, value in filters.items())
    rows = {"where": where, "by": asked.by, "values": asked.values}
    if portfolio is None:
        return ArchiveCall.of("portfolios", **rows)
    return ArchiveCall.of("portfolio", portfolio=portfolio, **rows)


def _read_form(request: Request) -> analysis_form.AnalysisForm:
    return _carry_over_ticks(request)[0]


def _carry_over_ticks(request: Request) -> tuple[analysis_form.AnalysisForm, tuple[str, ...]]:
    """What is asked, and the name and labels of what was ticked before ``by`` was changed.

    Of ticked officials their reports are shown. A single value is a filter from then on. Several
    values cannot be, and are no longer ticked.
    """
    asked = analysis_form.read_form(request, request.app.state.library, "official")
    of = analysis_form.read_text(request, "of")
    if of in {"", asked.by} or of not in ROW_FIELDS:
        return asked, ()
    known = asked.known
    ticked = tuple(
        dict.fromkeys(map(known.from_address, analysis_form.read_list(request, "values")))
    )
    if not ticked:
        return asked, ()
    portfolio = asked.field("portfolio").chosen
    if asked.by == "report":
        ids = tuple(
            info.id
            for info in known.infos.values()
            if portfolio_figures.has_portfolio(info, portfolio)
            and known.has_value(info, of, ticked)
        )
        return (replace(asked, values=ids), ("taken_reports", of, *ticked)) if ids else (asked, ())
    if len(ticked) == 1 and of in analysis_form.FILTERS and not known.is_report(ticked[0]):
        others = tuple(one for one in asked.filters if one[0] != of)
        return replace(asked, filters=(*others, (of, ticked[0]))), ("taken_filter", of, *ticked)
    return asked, ("taken_not", of, *ticked)


def show(request: Request) -> Response:
    """The form, and the table, one portfolio, or the similarity of officials."""
    library: ArchiveService = request.app.state.library
    asked, taken = _carry_over_ticks(request)
    found: object = None
    drawn = None
    error = ""
    if asked.known.infos:
        try:
            question = _build_call(request, asked)
            found = question.get_answer(library)
            panels = 1 if isinstance(found, SideBySide) else _MANY_PANELS
            drawn = draw_picture(library, question, found, get_language(request), panels)
        except (QueryError, NotFoundError) as wrong:
            error = translate_error(get_language(request), str(wrong))
    values: dict[str, Any] = {
        "asked": asked,
        "taken": taken,
        "drawn": drawn,
        "error": error,
        "bys": ROW_FIELDS,
        "view": _read_view(request),
        "portfolio": asked.field("portfolio"),
        "narrowed": any(name != "portfolio" for name, _ in asked.filters),
        "having": portfolio_figures.list_row_choices(
            asked.known, asked.by, asked.field("portfolio").chosen
        ),
        "found": found,
        **TEMPLATE_FUNCTIONS,
    }
    if isinstance(found, SideBySide):
        values |= _build_side_by_side(request, found)
        template = "portfolios_beside.html"
    elif isinstance(found, OfficialSimilarity):
        values |= _build_similarity(found)
        template = "portfolios_alike.html"
    else:
        values |= _build_table(request, asked, found if isinstance(found, Portfolios) else None)
        template = "portfolios.html"
    return render(request, template, status=400 if error else 200, **values)


def _read_page(request: Request, number: int, size: int) -> tuple[int, int]:
    """The page that is asked for, and how many there are."""
    pages = max(ceil(number / size), 1)
    return analysis_form.read_integer(request, "page", 1, 1, pages), pages


def _build_table(
    request: Request, asked: analysis_form.AnalysisForm, found: Portfolios | None
) -> dict[str, Any]:
    rows: Sequence[PortfolioRow] = found.rows if found else ()
    page, pages = _read_page(request, len(rows), SHOWN_GROUPS)
    shown = rows[(page - 1) * SHOWN_GROUPS : page * SHOWN_GROUPS]
    cells = [{one.portfolio: one for one in row.portions} for row in shown]
    there = {name for row in cells for name in row}
    names = [one.portfolio for one in found.totals if one.portfolio in there] if found else []
    personal = asked.by in _PERSONAL_ROWS or (found is not None and found.by in _PERSONAL_ROWS)
    return {
        "rows": list(zip(shown, cells, strict=True)),
        "names": names,
        "page": page,
        "pages": pages,
        "is_tall": len(rows) <= _MAX_COLUMNS,
        "standing_out": _find_mismatches(shown) if personal else [],
        "unknown": [row for row in shown if row.unknown] if personal else [],
        "personal": personal,
        "cell": partial(_build_cell_address, asked),
    }


def _build_cell_address(asked: analysis_form.AnalysisForm, row: str, portfolio: str) -> str:
    filters = [(name, value) for name, value in asked.filters if name != "portfolio"]
    values = [("by", asked.by), ("row", asked.known.to_address(row)), ("portfolio", portfolio)]
    return build_address("/portfolios/cell", [*values, *filters])


def _find_mismatches(rows: Sequence[PortfolioRow]) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """For each kind of what stands out, each row with its portfolios and in how many reports."""
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
                # Where no opening says what one is in charge of, nothing is beyond it.
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


def _build_side_by_side(request: Request, found: SideBySide) -> dict[str, Any]:
    page, pages = _read_page(request, len(found.officials), _CARDS_PER_PAGE)
    return {
        "officials": found.officials[(page - 1) * _CARDS_PER_PAGE : page * _CARDS_PER_PAGE],
        "page": page,
        "pages": pages,
        "items": _SHOWN_ITEMS,
        "year_of": _map_years(found),
        **portfolio_figures.build_context(request, found),
    }


def _map_years(found: SideBySide) -> dict[str, str]:
    """The years of reports, where an official has several."""
    return {
        info.id: str(info.year)
        for one in found.officials
        if len(one.reports) > 1
        for info in one.reports
        if info.year
    }


def _build_similarity(found: OfficialSimilarity) -> dict[str, Any]:
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
    """The passages behind a cell of the table. Raises NotFoundError, QueryError."""
    library: ArchiveService = request.app.state.library
    asked = _read_form(request)
    filters = [(name, value) for name, value in asked.filters if name != "portfolio"]
    where = tuple(f"{name}={value}" for name, value in filters)
    question = ArchiveCall.of("portfolios", where=where, by=asked.by, values=())
    found: Portfolios = question.get_answer(library)
    value = asked.known.from_address(analysis_form.read_text(request, "row"))
    name = analysis_form.read_text(request, "portfolio")
    row = next((row for row in found.rows if row.value == value), None)
    portions = row.portions if row else ()
    portion = next((one for one in portions if one.portfolio == name), None)
    if row is None or portion is None:
        raise NotFoundError("there is no such cell in the table of portfolios")
    page, pages = _read_page(request, len(portion.passages), _PASSAGES_PER_PAGE)
    shown = portion.passages[(page - 1) * _PASSAGES_PER_PAGE : page * _PASSAGES_PER_PAGE]
    with library.for_search() as archive:
        passages = [archive.passage(passage) for passage in shown]
        declared = [archive.passage(passage) for passage in portion.declared[:_PASSAGES_PER_PAGE]]
    return render(
        request,
        "portfolios_cell.html",
        asked=asked,
        row=row,
        portion=portion,
        passages=passages,
        declared=declared,
        page=page,
        pages=pages,
        back=build_address("/portfolios", [("by", asked.by), *filters]),
        **TEMPLATE_FUNCTIONS,
    )


def download(request: Request) -> Response:
    """The same as a file."""
    asked = _read_form(request)
    question = _build_call(request, asked)
    if question.command == "official_similarity":
        rows: Callable[[Any], str] = tables.official_similarity.format_csv
        name = "similarity"
    elif question.command == "portfolios":
        rows, name = tables.portfolios.format_csv, "portfolios"
    else:
        rows, name = tables.side_by_side.format_csv, "portfolio"
    return make_file_response(request, question, name, rows, get_language(request))


def figures(request: Request) -> Response:
    """The table of figures of one portfolio as a file. Raises NotFoundError, QueryError."""
    asked = _read_form(request)
    library: ArchiveService = request.app.state.library
    return portfolio_figures.make_file_response(
        request, _build_call(request, asked).get_answer(library), asked.known
    )


ROUTES = (
    Route("/portfolios", show, name="portfolios"),
    Route("/portfolios/cell", cell, name="portfolios_cell"),
    Route("/portfolios/figures.{ending}", figures, name="portfolios_figures"),
    Route("/portfolios.{ending}", download, name="portfolios_file"),
)
