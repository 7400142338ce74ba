"""Tables of a corrected report, and of an excluded one."""

from __future__ import annotations

from reportsearch.models.report import METADATA_FIELDS, Exclusion, ReportInfo
from reportsearch.output.json_csv import to_csv
from reportsearch.output.terminal import create_console, print_text


def _list_values(info: ReportInfo) -> list[tuple[str, object, str]]:
    """List each field with its value and origin."""
    return [
        (name, getattr(info, name) or "", info.origin.get(name, "")) for name in METADATA_FIELDS
    ]


def print_table(info: ReportInfo) -> None:
    """Print the report's metadata after correction."""
    out = create_console()
    print_text(out, info.id)
    for name, value, origin in _list_values(info):
        print_text(out, f"{name:<12}{f'{value}  ({origin})' if origin else '—'}", 2)


def format_csv(info: ReportInfo) -> str:
    """Format one row per field."""
    return to_csv(("field", "value", "origin"), _list_values(info))


def print_exclusion(exclusion: Exclusion) -> None:
    """Print that a report is excluded, and the sidecar that records it."""
    text = f"{exclusion.report} is left out; {exclusion.sidecar} says so. Its file is untouched."
    print_text(create_console(), text)


def format_exclusion_csv(exclusion: Exclusion) -> str:
    """Format one row for the exclusion."""
    return to_csv(("report", "sidecar"), [(exclusion.report, exclusion.sidecar)])
