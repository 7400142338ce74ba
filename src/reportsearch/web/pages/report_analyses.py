"""What a report says in short: summary, keywords, reuse; and its figures, documents, projects."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.locale.columns import localised
from reportsearch.models.facts import FACT_KINDS, INDICATORS, Facts, Indicator
from reportsearch.models.report import ReportInfo
from reportsearch.output.tables import facts as facts_view
from reportsearch.web import downloads as attachments
from reportsearch.web.archive_service import Library
from reportsearch.web.jobs import told
from reportsearch.web.pages.report import page_of, place
from reportsearch.web.templating import language_of, render

LENGTHS = (200, 400, 800)
"""Characters that a summary can have."""
_USUAL = 400
_ROWS = 200
"""Facts on a page."""


def summary(request: Request) -> Response:
    """The best of a report, its keywords, and how much of it stands elsewhere."""
    library: Library = request.app.state.library
    info = _info(request, library)
    asked = request.query_params.get("chars", "")
    chars = int(asked) if asked in map(str, LENGTHS) else _USUAL
    return render(
        request,
        "report_summary.html",
        tab="summary",
        info=info,
        chars=chars,
        lengths=LENGTHS,
        summary=library.kept(
            ("summary", info.id, chars),
            lambda archive: archive.summary(info.id, chars=chars, progress=told),
            brief=True,
        ),
        keywords=library.kept(
            ("keywords", info.id),
            lambda archive: archive.keywords(info.id, progress=told),
            brief=True,
        ).groups[0],
        reuse=library.kept(
            ("reuse", info.id),
            lambda archive: archive.reuse(info.id, progress=told),
            brief=True,
        ),
        place=place,
    )


def facts(request: Request) -> Response:
    """The figures, documents, projects or times that a report states, each with its place."""
    library: Library = request.app.state.library
    info = _info(request, library)
    found: Facts = library.kept(
        ("facts", info.id), lambda archive: archive.facts(info.id, progress=told), brief=True
    )
    wanted = request.query_params.get("format")
    if wanted == attachments.CSV:
        return attachments.attached(
            localised(facts_view.rows(found), language_of(request)), info.title, attachments.CSV
        )
    if wanted == attachments.JSON:
        return attachments.as_json(found, info.title)
    kind = request.query_params.get("kind", "")
    kind = kind if kind in FACT_KINDS else INDICATORS
    rows: tuple[Any, ...] = getattr(found, kind)
    pages = max(-(-len(rows) // _ROWS), 1)
    page = page_of(request, pages)
    return render(
        request,
        "report_facts.html",
        tab="facts",
        info=info,
        kind=kind,
        counts=[(name, len(getattr(found, name))) for name in FACT_KINDS],
        rows=rows[(page - 1) * _ROWS : page * _ROWS],
        page=page,
        pages=pages,
        place=place,
        value=value,
        months=months,
    )


def value(figure: Indicator) -> str:
    """A figure's number as it is read; ``*`` where it is masked."""
    if figure.masked:
        return "*"
    if figure.value is not None:
        return _number(figure.value)
    ends = [_number(end) for end in (figure.low, figure.high) if end is not None]
    return "–".join(ends) or figure.text


def _number(number: float) -> str:
    return f"{number:,.10g}" if abs(number) < 1e10 else f"{number:,.0f}"


def months(first: str | None, last: str | None) -> str:
    """The months of a period as they are read: 2023, 2023-01, 2023-01 – 2023-06."""
    if first and last and first[:4] == last[:4] and (first[5:], last[5:]) == ("01", "12"):
        return first[:4]
    if first == last:
        return first or ""
    return f"{first or '…'} – {last or '…'}"


def _info(request: Request, library: Library) -> ReportInfo:
    with library.quick() as archive:
        return archive.show(library.report_id(archive, request.path_params["key"])).info


ROUTES = (
    Route("/report/{key}/summary", summary, name="report_summary"),
    Route("/report/{key}/facts", facts, name="report_facts"),
)
