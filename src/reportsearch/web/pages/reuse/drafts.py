"""Drafts that are uploaded, checked and forgotten.

A draft stays in memory and is never written to disk, so nothing of it is left if the server is
killed.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reportsearch.archive import Archive
from reportsearch.errors import NotFoundError, ReportSearchError
from reportsearch.locale import PAGE, Translator
from reportsearch.models.reuse import Draft, Reuse, Whose
from reportsearch.models.year_on_year import YearOnYear
from reportsearch.output.prose import reuse, year_on_year
from reportsearch.output.prose.joining import join_list, join_sentences
from reportsearch.output.text_diff import diff_changed_sentence
from reportsearch.web.analysis_threads import get_threads
from reportsearch.web.archive_service import ArchiveService, get_service
from reportsearch.web.jobs import BusyError, JobCancelledError, report_progress
from reportsearch.web.pages.reuse.downloads import make_printable_page, make_word_file
from reportsearch.web.pages.reuse.front import render_front
from reportsearch.web.reuse_view import build_reuse_view, clip_pieces
from reportsearch.web.security import is_form_key
from reportsearch.web.templating import get_translator, render, render_forbidden
from reportsearch.web.year_on_year_view import build_year_on_year_view, group_by_kind

_MAX_FIELDS = 20
_MAX_NAME_CHARS = 120
"""Maximum number of characters of the file's and the official's names that are used."""
_TWIN_SHARE = 0.95
"""The share from which a source may be the same report as the draft."""
_MAX_SUBMISSIONS = 1_000
"""Forms whose submission is remembered."""
_MAX_NAMESAKES = 5
_FORMATS = ("page", "docx", "html")
Answer = TypeVar("Answer", Reuse, YearOnYear)


@dataclass(frozen=True, slots=True)
class _DraftForm:
    """A submitted form. ``name`` is only shown."""

    name: str
    data: bytes
    official: str
    wants_previous: bool
    wanted_format: str

    @property
    def form_values(self) -> dict[str, object]:
        """Return the values to show in the form again; a page cannot fill in a file."""
        return {
            "official": self.official,
            "previous": self.wants_previous,
            "as": self.wanted_format,
        }


async def check(request: Request) -> Response:
    """Answer an upload with what the draft shares, or why it could not be read."""
    t = get_translator(request)
    try:
        form = await request.form(max_files=1, max_fields=_MAX_FIELDS)
    except HTTPException:
        return await run_in_threadpool(
            render_front,
            request,
            error=t("The upload is incomplete. Choose the file again."),
            status=400,
        )
    try:
        if not is_form_key(request.app.state.settings, form.get("form_key")):
            return await run_in_threadpool(render_forbidden, request)
        draft = await _read_draft(form)
        once = form.get("once")
    finally:
        await form.close()
    if (
        draft.wanted_format == "page"
        and isinstance(once, str)
        and not _is_first_submission(request, once)
    ):
        return await run_in_threadpool(
            render_front,
            request,
            error=t("This draft was checked and the result was not kept. Choose the file again."),
            status=409,
        )
    answer = await get_threads(request).run(request, _check_draft, request, draft)
    # Keep nothing in the browser that going back could show again.
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _is_first_submission(request: Request, once: str) -> bool:
    """Return whether a form is new: a browser sends it again when the page is reloaded."""
    sent: OrderedDict[str, None] = request.app.state.sent_drafts
    once = once[:_MAX_NAME_CHARS]
    if once in sent:
        return False
    sent[once] = None
    while len(sent) > _MAX_SUBMISSIONS:
        sent.popitem(last=False)
    return True


async def _read_draft(form: FormData) -> _DraftForm:
    file = form.get("file")
    name, data = "", b""
    if isinstance(file, UploadFile) and file.filename:
        # Some browsers send a path.
        name = re.split(r"[/\\]", file.filename)[-1][-_MAX_NAME_CHARS:] or "?"
        data = await file.read()
    official, wanted = form.get("official"), form.get("as")
    return _DraftForm(
        name,
        data,
        official.strip()[:_MAX_NAME_CHARS] if isinstance(official, str) else "",
        bool(form.get("previous")),
        wanted if isinstance(wanted, str) and wanted in _FORMATS else "page",
    )


def _check_draft(request: Request, draft: _DraftForm) -> Response:
    t = get_translator(request)
    if not draft.name:
        return render_front(
            request,
            error=t("No file chosen. Choose one first."),
            filled=draft.form_values,
            status=400,
        )
    try:
        found = _find_answers(get_service(request), draft)
    except (BusyError, JobCancelledError):
        raise
    except ReportSearchError as error:
        failed = t("The draft could not be checked: ")
        reason = f"{failed}{t.translate(error.message, PAGE)}"
        return render_front(request, error=reason, filled=draft.form_values, status=400)
    if draft.wanted_format == "page":
        return _render_page(request, draft, found)
    remark = join_sentences(t, *_build_remarks(t, draft, found))
    as_file = make_word_file if draft.wanted_format == "docx" else make_printable_page
    return as_file(found.result, t, found.years, remark)


@dataclass(frozen=True, slots=True)
class _DraftAnswers:
    """The answers for a draft; ``whose`` is guessed from its first lines or given by the form."""

    result: Reuse
    years: YearOnYear | None
    whose: Whose | None


def _find_answers(service: ArchiveService, draft: _DraftForm) -> _DraftAnswers:
    """Find what the draft shares, and what is new in it. Raises ReportSearchError."""
    file = Draft(draft.name, draft.data)

    def work(archive: Archive) -> _DraftAnswers:
        officials = {info.person for info in archive.infos()}
        whose = None if draft.official in officials else archive.official_of_draft(file)
        if whose and draft.official and not _is_short_for(draft.official, whose):
            whose = None
        official = (_guess_official(whose) if whose else None) or draft.official or None
        found = archive.reuse(against=file, official=official, progress=report_progress)
        years = None
        if draft.wants_previous:
            with suppress(NotFoundError):
                years = archive.year_on_year(against=file, official=official)
        return _DraftAnswers(found, years, whose)

    found = service.uncached(work)
    years = _rename_draft(found.years, draft.name) if found.years else None
    return replace(found, result=_rename_draft(found.result, draft.name), years=years)


def _is_short_for(name: str, whose: Whose) -> bool:
    """Return whether a name is another spelling of the draft's apparent official."""
    plain = name.replace("人民政府", "")
    return bool(whose.official) and (plain in str(whose.official) or str(whose.official) in plain)


def _guess_official(whose: Whose) -> str | None:
    """Return the official named in the draft's first lines, even one unknown to the index."""
    return whose.official or (whose.seems if not whose.namesakes else "") or None


def _build_remarks(t: Translator, draft: _DraftForm, found: _DraftAnswers) -> list[str]:
    """Explain whose draft it was taken to be, and why it is not compared with an earlier report."""
    whose, lines = found.whose, []
    if whose and whose.official:
        lines.append(
            t(
                "No author was given. From its first lines, the draft was taken to be by "
                "{official}. If that is wrong, enter the official and upload again.",
                official=whose.official,
            )
        )
    elif whose and whose.namesakes:
        names = join_list(t, whose.namesakes[:_MAX_NAMESAKES])
        lines.append(
            t(
                "No author was given. It seems to be {seems}; officials with this post in the "
                "index: {names}. Enter one of them and upload again to count the "
                "author's own text separately.",
                seems=whose.seems,
                names=names,
            )
        )
    elif whose and whose.seems:
        lines.append(
            t(
                "No author was given. It seems to be {seems}, who has no report in the index, so "
                "all sources count as others' reports. If that is wrong, enter the official and "
                "upload again.",
                seems=whose.seems,
            )
        )
    if draft.wants_previous and not found.years:
        official = found.result.report.person
        lines.append(
            t("The index has no earlier report by {official} to compare with.", official=official)
            if official
            else t(
                "No previous report to compare with. Enter the official's name as it "
                "appears in the index and upload again."
            )
        )
    return lines


def _rename_draft(result: Answer, name: str) -> Answer:
    """Return an answer in which the draft has the name of its file."""
    info = result.report
    title = name if info.origin.get("title") == "name" else info.title
    return replace(result, report=replace(info, id=name, title=title))


def _render_page(request: Request, draft: _DraftForm, found: _DraftAnswers) -> Response:
    result, years = found.result, found.years
    shown = build_reuse_view(result, get_translator(request))
    with get_service(request).for_search() as archive:
        officials = {info.person for info in archive.infos()}
    return render(
        request,
        "reuse_draft.html",
        result=result,
        shown=shown,
        years=years,
        sentences=build_year_on_year_view(years) if years else None,
        by_kind=group_by_kind(years) if years else None,
        wants_previous=draft.wants_previous,
        remarks=_build_remarks(get_translator(request), draft, found),
        twin=next((entry for entry in shown.numbered if entry.source.rate >= _TWIN_SHARE), None),
        new_tab=True,
        stranger=draft.official
        if draft.official and draft.official not in officials and not found.whose
        else "",
        words=reuse,
        year_on_year=year_on_year,
        diff_changed_sentence=diff_changed_sentence,
        clip_pieces=clip_pieces,
    )
