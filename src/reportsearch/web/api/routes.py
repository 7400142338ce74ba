"""Answers programs under ``/api/``: checks the parameters, asks the archive, writes JSON."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Scope

from reportsearch.archive import Archive
from reportsearch.output import json_csv as formats
from reportsearch.web.api import openapi, parameters
from reportsearch.web.api import operations as api
from reportsearch.web.archive_service import Library


def is_asked(scope: Scope) -> bool:
    """Whether a program asks, so that errors are JSON, too."""
    path: str = scope["path"]
    return path == api.PREFIX or path.startswith(f"{api.PREFIX}/")


def error(status: int, line: str, headers: Mapping[str, str] | None = None) -> Response:
    """What cannot be answered, in one line."""
    return _json({"error": " ".join(line.split())}, status, headers)


def refused(wrong: Exception) -> Response:
    """The answer to an address that there is not, or to another method than GET."""
    if isinstance(wrong, HTTPException) and wrong.status_code == 405:
        return error(405, "only GET is answered here", wrong.headers)
    status = wrong.status_code if isinstance(wrong, HTTPException) else 500
    return error(status, f"there is no such address; {api.DOCUMENT} lists those that there are")


def _json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    # The bytes that the command line writes: whatever stands in a text, they are UTF-8.
    data = formats.to_json(value).encode("utf-8", "replace")
    return Response(data, status, headers, "application/json")


def _answer(operation: api.Operation, request: Request) -> Response:
    library: Library = request.app.state.library
    given = parameters.read(
        operation.parameters, request.query_params.multi_items(), request.path_params
    )

    def ask(archive: Archive) -> object:
        return operation.ask(archive, given, partial(library.report_id, archive))

    if operation.takes_long:
        return _json(library.kept((operation.path, tuple(given.items())), ask))
    with library.quick() as archive:
        return _json(ask(archive))


def _document(_: Request) -> Response:
    return _json(openapi.document(api.OPERATIONS))


def _route(operation: api.Operation) -> Route:
    def respond(request: Request) -> Response:
        return _answer(operation, request)

    return Route(operation.path, respond, name=f"api_{operation.name}")


ROUTES = (*map(_route, api.OPERATIONS), Route(api.DOCUMENT, _document, name="api_document"))
