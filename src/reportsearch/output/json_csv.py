"""JSON and CSV, for programs and spreadsheets."""

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
from reportsearch.models.search import NOT_IN_JSON
from reportsearch.output.terminal import replace_control_chars

# Where a spreadsheet would begin a formula: before a sign, full-width too, that only blanks, quotes
# and invisible characters precede. Lines, tabs and semicolons begin a cell for a spreadsheet that
# was told another separator than the comma. A negative number or percentage is no formula.
_FORMULA = re.compile(
    r"^(?=\t)|(?:^|(?<=[\t\n;]))"
    r"(?=[\s\"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫])"
    r"(?!-\d+(?:\.\d+)?%?(?![^\t\n;]))"
)


_BOM = "\ufeff"
"""What a spreadsheet knows UTF-8 by."""


def to_plain(value: object) -> Any:
    """Return dataclasses as dicts, tuples as lists: what JSON can hold."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: to_plain(getattr(value, name)) for name in list_json_fields(type(value))}
    if isinstance(value, dict):
        return {str(key): to_plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(entry) for entry in value]
    return value


@cache
def list_json_fields(kind: type[Any]) -> list[str]:
    """List the names of the fields of a dataclass that JSON has."""
    return [one.name for one in dataclasses.fields(kind) if one.metadata != NOT_IN_JSON]


def to_json(value: object) -> str:
    """Return one JSON document."""
    return json.dumps(to_plain(value), ensure_ascii=False, indent=2) + "\n"


def to_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return CSV that a spreadsheet opens correctly: with a BOM, and without formulas."""
    return _write_rows([header, *([_format_cell(value) for value in row] for row in rows)])


def localise_csv(table: str, language: str) -> str:
    """Translate the columns of CSV, and of those cells that hold words of the program."""
    # The texts would slow down the start of the command line, which does not need them.
    from reportsearch.locale import CHINESE
    from reportsearch.locale.columns import VALUES, translate_column

    if language != CHINESE:
        return table
    header, *rows = csv.reader(io.StringIO(table.removeprefix(_BOM), newline=""))
    values = [VALUES.get(name, {}) for name in header]
    translated = (
        [words.get(cell, cell) for words, cell in zip(values, row, strict=True)] for row in rows
    )
    return _write_rows([map(translate_column, header), *translated])


def _write_rows(rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return _BOM + out.getvalue()


def _format_cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str):
        # LibreOffice drops a NUL, and runs the formula that stood behind it.
        return _FORMULA.sub("'", replace_control_chars(value))
    return value


def write_output(text: str, path: str | None = None) -> None:
    """Write to a file, or to standard output, as UTF-8, whatever the system's code page.

    Raises ReportSearchError when the file cannot be written.
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
            # Without a buffer of Python's (python -u) the disk may take a part alone.
            left = left[buffer.write(left) or 0 :]
        buffer.flush()
