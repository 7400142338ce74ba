"""The table of figures within a portfolio: on the page, and as a file to take away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from reportsearch.errors import NotFoundError
from reportsearch.locale import translator
from reportsearch.locale.columns import localise_csv
from reportsearch.models.portfolios import ROW_FIELDS, Figure, FigureRow, FigureTable, SideBySide
from reportsearch.models.report import ReportInfo
from reportsearch.output import json_csv
from reportsearch.output.prose import figures
from reportsearch.output.tables import figures as view
from reportsearch.web import analysis_form
from reportsearch.web.analysis_form import FormChoices, FormOption
from reportsearch.web.templating import get_language

ALL = "all"
WIDE = "wide"
"""The file that is like the table on the page; without it each figure has a line."""
_MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}
_MAX_COLUMNS = 6
"""Officials who stand beside each other; more stand under one another."""
_MAX_ROWS = 30
_MAX_SINGLE_ROWS = 60
"""Rows of figures that only one reports; a file has all."""


@dataclass(frozen=True)
class FigureRowView:
    """A row with its cells. ``is_first`` is the first of a name: changes and plans follow it."""

    row: FigureRow
    kind: str
    scopes: str
    cells: tuple[tuple[str, tuple[Figure, ...]], ...]
    is_first: bool


def build_context(request: Request, found: SideBySide) -> dict[str, Any]:
    """What the page shows of the figures."""
    language = get_language(request)
    values = found.build_figure_table().values
    shared = _build_rows(found.figures[: min(found.shared, _MAX_ROWS)], values, language)
    single = _build_rows(
        found.figures[found.shared : found.shared + _MAX_SINGLE_ROWS], values, language
    )
    return {
        "shared": shared,
        "more_shared": max(found.shared - _MAX_ROWS, 0),
        "single": single,
        "singles": len(found.figures) - found.shared,
        "columns": values,
        "in_columns": len(values) <= _MAX_COLUMNS,
        "time": partial(figures.format_time, language=language),
        "part": partial(figures.describe_part, language=language),
    }


def _build_rows(
    rows: tuple[FigureRow, ...], values: tuple[str, ...], language: str
) -> list[FigureRowView]:
    said = figures.describe_kind_in_chinese if language == "zh" else figures.describe_kind
    return [
        FigureRowView(
            row,
            said(row),
            figures.describe_scopes(row, language),
            tuple((value, row.select_figures(value)) for value in values),
            is_first=not at or rows[at - 1].name != row.name,
        )
        for at, row in enumerate(rows)
    ]


def list_row_choices(known: FormChoices, by: str, portfolio: str) -> tuple[FormOption, ...]:
    """What makes a row, of the reports that have a portfolio.

    A report whose official is not known is a row of its own. Of what is no field there is none;
    that it is none is told with the answer.
    """
    if by not in ROW_FIELDS:
        return ()
    infos = [one for one in known.infos.values() if has_portfolio(one, portfolio)]
    kept = FormChoices(infos or known.infos.values(), known.post_sets)
    unnamed = [one for one in kept.infos.values() if by == "official" and one.official is None]
    return (
        *kept.list_choices(by),
        *(FormOption(known.to_address(one.id), known.name(one.id), 1) for one in unnamed),
    )


def has_portfolio(info: ReportInfo, portfolio: str) -> bool:
    """Whether a report has a portfolio; every one has none."""
    return not portfolio or portfolio in {*info.portfolios, *info.declared}


def make_file_response(request: Request, found: object, known: FormChoices) -> Response:
    """The table as CSV or JSON. Raises NotFoundError for another ending, or without a portfolio."""
    ending = request.path_params["ending"]
    if ending not in _MEDIA_TYPES:
        raise NotFoundError(f"there is no such file; it ends in one of {', '.join(_MEDIA_TYPES)}")
    if not isinstance(found, SideBySide):
        raise NotFoundError("a table of figures is of one portfolio; choose one first")
    table: FigureTable = found.build_figure_table(
        shared=analysis_form.read_text(request, "figures") != ALL
    )
    language = get_language(request)
    if ending == "csv":
        is_wide = analysis_form.read_text(request, "form") == WIDE
        rows = view.format_wide_csv if is_wide else view.format_long_csv
        content = localise_csv(rows(table, language, known.name), language)
    else:
        content = json_csv.to_json(table)
    told = (
        "figures_file_wide" if analysis_form.read_text(request, "form") == WIDE else "figures_file"
    )
    name = translator(language)(f"portfolios.{told}", portfolio=found.portfolio)
    named = f"filename=\"figures.{ending}\"; filename*=UTF-8''{quote(name, safe='')}.{ending}"
    return Response(
        content.encode("utf-8", "replace"),
        media_type=_MEDIA_TYPES[ending],
        headers={"Content-Disposition": f"attachment; {named}"},
    )
