"""The table of figures within a portfolio: on the page, and as a file to take away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from reportsearch.errors import NotFoundError
from reportsearch.locale import teller
from reportsearch.locale.columns import localised
from reportsearch.models.portfolios import ROWS_BY, Figure, FigureRow, FigureTable, SideBySide
from reportsearch.models.report import ReportInfo
from reportsearch.output import json_csv as formats
from reportsearch.output.prose import figures as wording
from reportsearch.output.tables import figures as view
from reportsearch.web import analysis_form as asking
from reportsearch.web.analysis_form import Choice, Known
from reportsearch.web.templating import language_of

ALL = "all"
WIDE = "wide"
"""The file that is like the table on the page; without it each figure has a line."""
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}
_COLUMNS = 6
"""Officials who stand beside each other; more stand under one another."""
_ROWS = 30
_SINGLE = 60
"""Rows of figures that only one reports; a file has all."""


@dataclass(frozen=True)
class Row:
    """A row with its cells. ``is_first`` is the first of a name: changes and plans follow it."""

    row: FigureRow
    kind: str
    scopes: str
    cells: tuple[tuple[str, tuple[Figure, ...]], ...]
    is_first: bool


def shown(request: Request, found: SideBySide) -> dict[str, Any]:
    """What the page shows of the figures."""
    language = language_of(request)
    values = found.table().values
    shared = _rows(found.figures[: min(found.shared, _ROWS)], values, language)
    single = _rows(found.figures[found.shared : found.shared + _SINGLE], values, language)
    return {
        "shared": shared,
        "more_shared": max(found.shared - _ROWS, 0),
        "single": single,
        "singles": len(found.figures) - found.shared,
        "columns": values,
        "in_columns": len(values) <= _COLUMNS,
        "time": partial(wording.time, language=language),
        "part": partial(wording.part, language=language),
    }


def _rows(rows: tuple[FigureRow, ...], values: tuple[str, ...], language: str) -> list[Row]:
    said = wording.kind_in_chinese if language == "zh" else wording.kind
    return [
        Row(
            row,
            said(row),
            wording.scopes(row, language),
            tuple((value, row.of(value)) for value in values),
            is_first=not at or rows[at - 1].name != row.name,
        )
        for at, row in enumerate(rows)
    ]


def having(known: Known, by: str, portfolio: str) -> tuple[Choice, ...]:
    """What makes a row, of the reports that have a portfolio.

    A report whose official is not known is a row of its own. Of what is no field there is none;
    that it is none is told with the answer.
    """
    if by not in ROWS_BY:
        return ()
    infos = [one for one in known.infos.values() if has(one, portfolio)]
    kept = Known(infos or known.infos.values(), known.post_sets)
    unnamed = [one for one in kept.infos.values() if by == "official" and one.official is None]
    return (
        *kept.choices(by),
        *(Choice(known.in_address(one.id), known.name(one.id), 1) for one in unnamed),
    )


def has(info: ReportInfo, portfolio: str) -> bool:
    """Whether a report has a portfolio; every one has none."""
    return not portfolio or portfolio in {*info.portfolios, *info.declared}


def file(request: Request, found: object, known: Known) -> Response:
    """The table as CSV or JSON. Raises NotFoundError for another ending, or without a portfolio."""
    ending = request.path_params["ending"]
    if ending not in _TYPES:
        raise NotFoundError(f"there is no such file; it ends in one of {', '.join(_TYPES)}")
    if not isinstance(found, SideBySide):
        raise NotFoundError("a table of figures is of one portfolio; choose one first")
    table: FigureTable = found.table(shared=asking.text(request, "figures") != ALL)
    language = language_of(request)
    if ending == "csv":
        is_wide = asking.text(request, "form") == WIDE
        rows = view.table_rows if is_wide else view.long_rows
        content = localised(rows(table, language, known.name), language)
    else:
        content = formats.to_json(table)
    told = "figures_file_wide" if asking.text(request, "form") == WIDE else "figures_file"
    name = teller(language)(f"portfolios.{told}", portfolio=found.portfolio)
    named = f"filename=\"figures.{ending}\"; filename*=UTF-8''{quote(name, safe='')}.{ending}"
    return Response(
        content.encode("utf-8", "replace"),
        media_type=_TYPES[ending],
        headers={"Content-Disposition": f"attachment; {named}"},
    )
