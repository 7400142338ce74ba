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
    """A value, or all values of a report if ``field`` is empty, that cannot be stored, and why.

    ``line`` is its line in the table of corrections, if it comes from one.
    """

    report: str
    field: str
    value: str
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """The outcome of correcting many reports; what is already so is in neither list.

    ``reports`` counts the reports for which a value was given. ``saved`` is False if the outcome is
    only what would happen.
    """

    reports: int
    changed: tuple[Correction, ...]
    refused: tuple[RefusedCorrection, ...]
    saved: bool
