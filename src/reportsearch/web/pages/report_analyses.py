"""What a report says in short: summary, keywords, reuse; and its figures, documents, projects."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.locale.columns import localise_csv
from reportsearch.models.facts import FACT_KINDS, INDICATORS, Facts, Indicator
from reportsearch.models.report import ReportInfo
from reportsearch.output.tables import facts as facts_view
from reportsearch.web import downloads
from reportsearch.web.archive_service import ArchiveService
from reportsearch.web.jobs import report_progress
from reportsearch.web.pages.report import build_span_address, read_page_number
from reportsearch.web.templating import get_language, render

SUMMARY_LENGTHS = (200, 400, 800)
"""Characters that a summary can have."""
_DEFAULT_LENGTH = 400
_ROWS_PER_PAGE = 200
"""Facts on a page."""


def summary(request: Request) -> Response:
    """The best of a report, its keywords, and how much of it stands elsewhere."""
    library: ArchiveService = request.app.state.library
    info = _get_info(request, library)
    asked = request.query_params.get("chars", "")
    chars = int(asked) if asked in map(str, SUMMARY_LENGTHS) else _DEFAULT_LENGTH
    return render(
        request,
        "report_summary.html",
        tab="summary",
        info=info,
        chars=chars,
        lengths=SUMMARY_LENGTHS,
        summary=library.cached(
            ("summary", info.id, chars),
            lambda archive: archive.summary(info.id, chars=chars, progress=report_progress),
            brief=True,
        ),
        keywords=library.cached(
            ("keywords", info.id),
            lambda archive: archive.keywords(info.id, progress=report_progress),
            brief=True,
        ).groups[0],
        reuse=library.cached(
            ("reuse", info.id),
            lambda archive: archive.reuse(info.id, progress=report_progress),
            brief=True,
        ),
        place=build_span_address,
    )


def facts(request: Request) -> Response:
    """The figures, documents, projects or times that a report states, each with its place."""
    library: ArchiveService = request.app.state.library
    info = _get_info(request, library)
    found: Facts = library.cached(
        ("facts", info.id), lambda archive: archive.facts(info.id), brief=True
    )
    wanted = request.query_params.get("format")
    if wanted == downloads.CSV:
        return downloads.make_attachment(
            localise_csv(facts_view.format_csv(found), get_language(request)),
            info.title,
            downloads.CSV,
        )
    if wanted == downloads.JSON:
        return downloads.make_json_attachment(found, info.title)
    kind = request.query_params.get("kind", "")
    kind = kind if kind in FACT_KINDS else INDICATORS
    rows: tuple[Any, ...] = getattr(found, kind)
    pages = max(-(-len(rows) // _ROWS_PER_PAGE), 1)
    page = read_page_number(request, pages)
    return render(
        request,
        "report_facts.html",
        tab="facts",
        info=info,
        kind=kind,
        counts=[(name, len(getattr(found, name))) for name in FACT_KINDS],
        rows=rows[(page - 1) * _ROWS_PER_PAGE : page * _ROWS_PER_PAGE],
        page=page,
        pages=pages,
        place=build_span_address,
        value=format_value,
        months=format_months,
    )


def format_value(figure: Indicator) -> str:
    """A figure's number as it is read; ``*`` where it is masked."""
    if figure.masked:
        return "*"
    if figure.value is not None:
        return _format_number(figure.value)
    ends = [_format_number(end) for end in (figure.low, figure.high) if end is not None]
    return "–".join(ends) or figure.text


def _format_number(number: float) -> str:
    return f"{number:,.10g}" if abs(number) < 1e10 else f"{number:,.0f}"


def format_months(first: str | None, last: str | None) -> str:
    """The months of a period as they are read: 2023, 2023-01, 2023-01 – 2023-06."""
    if first and last and first[:4] == last[:4] and (first[5:], last[5:]) == ("01", "12"):
        return first[:4]
    if first == last:
        return first or ""
    return f"{first or '…'} – {last or '…'}"


def _get_info(request: Request, library: ArchiveService) -> ReportInfo:
    with library.for_search() as archive:
        return archive.show(library.find_report_id(archive, request.path_params["key"])).info


ROUTES = (
    Route("/report/{key}/summary", summary, name="report_summary"),
    Route("/report/{key}/facts", facts, name="report_facts"),
)
