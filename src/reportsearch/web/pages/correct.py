"""What is in the index: a list, a form to correct what was recognised, what was left out."""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportsearch.archive import Archive
from reportsearch.errors import CorrectionError, IndexBusyError, ReportSearchError
from reportsearch.locale import translator
from reportsearch.locale.reasons import translate_reason
from reportsearch.models.report import KINDS, LEVELS, METADATA_FIELDS, Exclusion, Report
from reportsearch.web.archive_service import ArchiveService, key_of
from reportsearch.web.forms import form_endpoint, get_text, render_problem
from reportsearch.web.settings import Settings
from reportsearch.web.templating import build_address, get_language, render

_PER_PAGE = 50
_MAX_QUERY_CHARS = 200
_MAX_OFFICIALS = 500
"""Officials that are offered where one is filled in."""
_ROW_READER = "row"


def reports(request: Request) -> Response:
    """All reports, or those whose title or id holds some words."""
    library: ArchiveService = request.app.state.library
    wanted = request.query_params.get("q", "").strip()[:_MAX_QUERY_CHARS]
    with library.for_search() as archive:
        infos = archive.infos()
    if wanted:
        low = wanted.lower()
        infos = [info for info in infos if low in f"{info.title}\n{info.id}".lower()]
    pages = max(-(-len(infos) // _PER_PAGE), 1)
    page = _parse_page(request.query_params.get("page", ""), pages)
    shown = infos[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    return render(
        request,
        "add_reports.html",
        infos=shown,
        number=len(infos),
        first=(page - 1) * _PER_PAGE + 1,
        page=page,
        pages=pages,
        wanted=wanted,
    )


def _parse_page(text: str, pages: int) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 1
    return min(max(number, 1), pages)


def _get_report(request: Request) -> Report:
    """The report of the address. Raises NotFoundError."""
    library: ArchiveService = request.app.state.library
    with library.for_search() as archive:
        return archive.show(library.find_report_id(archive, request.path_params["key"]))


def show_form(request: Request) -> Response:
    """The form of a report."""
    return _render_form(request, _get_report(request))


def _render_form(
    request: Request, report: Report, given: dict[str, str] | None = None, error: str = ""
) -> Response:
    info, language = report.info, get_language(request)
    library: ArchiveService = request.app.state.library
    with library.for_search() as archive:
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
        fields=[(name, values[name], info.origin.get(name, "")) for name in METADATA_FIELDS],
        choices=choices,
        officials=officials[:_MAX_OFFICIALS],
        doubts={doubt.field: translate_reason(language, doubt.reason) for doubt in report.doubts},
        is_row=info.reader == _ROW_READER,
        error=error,
        saved="saved" in request.query_params,
    )


def correct(request: Request, form: FormData) -> Response:
    """Keep what was corrected. A field that is as it was shown is no correction."""
    report = _get_report(request)
    info, t = report.info, translator(get_language(request))
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
            known = t(f"add.wrong_{error.field}") if error.field in _FORMATTED_FIELDS else ""
            return _render_form(request, report, given, known or _translate_reason(request, error))
        except IndexBusyError:
            return _render_form(request, report, given, t("add.busy_elsewhere"))
    return RedirectResponse(build_address(f"/add/report/{key_of(info.id)}", [("saved", 1)]), 303)


_FORMATTED_FIELDS = frozenset({"year", "date", "kind", "level"})
"""Fields whose values have a form, of which the page tells in its own words."""


def _translate_reason(request: Request, error: ReportSearchError) -> str:
    return translate_reason(get_language(request), str(error))


def _open_archive(request: Request) -> Archive:
    """An archive to change; those that read see the new commit afterwards."""
    settings: Settings = request.app.state.settings
    return Archive.create(settings.index)


def confirm_removal(request: Request) -> Response:
    """Whether a report is to be removed: asked before it is."""
    report = _get_report(request)
    return render(request, "add_remove.html", info=report.info, key=key_of(report.id))


def remove(request: Request, _: FormData) -> Response:
    """Remove a report."""
    report, t = _get_report(request), translator(get_language(request))
    try:
        with _open_archive(request) as archive:
            archive.remove(report.id)
    except IndexBusyError:
        return render_problem(request, t("errors.wrong"), t("add.busy_elsewhere"), status=409)
    except CorrectionError as error:
        return render_problem(request, t("errors.wrong"), _translate_reason(request, error))
    return RedirectResponse("/add/excluded?done=removed", 303)


def _list_excluded(request: Request) -> tuple[Exclusion, ...]:
    settings: Settings = request.app.state.settings
    with request.app.state.library.quick() as archive:
        found: tuple[Exclusion, ...] = archive.excluded(settings.folder)
    return found


def _make_exclusion_key(exclusion: Exclusion) -> str:
    return key_of(f"{exclusion.sidecar}\n{exclusion.report}")


def excluded(request: Request) -> Response:
    """What was removed, and can be taken in again."""
    found = _list_excluded(request)
    pages = max(-(-len(found) // _PER_PAGE), 1)
    page = _parse_page(request.query_params.get("page", ""), pages)
    done = request.query_params.get("done", "")
    return render(
        request,
        "add_excluded.html",
        rows=[
            (one.report, Path(one.sidecar).parent.name, _make_exclusion_key(one))
            for one in found[(page - 1) * _PER_PAGE : page * _PER_PAGE]
        ],
        done=done if done in {"removed", "restored", "later"} else "",
        page=page,
        pages=pages,
    )


def restore(request: Request, form: FormData) -> Response:
    """Take a report in again."""
    t, wanted = translator(get_language(request)), get_text(form, "which")
    found = next(
        (one for one in _list_excluded(request) if _make_exclusion_key(one) == wanted), None
    )
    if found is None:
        return render_problem(request, t("errors.wrong"), t("add.not_excluded"), status=404)
    try:
        with _open_archive(request) as archive:
            summary = archive.restore(found, request.app.state.settings.folder)
    except IndexBusyError:
        return render_problem(request, t("errors.wrong"), t("add.busy_elsewhere"), status=409)
    except CorrectionError as error:
        return render_problem(request, t("errors.wrong"), _translate_reason(request, error))
    if summary.failed:
        reason = translate_reason(get_language(request), summary.failed[0].reason)
        return render_problem(request, t("errors.wrong"), t("add.not_read", reason=reason))
    done = "restored" if summary.added or summary.unchanged else "later"
    return RedirectResponse(build_address("/add/excluded", [("done", done)]), 303)


ROUTES = (
    Route("/add/reports", reports),
    Route("/add/report/{key}", show_form),
    Route("/add/report/{key}", form_endpoint(correct), methods=["POST"]),
    Route("/add/report/{key}/remove", confirm_removal),
    Route("/add/report/{key}/remove", form_endpoint(remove), methods=["POST"]),
    Route("/add/excluded", excluded),
    Route("/add/excluded", form_endpoint(restore), methods=["POST"]),
)
