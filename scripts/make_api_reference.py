"""Generate docs/api.md from the operations of the API for programs."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

from reportsearch.web.api.openapi import ABOUT
from reportsearch.web.api.operation import Operation
from reportsearch.web.api.operations import DOCUMENT, OPERATIONS
from reportsearch.web.api.parameters import FLAG, INTEGER, KEY, Parameter

PLACE = Path(__file__).parents[1] / "docs" / "api.md"
_KINDS = {FLAG: "true or false", KEY: "key"}


def _kind(one: Parameter) -> str:
    if one.kind == INTEGER:
        numbers = f"{one.minimum} to {one.maximum}"
        return " or ".join([numbers, *one.choices])
    if one.choices:
        return ", ".join(f"`{choice}`" for choice in one.choices)
    return _KINDS.get(one.kind, f"text, {one.maximum} characters at most")


def _default(one: Parameter) -> str:
    if one.required:
        return "needed"
    if one.default in (None, (), ""):
        return ""
    if one.repeated:
        return "all"
    return str(one.default).lower() if one.kind == FLAG else str(one.default)


def _about(one: Parameter) -> str:
    again = "; can be given again" if one.repeated else ""
    return f"{one.about}{again}"


def _example(operation: Operation) -> str:
    """Return an example request that works on the shipped corpus."""
    path = operation.path.format(**operation.example)
    given = [
        f"{one.name}={value}"
        for one in operation.parameters
        if one.example is not None and not one.in_path
        for value in (one.example if one.repeated else (one.example,))
    ]
    address = f"http://127.0.0.1:8765{path}"
    if not given:
        return f"curl {address}"
    return f"curl -G {address}" + "".join(f" --data-urlencode {one}" for one in given)


def _lines(operation: Operation) -> Iterator[str]:
    yield from ("", f"## {operation.path}", "", operation.about)
    if operation.command:
        yield from ("", f"Answers what `reportsearch {operation.command} --format json` prints.")
    if operation.parameters:
        yield from ("", "| parameter | | default | can be |", "|---|---|---|---|")
    for one in operation.parameters:
        yield f"| `{one.name}` | {_about(one)} | {_default(one)} | {_kind(one)} |"
    yield from ("", "```sh", _example(operation), "```")


def reference() -> str:
    """Return the reference as Markdown."""
    lines = [
        "# The interface for programs",
        "",
        "Generated from the program's own table by `make docs`; do not edit.",
        "",
        *textwrap.wrap(f"`reportsearch serve` also answers programs. {ABOUT}", 100),
        "",
        f"`{DOCUMENT}` is the OpenAPI document: all parameters, and the schemas of all answers.",
        "",
        *textwrap.wrap(
            'An error is `{"error": "one line"}`, with status 400 (cannot be understood, or the '
            "index cannot be read), 401 (a token is needed), 403 (from another page), 404 (there "
            "is none), 405 (only GET), 413 (too much) or 503 (the page is being closed, or the "
            "work was stopped). There are no CORS headers: pages of other servers cannot read "
            "answers.",
            100,
        ),
        "",
        *textwrap.wrap(
            "An analysis is answered when it is done, which can take minutes on thousands of "
            "reports: give the client the time. One goes on at a time, beside one of a single "
            "report; who asks the same meanwhile gets the same answer, and it is kept until the "
            "index changes.",
            100,
        ),
    ]
    for operation in OPERATIONS:
        lines += _lines(operation)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PLACE.write_text(reference(), encoding="utf-8")
    sys.stdout.write(f"wrote {PLACE.name}\n")
