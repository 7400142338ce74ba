"""The page that shows whether the index is damaged, and mends it."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportsearch.locale import PAGE
from reportsearch.web.pages.add import get_jobs, redirect_to_job
from reportsearch.web.posted_forms import form_endpoint
from reportsearch.web.templating import get_translator, render
from reportsearch.web.verification import DailyVerification

_MAX_LISTED = 200


def get_verification(request: Request) -> DailyVerification:
    """Return the checks of the application that handles a request."""
    verification: DailyVerification = request.app.state.verification
    return verification


def show(request: Request) -> Response:
    """Show the result of the last check."""
    t, checks = get_translator(request), get_verification(request)
    result = checks.result
    return render(
        request,
        "verify.html",
        result=result,
        error=t.translate(checks.error.message, PAGE) if checks.error else "",
        checked_at=f"{checks.checked_at:%Y-%m-%d %H:%M}" if checks.checked_at else "",
        damaged=[(one, t.translate(one.problem)) for one in result.damaged] if result else [],
        reports=result.reports[:_MAX_LISTED] if result else (),
        max_listed=_MAX_LISTED,
    )


def check(request: Request, _: FormData) -> Response:
    """Check the index now."""
    get_verification(request).check()
    return RedirectResponse("/verify", 303)


def repair(request: Request, _: FormData) -> Response:
    """Start reading the damaged reports again."""
    return redirect_to_job(request, get_jobs(request).start_repair(get_verification(request).check))


ROUTES = (
    Route("/verify", show),
    Route("/verify", form_endpoint(check), methods=["POST"]),
    Route("/verify/repair", form_endpoint(repair), methods=["POST"]),
)
