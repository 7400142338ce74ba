"""Pages of templates: the language, addresses, and text with marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from reportsearch.locale import CHINESE, LANGUAGES, translator
from reportsearch.output.annotations import replace_illegal_xml
from reportsearch.output.prose import common
from reportsearch.output.prose.citations import format_official
from reportsearch.web.archive_service import key_of

LANGUAGE_PARAMETER = "lang"
"""The name of the language in addresses and in the cookie."""
SHOWN_PASSAGES = 1000
"""Passages of a report that one page shows."""
MarkedSpan = tuple[int, int, str]


def get_language(request: Request) -> str:
    """The language that is asked for; Chinese where none is."""
    asked = request.query_params.get(LANGUAGE_PARAMETER) or request.cookies.get(
        LANGUAGE_PARAMETER, ""
    )
    return asked if asked in LANGUAGES else CHINESE


def build_address(path: str, values: Iterable[tuple[str, object]]) -> str:
    """An address with its values; what is empty is left out."""
    query = urlencode([(key, str(value)) for key, value in values if value not in ("", None)])
    return f"{path}?{query}" if query else path


def build_changed_address(request: Request, **values: object) -> str:
    """The address of this page with other values; None takes one away, a list gives several."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key not in values]
    new = [
        (key, entry)
        for key, value in values.items()
        for entry in (value if isinstance(value, list | tuple) else [value])
    ]
    return build_address(request.url.path, [*kept, *new])


def build_passage_address(report: str, number: int | str, **values: object) -> str:
    """Where a passage stands: its report's page, at the passage.

    Of a very long report a page shows a part alone; there the page leads on to the right one.
    """
    page = f"/report/{key_of(report)}"
    if int(number) > SHOWN_PASSAGES:
        return build_address(page, [*values.items(), ("hit", number)])
    return f"{build_address(page, values.items())}#p{number}"


def split_at_marks(text: str, start: int, marks: Iterable[Sequence[Any]]) -> list[tuple[str, str]]:
    """A text that begins at ``start``, cut at its marks: each piece with its kind, or ``""``.

    A mark is (start, end) or (start, end, kind); without a kind it is a ``hit``. Where marks
    overlap the one that begins first is shown.
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
    """Everything that comes from a report is escaped; unknown values are errors."""
    made = Environment(
        loader=PackageLoader("reportsearch.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        key_of=key_of,
        who=format_official,
        passage_address=build_passage_address,
        percent=common.format_percent,
        pieces=split_at_marks,
        address=build_address,
        LANGUAGES=LANGUAGES,
    )
    return made


def render(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page. Templates know ``t`` (texts), ``lang``, ``here`` (addresses), ``form_key``."""
    language = get_language(request)
    page = (
        get_environment()
        .get_template(template)
        .render(
            t=translator(language),
            lang=language,
            here=lambda **changes: build_changed_address(request, **changes),
            path=request.url.path,
            form_key=request.app.state.settings.form_key,
            **values,
        )
    )
    # Last of all, so that nothing that gets into a page can keep it from being sent.
    answer = HTMLResponse(replace_illegal_xml(page), status)
    if request.query_params.get(LANGUAGE_PARAMETER) in LANGUAGES:
        answer.set_cookie(LANGUAGE_PARAMETER, language, max_age=31_536_000, samesite="strict")
    return answer
