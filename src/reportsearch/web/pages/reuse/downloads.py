"""The answers of the reuse page as files: a printable page, Word, JSON, CSV."""

from __future__ import annotations

import io
import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from reportsearch.locale.columns import localised
from reportsearch.models.report import ReportInfo
from reportsearch.models.reuse import Reuse, YearOnYear
from reportsearch.output import json_csv as formats
from reportsearch.output.tables import reuse
from reportsearch.output.tables import year_on_year as yearly
from reportsearch.web.pages.reuse import form as asked
from reportsearch.web.templating import language_of

_UNSAFE = re.compile(r"[^\w（）—-]+")
_MOST_NAME = 60
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HTML = "text/html; charset=utf-8"
Answer = Reuse | YearOnYear


def download(data: bytes, kind: str, name: str, ending: str) -> Response:
    """A file that the browser keeps and does not show: what is in it stays out of the page.

    ``name`` may come from a report.
    """
    safe = _UNSAFE.sub("_", name)[:_MOST_NAME].strip("_") or "reuse"
    named = f"filename=\"reuse.{ending}\"; filename*=UTF-8''{quote(safe)}.{ending}"
    headers = {"Content-Disposition": f"attachment; {named}"}
    return Response(data, media_type=kind, headers=headers)


def printable(result: Answer, years: YearOnYear | None = None, remark: str = "") -> Response:
    """The printable page; it has its style in itself, so it is not shown as one of our pages.

    ``years`` and a ``remark`` are put into a page on reuse.
    """
    from reportsearch.output import html as sheet

    if isinstance(result, Reuse):
        page = sheet.reuse_page(result, years, remark)
    else:
        page = sheet.yearly_page(result)
    return download(page.encode(), _HTML, _name(result), "html")


def word_file(result: Answer, years: YearOnYear | None = None, remark: str = "") -> Response:
    """The Word file; ``years`` and a ``remark`` are put into one on reuse."""
    from reportsearch.output import word

    # In memory: it may have the text of a draft, of which nothing is to be left on disk.
    stream = io.BytesIO()
    if isinstance(result, Reuse):
        word.reuse_document(result, stream, years, remark)
    else:
        word.yearly_document(result, stream)
    return download(stream.getvalue(), _DOCX, _name(result), "docx")


def as_sheet(request: Request) -> Response:
    """A report's answer as a printable page."""
    return printable(_answer(request))


def as_document(request: Request) -> Response:
    """A report's answer as a Word file."""
    return word_file(_answer(request))


def as_json(request: Request) -> Response:
    """A report's answer, or the pairs of the index, as ``--format json`` prints it."""
    if not request.query_params.get("report"):
        text, name = formats.to_json(asked.pairs(request)), "查重"
    else:
        result = _answer(request)
        text, name = formats.to_json(result), _name(result)
    return download(text.encode("utf-8", "replace"), "application/json", name, "json")


def as_csv(request: Request) -> Response:
    """The same as ``--format csv`` prints it."""
    if not request.query_params.get("report"):
        text, name = reuse.pairs_rows(asked.pairs(request)), "查重"
    else:
        result = _answer(request)
        text = reuse.rows([result]) if isinstance(result, Reuse) else yearly.rows(result)
        name = _name(result)
    text = localised(text, language_of(request))
    return download(text.encode("utf-8", "replace"), "text/csv; charset=utf-8", name, "csv")


def _answer(request: Request) -> Answer:
    """What the address asks for. Raises NotFoundError, QueryError."""
    report_id = asked.report(request)
    if asked.is_years(request):
        return asked.years(request, report_id, asked.previous(request))
    return asked.reuse(request, report_id)


def _name(result: Answer) -> str:
    info: ReportInfo = result.report
    what = "查重" if isinstance(result, Reuse) else "与上一年对照"
    return f"{what}_{info.title or info.id}"
