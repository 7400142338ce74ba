"""Formatting shared by all printable reports: percentages, titles, passage numbers."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.report import OCR, ReportInfo
from reportsearch.output.prose.joining import put_in_brackets

NOTES = Message("Notes")
DIFFERENT = Message("Purple shading and double underlines mark differences.")


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A key figure of a report with its name and meaning."""

    name: str
    value: str
    about: str


def format_percent(rate: float) -> str:
    """Format a share as a percentage, never rounding to 0% or 100% what is not exactly that."""
    if 0 < rate < 0.0005:
        return "<0.1%"
    if 0.9995 <= rate < 1:
        return ">99.9%"
    return f"{rate * 100:.1f}%"


def format_share(part: int, whole: int) -> str:
    """Format one number as a percentage of another."""
    return format_percent(part / whole) if whole else format_percent(0)


def format_passage_number(passage: str) -> str:
    """Return the number of a passage, preceded by ``#``."""
    return "#" + passage.rpartition("#")[2]


def format_title(info: ReportInfo, t: Translator) -> str:
    """Return a report's title, with a note if its text was recognised by OCR."""
    title = info.title or info.id
    return title + put_in_brackets(t, describe_ocr(t)) if info.reader == OCR else title


def describe_ocr(t: Translator) -> str:
    """State that a text was recognised by OCR."""
    return t("recognised by OCR; check it")


def list_figure_columns(t: Translator) -> tuple[str, str, str]:
    """List the column heads of a table of key figures."""
    return t.pgettext("reuse", "Figure"), t("Value"), t("Counted")


def describe_report(info: ReportInfo, t: Translator) -> list[tuple[str, str]]:
    """List the known metadata of a report as names and values, the title first."""
    unknown = t("not stated")
    known = [
        (t.pgettext("document", "Title"), format_title(info, t)),
        (t("Official"), info.person or unknown),
        (t("Post"), info.post or unknown),
        (t("Year"), str(info.year) if info.year else unknown),
        (t("File"), info.id),
    ]
    return [*known, (t("Hash"), f"SHA-256 {info.sha256}")] if info.sha256 else known
