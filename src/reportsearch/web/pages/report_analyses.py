"""Pages of a report's summary, with keywords and reuse, and of its facts."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportsearch.archive import Archive
from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.facts import (
    CITATIONS,
    FACT_KINDS,
    INDICATORS,
    PERIODS,
    PROJECTS,
    Indicator,
)
from reportsearch.models.report import ReportInfo
from reportsearch.models.summary import BEST, PLANS, SECTION, WEAKNESSES
from reportsearch.output.json_csv import to_json
from reportsearch.output.prose.figures import describe_period
from reportsearch.output.tables import facts as facts_view
from reportsearch.web.address_values import paginate
from reportsearch.web.analysis_threads import analysis_endpoint
from reportsearch.web.archive_service import get_service
from reportsearch.web.downloads import make_attachment
from reportsearch.web.templating import build_span_address, get_language, render

SUMMARY_LENGTHS = (200, 400, 800)
"""The lengths of a summary in characters."""
_DEFAULT_LENGTH = 400
_ROWS_PER_PAGE = 200
"""Facts per page."""
_KIND_LABELS = {
    INDICATORS: Message("Figures"),
    CITATIONS: Message("Documents"),
    PROJECTS: Message("Projects"),
    PERIODS: Message("Times"),
}
_SLOT_LABELS = {
    WEAKNESSES: Message("weaknesses"),
    PLANS: Message("plans"),
    SECTION: Message("section"),
    BEST: Message("key points"),
}
"""What a sentence of a summary is for; one for a portfolio has the name of that."""
_MAX_NAME_CHARS = 60
"""Maximum number of characters of a file name."""


def show_summary(request: Request) -> Response:
    """Show the best sentences of a report, its keywords, and how much of it is reused text."""
    service, info = get_service(request), _get_info(request)
    wanted = request.query_params.get("chars", "")
    chars = int(wanted) if wanted in map(str, SUMMARY_LENGTHS) else _DEFAULT_LENGTH
    return render(
        request,
        "report_summary.html",
        tab="summary",
        info=info,
        chars=chars,
        lengths=SUMMARY_LENGTHS,
        slots=_SLOT_LABELS,
        summary=service.call(Archive.summary, brief=True, report=info.id, chars=chars),
        keywords=service.call(Archive.keywords, brief=True, reports=(info.id,)).groups[0],
        reuse=service.call(Archive.reuse, brief=True, report=info.id),
        build_span_address=build_span_address,
    )


def show_facts(request: Request) -> Response:
    """Show the figures, documents, projects or times that a report states, with their places."""
    info = _get_info(request)
    found = get_service(request).call(Archive.facts, brief=True, report=info.id)
    file_format = request.query_params.get("format")
    if file_format == "csv":
        text = facts_view.format_csv(found, Translator(get_language(request)))
        return make_attachment(text, "csv", "facts", info.title[:_MAX_NAME_CHARS])
    if file_format == "json":
        return make_attachment(to_json(found), "json", "facts", info.title[:_MAX_NAME_CHARS])
    kind = request.query_params.get("kind", "")
    kind = kind if kind in FACT_KINDS else INDICATORS
    return render(
        request,
        "report_facts.html",
        tab="facts",
        info=info,
        kind=kind,
        kind_labels=_KIND_LABELS,
        counts=[(name, len(getattr(found, name))) for name in FACT_KINDS],
        page=paginate(request, getattr(found, kind), _ROWS_PER_PAGE),
        build_span_address=build_span_address,
        format_value=format_value,
        describe_period=describe_period,
        format_months=format_months,
    )


def format_value(figure: Indicator) -> str:
    """Format a figure's number; ``*`` if it is masked."""
    if figure.masked:
        return "*"
    if figure.value is not None:
        return _format_number(figure.value)
    ends = [_format_number(end) for end in (figure.low, figure.high) if end is not None]
    return "–".join(ends) or figure.text


def _format_number(number: float) -> str:
    return f"{number:,.10g}" if abs(number) < 1e10 else f"{number:,.0f}"


def format_months(first: str | None, last: str | None) -> str:
    """Format the months of a period: 2023, 2023-01, 2023-01 – 2023-06."""
    if first and last and first[:4] == last[:4] and (first[5:], last[5:]) == ("01", "12"):
        return first[:4]
    if first == last:
        return first or ""
    return f"{first or '…'} – {last or '…'}"


def _get_info(request: Request) -> ReportInfo:
    return get_service(request).get_report(request.path_params["key"]).info


ROUTES = (
    Route("/report/{key}/summary", analysis_endpoint(show_summary), name="report_summary"),
    Route("/report/{key}/facts", analysis_endpoint(show_facts), name="report_facts"),
)
