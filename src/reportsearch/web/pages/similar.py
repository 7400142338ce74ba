"""Similar passages: of a text that is put in, or of a passage of a report."""

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
from reportsearch.locale import translator
from reportsearch.locale.columns import localise_csv
from reportsearch.locale.query_reasons import translate_error
from reportsearch.models.report import Passage, ReportInfo
from reportsearch.models.reuse import EDITED, EXACT, FORMULA, SimilarResult
from reportsearch.models.search import Stats
from reportsearch.output.tables import similar
from reportsearch.web import downloads
from reportsearch.web.archive_service import ArchiveService
from reportsearch.web.jobs import report_progress
from reportsearch.web.security import is_form_key
from reportsearch.web.templating import build_address, get_language, render

MAX_ADDRESS_CHARS = 500
"""Characters of a text that an address can have: then it can be kept, and gone back to."""
MAX_TEXT_CHARS = 20_000
"""Characters of a text that is compared here; what is longer is for the page on reuse."""
_MAX_FORM_BYTES = 2**20
"""Bytes of a form that are read: five times what the longest text takes in an address."""
_SHORT_CHARS = 12
"""Characters below which what is found says little."""
FILTERS = ("portfolio", "year", "region")
_PASSAGE = re.compile(r"([0-9a-f]{16}):([1-9]\d{0,8})")
_KINDS = (EXACT, EDITED, FORMULA)


@dataclass(frozen=True)
class SimilarForm:
    """What is asked: a text or the address of a passage, and where to look."""

    text: str = ""
    passage: str = ""
    where: tuple[tuple[str, str], ...] = ()
    own: bool = False

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> SimilarForm:
        """From the values of an address or a form."""

        def text(name: str) -> str:
            value = values.get(name, "")
            return value if isinstance(value, str) else ""

        return cls(
            text=text("text").replace("\r\n", "\n").strip(),
            passage=text("passage").strip(),
            where=tuple((name, text(name).strip()) for name in FILTERS if text(name).strip()),
            own=text("own") == "1",
        )

    @property
    def filters(self) -> dict[str, str]:
        """The filters by name."""
        return dict(self.where)

    @property
    def address(self) -> str:
        """Where it can be asked again."""
        values = [("passage", self.passage), ("text", self.text), *self.where]
        return build_address("/similar", [*values, ("own", "1" if self.own else "")])


async def show(request: Request) -> Response:
    """The form; or what is like the text or passage that is asked about."""
    if request.method == "POST":
        settings = request.app.state.settings
        length = request.headers.get("content-length", "")
        if length.isdecimal() and int(length) > _MAX_FORM_BYTES:
            # It is not taken apart, which would take long, but the browser has to send it all.
            async for _ in request.stream():
                pass
            return await run_in_threadpool(_respond, request, SimilarForm(), is_too_long=True)
        async with request.form(max_fields=20, max_part_size=settings.max_bytes) as form:
            key, question = form.get("form_key"), SimilarForm.from_values(form)
        if not is_form_key(settings, key):
            return await run_in_threadpool(_render_forbidden, request)
        if question.text and len(question.text) <= MAX_ADDRESS_CHARS:
            return RedirectResponse(question.address, 303)
        return await run_in_threadpool(_respond, request, question)
    return await run_in_threadpool(_respond, request, SimilarForm.from_values(request.query_params))


def _render_forbidden(request: Request) -> Response:
    t = translator(get_language(request))
    return render(
        request,
        "problem.html",
        status=403,
        what=t("errors.forbidden"),
        how=t("errors.forbidden_how"),
    )


def _respond(request: Request, question: SimilarForm, *, is_too_long: bool = False) -> Response:
    library: ArchiveService = request.app.state.library
    with library.for_search() as archive:
        stats = archive.stats()
        source = _find_source(request, archive, library, question)
    result, error = None, _check_text(request, question)
    if is_too_long:
        error = translator(get_language(request))(
            "similar.far_too_long", most=f"{MAX_TEXT_CHARS:,}"
        )
    if not error and (source or question.text):
        try:
            result = _find_similar(library, question, source and source[1])
        except QueryError as problem:
            error = translate_error(get_language(request), str(problem))
    wanted = request.query_params.get("format")
    if result and request.method == "GET" and wanted in downloads.FORMATS:
        if wanted == downloads.JSON:
            return downloads.make_json_attachment(result, "similar")
        return downloads.make_attachment(
            localise_csv(similar.format_csv(result), get_language(request)),
            "similar",
            downloads.CSV,
        )
    return _render_page(request, question, stats, source, result, error)


def _find_source(
    request: Request, archive: Archive, library: ArchiveService, question: SimilarForm
) -> tuple[ReportInfo, Passage] | None:
    """The passage that is asked about. Raises NotFoundError."""
    if not question.passage:
        return None
    match = _PASSAGE.fullmatch(question.passage)
    if match is None:
        raise NotFoundError(translator(get_language(request))("similar.no_passage"))
    report = archive.show(library.find_report_id(archive, match[1]))
    if int(match[2]) > len(report.passages):
        t = translator(get_language(request))
        raise NotFoundError(t("report.no_passage", last=len(report.passages)))
    return report.info, report.passages[int(match[2]) - 1]


def _check_text(request: Request, question: SimilarForm) -> str:
    """What is wrong with a text; empty where nothing is."""
    t = translator(get_language(request))
    is_sent = request.method == "POST" or "text" in request.query_params
    if is_sent and not question.passage and not re.search(r"\w", question.text):
        return t("similar.nothing")
    if len(question.text) > MAX_TEXT_CHARS:
        most = f"{MAX_TEXT_CHARS:,}"
        said = t("similar.too_long", chars=f"{len(question.text):,}", most=most)
        return f"{said} {t('similar.cut', most=most)}"
    return ""


def _find_similar(
    library: ArchiveService, question: SimilarForm, passage: Passage | None
) -> SimilarResult:
    """The answer. That to a passage is kept, a text that was put in is not."""
    if passage is not None:
        name = passage.id

        def of_passage(archive: Archive) -> SimilarResult:
            return archive.similar(
                name, where=question.filters, include_own=question.own, progress=report_progress
            )

        return library.cached(
            ("similar", name, question.where, question.own), of_passage, brief=True
        )
    return library.uncached(
        lambda archive: archive.similar(
            text=question.text, where=question.filters, progress=report_progress
        )
    )


def _render_page(
    request: Request,
    question: SimilarForm,
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
        question=replace(question, text=question.text[:MAX_TEXT_CHARS]),
        source=source,
        result=result,
        found=found,
        error=error,
        kinds=[kind for kind in _KINDS if kind in kinds],
        is_short=result is not None and chars < _SHORT_CHARS,
        is_kept=request.method == "GET",
        choices={
            "portfolio": list(stats.portfolios),
            "year": sorted(stats.years, reverse=True),
            "region": sorted(stats.regions),
        },
        is_empty=not stats.reports,
        most=MAX_TEXT_CHARS,
    )


ROUTES = (Route("/similar", show, methods=["GET", "POST"], name="similar"),)
