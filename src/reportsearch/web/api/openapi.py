"""The OpenAPI document of the API, generated from its operations and the dataclasses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reportsearch.models.report import Doubt, Duty, Passage, Report, ReportInfo, Section
from reportsearch.web.api.operation import Operation
from reportsearch.web.api.schema import Schema, build_object_schema, build_schema

VERSION = "0.2.0"
"""The version of the API, raised when an address, a parameter or an answer changes."""
ABOUT = (
    "Read-only. Answers are those of the command line with --format json; docs/output.md tells "
    "what the fields are. Addresses name a report by its key: the first 16 hexadecimal digits of "
    "the SHA-256 of its id in UTF-8, as /api/reports lists them. An error is one line. Where the "
    "page was started with a token, it is taken from the cookie reportsearch_token."
)
_ERRORS = {
    "400": "What is asked for cannot be understood, or the index cannot be read",
    "401": "A token is needed",
    "404": "There is no such report or passage",
    "413": "Too much was sent",
    "503": "The page is being closed, or the work was stopped",
}


def build_document(operations: Iterable[Operation]) -> dict[str, Any]:
    """Build the document as a dict."""
    known: dict[str, Schema] = {}
    paths = {one.path: {"get": _describe_operation(one, known)} for one in operations}
    known["Error"] = build_object_schema({"error": {"type": "string"}})
    return {
        "openapi": "3.1.0",
        "info": {"title": "reportsearch", "version": VERSION, "description": ABOUT},
        "paths": paths,
        "components": {"schemas": dict(sorted(known.items()))},
    }


def _describe_operation(operation: Operation, known: dict[str, Schema]) -> dict[str, Any]:
    wrong = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        "operationId": operation.name,
        "summary": operation.about,
        "parameters": [one.to_openapi() for one in operation.parameters],
        "responses": {
            "200": {
                "description": "The answer",
                "content": {
                    "application/json": {
                        "schema": _build_answer_schema(operation.answer_type, known)
                    }
                },
            },
            **{
                status: {"description": about, "content": wrong}
                for status, about in _ERRORS.items()
            },
        },
    }


def _build_answer_schema(kind: type, known: dict[str, Schema]) -> Schema:
    """Return the schema of an answer; reports are written as ``show`` prints them."""
    if kind is not Report:
        return build_schema(kind, known)
    build_schema(Passage, known)
    passage = dict(known["Passage"])
    known["NumberedPassage"] = build_object_schema(
        {"id": {"type": "string"}, **passage["properties"]}, "A passage with its id, REPORT#N."
    )
    known["Report"] = build_object_schema(
        {
            "report": build_schema(ReportInfo, known),
            "duties": build_schema(tuple[Duty, ...], known),
            "sections": build_schema(tuple[Section, ...], known),
            "passages": {
                "type": "array",
                "items": {"$ref": "#/components/schemas/NumberedPassage"},
            },
            "doubts": build_schema(tuple[Doubt, ...], known),
            "text": {"type": "string"},
        },
        "A report with everything that was recognised in it.",
    )
    return {"$ref": "#/components/schemas/Report"}
