"""What is in the index: a list, a form to correct what was recognised, what was left out."""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportsearch.archive import Archive
from reportsearch.errors import CorrectionError, IndexBusyError, ReportSearchError
from reportsearch.locale import teller
from reportsearch.locale.reasons import reason_in
from reportsearch.models.report import FIELDS, KINDS, LEVELS, Exclusion, Report
from reportsearch.web.archive_service import Library, key_of
from reportsearch.web.forms import posted, problem, text_in
from reportsearch.web.settings import Settings
from reportsearch.web.templating import address, language_of, render

_PER_PAGE = 50
_LONGEST = 200
_OFFERED = 500
"""Officials that are offered where one is filled in."""
_ROW = "row"


def reports(request: Request) -> Response:
    """All reports, or those whose title or id holds some words."""
    library: Library = request.app.state.library
    wanted = request.query_params.get("q", "").strip()[:_LONGEST]
    with library.quick() as archive:
        infos = archive.infos()
    if wanted:
        low = wanted.lower()
        infos = [info for info in infos if low in f"{info.title}\n{info.id}".lower()]
    pages = max(-(-len(infos) // _PER_PAGE), 1)
    page = _page(request.query_params.get("page", ""), pages)
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


def _page(text: str, pages: int) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 1
    return min(max(number, 1), pages)


def _report(request: Request) -> Report:
    """The report of the address. Raises NotFoundError."""
    library: Library = request.app.state.library
    with library.quick() as archive:
        return archive.show(library.report_id(archive, request.path_params["key"]))


def form_of(request: Request) -> Response:
    """The form of a report."""
    return _form(request, _report(request))


def _form(
    request: Request, report: Report, given: dict[str, str] | None = None, error: str = ""
) -> Response:
    info, language = report.info, language_of(request)
    library: Library = request.app.state.library
    with library.quick() as archive:
        officials = sorted({one.official for one in archive.infos() if one.official})
    values = given or {
        name: "" if getattr(info, name) is None else str(getattr(info, name)) for name in FIELDS
    }
    choices = {"kind": KINDS, "level": ("", *LEVELS)}
    return render(
        request,
        "add_report.html",
        status=400 if error else 200,
        info=info,
        key=key_of(info.id),
        fields=[(name, values[name], info.origin.get(name, "")) for name in FIELDS],
        choices=choices,
        officials=officials[:_OFFERED],
        doubts={doubt.field: reason_in(language, doubt.reason) for doubt in report.doubts},
        is_row=info.reader == _ROW,
        error=error,
        saved="saved" in request.query_params,
    )


def correct(request: Request, form: FormData) -> Response:
    """Keep what was corrected. A field that is as it was shown is no correction."""
    report = _report(request)
    info, t = report.info, teller(language_of(request))
    given = {name: text_in(form, name).strip() for name in FIELDS}
    changed = {}
    for name, value in given.items():
        before = getattr(info, name)
        is_taken_back = not value and info.origin.get(name) == "sidecar"
        if is_taken_back or (value and value != str("" if before is None else before)):
            changed[name] = value
    if changed:
        try:
            with _archive(request) as archive:
                archive.correct(info.id, changed)
        except CorrectionError as error:
            known = t(f"add.wrong_{error.field}") if error.field in _EXPLAINED else ""
            return _form(request, report, given, known or _reason(request, error))
        except IndexBusyError:
            return _form(request, report, given, t("add.busy_elsewhere"))
    return RedirectResponse(address(f"/add/report/{key_of(info.id)}", [("saved", 1)]), 303)


_EXPLAINED = frozenset({"year", "date", "kind", "level"})
"""Fields whose values have a form, of which the page tells in its own words."""


def _reason(request: Request, error: ReportSearchError) -> str:
    return reason_in(language_of(request), str(error))


def _archive(request: Request) -> Archive:
    """An archive to change; those that read see the new commit afterwards."""
    settings: Settings = request.app.state.settings
    return Archive.create(settings.index)


def ask(request: Request) -> Response:
    """Whether a report is to be removed: asked before it is."""
    report = _report(request)
    return render(request, "add_remove.html", info=report.info, key=key_of(report.id))


def remove(request: Request, _: FormData) -> Response:
    """Remove a report."""
    report, t = _report(request), teller(language_of(request))
    try:
        with _archive(request) as archive:
            archive.remove(report.id)
    except IndexBusyError:
        return problem(request, t("errors.wrong"), t("add.busy_elsewhere"), status=409)
    except CorrectionError as error:
        return problem(request, t("errors.wrong"), _reason(request, error))
    return RedirectResponse("/add/excluded?done=removed", 303)


def _excluded(request: Request) -> tuple[Exclusion, ...]:
    settings: Settings = request.app.state.settings
    with request.app.state.library.quick() as archive:
        found: tuple[Exclusion, ...] = archive.excluded(settings.folder)
    return found


def _name(exclusion: Exclusion) -> str:
    return key_of(f"{exclusion.sidecar}\n{exclusion.report}")


def excluded(request: Request) -> Response:
    """What was removed, and can be taken in again."""
    found = _excluded(request)
    pages = max(-(-len(found) // _PER_PAGE), 1)
    page = _page(request.query_params.get("page", ""), pages)
    done = request.query_params.get("done", "")
    return render(
        request,
        "add_excluded.html",
        rows=[
            (one.report, Path(one.sidecar).parent.name, _name(one))
            for one in found[(page - 1) * _PER_PAGE : page * _PER_PAGE]
        ],
        done=done if done in {"removed", "restored", "later"} else "",
        page=page,
        pages=pages,
    )


def restore(request: Request, form: FormData) -> Response:
    """Take a report in again."""
    t, wanted = teller(language_of(request)), text_in(form, "which")
    found = next((one for one in _excluded(request) if _name(one) == wanted), None)
    if found is None:
        return problem(request, t("errors.wrong"), t("add.not_excluded"), status=404)
    try:
        with _archive(request) as archive:
            summary = archive.restore(found, request.app.state.settings.folder)
    except IndexBusyError:
        return problem(request, t("errors.wrong"), t("add.busy_elsewhere"), status=409)
    except CorrectionError as error:
        return problem(request, t("errors.wrong"), _reason(request, error))
    if summary.failed:
        reason = reason_in(language_of(request), summary.failed[0].reason)
        return problem(request, t("errors.wrong"), t("add.not_read", reason=reason))
    done = "restored" if summary.added or summary.unchanged else "later"
    return RedirectResponse(address("/add/excluded", [("done", done)]), 303)


ROUTES = (
    Route("/add/reports", reports),
    Route("/add/report/{key}", form_of),
    Route("/add/report/{key}", posted(correct), methods=["POST"]),
    Route("/add/report/{key}/remove", ask),
    Route("/add/report/{key}/remove", posted(remove), methods=["POST"]),
    Route("/add/excluded", excluded),
    Route("/add/excluded", posted(restore), methods=["POST"]),
)
