"""Changing cells in a metadata.csv, without touching a byte of anything else."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportsearch.errors import ExtractError
from reportsearch.extract import metadata_csv
from reportsearch.extract.plain_text import decode
from reportsearch.models.report import METADATA_FIELDS

_BOM_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENCODINGS_WITHOUT_BOM = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_ENGLISH_COLUMNS = ("id", *METADATA_FIELDS)
_NEW_FILE_ENCODING = (codecs.BOM_UTF8, "utf-8")


@dataclass(slots=True)
class _CsvRecord:
    """A row with its text in the file and its cells."""

    raw: str
    cells: list[str]


def change_cells(data: bytes | None, report: str, values: Mapping[str, str]) -> bytes:
    """Change values for one report in a metadata.csv; see :func:`change_rows`."""
    return change_rows(data, {report: values})


def change_rows(data: bytes | None, changes: Mapping[str, Mapping[str, str]]) -> bytes:
    """Change values for reports in a metadata.csv; an empty value clears the cell.

    ``data`` is the file, or None if there is none. ``changes`` are by the ids of the reports in it,
    with values by the English names of the columns. Encoding, column names, line ends and all other
    cells are preserved. Missing columns and rows are added at the end.

    Raises ExtractError if the file cannot be changed without losing data.
    """
    if data is None:
        mark, encoding = _NEW_FILE_ENCODING
        header, records = _CsvRecord("", ["文件"]), []
    else:
        mark, encoding, text = _decode_exactly(data)
        records = list(_iter_records(text))
        if not records:
            raise ExtractError("the file is empty; delete it")
        header = records.pop(0)
    end = "\n" if header.raw.endswith("\n") and not header.raw.endswith("\r\n") else "\r\n"
    names = [metadata_csv.find_sidecar_column(cell) for cell in header.cells]
    given = dict.fromkeys(
        name for values in changes.values() for name, value in values.items() if value
    )
    missing = [name for name in given if name not in names]
    if missing:
        _check_widths(header, records)
        is_english = any(cell.strip().lower() in _ENGLISH_COLUMNS for cell in header.cells)
        header.cells += [
            name if is_english else metadata_csv.CHINESE_COLUMNS[name] for name in missing
        ]
        names += missing
        header.raw = _format_record(header.cells, end)
    if "id" not in names:
        raise ExtractError("the column id (文件) is missing")
    known = _find_records(header, records)
    for report, values in changes.items():
        row = known.get(report)
        if row is None:
            row = _CsvRecord("", [""] * len(names))
            row.cells[names.index("id")] = report
            if any(values.values()):
                records.append(row)
        _set_cells(row, names, values)
        row.raw = _format_record(row.cells, end)
    parts = [header.raw, *(record.raw for record in records)]
    whole = "".join(part if part.endswith(("\r", "\n")) else part + end for part in parts)
    try:
        return mark + whole.encode(encoding)
    except UnicodeEncodeError as error:
        letter = error.object[error.start]
        raise ExtractError(
            "its encoding, {encoding}, cannot represent {letter}; save it as CSV UTF-8 first",
            encoding=encoding,
            letter=letter,
        ) from error


def _decode_exactly(data: bytes) -> tuple[bytes, str, str]:
    """Return the byte order mark, encoding and text of a file if it can be rewritten exactly."""
    text = decode(data)
    for mark, encoding in (
        *_BOM_ENCODINGS,
        *((b"", encoding) for encoding in _ENCODINGS_WITHOUT_BOM),
    ):
        if not data.startswith(mark):
            continue
        try:
            if data[len(mark) :].decode(encoding) == text and mark + text.encode(encoding) == data:
                return mark, encoding, text
        except UnicodeError:
            continue
    raise ExtractError("its encoding is uncertain; save it as CSV UTF-8 first")


def _iter_records(text: str) -> Iterator[_CsvRecord]:
    """Iterate over the rows of a CSV text, with the text of each."""
    lines: list[str] = []

    def iter_remembered_lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            lines.append(line)
            yield line

    reader = csv.reader(iter_remembered_lines(), strict=True)
    try:
        for cells in reader:
            yield _CsvRecord("".join(lines), cells)
            lines.clear()
    except csv.Error as error:
        raise ExtractError(
            "line {line_num} is not valid CSV ({error}); save it again from a spreadsheet",
            line_num=reader.line_num,
            error=error,
        ) from error


def _check_widths(header: _CsvRecord, records: list[_CsvRecord]) -> None:
    """Raise ExtractError if a new column would be above surplus cells of a row."""
    for number, record in enumerate(records, 2):
        if len(record.cells) > len(header.cells):
            raise ExtractError(
                "row {number} has more cells than columns; fix it in a spreadsheet first",
                number=number,
            )


def _find_records(header: _CsvRecord, records: list[_CsvRecord]) -> dict[str, _CsvRecord]:
    """Return the row that is read for each report, which is the first with its id."""
    found: dict[str, _CsvRecord] = {}
    for record in records:
        if len(record.cells) > len(header.cells):
            continue
        cells = dict(zip(header.cells, record.cells, strict=False))
        found.setdefault(metadata_csv.get_report_id(cells), record)
    return found


def _set_cells(row: _CsvRecord, names: list[str], values: Mapping[str, str]) -> None:
    """Set the last of several columns with the same meaning, which counts, and clear the others."""
    row.cells += [""] * (len(names) - len(row.cells))
    for name, value in values.items():
        places = [place for place, known in enumerate(names) if known == name]
        for place in places:
            row.cells[place] = value if place == places[-1] else ""


def _format_record(cells: list[str], end: str) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=end).writerow(cells)
    return stream.getvalue()
