"""A corrected report, and one that is left out."""

from __future__ import annotations

from reportsearch.models.report import METADATA_FIELDS, Exclusion, ReportInfo
from reportsearch.output.json_csv import to_csv
from reportsearch.output.terminal import create_console, print_text


def _list_values(info: ReportInfo) -> list[tuple[str, object, str]]:
    """List each field with its value and where that came from."""
    return [
        (name, getattr(info, name) or "", info.origin.get(name, "")) for name in METADATA_FIELDS
    ]


def print_table(info: ReportInfo) -> None:
    """Print what is known of the report now."""
    out = create_console()
    print_text(out, info.id)
    for name, value, origin in _list_values(info):
        print_text(out, f"{name:<12}{f'{value}  ({origin})' if origin else '—'}", 2)


def format_csv(info: ReportInfo) -> str:
    """Format a line for each field."""
    return to_csv(("field", "value", "origin"), _list_values(info))


def print_exclusion(exclusion: Exclusion) -> None:
    """Print where it is written that a report is left out."""
    text = f"{exclusion.report} is left out; {exclusion.sidecar} says so. Its file is untouched."
    print_text(create_console(), text)


def format_exclusion_csv(exclusion: Exclusion) -> str:
    """Format one line."""
    return to_csv(("report", "sidecar"), [(exclusion.report, exclusion.sidecar)])
