"""A corrected report, and one that is left out."""

from __future__ import annotations

from reportsearch.models.report import FIELDS, Exclusion, ReportInfo
from reportsearch.output.json_csv import to_csv
from reportsearch.output.terminal import console, show


def _values(info: ReportInfo) -> list[tuple[str, object, str]]:
    """Each field with its value and where that came from."""
    return [(name, getattr(info, name) or "", info.origin.get(name, "")) for name in FIELDS]


def table(info: ReportInfo) -> None:
    """What is known of the report now."""
    from rich.text import Text

    out = console()
    show(out, Text(info.id))
    for name, value, origin in _values(info):
        show(out, Text(f"{name:<12}{f'{value}  ({origin})' if origin else '—'}"), 2)


def rows(info: ReportInfo) -> str:
    """A line for each field."""
    return to_csv(("field", "value", "origin"), _values(info))


def left_out(exclusion: Exclusion) -> None:
    """Where it is written that a report is left out."""
    from rich.text import Text

    text = f"{exclusion.report} is left out; {exclusion.sidecar} says so. Its file is untouched."
    show(console(), Text(text))


def left_out_rows(exclusion: Exclusion) -> str:
    """One line."""
    return to_csv(("report", "sidecar"), [(exclusion.report, exclusion.sidecar)])
