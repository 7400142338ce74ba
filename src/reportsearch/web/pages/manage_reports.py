"""Pages that list the reports, correct their metadata, remove and restore them."""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportsearch.archive import Archive
from reportsearch.errors import CorrectionError, IndexBusyError, Message, ReportSearchError
from reportsearch.locale import PAGE, Translator
from reportsearch.models.report import KINDS, LEVELS, METADATA_FIELDS, Exclusion, Report, ReportInfo
from reportsearch.output.prose.metadata import describe, describe_doubt
from reportsearch.web.address_values import paginate
from reportsearch.web.archive_service import get_service, key_of
from reportsearch.web.pages.add import translate_error
from reportsearch.web.posted_forms import form_endpoint, get_text
from reportsearch.web.settings import Settings
from reportsearch.web.templating import (
    build_address,
    get_translator,
    render,
    render_problem,
)

_PER_PAGE = 50
_MAX_QUERY_CHARS = 200
_MAX_OFFICIALS = 500
"""Maximum number of officials suggested by the field for the official."""
_ROW_READER = "row"
_WRONG_VALUES = {
    "year": Message("Enter the year as four digits, e.g. 2023. Not saved."),
    "date": Message("Enter the date as 2024-01-05. Not saved."),
    "kind": Message("Unknown kind. Not saved."),
    "level": Message("Unknown level. Not saved."),
}
"""Messages on fields whose values have a format, in words for the form."""
_DONE = {
    "removed": Message("Removed."),
    "restored": Message("Restored."),
    "later": Message(
        "The removal is undone. Press “Rescan folder” under “Add” to read the report again."
    ),
}


def show_reports(request: Request) -> Response:
    """List all reports, or those whose title or id contains the words."""
    words = request.query_params.get("q", "").strip()[:_MAX_QUERY_CHARS]
    with get_service(request).for_search() as archive:
        infos = archive.infos()
    if words:
        low = words.lower()
        infos = [info for info in infos if low in f"{info.title}\n{info.id}".lower()]
    page = paginate(request, infos, _PER_PAGE)
    return render(
        request,
        "add_reports.html",
        page=page,
        first=(page.number - 1) * _PER_PAGE + 1,
        words=words,
    )


def _get_report(request: Request) -> Report:
    """Return the report of the address. Raises NotFoundError."""
    return get_service(request).get_report(request.path_params["key"])


def show_form(request: Request) -> Response:
    """Show the form of a report."""
    return _render_form(request, _get_report(request))


def _render_form(
    request: Request, report: Report, given: dict[str, str] | None = None, error: str = ""
) -> Response:
    info, t = report.info, get_translator(request)
    with get_service(request).for_search() as archive:
        officials = sorted({one.official for one in archive.infos() if one.official})
    values = given or {
        name: "" if getattr(info, name) is None else str(getattr(info, name))
        for name in METADATA_FIELDS
    }
    choices = {"kind": KINDS, "level": ("", *LEVELS)}
    return render(
        request,
        "add_report.html",
        status=400 if error else 200,
        info=info,
        key=key_of(info.id),
        fields=[(name, values[name], _describe_source(info, name, t)) for name in METADATA_FIELDS],
        choices=choices,
        officials=officials[:_MAX_OFFICIALS],
        doubts={doubt.field: describe_doubt(doubt, t, PAGE) for doubt in report.doubts},
        is_row=info.reader == _ROW_READER,
        error=error,
        saved="saved" in request.query_params,
    )


def _describe_source(info: ReportInfo, field: str, t: Translator) -> str:
    if info.origin.get(field) == "sidecar":
        return t("corrected by hand")
    return describe(info, field, t) or t("not recognised")


def correct(request: Request, form: FormData) -> Response:
    """Store corrections, ignoring fields that were not changed."""
    report = _get_report(request)
    info, t = report.info, get_translator(request)
    given = {name: get_text(form, name).strip() for name in METADATA_FIELDS}
    changed = {}
    for name, value in given.items():
        before = getattr(info, name)
        is_taken_back = not value and info.origin.get(name) == "sidecar"
        if is_taken_back or (value and value != str("" if before is None else before)):
            changed[name] = value
    if changed:
        try:
            with _open_archive(request) as archive:
                archive.correct(info.id, changed)
        except CorrectionError as error:
            reason = t.translate(_WRONG_VALUES.get(error.field, error.message), PAGE)
            return _render_form(request, report, given, reason)
        except IndexBusyError as error:
            return _render_form(request, report, given, translate_error(t, error))
    return RedirectResponse(build_address(f"/add/report/{key_of(info.id)}", [("saved", 1)]), 303)


def _open_archive(request: Request) -> Archive:
    """Open an archive for writing; readers see the new commit afterwards."""
    settings: Settings = request.app.state.settings
    return Archive.create(settings.index)


def _render_failure(request: Request, error: ReportSearchError) -> Response:
    """Render the reason why the index could not be changed."""
    status = 409 if isinstance(error, IndexBusyError) else 400
    return render_problem(request, translate_error(get_translator(request), error), status=status)


def confirm_removal(request: Request) -> Response:
    """Ask for confirmation before a report is removed."""
    report = _get_report(request)
    return render(request, "add_remove.html", info=report.info, key=key_of(report.id))


def remove(request: Request, _: FormData) -> Response:
    """Remove a report."""
    report = _get_report(request)
    try:
        with _open_archive(request) as archive:
            archive.remove(report.id)
    except (IndexBusyError, CorrectionError) as error:
        return _render_failure(request, error)
    return RedirectResponse("/add/excluded?done=removed", 303)


def _list_excluded(request: Request) -> tuple[Exclusion, ...]:
    with get_service(request).for_search() as archive:
        return archive.excluded()


def _make_exclusion_key(exclusion: Exclusion) -> str:
    return key_of(f"{exclusion.sidecar}\n{exclusion.report}")


def show_excluded(request: Request) -> Response:
    """List the reports that were removed and can be restored."""
    page = paginate(request, _list_excluded(request), _PER_PAGE)
    done = request.query_params.get("done", "")
    return render(
        request,
        "add_excluded.html",
        rows=[
            (one.report, Path(one.sidecar).parent.name, _make_exclusion_key(one))
            for one in page.items
        ],
        done=get_translator(request).translate(_DONE.get(done, "")),
        page=page,
    )


def restore(request: Request, form: FormData) -> Response:
    """Restore a report."""
    t, wanted = get_translator(request), get_text(form, "which")
    found = next(
        (one for one in _list_excluded(request) if _make_exclusion_key(one) == wanted), None
    )
    if found is None:
        return render_problem(request, t("This report is already restored."), status=404)
    try:
        with _open_archive(request) as archive:
            summary = archive.restore(found)
    except (IndexBusyError, CorrectionError) as error:
        return _render_failure(request, error)
    if summary.failed:
        reason = t.translate(summary.failed[0].reason, PAGE)
        how = t("The removal is undone, but the file could not be read: {reason}", reason=reason)
        return render_problem(request, how)
    done = "restored" if summary.added or summary.unchanged else "later"
    return RedirectResponse(build_address("/add/excluded", [("done", done)]), 303)


ROUTES = (
    Route("/add/reports", show_reports),
    Route("/add/report/{key}", show_form),
    Route("/add/report/{key}", form_endpoint(correct), methods=["POST"]),
    Route("/add/report/{key}/remove", confirm_removal),
    Route("/add/report/{key}/remove", form_endpoint(remove), methods=["POST"]),
    Route("/add/excluded", show_excluded),
    Route("/add/excluded", form_endpoint(restore), methods=["POST"]),
)
