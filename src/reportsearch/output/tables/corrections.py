"""Tables of a corrected report, and of an excluded one."""

from __future__ import annotations

from reportsearch.locale import Translator
from reportsearch.models.report import METADATA_FIELDS, Exclusion, ReportInfo
from reportsearch.output.json_csv import to_csv
from reportsearch.output.tables.cells import describe_origin, name_field, pad_text
from reportsearch.output.terminal import create_console, print_text


def print_table(info: ReportInfo, t: Translator) -> None:
    """Print the report's metadata after correction."""
    out = create_console()
    print_text(out, info.id)
    for name in METADATA_FIELDS:
        print_text(out, f"{pad_text(name_field(name, t), 12)}{format_value(info, name, t)}", 2)


def format_value(info: ReportInfo, field: str, t: Translator) -> str:
    """Format the value of a metadata field with its origin."""
    value, origin = getattr(info, field), describe_origin(info, field, t)
    if value is None:
        return "—"
    return t("{value}  (from {origin})", value=value, origin=origin) if origin else str(value)


def format_csv(info: ReportInfo) -> str:
    """Format one row per field."""
    rows = (
        (name, getattr(info, name) or "", info.origin.get(name, "")) for name in METADATA_FIELDS
    )
    return to_csv(("field", "value", "origin"), rows)


def print_exclusion(exclusion: Exclusion, t: Translator) -> None:
    """Print that a report is excluded, and the sidecar that records it."""
    text = t(
        "{report} is removed from the index and recorded in {sidecar}; its file is unchanged",
        report=exclusion.report,
        sidecar=exclusion.sidecar,
    )
    print_text(create_console(), text)


def format_exclusion_csv(exclusion: Exclusion) -> str:
    """Format one row for the exclusion."""
    return to_csv(("report", "sidecar"), [(exclusion.report, exclusion.sidecar)])
