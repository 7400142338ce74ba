"""Reading files with one report per row (.jsonl, .csv).

Columns may have their English or Chinese names, as in a query: ``year`` or 年份.
"""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from reportsearch.errors import ExtractError, Message
from reportsearch.extract.plain_text import BOMS, count_non_ascii, is_big5, is_nearly_utf8
from reportsearch.models.report import METADATA_FIELDS, Failure

COLUMNS = {
    **{name: name for name in ("id", "text", *METADATA_FIELDS)},
    "编号": "id",
    "文件": "id",
    "正文": "text",
    "标题": "title",
    "类型": "kind",
    "年份": "year",
    "报告年度": "reported_year",
    "日期": "date",
    "职务": "post",
    "级别": "level",
    "地区": "region",
    "人员": "official",
    "来源": "source",
}
_MAX_LINE_CHARS = 64 << 20
TOO_MANY_CELLS = "\0too many cells"

# The default, 128 kB, is too small for a long report.
csv.field_size_limit(1 << 26)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in a row: its id (empty if the row has none), its text, and its other fields."""

    location: str
    id: str
    text: str
    fields: dict[str, str]


def read_rows(path: Path) -> Iterator[tuple[int, ReportRow | Failure]]:
    """Iterate over the rows of a .jsonl or .csv file with their line numbers.

    Reads the file row by row. A row that cannot be read is yielded as a Failure. Raises
    ExtractError if the file as a whole cannot be read.
    """
    encoding = detect_encoding(path)
    if path.suffix.lower() == ".jsonl":
        yield from _read_jsonl(path, encoding)
        return
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        for number, cells in read_csv(_iter_lines(stream), needed="text"):
            yield number, _build_row(f"{path.name} line {number}", cells)


def detect_encoding(path: Path) -> str:
    """Detect a file's encoding like plain_text.decode, without loading it into memory."""
    with path.open("rb") as stream:
        start = stream.read(1 << 18)
        for bom, encoding in BOMS:
            if start.startswith(bom):
                return encoding
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        wide = replaced = 0
        block = start
        while block:
            text = decoder.decode(block)
            more = count_non_ascii(text)
            wide, replaced = wide + more[0], replaced + more[1]
            block = stream.read(1 << 20)
        replaced += bool(decoder.decode(b"", final=True))
    if not replaced or is_nearly_utf8(wide, replaced):
        return "utf-8"
    return "big5hkscs" if is_big5(start) else "gb18030"


def _iter_lines(stream: TextIO) -> Iterator[str]:
    """Iterate over the lines of a file. Raises ExtractError if a line is too long."""
    number = 0
    while line := stream.readline(_MAX_LINE_CHARS):
        number += 1
        if len(line) == _MAX_LINE_CHARS:
            raise ExtractError(
                "line {number} has more than {max_line_chars} million characters; split it",
                number=number,
                max_line_chars=_MAX_LINE_CHARS >> 20,
            )
        yield line


def _read_jsonl(path: Path, encoding: str) -> Iterator[tuple[int, ReportRow | Failure]]:
    with path.open(encoding=encoding, errors="replace", newline="\n") as stream:
        for number, line in enumerate(_iter_lines(stream), 1):
            if not line.strip():
                continue
            place = f"{path.name} line {number}"
            try:
                values = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield number, Failure(place, Message("not valid JSON: {error}", error=error))
                continue
            if not isinstance(values, dict):
                yield (
                    number,
                    Failure(place, Message("not a JSON object with the fields of a report")),
                )
                continue
            odd = [key for key, value in values.items() if isinstance(value, list | dict)]
            if odd and any(COLUMNS.get(key.strip().lower()) for key in odd):
                yield number, Failure(place, Message("{odd} is not a string", odd=odd[0]))
                continue
            yield (
                number,
                _build_row(place, {str(key): _to_text(value) for key, value in values.items()}),
            )


def _to_text(value: object) -> str:
    # An unpaired surrogate (\\ud800) cannot be stored as UTF-8.
    return "" if value is None else str(value).encode("utf-8", "replace").decode()


def read_csv(stream: Iterable[str], needed: str = "") -> Iterator[tuple[int, dict[str, str]]]:
    """Iterate over the rows below the header by column, with their line numbers."""
    reader = csv.reader(stream, strict=True)
    try:
        header = next(reader, None)
        if header is None:
            raise ExtractError("the file is empty")
        if needed and needed not in map(_find_column, header):
            raise ExtractError(
                "the column text (正文) is missing, so it contains no reports; move it elsewhere"
            )
        for cells in reader:
            if any(cell.strip() for cell in cells):
                named = dict(zip(header, cells, strict=False))
                if len(cells) > len(header):
                    # Usually a comma in a text without quotation marks. Text after it would be
                    # lost.
                    named = {TOO_MANY_CELLS: ""}
                yield reader.line_num, named
    except csv.Error as error:
        raise ExtractError(
            "line {line_num} is not valid CSV ({error}); save it again from a spreadsheet",
            line_num=reader.line_num,
            error=error,
        ) from error


def _find_column(key: str) -> str:
    return COLUMNS.get(key.strip().lower(), "")


def select_known_cells(
    cells: Mapping[str, str], column: Callable[[str], str] = _find_column
) -> dict[str, str]:
    """Return the non-empty cells by the English names of their columns."""
    known = {}
    for key, value in cells.items():
        name = column(key)
        if name and value.strip():
            known[name] = value.strip()
    return known


def _build_row(place: str, cells: dict[str, str]) -> ReportRow | Failure:
    if TOO_MANY_CELLS in cells:
        return Failure(place, Message("more cells than columns; quote texts that contain commas"))
    known = select_known_cells(cells)
    text = known.pop("text", "")
    if not text:
        return Failure(place, Message("the row has no text; fill in the column text or 正文"))
    return ReportRow(place, known.pop("id", ""), text, known)
