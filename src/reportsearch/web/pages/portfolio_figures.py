"""The table of figures within a portfolio, on the page and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from reportsearch.errors import NotFoundError
from reportsearch.locale import Translator
from reportsearch.models.portfolios import ROW_FIELDS, Figure, FigureRow, SideBySide
from reportsearch.models.report import ReportInfo
from reportsearch.output import json_csv
from reportsearch.output.prose import figures
from reportsearch.output.tables import figures as view
from reportsearch.web.address_values import read_text
from reportsearch.web.analysis_form import FormChoices, FormOption, format_title
from reportsearch.web.downloads import make_attachment
from reportsearch.web.templating import get_translator

ALL = "all"
WIDE = "wide"
"""The file laid out like the table on the page; otherwise each figure has a row."""
_ENDINGS = ("csv", "json")
_MAX_COLUMNS = 6
"""Maximum number of officials with a column each; more are listed below each other."""
_MAX_ROWS = 30
_MAX_SINGLE_ROWS = 60
"""Maximum number of rows of figures that only one reports; a file has all."""


@dataclass(frozen=True)
class FigureRowView:
    """A row with its cells; ``is_first`` marks the first of a name, before changes and plans."""

    row: FigureRow
    kind: str
    scopes: str
    cells: tuple[tuple[str, tuple[Figure, ...]], ...]
    is_first: bool


def build_context(request: Request, found: SideBySide) -> dict[str, object]:
    """Return the values that the page shows of the figures."""
    t = get_translator(request)
    values = found.build_figure_table().values
    shared = _build_rows(found.figures[: min(found.shared, _MAX_ROWS)], values, t)
    single = _build_rows(found.figures[found.shared : found.shared + _MAX_SINGLE_ROWS], values, t)
    return {
        "shared_figures": shared,
        "more_shared": max(found.shared - _MAX_ROWS, 0),
        "single_figures": single,
        "single_count": len(found.figures) - found.shared,
        "columns": values,
        "is_in_columns": len(values) <= _MAX_COLUMNS,
        "format_time": partial(figures.format_time, t=t),
        "describe_part": partial(figures.describe_part, t=t),
        "describe_period": figures.describe_period,
    }


def _build_rows(
    rows: tuple[FigureRow, ...], values: tuple[str, ...], t: Translator
) -> list[FigureRowView]:
    return [
        FigureRowView(
            row,
            figures.describe_kind(row, t),
            figures.describe_scopes(row, t),
            tuple((value, row.select_figures(value)) for value in values),
            is_first=not at or rows[at - 1].name != row.name,
        )
        for at, row in enumerate(rows)
    ]


def list_row_options(choices: FormChoices, by: str, portfolio: str) -> tuple[FormOption, ...]:
    """List the possible rows, from the reports that have a portfolio.

    A report of an unknown official is a separate row. A name that is not a field has no rows; the
    answer then reports the error.
    """
    if by not in ROW_FIELDS:
        return ()
    infos = [one for one in choices.infos.values() if has_portfolio(one, portfolio)]
    having = FormChoices(infos or choices.infos.values(), choices.post_sets)
    unnamed = [one for one in having.infos.values() if by == "official" and one.person is None]
    return (
        *having.list_options(by),
        *(FormOption(choices.to_address(one.id), format_title(one), 1) for one in unnamed),
    )


def has_portfolio(info: ReportInfo, portfolio: str) -> bool:
    """Return whether a report has a portfolio; every report has the empty one."""
    return not portfolio or portfolio in {*info.portfolios, *info.declared}


def download(request: Request, found: object, choices: FormChoices) -> Response:
    """Return the figures as CSV or JSON.

    Raises NotFoundError for another suffix, or without a portfolio.
    """
    ending = request.path_params["ending"]
    if ending not in _ENDINGS:
        raise NotFoundError(
            "there is no such file; its name must end in one of {endings}",
            endings=", ".join(_ENDINGS),
        )
    if not isinstance(found, SideBySide):
        raise NotFoundError("a table of figures covers a single portfolio; choose one first")
    table = found.build_figure_table(shared=read_text(request, "figures") != ALL)
    t, is_wide = get_translator(request), read_text(request, "form") == WIDE
    if ending == "csv":
        format_csv = view.format_wide_csv if is_wide else view.format_long_csv
        content = format_csv(table, t, choices.format_group)
    else:
        content = json_csv.to_json(table)
    portfolio = found.portfolio
    title = (
        t("{portfolio}_figures_table", portfolio=portfolio)
        if is_wide
        else t("{portfolio}_figures", portfolio=portfolio)
    )
    return make_attachment(content, ending, "figures", title)
