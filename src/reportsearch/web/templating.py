"""Rendering of templates: language, addresses, and highlighted text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from reportsearch.errors import Message
from reportsearch.locale import CHINESE, LANGUAGES, Translator
from reportsearch.output.annotations import replace_illegal_xml
from reportsearch.output.prose import formatting
from reportsearch.output.prose.citations import format_official
from reportsearch.output.prose.joining import put_in_brackets
from reportsearch.output.prose.year_on_year import CHANGES
from reportsearch.web import measure_texts
from reportsearch.web.archive_service import key_of
from reportsearch.web.labels import FIELD_LABELS, SHARED_TEXT_LABELS
from reportsearch.web.year_on_year_view import CHANGE_MEANINGS, PLAN_COUNTS

LANGUAGE_PARAMETER = "lang"
"""The name of the language parameter in addresses and of the cookie."""
SHOWN_PASSAGES = 1000
"""Passages of a report per page."""
FAILED = Message("The operation failed")
FORBIDDEN = Message("Request refused")
FORBIDDEN_REMEDY = Message(
    "The request did not come from this page, or the page has expired. Reload it and try again."
)


def get_language(request: Request) -> str:
    """Return the requested language, by default Chinese."""
    wanted = request.query_params.get(LANGUAGE_PARAMETER) or request.cookies.get(LANGUAGE_PARAMETER)
    return wanted if wanted in LANGUAGES else CHINESE


def get_translator(request: Request) -> Translator:
    """Return the texts of the program in the language of the page."""
    return Translator(get_language(request))


def build_address(path: str, values: Iterable[tuple[str, object]]) -> str:
    """Build an address with a query string, leaving out empty values."""
    query = urlencode([(key, str(value)) for key, value in values if value not in ("", None)])
    return f"{path}?{query}" if query else path


def build_changed_address(request: Request, **values: object) -> str:
    """Build this page's address with other values; None removes one, a list gives several."""
    unchanged = [
        (key, value) for key, value in request.query_params.multi_items() if key not in values
    ]
    new = [
        (key, entry)
        for key, value in values.items()
        for entry in (value if isinstance(value, list | tuple) else [value])
    ]
    return build_address(request.url.path, [*unchanged, *new])


def build_passage_address(report: str, number: int | str, **values: object) -> str:
    """Build the address of a passage within the page of its report.

    A page shows only part of a very long report; the address then redirects to the right page.
    """
    page = f"/report/{key_of(report)}"
    if int(number) > SHOWN_PASSAGES:
        return build_address(page, [*values.items(), ("hit", number)])
    return f"{build_address(page, values.items())}#p{number}"


def split_passage_id(passage: str) -> tuple[str, int]:
    """Split a passage id into the report's id and the passage number."""
    report, _, number = passage.rpartition("#")
    return report, int(number)


def build_span_address(report: str, passage: str, start: int, end: int) -> str:
    """Build the address of a span of a report, given the id of its passage."""
    return build_passage_address(report, split_passage_id(passage)[1], at=f"{start}-{end}")


def split_at_marks(text: str, start: int, marks: Iterable[Sequence[Any]]) -> list[tuple[str, str]]:
    """Split a text that begins at ``start`` at its marks, into pieces with their kinds.

    A mark is (start, end) or (start, end, kind); the default kind is ``hit``. Unmarked pieces have
    the kind ``""``. Where marks overlap, the one that begins first is shown.
    """
    found: list[tuple[str, str]] = []
    at = start
    last = start + len(text)
    for mark in sorted(marks, key=lambda mark: (mark[0], mark[1])):
        first, end = max(mark[0], at), min(mark[1], last)
        if first >= end:
            continue
        if first > at:
            found.append((text[at - start : first - start], ""))
        found.append((text[first - start : end - start], mark[2] if len(mark) > 2 else "hit"))
        at = end
    if at < last:
        found.append((text[at - start :], ""))
    return found


@cache
def get_environment() -> Environment:
    """Create the template environment, which escapes report text and rejects undefined names."""
    environment = Environment(
        loader=PackageLoader("reportsearch.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        CHANGE_LABELS=CHANGES,
        CHANGE_MEANINGS=CHANGE_MEANINGS,
        FIELD_LABELS=FIELD_LABELS,
        LANGUAGES=LANGUAGES,
        PLAN_COUNTS=PLAN_COUNTS,
        SHARED_TEXT_LABELS=SHARED_TEXT_LABELS,
        build_address=build_address,
        build_passage_address=build_passage_address,
        describe_dispersion=measure_texts.describe_dispersion,
        describe_significance=measure_texts.describe_significance,
        format_interval=measure_texts.format_interval,
        format_official=format_official,
        put_in_brackets=put_in_brackets,
        format_percent=formatting.format_percent,
        format_q_value=measure_texts.format_q_value,
        format_rate=measure_texts.format_rate,
        format_ratio=measure_texts.format_ratio,
        key_of=key_of,
        split_at_marks=split_at_marks,
        split_passage_id=split_passage_id,
        to_shade=measure_texts.to_shade,
    )
    return environment


def render(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Render a page.

    Templates get ``t``, ``pgettext`` and ``ngettext`` (see :class:`Translator`), ``lang``,
    ``change_address``, ``form_key`` and ``is_damaged``.
    """
    t = get_translator(request)
    result = request.app.state.verification.result
    page = get_environment().get_template(template).render(
        t=t,
        pgettext=t.pgettext,
        ngettext=t.ngettext,
        lang=t.language,
        change_address=partial(build_changed_address, request),
        path=request.url.path,
        form_key=request.app.state.settings.form_key,
        is_damaged=result is not None and result.needs_repair,
        **values,
    )  # fmt: skip
    # Done last, so that no character in a text can make the page impossible to send.
    answer = HTMLResponse(replace_illegal_xml(page), status)
    if request.query_params.get(LANGUAGE_PARAMETER) in LANGUAGES:
        answer.set_cookie(LANGUAGE_PARAMETER, t.language, max_age=31_536_000, samesite="strict")
    return answer


def render_problem(
    request: Request, how: str, *, title: Message = FAILED, status: int = 400
) -> Response:
    """Render an error page; ``title`` says what happened, ``how`` what the reader can do."""
    what = get_translator(request).translate(title)
    is_temporary = status == HTTPStatus.SERVICE_UNAVAILABLE and request.method == "GET"
    return render(
        request, "problem.html", status=status, what=what, how=how, is_temporary=is_temporary
    )


def render_forbidden(request: Request) -> Response:
    """Render the response to a form that was not sent from our own pages."""
    how = get_translator(request).translate(FORBIDDEN_REMEDY)
    return render_problem(request, how, title=FORBIDDEN, status=403)
