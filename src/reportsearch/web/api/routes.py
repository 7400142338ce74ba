"""Routes under ``/api/``: check the parameters, ask the archive, write JSON."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Scope

from reportsearch.models.report import Report
from reportsearch.output import json_csv
from reportsearch.output.tables.report import to_json_document
from reportsearch.web.analysis_threads import analysis_endpoint
from reportsearch.web.api import openapi, operations, parameters
from reportsearch.web.api.operation import PREFIX, Operation
from reportsearch.web.archive_service import get_service


def is_api_request(scope: Scope) -> bool:
    """Return whether a request is for the API, so that its errors are JSON as well."""
    path: str = scope["path"]
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def make_error(status: int, line: str, headers: Mapping[str, str] | None = None) -> Response:
    """Make a response for an error, described in one line."""
    return _make_json({"error": " ".join(line.split())}, status, headers)


def make_refusal(wrong: Exception) -> Response:
    """Make the response to an unknown address, or to a method other than GET."""
    if isinstance(wrong, HTTPException) and wrong.status_code == 405:
        return make_error(405, "only GET is answered here", wrong.headers)
    status = wrong.status_code if isinstance(wrong, HTTPException) else 500
    return make_error(
        status, f"there is no such address; {operations.DOCUMENT} lists those that there are"
    )


def _make_json(
    value: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    # The bytes that the command line writes: always UTF-8, whatever the text contains.
    data = json_csv.to_json(value).encode("utf-8", "replace")
    return Response(data, status, headers, "application/json")


def _answer_operation(operation: Operation, request: Request) -> Response:
    service = get_service(request)
    given = parameters.parse_parameters(
        operation.parameters,
        request.query_params.multi_items(),
        request.path_params,
        operation.hint,
    )
    with service.for_search() as archive:
        find = partial(service.find_report_id, archive)
        arguments = parameters.resolve_arguments(operation.parameters, given, find)
        if not operation.takes_long:
            found = operation.run(archive, **arguments)
            # As ``show`` prints it.
            return _make_json(to_json_document(found) if isinstance(found, Report) else found)
    if not operation.is_cached:
        return _make_json(service.uncached(lambda archive: operation.run(archive, **arguments)))
    # A question about one report does not wait for one about the whole index.
    is_brief = arguments.get("report") is not None
    return _make_json(service.call(operation.run, brief=is_brief, **arguments))


def _show_document(_: Request) -> Response:
    return _make_json(openapi.build_document(operations.OPERATIONS))


def _build_route(operation: Operation) -> Route:
    def respond(request: Request) -> Response:
        return _answer_operation(operation, request)

    endpoint = analysis_endpoint(respond) if operation.takes_long else respond
    return Route(operation.path, endpoint, name=f"api_{operation.name}")


ROUTES = (
    *map(_build_route, operations.OPERATIONS),
    Route(operations.DOCUMENT, _show_document, name="api_document"),
)
