"""A draft that is uploaded, checked, and forgotten.

It is held in memory and never written to a file of ours, so that nothing of it is left where the
page is killed.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
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
from reportsearch.locale import CHINESE, teller
from reportsearch.locale import reuse as words
from reportsearch.locale.query_reasons import said
from reportsearch.models.reuse import Draft, Reuse, Whose, YearOnYear
from reportsearch.output.annotations import changed_pieces
from reportsearch.web.archive_service import Library
from reportsearch.web.jobs import told
from reportsearch.web.pages.reuse.downloads import printable, word_file
from reportsearch.web.pages.reuse.start import front
from reportsearch.web.reuse_view import clipped, overlap
from reportsearch.web.security import is_form_key
from reportsearch.web.templating import language_of, render
from reportsearch.web.year_on_year_view import by_kind, sections_of

_MOST_FIELDS = 20
_MOST_NAME = 120
"""Characters of the file's and the official's names that are taken."""
_TWIN = 0.95
"""The share from which a source may be the same report as the draft."""
_REMEMBERED = 1_000
"""Forms that were sent, of which it is known that they were."""
_MOST_NAMES = 5
_FORMATS = ("page", "docx", "html")
Answer = TypeVar("Answer", Reuse, YearOnYear)


@dataclass(frozen=True, slots=True)
class _Draft:
    """What was sent. ``name`` is only shown."""

    name: str
    data: bytes
    official: str
    wants_previous: bool
    wanted: str

    @property
    def filled(self) -> dict[str, object]:
        """What the form shows again; a file cannot be filled in by a page."""
        return {
            "official": self.official,
            "previous": self.wants_previous,
            "as": self.wanted,
        }


async def check(request: Request) -> Response:
    """The answer to an upload: what the draft shares, or why it could not be read."""
    t = teller(language_of(request))
    try:
        form = await request.form(max_files=1, max_fields=_MOST_FIELDS)
    except HTTPException:
        return await run_in_threadpool(front, request, error=t("reuse.broken_form"), status=400)
    try:
        if not is_form_key(request.app.state.settings, form.get("form_key")):
            what, how = t("errors.forbidden"), t("errors.forbidden_how")
            return render(request, "problem.html", status=403, what=what, how=how)
        draft = await _draft(form)
        once = form.get("once")
    finally:
        await form.close()
    if draft.wanted == "page" and isinstance(once, str) and not _is_first(request, once):
        return await run_in_threadpool(front, request, error=t("reuse.draft_gone"), status=409)
    answer = await run_in_threadpool(_checked, request, draft)
    # Nor is anything of it left in the browser, to come up again when somebody goes back.
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _is_first(request: Request, once: str) -> bool:
    """Whether a form is sent for the first time: a browser sends it again when asked to reload."""
    sent: OrderedDict[str, None] = request.app.state.sent_drafts
    once = once[:_MOST_NAME]
    if once in sent:
        return False
    sent[once] = None
    while len(sent) > _REMEMBERED:
        sent.popitem(last=False)
    return True


async def _draft(form: FormData) -> _Draft:
    file = form.get("file")
    name, data = "", b""
    if isinstance(file, UploadFile) and file.filename:
        # Some browsers send a path.
        name = re.split(r"[/\\]", file.filename)[-1][-_MOST_NAME:] or "?"
        data = await file.read()
    official, wanted = form.get("official"), form.get("as")
    return _Draft(
        name,
        data,
        official.strip()[:_MOST_NAME] if isinstance(official, str) else "",
        bool(form.get("previous")),
        wanted if isinstance(wanted, str) and wanted in _FORMATS else "page",
    )


def _checked(request: Request, draft: _Draft) -> Response:
    t = teller(language_of(request))
    if not draft.name:
        return front(request, error=t("reuse.no_file"), filled=draft.filled, status=400)
    try:
        found = _answers(request.app.state.library, draft)
    except ReportSearchError as error:
        reason = f"{t('reuse.draft_error')}{said(language_of(request), str(error))}"
        return front(request, error=reason, filled=draft.filled, status=400)
    if draft.wanted == "page":
        return _page(request, draft, found)
    lines = _remarks(teller(CHINESE), draft, found)
    as_file = word_file if draft.wanted == "docx" else printable
    return as_file(found.result, found.years, " ".join(lines))


@dataclass(frozen=True, slots=True)
class _Found:
    """What is found of a draft. ``whose`` it is by its first lines is asked where nobody told."""

    result: Reuse
    years: YearOnYear | None
    whose: Whose | None


def _answers(library: Library, draft: _Draft) -> _Found:
    """What the draft shares, and what is new in it where that can be told. ReportSearchError."""
    file = Draft(draft.name, draft.data)

    def work(archive: Archive) -> _Found:
        known = {info.official for info in archive.infos()}
        whose = None if draft.official in known else archive.whose(file)
        if whose and draft.official and not _is_short_for(draft.official, whose):
            whose = None
        official = (_taken_for(whose) if whose else None) or draft.official or None
        found = archive.reuse(against=file, official=official, progress=told)
        years = None
        if draft.wants_previous:
            with suppress(NotFoundError):
                years = archive.year_on_year(against=file, official=official)
        return _Found(found, years, whose)

    found = library.once(work)
    years = _named(found.years, draft.name) if found.years else None
    return replace(found, result=_named(found.result, draft.name), years=years)


def _is_short_for(name: str, whose: Whose) -> bool:
    """Whether a name that the index does not have is that of its official, otherwise written."""
    plain = name.replace("人民政府", "")
    return bool(whose.official) and (plain in str(whose.official) or str(whose.official) in plain)


def _taken_for(whose: Whose) -> str | None:
    """Whose a draft is by its first lines, also where the index has nothing of that official."""
    return whose.official or (whose.seems if not whose.namesakes else "") or None


def _remarks(t: Callable[..., str], draft: _Draft, found: _Found) -> list[str]:
    """Whose draft it was taken for, and why it is not set against the report before."""
    whose, lines = found.whose, []
    if whose and whose.official:
        lines.append(t("reuse.draft_taken_for", official=whose.official))
    elif whose and whose.namesakes:
        names = "、".join(whose.namesakes[:_MOST_NAMES])
        lines.append(t("reuse.draft_namesakes", seems=whose.seems, names=names))
    elif whose and whose.seems:
        lines.append(t("reuse.draft_seems", seems=whose.seems))
    if draft.wants_previous and not found.years:
        official = found.result.report.official
        lines.append(
            t("reuse.draft_no_earlier", official=official)
            if official
            else t("reuse.draft_no_previous")
        )
    return lines


def _named(result: Answer, name: str) -> Answer:
    """An answer in which the draft is called as its file was."""
    info = result.report
    title = name if info.origin.get("title") == "name" else info.title
    return replace(result, report=replace(info, id=name, title=title))


def _page(request: Request, draft: _Draft, found: _Found) -> Response:
    result, years = found.result, found.years
    library: Library = request.app.state.library
    shown = overlap(result)
    with library.quick() as archive:
        known = {info.official for info in archive.infos()}
    return render(
        request,
        "reuse_draft.html",
        result=result,
        shown=shown,
        years=years,
        sentences=sections_of(years) if years else None,
        by_kind=by_kind(years) if years else None,
        wants_previous=draft.wants_previous,
        remarks=_remarks(teller(language_of(request)), draft, found),
        twin=next((entry for entry in shown.numbered if entry.source.rate >= _TWIN), None),
        new_tab=True,
        stranger=draft.official
        if draft.official and draft.official not in known and not found.whose
        else "",
        words=words,
        changed_pieces=changed_pieces,
        clipped=clipped,
    )
