"""Table cells: names and bars of a fixed terminal width, and the official of a report."""

from __future__ import annotations

from reportsearch.models.report import ReportInfo
from reportsearch.output.terminal import replace_control_chars


def measure_width(text: str) -> int:
    """Count the terminal columns that a text occupies."""
    from rich.cells import cell_len

    return cell_len(text)


def pad_text(text: str, width: int) -> str:
    """Pad a text with blanks to the given number of columns."""
    return text + " " * max(width - measure_width(text), 0)


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
    return [str(info.year or ""), info.official or info.post or ""]
