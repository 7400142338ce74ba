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
from reportsearch.locale.query_reasons import said
from reportsearch.models.portfolios import (
    IN_WORDS_ONLY,
    NOT_DECLARED,
    NOT_REPORTED,
    ROWS_BY,
    OfficialSimilarity,
    PortfolioRow,
    Portfolios,
    Portion,
    SideBySide,
    SimilarPair,
)
from reportsearch.output import tables as display
from reportsearch.web import analysis_form as asking
from reportsearch.web.analysis_response import FIGURES, FIRST, Question, file, picture
from reportsearch.web.archive_service import Library
from reportsearch.web.pages import portfolio_figures
from reportsearch.web.templating import address, language_of, render

SIMILARITY = "similarity"
TABLE = "table"
_CARDS = 12
_COLUMNS = 6
"""Rows up to which portfolios stand down the side, and officials beside each other."""
_ITEMS = 5
"""Figures, documents and the like that a card shows at once."""
_MATRIX = 30
_PAIRS = 20
_PASSAGES = 20
_MANY = 99
"""Panels: tables of the page say the same as the picture, so that it can wait."""
_PERSONAL = frozenset(("official", "report"))
"""Rows that are one person's: of these it is told what is declared and not reported."""


def _view(request: Request) -> str:
    return asking.one_of(request, "view", (TABLE, SIMILARITY))


def _question(request: Request, asked: asking.Asked) -> Question:
    filters = dict(asked.filters)
    if _view(request) == SIMILARITY:
        return Question.of("official_similarity", where=asked.where)
    portfolio = filters.pop("portfolio", None)
    where = tuple(f"{name}={value}" for name, value in filters.items())
    return Question.of(
        "portfolios", portfolio=portfolio, where=where, by=asked.by, values=asked.values
    )


def _ask(request: Request) -> asking.Asked:
    return _taken_over(request)[0]


def _taken_over(request: Request) -> tuple[asking.Asked, tuple[str, ...]]:
    """What is asked, and the name and labels of what was ticked before ``by`` was changed.

    Of ticked officials their reports are shown. A single value is a filter from then on. Several
    values cannot be, and are no longer ticked.
    """
    asked = asking.ask(request, request.app.state.library, "official")
    of = asking.text(request, "of")
    if of in {"", asked.by} or of not in ROWS_BY:
        return asked, ()
    known = asked.known
    ticked = tuple(dict.fromkeys(map(known.from_address, asking.several(request, "values"))))
    if not ticked:
        return asked, ()
    portfolio = asked.field("portfolio").chosen
    if asked.by == "report":
        ids = tuple(
            info.id
            for info in known.infos.values()
            if portfolio_figures.has(info, portfolio) and known.is_of(info, of, ticked)
        )
        return (replace(asked, values=ids), ("taken_reports", of, *ticked)) if ids else (asked, ())
    if len(ticked) == 1 and of in asking.FILTERS and not known.is_report(ticked[0]):
        others = tuple(one for one in asked.filters if one[0] != of)
        return replace(asked, filters=(*others, (of, ticked[0]))), ("taken_filter", of, *ticked)
    return asked, ("taken_not", of, *ticked)


def show(request: Request) -> Response:
    """The form, and the table, one portfolio, or the similarity of officials."""
    library: Library = request.app.state.library
    asked, taken = _taken_over(request)
    found: object = None
    drawn = None
    error = ""
    if asked.known.infos:
        try:
            question = _question(request, asked)
            found = question.answer(library)
            panels = 1 if isinstance(found, SideBySide) else _MANY
            drawn = picture(library, question, found, language_of(request), panels)
        except (QueryError, NotFoundError) as wrong:
            error = said(language_of(request), str(wrong))
    values: dict[str, Any] = {
        "asked": asked,
        "taken": taken,
        "drawn": drawn,
        "error": error,
        "bys": ROWS_BY,
        "view": _view(request),
        "portfolio": asked.field("portfolio"),
        "narrowed": any(name != "portfolio" for name, _ in asked.filters),
        "having": portfolio_figures.having(asked.known, asked.by, asked.field("portfolio").chosen),
        "found": found,
        **FIGURES,
    }
    if isinstance(found, SideBySide):
        values |= _beside(request, found)
        template = "portfolios_beside.html"
    elif isinstance(found, OfficialSimilarity):
        values |= _alike(found)
        template = "portfolios_alike.html"
    else:
        values |= _table(request, asked, found if isinstance(found, Portfolios) else None)
        template = "portfolios.html"
    return render(request, template, status=400 if error else 200, **values)


def _paged(request: Request, number: int, size: int) -> tuple[int, int]:
    """The page that is asked for, and how many there are."""
    pages = max(ceil(number / size), 1)
    return asking.whole(request, "page", 1, 1, pages), pages


def _table(request: Request, asked: asking.Asked, found: Portfolios | None) -> dict[str, Any]:
    rows: Sequence[PortfolioRow] = found.rows if found else ()
    page, pages = _paged(request, len(rows), FIRST)
    shown = rows[(page - 1) * FIRST : page * FIRST]
    cells = [{one.portfolio: one for one in row.portions} for row in shown]
    there = {name for row in cells for name in row}
    names = [one.portfolio for one in found.totals if one.portfolio in there] if found else []
    personal = asked.by in _PERSONAL or (found is not None and found.by in _PERSONAL)
    return {
        "rows": list(zip(shown, cells, strict=True)),
        "names": names,
        "page": page,
        "pages": pages,
        "is_tall": len(rows) <= _COLUMNS,
        "standing_out": _standing_out(shown) if personal else [],
        "unknown": [row for row in shown if row.unknown] if personal else [],
        "personal": personal,
        "cell": partial(_cell_address, asked),
    }


def _cell_address(asked: asking.Asked, row: str, portfolio: str) -> str:
    filters = [(name, value) for name, value in asked.filters if name != "portfolio"]
    values = [("by", asked.by), ("row", asked.known.in_address(row)), ("portfolio", portfolio)]
    return address("/portfolios/cell", [*values, *filters])


def _standing_out(rows: Sequence[PortfolioRow]) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """For each kind of what stands out, each row with its portfolios and in how many reports."""
    kinds: list[tuple[str, Callable[[Portion], tuple[str, ...]]]] = [
        (NOT_REPORTED, lambda one: one.not_reported),
        (IN_WORDS_ONLY, lambda one: one.mentioned),
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


def _beside(request: Request, found: SideBySide) -> dict[str, Any]:
    page, pages = _paged(request, len(found.officials), _CARDS)
    return {
        "officials": found.officials[(page - 1) * _CARDS : page * _CARDS],
        "page": page,
        "pages": pages,
        "items": _ITEMS,
        "year_of": _years(found),
        **portfolio_figures.shown(request, found),
    }


def _years(found: SideBySide) -> dict[str, str]:
    """The years of reports, where an official has several."""
    return {
        info.id: str(info.year)
        for one in found.officials
        if len(one.reports) > 1
        for info in one.reports
        if info.year
    }


def _alike(found: OfficialSimilarity) -> dict[str, Any]:
    cells: dict[tuple[int, int], tuple[float, SimilarPair]] = {}
    for pair in found.pairs:
        one, other = sorted((pair.place, pair.other_place))
        cells[one, other] = pair.with_formulae, pair
        cells[other, one] = pair.without_formulae, pair
    listed = found.pairs[:_PAIRS]
    return {
        "values": found.values[:_MATRIX],
        "cells": cells,
        "pairs": listed,
        "numbers": {(pair.value, pair.other): rank for rank, pair in enumerate(listed, 1)},
    }


def cell(request: Request) -> Response:
    """The passages behind a cell of the table. Raises NotFoundError, QueryError."""
    library: Library = request.app.state.library
    asked = _ask(request)
    filters = [(name, value) for name, value in asked.filters if name != "portfolio"]
    where = tuple(f"{name}={value}" for name, value in filters)
    question = Question.of("portfolios", portfolio=None, where=where, by=asked.by, values=())
    found: Portfolios = question.answer(library)
    value = asked.known.from_address(asking.text(request, "row"))
    name = asking.text(request, "portfolio")
    row = next((row for row in found.rows if row.value == value), None)
    portions = row.portions if row else ()
    portion = next((one for one in portions if one.portfolio == name), None)
    if row is None or portion is None:
        raise NotFoundError("there is no such cell in the table of portfolios")
    page, pages = _paged(request, len(portion.passages), _PASSAGES)
    shown = portion.passages[(page - 1) * _PASSAGES : page * _PASSAGES]
    with library.quick() as archive:
        passages = [archive.passage(passage) for passage in shown]
        declared = [archive.passage(passage) for passage in portion.declared[:_PASSAGES]]
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
        back=address("/portfolios", [("by", asked.by), *filters]),
        **FIGURES,
    )


def download(request: Request) -> Response:
    """The same as a file."""
    asked = _ask(request)
    question = _question(request, asked)
    if question.command == "official_similarity":
        rows: Callable[[Any], str] = display.official_similarity.rows
        name = "similarity"
    elif dict(question.parameters)["portfolio"] is None:
        rows, name = display.portfolios.rows, "portfolios"
    else:
        rows, name = display.side_by_side.rows, "portfolio"
    return file(request, question, name, rows, language_of(request))


def figures(request: Request) -> Response:
    """The table of figures of one portfolio as a file. Raises NotFoundError, QueryError."""
    asked = _ask(request)
    library: Library = request.app.state.library
    return portfolio_figures.file(request, _question(request, asked).answer(library), asked.known)


ROUTES = (
    Route("/portfolios", show, name="portfolios"),
    Route("/portfolios/cell", cell, name="portfolios_cell"),
    Route("/portfolios/figures.{ending}", figures, name="portfolios_figures"),
    Route("/portfolios.{ending}", download, name="portfolios_file"),
)
