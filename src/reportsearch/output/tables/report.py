"""Tables of a report, or of one of its passages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reportsearch.models.report import Passage, Report, ReportInfo
from reportsearch.output.json_csv import to_csv, to_plain
from reportsearch.output.terminal import (
    DIM,
    OCR_MARK,
    create_console,
    join_facts,
    paint,
    print_text,
)


def to_json_document(report: Report) -> dict[str, Any]:
    """Convert a report to the document that ``show --format json`` prints."""
    return {
        "report": report.info,
        "duties": report.duties,
        "sections": report.sections,
        "passages": [{"id": passage.id, **to_plain(passage)} for passage in report.passages],
        "doubts": report.doubts,
        "text": report.text,
    }


def print_table(found: Report) -> None:
    """Print the metadata and its origin, the section tree and the passages."""
    out = create_console()
    print_text(out, found.title, style="bold")
    for name, value in _iter_metadata(found):
        print_text(out, paint(f"{name:<12}") + paint(value), 2)
    out.print(paint("\nSections", "bold"))
    for section in found.sections:
        about = "、".join(dict.fromkeys(entry.portfolio for entry in section.portfolios))
        line = paint(section.heading) + paint(f"  [{about}]" if about else "", DIM)
        print_text(out, line, 2 * section.level)
    if not found.sections:
        out.print(paint("  none"))
    out.print(paint("\nPassages", "bold"))
    for entry in found.passages:
        out.print(paint(f"  #{entry.number}", DIM))
        print_text(out, entry.text, 4)


_READERS = {
    "text": "plain text",
    "docx": "Word file (.docx)",
    "pdf": "PDF",
    "pdf-ocr": "PDF with pictures of pages, read by OCR: expect slips",
    "html": "web page",
    "mht": "web page in one file (.mht)",
    "ofd": "OFD",
    "row": "row of a file",
    "word-xml": "Word file (.xml)",
    **{name: f".{name}, through LibreOffice" for name in ("doc", "wps", "rtf", "odt")},
}
"""The name of each kind of file; others are named by their suffix."""


def describe_file_type(info: ReportInfo) -> str:
    """Describe the kind of file that a report was read from, and the reader."""
    return _READERS.get(info.reader, f".{info.reader}")


def _iter_metadata(found: Report) -> Iterable[tuple[str, str]]:
    info = found.info
    for name in ("id", "kind", "year", "date", "post", "level", "region", "official", "source"):
        value = getattr(info, name)
        origin = info.origin.get(name)
        yield name, "—" if value is None else f"{value}  ({origin})" if origin else str(value)
    duties = [f"{duty.role} {duty.item}" for duty in found.duties]
    yield "in charge", "、".join(duties) or "—"
    yield "declared", "、".join(info.declared) or "—"
    yield "portfolios", "、".join(info.portfolios) or "—"
    yield "read as", describe_file_type(info)
    yield "characters", str(info.chars)
    yield "sha256", info.sha256
    for doubt in found.doubts:
        yield "unsure", f"{doubt.field}: {doubt.reason}"


def format_csv(found: Report) -> str:
    """Format a report as CSV, one row per passage."""
    header = ("passage", "section", "portfolios", "start", "end", "text")
    return to_csv(header, [_to_row(passage) for passage in found.passages])


def _to_row(entry: Passage) -> tuple[object, ...]:
    """Convert a passage to a CSV row."""
    about = "、".join(entry.portfolios)
    return entry.id, " › ".join(entry.section), about, entry.start, entry.end, entry.text


def print_passage(entry: Passage, info: ReportInfo) -> None:
    """Print one passage with its place in the report."""
    out = create_console()
    mark = OCR_MARK if info.is_ocr else ""
    print_text(
        out,
        join_facts((entry.id, mark, " › ".join(entry.section), "、".join(entry.portfolios)), DIM),
    )
    print_text(out, entry.text)


def format_passage_csv(entry: Passage) -> str:
    """Format one passage as CSV."""
    header = ("passage", "section", "portfolios", "start", "end", "text")
    return to_csv(header, [_to_row(entry)])
