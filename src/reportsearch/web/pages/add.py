"""Pages that add files or read the folder again, and show the result."""

from __future__ import annotations

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportsearch.errors import IndexBusyError, IndexLockedError, Message, ReportSearchError
from reportsearch.locale import PAGE, Translator
from reportsearch.models.corrections import Corrections
from reportsearch.output.prose.metadata import describe_doubt
from reportsearch.web.archive_service import get_folder, get_service
from reportsearch.web.corrections_view import render_corrections
from reportsearch.web.indexing_jobs import IndexingJobs, IndexingResult, JobResult
from reportsearch.web.jobs import Job
from reportsearch.web.posted_forms import form_endpoint, get_text
from reportsearch.web.settings import Settings
from reportsearch.web.templating import get_translator, render, render_problem
from reportsearch.web.uploads import save_files

_MAX_LISTED = 200
"""Maximum number of reports, failures and doubts listed on the page of a job."""
_REFRESH_SECONDS = "1"
"""Seconds until the page of a running job reloads."""
_NO_RUN = Message("No record of this import")
_FAILED_RUN = Message("Import failed")
_INDEX_BUSY = Message(
    "Another import or program is writing to the index. Try again when it finishes. Saved "
    "files need not be uploaded again: press “Rescan folder”."
)


def get_jobs(request: Request) -> IndexingJobs:
    """Return the jobs of the application that handles a request."""
    jobs: IndexingJobs = request.app.state.indexing
    return jobs


def show(request: Request) -> Response:
    """Show the file inputs, and links to what is in the index."""
    settings: Settings = request.app.state.settings
    with get_service(request).for_search() as archive:
        stats = archive.stats()
        lost = archive.lost_corrections()
    return render(
        request,
        "add.html",
        reports=stats.reports,
        job=get_jobs(request).current,
        lost=lost[:_MAX_LISTED],
        lost_count=len(lost),
        max_listed=_MAX_LISTED,
        folder=stats.folder,
        max_files=settings.max_files,
        megabytes=settings.max_bytes // 2**20,
    )


def add_files(request: Request, form: FormData) -> Response:
    """Save the files and start reading them."""
    sent = [
        (entry.filename or "", entry.file)
        for entry in form.getlist("files")
        if isinstance(entry, UploadFile) and entry.filename
    ]
    t = get_translator(request)
    if not sent:
        return render_problem(
            request, t("No file chosen. Go back to “Add” and choose files or a folder.")
        )
    folder = get_folder(request)
    try:
        job = get_jobs(request).start_adding(folder, lambda: save_files(sent, folder))
    except ReportSearchError as error:
        how = t.translate(error.message, PAGE)
        return render_problem(request, how, status=507)
    return redirect_to_job(request, job)


def reread(request: Request, form: FormData) -> Response:
    """Start reading the folder again."""
    job = get_jobs(request).start_rereading(prune=get_text(form, "prune") == "yes")
    return redirect_to_job(request, job)


def redirect_to_job(request: Request, job: Job[JobResult] | None) -> Response:
    """Redirect to the page of a job, or say that another one is running."""
    if job is None:
        t = get_translator(request)
        how = t(
            "Another import is running; these files were not saved. Wait until it finishes, then "
            "add them again."
        )
        return render_problem(request, how, status=409)
    return RedirectResponse(f"/add/run/{job.id}", 303)


def show_job(request: Request) -> Response:
    """Show the progress of a job, or its result."""
    t = get_translator(request)
    job = get_jobs(request).find(request.path_params["run"])
    if job is None:
        how = t(
            "Records are cleared when the program restarts; the reports are kept. See the list of "
            "all reports under “Add”."
        )
        return render_problem(request, how, title=_NO_RUN, status=404)
    if not job.ended.is_set():
        response = render(request, "add_running.html", job=job, name=t.translate(job.stage))
        # A header instead of <meta>: browsers treat them the same, and the page stays accessible.
        response.headers["Refresh"] = _REFRESH_SECONDS
        return response
    if job.result is None:
        how = _translate_job_error(t, job.error)
        return render_problem(request, how, title=_FAILED_RUN, status=409)
    if isinstance(job.result, Corrections):
        return render_corrections(request, job.result)
    return _render_result(request, job.result)


def translate_error(t: Translator, error: ReportSearchError) -> str:
    """Translate an error of writing to the index."""
    if isinstance(error, IndexBusyError) and not isinstance(error, IndexLockedError):
        return t.translate(_INDEX_BUSY)
    return t.translate(error.message, PAGE)


def _translate_job_error(t: Translator, error: Exception | None) -> str:
    if isinstance(error, ReportSearchError):
        return translate_error(t, error)
    return t(
        "Report the error shown in the startup window to the maintainer. The index is unchanged."
    )


def _render_result(request: Request, result: IndexingResult) -> Response:
    t, summary = get_translator(request), result.summary
    names = result.saved.names if result.saved else frozenset()
    excluded = [name for name in summary.excluded if name in names or result.saved is None]
    return render(
        request,
        "add_result.html",
        result=result,
        summary=summary,
        reports=result.reports[:_MAX_LISTED],
        failed=[
            (
                failure.source,
                t.translate(failure.reason, PAGE),
                failure.source in result.dropped,
            )
            for failure in summary.failed[:_MAX_LISTED]
        ],
        unsure=[
            (doubt.report, doubt.field, describe_doubt(doubt, t, PAGE))
            for doubt in summary.unsure[:_MAX_LISTED]
        ],
        linked={info.id for info in result.reports},
        excluded=excluded[:_MAX_LISTED],
        max_listed=_MAX_LISTED,
    )


ROUTES = (
    Route("/add", show, name="add"),
    Route("/add/files", form_endpoint(add_files), methods=["POST"]),
    Route("/add/reread", form_endpoint(reread), methods=["POST"]),
    Route("/add/run/{run}", show_job),
)
