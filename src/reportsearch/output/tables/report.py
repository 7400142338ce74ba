"""Tables of a report, or of one of its passages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.report import Passage, Report, ReportInfo
from reportsearch.output.json_csv import to_csv, to_plain
from reportsearch.output.prose.metadata import describe_doubt, iter_metadata
from reportsearch.output.tables.cells import NAME_WIDTH, name_field, pad_text
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


def print_table(found: Report, t: Translator) -> None:
    """Print the metadata and its origin, the section tree and the passages."""
    out = create_console()
    print_text(out, found.title, style="bold")
    for name, value in _iter_metadata(found, t):
        print_text(out, paint(pad_text(name, NAME_WIDTH)) + paint(value), 2)
    out.print()
    print_text(out, t("Sections"), style="bold")
    for section in found.sections:
        about = "、".join(dict.fromkeys(entry.portfolio for entry in section.portfolios))
        line = paint(section.heading) + paint(f"  [{about}]" if about else "", DIM)
        print_text(out, line, 2 * section.level)
    if not found.sections:
        print_text(out, t.pgettext("table", "none"), 2)
    out.print()
    print_text(out, t("Passages"), style="bold")
    for entry in found.passages:
        out.print(paint(f"  #{entry.number}", DIM))
        print_text(out, entry.text, 4)


_READERS = {
    "text": Message("plain text"),
    "docx": Message("Word file (.docx)"),
    "pdf": Message("PDF"),
    "pdf-ocr": Message("scanned PDF, read by OCR: may contain errors"),
    "html": Message("web page"),
    "mht": Message("web page in one file (.mht)"),
    "ofd": Message("OFD"),
    "row": Message("row of a table file"),
    "word-xml": Message("Word file (.xml)"),
}
"""The name of each kind of file; others are named by their suffix."""
_THROUGH_LIBREOFFICE = ("doc", "wps", "rtf", "odt")


def describe_file_type(info: ReportInfo, t: Translator) -> str:
    """Describe the kind of file that a report was read from, and the reader."""
    if info.reader in _THROUGH_LIBREOFFICE:
        return t(".{suffix}, read through LibreOffice", suffix=info.reader)
    return t.translate(_READERS.get(info.reader, f".{info.reader}"))


def _iter_metadata(found: Report, t: Translator) -> Iterable[tuple[str, str]]:
    info = found.info
    yield t.pgettext("table", "id"), info.id
    for entry in iter_metadata(info, t):
        yield name_field(entry.field, t), entry.format(t)
    duties = [f"{duty.role} {duty.item}" for duty in found.duties]
    yield t("duties"), "、".join(duties) or "—"
    yield t.pgettext("table", "assigned"), "、".join(info.declared) or "—"
    yield t.pgettext("table", "covered"), "、".join(info.portfolios) or "—"
    yield t("file type"), describe_file_type(info, t)
    yield t("characters"), str(info.chars)
    yield "SHA-256", info.sha256
    for doubt in found.doubts:
        yield (
            t("to check"),
            t(
                "{field}: {reason}",
                field=name_field(doubt.field, t),
                reason=describe_doubt(doubt, t),
            ),
        )


def format_csv(found: Report) -> str:
    """Format a report as CSV, one row per passage."""
    header = ("passage", "section", "portfolios", "start", "end", "text")
    return to_csv(header, [_to_row(passage) for passage in found.passages])


def _to_row(entry: Passage) -> tuple[object, ...]:
    """Convert a passage to a CSV row."""
    about = "、".join(entry.portfolios)
    return entry.id, " › ".join(entry.section), about, entry.start, entry.end, entry.text


def print_passage(entry: Passage, t: Translator, info: ReportInfo) -> None:  # noqa: ARG001
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
