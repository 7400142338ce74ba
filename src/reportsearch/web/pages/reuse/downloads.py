"""The answers of the reuse page as files: a printable page, Word, JSON, CSV."""

from __future__ import annotations

import io
import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from reportsearch.locale.columns import localise_csv
from reportsearch.models.report import ReportInfo
from reportsearch.models.reuse import Reuse, YearOnYear
from reportsearch.output import json_csv
from reportsearch.output.tables import reuse, year_on_year
from reportsearch.web.pages.reuse import form
from reportsearch.web.templating import get_language

_UNSAFE = re.compile(r"[^\w（）—-]+")
_MAX_NAME_CHARS = 60
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HTML = "text/html; charset=utf-8"
ReuseAnswer = Reuse | YearOnYear


def make_download(data: bytes, kind: str, name: str, ending: str) -> Response:
    """A file that the browser keeps and does not show: what is in it stays out of the page.

    ``name`` may come from a report.
    """
    safe = _UNSAFE.sub("_", name)[:_MAX_NAME_CHARS].strip("_") or "reuse"
    named = f"filename=\"reuse.{ending}\"; filename*=UTF-8''{quote(safe)}.{ending}"
    headers = {"Content-Disposition": f"attachment; {named}"}
    return Response(data, media_type=kind, headers=headers)


def make_printable_page(
    result: ReuseAnswer, years: YearOnYear | None = None, remark: str = ""
) -> Response:
    """The printable page; it has its style in itself, so it is not shown as one of our pages.

    ``years`` and a ``remark`` are put into a page on reuse.
    """
    from reportsearch.output import html

    if isinstance(result, Reuse):
        page = html.render_reuse_page(result, years, remark)
    else:
        page = html.render_year_on_year_page(result)
    return make_download(page.encode(), _HTML, _build_name(result), "html")


def make_word_file(
    result: ReuseAnswer, years: YearOnYear | None = None, remark: str = ""
) -> Response:
    """The Word file; ``years`` and a ``remark`` are put into one on reuse."""
    from reportsearch.output import word

    # In memory: it may have the text of a draft, of which nothing is to be left on disk.
    stream = io.BytesIO()
    if isinstance(result, Reuse):
        word.write_reuse_document(result, stream, years, remark)
    else:
        word.write_year_on_year_document(result, stream)
    return make_download(stream.getvalue(), _DOCX, _build_name(result), "docx")


def as_sheet(request: Request) -> Response:
    """A report's answer as a printable page."""
    return make_printable_page(_get_answer(request))


def as_document(request: Request) -> Response:
    """A report's answer as a Word file."""
    return make_word_file(_get_answer(request))


def as_json(request: Request) -> Response:
    """A report's answer, or the pairs of the index, as ``--format json`` prints it."""
    if not request.query_params.get("report"):
        text, name = json_csv.to_json(form.get_pairs(request)), "查重"
    else:
        result = _get_answer(request)
        text, name = json_csv.to_json(result), _build_name(result)
    return make_download(text.encode("utf-8", "replace"), "application/json", name, "json")


def as_csv(request: Request) -> Response:
    """The same as ``--format csv`` prints it."""
    if not request.query_params.get("report"):
        text, name = reuse.format_pairs_csv(form.get_pairs(request)), "查重"
    else:
        result = _get_answer(request)
        text = (
            reuse.format_csv([result])
            if isinstance(result, Reuse)
            else year_on_year.format_csv(result)
        )
        name = _build_name(result)
    text = localise_csv(text, get_language(request))
    return make_download(text.encode("utf-8", "replace"), "text/csv; charset=utf-8", name, "csv")


def _get_answer(request: Request) -> ReuseAnswer:
    """What the address asks for. Raises NotFoundError, QueryError."""
    report_id = form.read_report_id(request)
    if form.is_year_on_year(request):
        return form.get_year_on_year(request, report_id, form.read_previous_id(request))
    return form.get_reuse(request, report_id)


def _build_name(result: ReuseAnswer) -> str:
    info: ReportInfo = result.report
    what = "查重" if isinstance(result, Reuse) else "与上一年对照"
    return f"{what}_{info.title or info.id}"
