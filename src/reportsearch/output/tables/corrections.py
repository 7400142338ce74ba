"""Tables of a corrected report, and of an excluded one."""

from __future__ import annotations

from reportsearch.locale import Translator
from reportsearch.models.report import METADATA_FIELDS, Exclusion, ReportInfo
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.metadata import iter_metadata
from reportsearch.output.tables.cells import NAME_WIDTH, name_field, pad_text
from reportsearch.output.terminal import create_console, print_text


def print_table(info: ReportInfo, t: Translator) -> None:
    """Print the report's metadata after correction."""
    out = create_console()
    print_text(out, info.id)
    for entry in iter_metadata(info, t):
        name = name_field(entry.field, t)
        print_text(out, f"{pad_text(name, NAME_WIDTH)}{entry.format(t)}", 2)


def format_csv(info: ReportInfo) -> str:
    """Format one row per field."""
    rows = (
        (
            name, getattr(info, name) or "", info.origin.get(name, ""), info.words.get(name, ""),
            name in info.inferred,
        )
        for name in METADATA_FIELDS
    )  # fmt: skip
    return to_csv(("field", "value", "origin", "words", "inferred"), rows)


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
