"""Reading a table of corrections: a metadata.csv of any name, with a row for each report."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportsearch.errors import ExtractError, Message, list_fields
from reportsearch.extract.plain_text import decode
from reportsearch.extract.row_files import COLUMNS, TOO_MANY_CELLS, read_csv
from reportsearch.models.report import METADATA_FIELDS

MAX_BYTES = 64 << 20
"""Size limit of a table of corrections."""
_FORMULA_MARK = re.compile(r"'(?=\s*[=+\-@＝＋－＠﹦﹢﹣﹫])")
"""The apostrophe that our CSV files have before what a spreadsheet would take for a formula."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its line, the id of its report, and its values by field; or why it cannot be used.

    Empty cells are left out.
    """

    line: int
    report: str
    values: Mapping[str, str]
    problem: str = ""


def read_table(data: bytes) -> tuple[list[TableRow], list[str]]:
    """Return the rows of a CSV in UTF-8 or GB18030, and its columns that are no fields.

    Raises ExtractError if the table cannot be read.
    """
    if len(data) > MAX_BYTES:
        raise ExtractError("the file exceeds {megabytes} MB; split it", megabytes=MAX_BYTES >> 20)
    found = list(read_csv(io.StringIO(decode(data), newline="")))
    names = dict.fromkeys(name for _, cells in found for name in cells)
    known = {name: COLUMNS.get(name.strip().lower(), "") for name in names}
    known = {name: field for name, field in known.items() if field in ("id", *METADATA_FIELDS)}
    # A row with too many cells does not name its columns.
    named = [name for name in names if name != TOO_MANY_CELLS]
    if named and (missing := _describe_missing(set(known.values()))):
        raise ExtractError(missing)
    ignored = [name for name in named if name not in known and name.strip()]
    return list(_iter_rows(found, known)), ignored


def _describe_missing(fields: set[str]) -> str:
    """Return what the header lacks, or an empty string."""
    if "id" not in fields:
        return Message("the column id (文件) is missing")
    if len(fields) == 1:
        return Message(
            "no column is a field; the fields are {metadata_fields}",
            metadata_fields=list_fields(METADATA_FIELDS),
        )
    return ""


def _iter_rows(
    found: list[tuple[int, dict[str, str]]], known: Mapping[str, str]
) -> Iterator[TableRow]:
    lines: dict[str, int] = {}
    for line, cells in found:
        values = {
            known[name]: _FORMULA_MARK.sub("", cell.strip(), count=1)
            for name, cell in cells.items()
            if name in known and cell.strip()
        }
        report = values.pop("id", "").replace("\\", "/")
        problem = ""
        if TOO_MANY_CELLS in cells:
            problem = Message("more cells than columns; quote texts that contain commas")
        elif not report:
            problem = Message("the row has no id")
        elif report in lines:
            problem = Message(
                "the report already has a row in line {line}; keep one", line=lines[report]
            )
        else:
            lines[report] = line
        yield TableRow(line, report, {} if problem else values, problem)
