"""JSON and CSV output for programs and spreadsheets."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from reportsearch import files
from reportsearch.locale import Translator
from reportsearch.locale.columns import COLUMN, translate_cell
from reportsearch.models.search import NOT_IN_JSON
from reportsearch.output.terminal import replace_control_chars

# Places where a spreadsheet would start a formula: before a sign, half- or full-width, preceded
# only by blanks, quotes and invisible characters. Line ends, tabs and semicolons also start a cell
# if the spreadsheet is set to a separator other than the comma. Negative numbers and percentages
# are not formulas.
_CELL_START = re.compile(
    r"(?:^|(?<=[\t\n;]))"
    r"(?P<blanks>[\s\"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*+)"
    r"(?P<number>(?=-\d+(?:\.\d+)?%?(?![^\t\n;])))?(?P<sign>[=+\-@＝＋－＠﹦﹢﹣﹫])?"
)


_BOM = "\ufeff"
"""The mark by which spreadsheets recognise UTF-8."""


def to_plain(value: object) -> Any:
    """Convert dataclasses to dicts and tuples to lists, as JSON requires."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: to_plain(getattr(value, name)) for name in list_json_fields(type(value))}
    if isinstance(value, dict):
        return {str(key): to_plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(entry) for entry in value]
    return value


@cache
def list_json_fields(kind: type[Any]) -> list[str]:
    """List the fields of a dataclass that are written to JSON."""
    return [one.name for one in dataclasses.fields(kind) if one.metadata != NOT_IN_JSON]


def to_json(value: object) -> str:
    """Serialise a value as one JSON document."""
    return json.dumps(to_plain(value), ensure_ascii=False, indent=2) + "\n"


def to_csv(
    header: Sequence[str], rows: Iterable[Sequence[object]], t: Translator | None = None
) -> str:
    """Return CSV that spreadsheets open correctly: with a BOM and without formulas.

    With ``t``, columns and cells with words of the program are in that language, for people.
    """
    names = [_format_cell(name if t is None else t.pgettext(COLUMN, name)) for name in header]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        if t is not None:
            row = [
                translate_cell(t, column, cell) if isinstance(cell, str) else cell
                for column, cell in zip(header, row, strict=True)
            ]
        writer.writerow(map(_format_cell, row))
    return _BOM + out.getvalue()


def _format_cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str):
        # LibreOffice drops a NUL and then runs the formula after it.
        return _CELL_START.sub(_quote_formula, replace_control_chars(value))
    return value


def _quote_formula(start: re.Match[str]) -> str:
    """Write a quote before a formula, at every place where a spreadsheet may begin its cell."""
    blanks, sign = start["blanks"], start["sign"]
    if sign is None:
        return f"'{blanks}" if start.start() == 0 and blanks.startswith("\t") else blanks
    *cells, last = re.split(r"(?<=[\t\n])", blanks)
    # After blanks or quotes, a negative number may be a formula.
    is_number = start["number"] is not None and not last
    return "".join(f"'{cell}" for cell in cells) + ("" if is_number else f"'{last}") + sign


def write_output(text: str, path: str | None = None) -> None:
    """Write to a file or to standard output as UTF-8, whatever the system's code page.

    Raises ReportSearchError if the file cannot be written.
    """
    data = text.encode("utf-8", "replace")
    if path is not None:
        files.write_file(Path(path), data)
        return
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        left = memoryview(data)
        while left:
            # Without Python's buffer (python -u), a write may be partial.
            left = left[buffer.write(left) or 0 :]
        buffer.flush()
