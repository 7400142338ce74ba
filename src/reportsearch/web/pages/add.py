"""Adding files, reading the folder again, and what became of it."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportsearch.errors import ReportSearchError
from reportsearch.locale import teller
from reportsearch.locale.query_reasons import said
from reportsearch.locale.reasons import reason_in
from reportsearch.web.forms import posted, problem, text_in
from reportsearch.web.indexing_jobs import BUSY, INTERNAL, Run, Runs
from reportsearch.web.settings import Settings
from reportsearch.web.templating import language_of, render
from reportsearch.web.uploads import save

_SHOWN = 200
"""Reports, failures and doubts that the page of a run lists."""
_REFRESH = "1"
"""Seconds until the page of a run that goes on is asked for again."""

_PAGE = re.compile(r"(.*), page (\d+) of (\d+)", re.DOTALL)
"""What is being read, where that is a page."""


def show(request: Request) -> Response:
    """The boxes for files, and the way to what is there."""
    settings: Settings = request.app.state.settings
    runs: Runs = request.app.state.runs
    with request.app.state.library.quick() as archive:
        reports = archive.stats().reports
    return render(
        request,
        "add.html",
        reports=reports,
        going=runs.going(),
        folder=Path(settings.folder).resolve(),
        most_files=settings.most_files,
        megabytes=settings.most_bytes // 2**20,
    )


def _busy(request: Request) -> Response:
    t = teller(language_of(request))
    return problem(request, t("errors.wrong"), t("add.busy"), status=409)


def files(request: Request, form: FormData) -> Response:
    """Save the files, and begin to read them."""
    t = teller(language_of(request))
    sent = [
        (entry.filename or "", entry.file)
        for entry in form.getlist("files")
        if isinstance(entry, UploadFile) and entry.filename
    ]
    if not sent:
        return problem(request, t("errors.wrong"), t("add.nothing"))
    runs: Runs = request.app.state.runs
    run = runs.begin()
    if run is None:
        return _busy(request)
    try:
        run.saved = save(sent, request.app.state.settings.folder)
    except ReportSearchError as error:
        runs.abandon(run)
        how = reason_in(language_of(request), str(error))
        return problem(request, t("errors.wrong"), how, status=507)
    except BaseException:
        runs.abandon(run)
        raise
    return _started(runs, run)


def reread(request: Request, form: FormData) -> Response:
    """Begin to read the folder again."""
    runs: Runs = request.app.state.runs
    run = runs.begin()
    if run is None:
        return _busy(request)
    run.prune = text_in(form, "prune") == "yes"
    return _started(runs, run)


def _started(runs: Runs, run: Run) -> Response:
    runs.start(run)
    return RedirectResponse(f"/add/run/{run.id}", 303)


def result(request: Request) -> Response:
    """How far a run is, and what has become of it."""
    runs: Runs = request.app.state.runs
    language = language_of(request)
    t = teller(language)
    run = runs.find(request.path_params["run"])
    if run is None:
        return problem(request, t("add.no_run"), t("add.no_run_how"), status=404)
    if not run.finished:
        page = _PAGE.fullmatch(run.name)
        name = t("add.page_of", name=page[1], page=page[2], pages=page[3]) if page else run.name
        answer = render(request, "add_running.html", run=run, name=name)
        # A header, not a <meta>: the same to a browser, and the page stays as accessible.
        answer.headers["Refresh"] = _REFRESH
        return answer
    if run.summary is None:
        what = {BUSY: "add.busy_elsewhere", INTERNAL: "errors.internal_how"}.get(run.error)
        return problem(
            request, t("add.failed_run"), t(what) if what else said(language, run.error), status=409
        )
    summary = run.summary
    names = run.saved.names if run.saved else frozenset()
    return render(
        request,
        "add_result.html",
        run=run,
        summary=summary,
        read=run.read[:_SHOWN],
        failed=[
            (failure.source, reason_in(language, failure.reason), failure.source in run.dropped)
            for failure in summary.failed[:_SHOWN]
        ],
        unsure=[
            (doubt.report, doubt.field, reason_in(language, doubt.reason))
            for doubt in summary.unsure[:_SHOWN]
        ],
        held={info.id for info in run.read},
        left_out=[name for name in summary.excluded if name in names or run.saved is None][:_SHOWN],
        shown=_SHOWN,
    )


ROUTES = (
    Route("/add", show, name="add"),
    Route("/add/files", posted(files), methods=["POST"]),
    Route("/add/reread", posted(reread), methods=["POST"]),
    Route("/add/run/{run}", result),
)
