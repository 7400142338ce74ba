"""Answers as files to keep: CSV and JSON in the shapes of the command line."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from reportsearch.output.json_csv import to_json

CSV = "csv"
JSON = "json"
FORMATS = (CSV, JSON)
_MEDIA_TYPES = {CSV: "text/csv; charset=utf-8", JSON: "application/json"}


def make_attachment(text: str, name: str, kind: str) -> Response:
    """A text as a file that the browser saves; ``name`` is without an ending."""
    place = quote(f"{name[:60]}.{kind}", safe="")
    return Response(
        text.encode("utf-8", "replace"),
        media_type=_MEDIA_TYPES[kind],
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{place}"},
    )


def make_json_attachment(value: object, name: str) -> Response:
    """An answer as ``--format json`` prints it."""
    return make_attachment(to_json(value), name, JSON)
