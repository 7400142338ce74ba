"""Formatting shared by all printable reports: percentages, titles, passage numbers."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.report import OCR, ReportInfo

NOTES = "说明"
FIGURE_COLUMNS = ("项目", "数值", "统计口径")
DIFFERENT = "紫色底纹和双下划线标出两者不同之处。"
_UNKNOWN = "未注明"


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


def format_title(info: ReportInfo) -> str:
    """Return a report's title, with a note if its text was recognised by OCR."""
    return add_ocr_note(info.title or info.id, info.reader)


def add_ocr_note(title: str, reader: str) -> str:
    """Add a note to a title if the text was recognised by OCR."""
    return f"{title}（OCR识别，须核对）" if reader == OCR else title


def describe_report(info: ReportInfo) -> list[tuple[str, str]]:
    """List the known metadata of a report as names and values, the title first."""
    known = [
        ("题名", format_title(info)),
        ("人员", info.official or _UNKNOWN),
        ("职务", info.post or _UNKNOWN),
        ("年份", str(info.year) if info.year else _UNKNOWN),
        ("文件", info.id),
    ]
    return [*known, ("校验值", f"SHA-256 {info.sha256}")] if info.sha256 else known
