"""Adding files, reading the folder again, and what became of it."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportsearch.errors import ReportSearchError
from reportsearch.locale import translator
from reportsearch.locale.query_reasons import translate_error
from reportsearch.locale.reasons import translate_reason
from reportsearch.web.forms import form_endpoint, get_text, render_problem
from reportsearch.web.indexing_jobs import BUSY, INTERNAL, IndexingJob, IndexingJobs
from reportsearch.web.settings import Settings
from reportsearch.web.templating import get_language, render
from reportsearch.web.uploads import save_files

_MAX_LISTED = 200
"""Reports, failures and doubts that the page of a run lists."""
_REFRESH_SECONDS = "1"
"""Seconds until the page of a run that goes on is asked for again."""

_PAGE_PROGRESS = re.compile(r"(.*), page (\d+) of (\d+)", re.DOTALL)
"""What is being read, where that is a page."""


def show(request: Request) -> Response:
    """The boxes for files, and the way to what is there."""
    settings: Settings = request.app.state.settings
    runs: IndexingJobs = request.app.state.runs
    with request.app.state.library.quick() as archive:
        reports = archive.stats().reports
    return render(
        request,
        "add.html",
        reports=reports,
        going=runs.find_running(),
        folder=Path(settings.folder).resolve(),
        most_files=settings.max_files,
        megabytes=settings.max_bytes // 2**20,
    )


def _render_busy(request: Request) -> Response:
    t = translator(get_language(request))
    return render_problem(request, t("errors.wrong"), t("add.busy"), status=409)


def files(request: Request, form: FormData) -> Response:
    """Save the files, and begin to read them."""
    t = translator(get_language(request))
    sent = [
        (entry.filename or "", entry.file)
        for entry in form.getlist("files")
        if isinstance(entry, UploadFile) and entry.filename
    ]
    if not sent:
        return render_problem(request, t("errors.wrong"), t("add.nothing"))
    runs: IndexingJobs = request.app.state.runs
    run = runs.begin()
    if run is None:
        return _render_busy(request)
    try:
        run.saved = save_files(sent, request.app.state.settings.folder)
    except ReportSearchError as error:
        runs.abandon(run)
        how = translate_reason(get_language(request), str(error))
        return render_problem(request, t("errors.wrong"), how, status=507)
    except BaseException:
        runs.abandon(run)
        raise
    return _start_run(runs, run)


def reread(request: Request, form: FormData) -> Response:
    """Begin to read the folder again."""
    runs: IndexingJobs = request.app.state.runs
    run = runs.begin()
    if run is None:
        return _render_busy(request)
    run.prune = get_text(form, "prune") == "yes"
    return _start_run(runs, run)


def _start_run(runs: IndexingJobs, run: IndexingJob) -> Response:
    runs.start(run)
    return RedirectResponse(f"/add/run/{run.id}", 303)


def result(request: Request) -> Response:
    """How far a run is, and what has become of it."""
    runs: IndexingJobs = request.app.state.runs
    language = get_language(request)
    t = translator(language)
    run = runs.find(request.path_params["run"])
    if run is None:
        return render_problem(request, t("add.no_run"), t("add.no_run_how"), status=404)
    if not run.finished:
        page = _PAGE_PROGRESS.fullmatch(run.name)
        name = t("add.page_of", name=page[1], page=page[2], pages=page[3]) if page else run.name
        answer = render(request, "add_running.html", run=run, name=name)
        # A header, not a <meta>: the same to a browser, and the page stays as accessible.
        answer.headers["Refresh"] = _REFRESH_SECONDS
        return answer
    if run.summary is None:
        what = {BUSY: "add.busy_elsewhere", INTERNAL: "errors.internal_how"}.get(run.error)
        return render_problem(
            request,
            t("add.failed_run"),
            t(what) if what else translate_error(language, run.error),
            status=409,
        )
    summary = run.summary
    names = run.saved.names if run.saved else frozenset()
    return render(
        request,
        "add_result.html",
        run=run,
        summary=summary,
        read=run.read[:_MAX_LISTED],
        failed=[
            (
                failure.source,
                translate_reason(language, failure.reason),
                failure.source in run.dropped,
            )
            for failure in summary.failed[:_MAX_LISTED]
        ],
        unsure=[
            (doubt.report, doubt.field, translate_reason(language, doubt.reason))
            for doubt in summary.unsure[:_MAX_LISTED]
        ],
        held={info.id for info in run.read},
        left_out=[name for name in summary.excluded if name in names or run.saved is None][
            :_MAX_LISTED
        ],
        shown=_MAX_LISTED,
    )


ROUTES = (
    Route("/add", show, name="add"),
    Route("/add/files", form_endpoint(files), methods=["POST"]),
    Route("/add/reread", form_endpoint(reread), methods=["POST"]),
    Route("/add/run/{run}", result),
)
