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
from reportsearch.locale import teller
from reportsearch.locale.columns import localised
from reportsearch.locale.query_reasons import said
from reportsearch.models.report import Passage, ReportInfo
from reportsearch.models.reuse import EDITED, EXACT, FORMULA, SimilarResult
from reportsearch.models.search import Stats
from reportsearch.output.tables import similar as view
from reportsearch.web import downloads as attachments
from reportsearch.web.archive_service import Library
from reportsearch.web.jobs import told
from reportsearch.web.security import is_form_key
from reportsearch.web.templating import address, language_of, render

IN_ADDRESS = 500
"""Characters of a text that an address can have: then it can be kept, and gone back to."""
MOST = 20_000
"""Characters of a text that is compared here; what is longer is for the page on reuse."""
_MOST_SENT = 2**20
"""Bytes of a form that are read: five times what the longest text takes in an address."""
_SHORT = 12
"""Characters below which what is found says little."""
FILTERS = ("portfolio", "year", "region")
_PASSAGE = re.compile(r"([0-9a-f]{16}):([1-9]\d{0,8})")
_KINDS = (EXACT, EDITED, FORMULA)


@dataclass(frozen=True)
class Question:
    """What is asked: a text or the address of a passage, and where to look."""

    text: str = ""
    passage: str = ""
    where: tuple[tuple[str, str], ...] = ()
    own: bool = False

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Question:
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
        return address("/similar", [*values, ("own", "1" if self.own else "")])


async def ask(request: Request) -> Response:
    """The form; or what is like the text or passage that is asked about."""
    if request.method == "POST":
        settings = request.app.state.settings
        length = request.headers.get("content-length", "")
        if length.isdecimal() and int(length) > _MOST_SENT:
            # It is not taken apart, which would take long, but the browser has to send it all.
            async for _ in request.stream():
                pass
            return await run_in_threadpool(_answer, request, Question(), is_too_long=True)
        async with request.form(max_fields=20, max_part_size=settings.most_bytes) as form:
            key, question = form.get("form_key"), Question.of(form)
        if not is_form_key(settings, key):
            return await run_in_threadpool(_forbidden, request)
        if question.text and len(question.text) <= IN_ADDRESS:
            return RedirectResponse(question.address, 303)
        return await run_in_threadpool(_answer, request, question)
    return await run_in_threadpool(_answer, request, Question.of(request.query_params))


def _forbidden(request: Request) -> Response:
    t = teller(language_of(request))
    return render(
        request,
        "problem.html",
        status=403,
        what=t("errors.forbidden"),
        how=t("errors.forbidden_how"),
    )


def _answer(request: Request, question: Question, *, is_too_long: bool = False) -> Response:
    library: Library = request.app.state.library
    with library.quick() as archive:
        stats = archive.stats()
        source = _source(request, archive, library, question)
    result, error = None, _wrong(request, question)
    if is_too_long:
        error = teller(language_of(request))("similar.far_too_long", most=f"{MOST:,}")
    if not error and (source or question.text):
        try:
            result = _find(library, question, source and source[1])
        except QueryError as problem:
            error = said(language_of(request), str(problem))
    wanted = request.query_params.get("format")
    if result and request.method == "GET" and wanted in attachments.FORMATS:
        if wanted == attachments.JSON:
            return attachments.as_json(result, "similar")
        return attachments.attached(
            localised(view.rows(result), language_of(request)), "similar", attachments.CSV
        )
    return _page(request, question, stats, source, result, error)


def _source(
    request: Request, archive: Archive, library: Library, question: Question
) -> tuple[ReportInfo, Passage] | None:
    """The passage that is asked about. Raises NotFoundError."""
    if not question.passage:
        return None
    match = _PASSAGE.fullmatch(question.passage)
    if match is None:
        raise NotFoundError(teller(language_of(request))("similar.no_passage"))
    report = archive.show(library.report_id(archive, match[1]))
    if int(match[2]) > len(report.passages):
        t = teller(language_of(request))
        raise NotFoundError(t("report.no_passage", last=len(report.passages)))
    return report.info, report.passages[int(match[2]) - 1]


def _wrong(request: Request, question: Question) -> str:
    """What is wrong with a text; empty where nothing is."""
    t = teller(language_of(request))
    is_sent = request.method == "POST" or "text" in request.query_params
    if is_sent and not question.passage and not re.search(r"\w", question.text):
        return t("similar.nothing")
    if len(question.text) > MOST:
        most = f"{MOST:,}"
        said = t("similar.too_long", chars=f"{len(question.text):,}", most=most)
        return f"{said} {t('similar.cut', most=most)}"
    return ""


def _find(library: Library, question: Question, passage: Passage | None) -> SimilarResult:
    """The answer. That to a passage is kept, a text that was put in is not."""
    if passage is not None:
        name = passage.id

        def of_passage(archive: Archive) -> SimilarResult:
            return archive.similar(
                name, where=question.filters, include_own=question.own, progress=told
            )

        return library.kept(("similar", name, question.where, question.own), of_passage, brief=True)
    return library.once(
        lambda archive: archive.similar(text=question.text, where=question.filters, progress=told)
    )


def _page(
    request: Request,
    question: Question,
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
        question=replace(question, text=question.text[:MOST]),
        source=source,
        result=result,
        found=found,
        error=error,
        kinds=[kind for kind in _KINDS if kind in kinds],
        is_short=result is not None and chars < _SHORT,
        is_kept=request.method == "GET",
        choices={
            "portfolio": list(stats.portfolios),
            "year": sorted(stats.years, reverse=True),
            "region": sorted(stats.regions),
        },
        is_empty=not stats.reports,
        most=MOST,
    )


ROUTES = (Route("/similar", ask, methods=["GET", "POST"], name="similar"),)
