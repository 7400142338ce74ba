"""The page on which the metadata of many reports is corrected: as a table, or alike for all."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportsearch.errors import (
    CorrectionError,
    ExtractError,
    IndexBusyError,
    NotFoundError,
    QueryError,
)
from reportsearch.locale import PAGE
from reportsearch.models.corrections import Corrections
from reportsearch.models.report import KINDS, LEVELS, ReportInfo
from reportsearch.models.reuse import Draft
from reportsearch.output.prose.joining import join_list
from reportsearch.output.tables.corrections import format_metadata_table
from reportsearch.web.address_values import paginate, read_text
from reportsearch.web.archive_service import get_service
from reportsearch.web.corrections_view import PendingCorrections, Values, render_corrections
from reportsearch.web.downloads import make_attachment
from reportsearch.web.labels import FIELD_LABELS
from reportsearch.web.pages.add import get_jobs, redirect_to_job, translate_error
from reportsearch.web.posted_forms import form_endpoint, get_text
from reportsearch.web.templating import get_translator, render, render_problem

_PER_PAGE = 25
_COLUMNS = (
    "official", "post", "region", "level", "year", "reported_year", "date", "kind", "title",
    "source",
)  # fmt: skip
"""The metadata fields, with those first that are most often corrected."""
_FILTERS = ("title", "kind", "year", "region", "post", "official", "level")
"""Fields by which the page selects reports."""
_MAX_FIELDS = _PER_PAGE * len(_COLUMNS) + 20
_PREFIX = "value"
"""Begins the names of the inputs of the table: value:KEY:FIELD."""
_CHOICES = {"kind": KINDS, "level": ("", *LEVELS)}
_WAIT_SECONDS = 2
"""Seconds to wait for a job before its progress is shown."""


def show(request: Request) -> Response:
    """Show the reports of the filters as a table to edit, or send that table as a file."""
    filters = {name: value for name in _FILTERS if (value := read_text(request, name))}
    t, error = get_translator(request), ""
    infos: Sequence[ReportInfo] = ()
    with get_service(request).for_search() as archive:
        try:
            infos = archive.infos(filters)
        except QueryError as wrong:
            error = t.translate(wrong.message, PAGE)
        if read_text(request, "as") == "csv" and not error:
            table = format_metadata_table(infos, t)
            return make_attachment(table, "csv", "metadata-table", t("Metadata of reports"))
        page = paginate(request, infos, _PER_PAGE)
        doubts = {
            info.id: [doubt.field for doubt in archive.show(info.id).doubts] for info in page.items
        }
    return render(
        request,
        "add_table.html",
        status=400 if error else 200,
        page=page,
        first=(page.number - 1) * _PER_PAGE + 1,
        fields=_COLUMNS,
        filters=filters,
        filter_fields=_FILTERS,
        choices=_CHOICES,
        doubts=doubts,
        uncertain={
            report: join_list(t, [t.translate(FIELD_LABELS[name]) for name in names])
            for report, names in doubts.items()
        },
        prefix=_PREFIX,
        error=error,
    )


def preview(request: Request, form: FormData) -> Response:
    """Show what the edited table, one value for all reports, or a file would change."""
    t = get_translator(request)
    with get_service(request).for_search() as archive:
        try:
            if (upload := _find_upload(form)) is not None:
                name = upload.filename or ""
                found = archive.correct_table(Draft(name, upload.file.read()), dry_run=True)
            elif field := get_text(form, "field"):
                where = {name: value for name in _FILTERS if (value := get_text(form, name))}
                found = archive.correct_where(where, {field: get_text(form, "new")}, dry_run=True)
            else:
                found = archive.correct_many(_read_edits(request, form), dry_run=True)
        except (CorrectionError, ExtractError, QueryError) as error:
            return render_problem(request, t.translate(error.message, PAGE))
    pending: PendingCorrections = request.app.state.pending_corrections
    plan = pending.add(_collect_values(found)) if found.changed else ""
    return render_corrections(request, found, plan)


def _find_upload(form: FormData) -> UploadFile | None:
    file = form.get("table")
    return file if isinstance(file, UploadFile) and file.filename else None


def _read_edits(request: Request, form: FormData) -> Values:
    """Return the values of the table that differ from those of the index."""
    service = get_service(request)
    edits: dict[str, dict[str, str]] = {}
    with service.for_search() as archive:
        infos = {info.id: info for info in archive.infos()}
        for name, value in form.multi_items():
            prefix, _, rest = name.partition(":")
            key, _, field = rest.partition(":")
            if prefix != _PREFIX or field not in _COLUMNS or not isinstance(value, str):
                continue
            try:
                info = infos[service.find_report_id(archive, key)]
            except NotFoundError:
                continue  # removed since the table was shown
            known = getattr(info, field)
            if value.strip() != ("" if known is None else str(known)):
                edits.setdefault(info.id, {})[field] = value.strip()
    return edits


def _collect_values(found: Corrections) -> Values:
    values: dict[str, dict[str, str]] = {}
    for one in found.changed:
        values.setdefault(one.report, {})[one.field] = one.after
    return values


def save(request: Request, form: FormData) -> Response:
    """Save corrections that were shown before."""
    t = get_translator(request)
    pending: PendingCorrections = request.app.state.pending_corrections
    plan = get_text(form, "plan")
    values = pending.take(plan)
    if values is None:
        how = t("These corrections were already saved, or have expired. Preview them again.")
        return render_problem(request, how, status=409)
    job = get_jobs(request).start_corrections(values)
    if job is None:
        pending.put_back(plan, values)
        how = t("Another import is running. Wait until it finishes, then go back and save again.")
        return render_problem(request, how, status=409)
    job.ended.wait(_WAIT_SECONDS)
    return RedirectResponse(f"/add/run/{job.id}", 303)


def resolve_lost(request: Request, form: FormData) -> Response:
    """Write lost corrections again, or list them no more."""
    if get_text(form, "do") == "put_back":
        return redirect_to_job(request, get_jobs(request).start_putting_back())
    try:
        with get_service(request).for_search() as archive:
            archive.accept_lost()
    except IndexBusyError as error:
        return render_problem(request, translate_error(get_translator(request), error), status=409)
    return RedirectResponse("/add", 303)


ROUTES = (
    Route("/add/table", show),
    Route("/add/table", form_endpoint(preview, _MAX_FIELDS), methods=["POST"]),
    Route("/add/table/save", form_endpoint(save), methods=["POST"]),
    Route("/add/lost", form_endpoint(resolve_lost), methods=["POST"]),
)
