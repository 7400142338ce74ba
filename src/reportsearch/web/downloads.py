"""Answers as downloads."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "svg": "image/svg+xml",
}
"""Media types by file name suffix."""


def make_attachment(content: str | bytes, ending: str, name: str, title: str = "") -> Response:
    """Return a file that the browser saves instead of showing it.

    The file is called ``name``, which is ASCII, or ``title``, which may be Chinese; both are given
    without their suffix.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    named = f'attachment; filename="{name}.{ending}"'
    if title:
        named += f"; filename*=UTF-8''{quote(title, safe='')}.{ending}"
    return Response(data, media_type=MEDIA_TYPES[ending], headers={"Content-Disposition": named})
