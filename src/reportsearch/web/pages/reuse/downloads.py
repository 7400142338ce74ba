"""Answers of the reuse pages as files: a printable page, Word, JSON, CSV."""

from __future__ import annotations

import io
import re

from starlette.requests import Request
from starlette.responses import Response

from reportsearch.locale import Translator
from reportsearch.models.report import ReportInfo
from reportsearch.models.reuse import Reuse
from reportsearch.models.year_on_year import YearOnYear
from reportsearch.output import json_csv
from reportsearch.output.tables import reuse, year_on_year
from reportsearch.web.downloads import make_attachment
from reportsearch.web.pages.reuse import form
from reportsearch.web.templating import get_translator

_UNSAFE = re.compile(r"[^\w（）—-]+")
_MAX_NAME_CHARS = 60
ReuseAnswer = Reuse | YearOnYear


def _make_download(content: str | bytes, ending: str, title: str) -> Response:
    """Return a file of the reuse page; its ``title`` may come from a report."""
    safe = _UNSAFE.sub("_", title)[:_MAX_NAME_CHARS].strip("_") or "reuse"
    return make_attachment(content, ending, "reuse", safe)


def make_printable_page(
    result: ReuseAnswer, t: Translator, years: YearOnYear | None = None, remark: str = ""
) -> Response:
    """Make the printable page, as a download because it has its own styles.

    ``years`` and a ``remark`` are included in a page on reuse.
    """
    from reportsearch.output import html

    if isinstance(result, Reuse):
        page = html.render_reuse_page(result, t, years, remark)
    else:
        page = html.render_year_on_year_page(result, t)
    return _make_download(page, "html", _build_name(result))


def make_word_file(
    result: ReuseAnswer, t: Translator, years: YearOnYear | None = None, remark: str = ""
) -> Response:
    """Make the Word file; ``years`` and a ``remark`` are included in one on reuse."""
    from reportsearch.output import word

    # In memory: no text of a draft may be left on disk.
    stream = io.BytesIO()
    if isinstance(result, Reuse):
        word.write_reuse_document(result, stream, t, years, remark)
    else:
        word.write_year_on_year_document(result, stream, t)
    return _make_download(stream.getvalue(), "docx", _build_name(result))


def as_sheet(request: Request) -> Response:
    """Return a report's answer as a printable page."""
    return make_printable_page(_get_answer(request), get_translator(request))


def as_document(request: Request) -> Response:
    """Return a report's answer as a Word file."""
    return make_word_file(_get_answer(request), get_translator(request))


def as_json(request: Request) -> Response:
    """Return a report's answer, or the pairs of the index, as ``--format json`` prints them."""
    if not request.query_params.get("report"):
        text, name = json_csv.to_json(form.get_pairs(request)), "查重"
    else:
        result = _get_answer(request)
        text, name = json_csv.to_json(result), _build_name(result)
    return _make_download(text, "json", name)


def as_csv(request: Request) -> Response:
    """Return a report's answer, or the pairs of the index, as ``--format csv`` prints them."""
    t = get_translator(request)
    if not request.query_params.get("report"):
        text, name = reuse.format_pairs_csv(form.get_pairs(request), t), "查重"
    else:
        result = _get_answer(request)
        text = (
            reuse.format_csv([result], t)
            if isinstance(result, Reuse)
            else year_on_year.format_csv(result, t)
        )
        name = _build_name(result)
    return _make_download(text, "csv", name)


def _get_answer(request: Request) -> ReuseAnswer:
    """Find the answer that the address requests. Raises NotFoundError, QueryError."""
    report_id = form.read_report_id(request)
    if form.is_year_on_year(request):
        return form.get_year_on_year(request, report_id, form.read_previous_id(request))
    return form.get_reuse(request, report_id)


def _build_name(result: ReuseAnswer) -> str:
    info: ReportInfo = result.report
    what = "查重" if isinstance(result, Reuse) else "年度对照"
    return f"{what}_{info.title or info.id}"
