"""Table cells: names and bars of a fixed terminal width, and the official of a report."""

from __future__ import annotations

from collections.abc import Iterable

from reportsearch.locale import FIELD, Translator
from reportsearch.models.report import ReportInfo
from reportsearch.output.terminal import replace_control_chars

NAME_WIDTH = 15
"""Terminal columns of the names of metadata fields."""


def name_field(field: str, t: Translator) -> str:
    """Name a metadata field, or one by which reports are grouped."""
    return t.pgettext(FIELD, field)


def count_groups(number: int, by: str, t: Translator) -> str:
    """Count the officials, reports or other groups of a table."""
    if by == "official":
        return t.ngettext("{number} official", "{number} officials", number)
    if by == "report":
        return t.ngettext("{number} report", "{number} reports", number)
    if by == "year":
        return t.ngettext("{number} year", "{number} years", number)
    field = name_field(by, t)
    return t.ngettext(
        "{number} group by {field}", "{number} groups by {field}", number, field=field
    )


def join_names(names: Iterable[str], t: Translator) -> str:
    """Join names, numbers or other short entries of a list."""
    return t.pgettext("list", ", ").join(names)


def measure_width(text: str) -> int:
    """Count the terminal columns that a text occupies."""
    from rich.cells import cell_len

    return cell_len(text)


def pad_text(text: str, width: int) -> str:
    """Pad a text with blanks to the given number of columns."""
    return text + " " * max(width - measure_width(text), 0)


def align_right(text: str, width: int) -> str:
    """Pad a text with blanks on the left to the given number of columns."""
    return " " * max(width - measure_width(text), 0) + text


def collapse_blanks(text: str) -> str:
    """Collapse blanks, tabs and line ends to single spaces."""
    return " ".join(replace_control_chars(text).split())


def truncate_text(text: str, width: int) -> str:
    """Truncate a name to the given number of columns."""
    from rich.cells import set_cell_size

    text = collapse_blanks(text)
    return text if measure_width(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def format_bar(share: float, width: int) -> str:
    """Format a share as a bar; any share above zero is visible."""
    return "=" * max(round(share * width), 1) if share else ""


def list_year_and_official(info: ReportInfo) -> list[str]:
    """List the year and the official of a report; an unknown value is empty."""
    return [str(info.year or ""), info.person or info.post or ""]
