"""Tables of a corrected report, and of an excluded one."""

from __future__ import annotations

from collections.abc import Iterable

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


def format_metadata_table(infos: Iterable[ReportInfo], t: Translator | None = None) -> str:
    """Format a table to edit, with the columns of a metadata.csv and one row per report.

    With ``t``, the names of the columns are in that language.
    """
    names = ("id", *METADATA_FIELDS)
    header = names if t is None else tuple(name_field(name, t) for name in names)
    return to_csv(header, ([getattr(info, name) for name in names] for info in infos))


def print_exported(reports: int, file: str, t: Translator) -> None:
    """Say that the table was written, and what to do with it."""
    print_text(
        create_console(),
        t(
            "{reports} written to {file}; edit it, then: reportsearch correct --table {file}",
            reports=t.ngettext("{number} report", "{number} reports", reports),
            file=file,
        ),
    )


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
