"""Corrections of the metadata of many reports at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Correction:
    """A value of a report that was changed, or would be.

    ``before`` and ``after`` are empty if unknown; an empty ``after`` takes a correction back.
    """

    report: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RefusedCorrection:
    """A value, or a whole row if ``field`` is empty, that is not saved, and why.

    ``report`` is empty if the row names no report, or if ``field`` is a column that is none.
    ``line`` is the line in the table of corrections, if it comes from one.
    """

    report: str
    field: str
    value: str
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """The outcome of correcting many reports.

    ``reports`` counts the reports for which a value was given, ``reports_changed`` those of them
    for which some value differs from the known one. ``table`` is the name of the file with the
    corrections, if they come from one. ``saved`` is False if this is only what would happen.
    """

    reports: int
    reports_changed: int
    changed: tuple[Correction, ...]
    refused: tuple[RefusedCorrection, ...]
    saved: bool
    table: str = ""
