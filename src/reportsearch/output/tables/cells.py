"""Parts of tables: names and shares by their width on a terminal, and whose a report is."""

from __future__ import annotations

from reportsearch.models.report import ReportInfo
from reportsearch.output.terminal import replace_control_chars


def measure_width(text: str) -> int:
    """Count the columns that a text takes."""
    from rich.cells import cell_len

    return cell_len(text)


def pad_text(text: str, width: int) -> str:
    """Return a text with blanks behind it, to so many columns."""
    return text + " " * max(width - measure_width(text), 0)


def collapse_blanks(text: str) -> str:
    """Return a name without tabs and line ends."""
    return " ".join(replace_control_chars(text).split())


def truncate_text(text: str, width: int) -> str:
    """Return a name of at most so many columns."""
    from rich.cells import set_cell_size

    text = collapse_blanks(text)
    return text if measure_width(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def format_bar(share: float, width: int) -> str:
    """Format a share as a bar; what is there is seen."""
    return "=" * max(round(share * width), 1) if share else ""


def list_year_and_official(info: ReportInfo) -> list[str]:
    """List the year of a report and whose it is; an unknown one is empty."""
    return [str(info.year or ""), info.official or info.post or ""]
