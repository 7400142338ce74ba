"""The page of passages similar to a pasted text, or to a passage of a report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportsearch.archive import Archive
from reportsearch.errors import NotFoundError, QueryError
from reportsearch.locale import PAGE, Translator
from reportsearch.models.report import Passage, ReportInfo
from reportsearch.models.reuse import EDITED, EXACT, FORMULA
from reportsearch.models.search import Stats
from reportsearch.models.similar import SimilarResult
from reportsearch.output.json_csv import to_json
from reportsearch.output.tables import similar
from reportsearch.web.analysis_threads import get_threads
from reportsearch.web.archive_service import get_service
from reportsearch.web.downloads import make_attachment
from reportsearch.web.jobs import report_progress
from reportsearch.web.security import is_form_key
from reportsearch.web.settings import Settings
from reportsearch.web.templating import (
    build_address,
    get_language,
    get_translator,
    render,
    render_forbidden,
)

MAX_ADDRESS_CHARS = 500
"""Maximum number of characters of a text in an address, so that it can be bookmarked."""
MAX_TEXT_CHARS = 20_000
"""Maximum number of characters of a text compared here; the reuse page takes longer ones."""
_MAX_FORM_BYTES = 2**20
"""Maximum number of bytes of a form that are read: five times the longest text, URL-encoded."""
_SHORT_CHARS = 12
"""Hits for shorter texts are not meaningful."""
FILTERS = ("portfolio", "year", "region")
_PASSAGE = re.compile(r"([0-9a-f]{16}):([1-9]\d{0,8})")
_KINDS = (EXACT, EDITED, FORMULA)


@dataclass(frozen=True)
class SimilarForm:
    """A request: a text or the address of a passage, and where to search."""

    text: str = ""
    passage: str = ""
    where: tuple[tuple[str, str], ...] = ()
    include_own: bool = False

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> SimilarForm:
        """Read the values of an address or a form."""

        def text(name: str) -> str:
            value = values.get(name, "")
            return value if isinstance(value, str) else ""

        return cls(
            text=text("text").replace("\r\n", "\n").strip(),
            passage=text("passage").strip(),
            where=tuple((name, text(name).strip()) for name in FILTERS if text(name).strip()),
            include_own=text("own") == "1",
        )

    @property
    def filters(self) -> dict[str, str]:
        """Return the filters by name."""
        return dict(self.where)

    @property
    def address(self) -> str:
        """Return the address that repeats the request."""
        values = [("passage", self.passage), ("text", self.text), *self.where]
        return build_address("/similar", [*values, ("own", "1" if self.include_own else "")])


async def show(request: Request) -> Response:
    """Show the form, or the passages similar to the given text or passage."""
    if request.method != "POST":
        form = SimilarForm.from_values(request.query_params)
        return await get_threads(request).run(request, _respond, request, form)
    settings: Settings = request.app.state.settings
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > _MAX_FORM_BYTES:
        # Parsing it would take long, but the browser must send all of it before it reads a
        # response.
        async for _ in request.stream():
            pass
        return await run_in_threadpool(_respond, request, SimilarForm(), is_too_long=True)
    async with request.form(max_fields=20, max_part_size=settings.max_bytes) as sent:
        key, form = sent.get("form_key"), SimilarForm.from_values(sent)
    if not is_form_key(settings, key):
        return await run_in_threadpool(render_forbidden, request)
    if form.text and len(form.text) <= MAX_ADDRESS_CHARS:
        return RedirectResponse(form.address, 303)
    return await get_threads(request).run(request, _respond, request, form)


def _respond(request: Request, form: SimilarForm, *, is_too_long: bool = False) -> Response:
    service, t = get_service(request), get_translator(request)
    with service.for_search() as archive:
        stats = archive.stats()
        source = _find_source(request, form)
    result, error = None, _check_text(request, form)
    if is_too_long:
        most = f"{MAX_TEXT_CHARS:,}"
        error = t(
            "The text is too long; the limit is {most} characters. Paste it in parts, or use Reuse "
            "for a whole draft.",
            most=most,
        )
    if not error and (source or form.text):
        try:
            result = _find_similar(request, form, source and source[1])
        except QueryError as problem:
            error = t.translate(problem.message, PAGE)
    file_format = request.query_params.get("format")
    if result and request.method == "GET" and file_format == "json":
        return make_attachment(to_json(result), "json", "similar")
    if result and request.method == "GET" and file_format == "csv":
        text = similar.format_csv(result, Translator(get_language(request)))
        return make_attachment(text, "csv", "similar")
    return _render_page(request, form, stats, source, result, error)


def _find_source(request: Request, form: SimilarForm) -> tuple[ReportInfo, Passage] | None:
    """Find the passage of the request. Raises NotFoundError."""
    if not form.passage:
        return None
    match = _PASSAGE.fullmatch(form.passage)
    if match is None:
        raise NotFoundError("the address does not name a passage; start from a report")
    report = get_service(request).get_report(match[1])
    if int(match[2]) > len(report.passages):
        raise NotFoundError(
            "passage not found; the report has passages 1 to {last}", last=len(report.passages)
        )
    return report.info, report.passages[int(match[2]) - 1]


def _check_text(request: Request, form: SimilarForm) -> str:
    """Return what is wrong with a text; empty if it is valid."""
    t = get_translator(request)
    is_sent = request.method == "POST" or "text" in request.query_params
    if is_sent and not form.passage and not re.search(r"\w", form.text):
        return t("Nothing to compare. Paste at least one sentence and try again.")
    if len(form.text) > MAX_TEXT_CHARS:
        chars, most = f"{len(form.text):,}", f"{MAX_TEXT_CHARS:,}"
        too_long = t(
            "The text has {chars} characters; the limit is {most}. Paste it in parts, or use Reuse "
            "for a whole draft.",
            chars=chars,
            most=most,
        )
        cut = t("Only the first {most} characters are kept below.", most=most)
        return f"{too_long} {cut}"
    return ""


def _find_similar(request: Request, form: SimilarForm, passage: Passage | None) -> SimilarResult:
    """Find the answer. It is cached unless its text was too long for an address."""
    service = get_service(request)
    where = tuple(f"{name}={value}" for name, value in form.where)
    if passage is not None:
        return service.call(
            Archive.similar,
            brief=True,
            passage=passage.id,
            where=where,
            include_own=form.include_own,
        )
    if request.method != "POST":
        return service.call(Archive.similar, brief=True, text=form.text, where=where)
    return service.uncached(
        lambda archive: archive.similar(text=form.text, where=where, progress=report_progress)
    )


def _render_page(
    request: Request,
    form: SimilarForm,
    stats: Stats,
    source: tuple[ReportInfo, Passage] | None,
    result: SimilarResult | None,
    error: str,
) -> Response:
    found = {} if result is None else {
        number: list(hits) for number, hits in groupby(result.hits, key=lambda hit: hit.part)
    }  # fmt: skip
    kinds = {span.kind for hits in found.values() for hit in hits for span in hit.spans}
    chars = sum(char.isalnum() for part in (result.parts if result else ()) for char in part.text)
    return render(
        request,
        "similar.html",
        status=400 if error else 200,
        form=replace(form, text=form.text[:MAX_TEXT_CHARS]),
        source=source,
        result=result,
        found=found,
        error=error,
        kinds=[kind for kind in _KINDS if kind in kinds],
        is_short=result is not None and chars < _SHORT_CHARS,
        has_address=request.method == "GET",
        choices={
            "portfolio": list(stats.portfolios),
            "year": sorted(stats.years, reverse=True),
            "region": sorted(stats.regions),
        },
        is_empty=not stats.reports,
        max_chars=MAX_TEXT_CHARS,
    )


ROUTES = (Route("/similar", show, methods=["GET", "POST"], name="similar"),)
