"""Tables of corrections of many reports."""

from __future__ import annotations

from collections.abc import Iterable

from reportsearch.locale import Translator
from reportsearch.models.corrections import Correction, Corrections
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.corrections import (
    describe_change,
    describe_outcome,
    describe_refusal,
)
from reportsearch.output.terminal import create_console, print_list, print_text


def print_table(found: Corrections, t: Translator) -> None:
    """Print how many reports change, what changes, and what is refused."""
    out = create_console()
    print_text(out, describe_outcome(found, t))
    changes = [
        t("{report}: {change}", report=one.report, change=describe_change(one, t))
        for one in found.changed
    ]
    refused = [describe_refusal(one, found.table, t) for one in found.refused]
    title = t("{number} values:", number=len(changes))
    print_list(out, title, changes, t)
    print_list(out, t("{number} not saved:", number=len(refused)), refused, t)


def format_csv(found: Corrections) -> str:
    """Format one row per changed or refused value."""
    rows: list[tuple[object, ...]] = [
        (one.report, one.field, one.before, one.after, "", None) for one in found.changed
    ]
    rows += ((one.report, one.field, "", one.value, one.reason, one.line) for one in found.refused)
    return to_csv(("report", "field", "before", "after", "reason", "line"), rows)


def print_lost(lost: Iterable[Correction], t: Translator) -> None:
    """Print lost corrections."""
    changes = [
        t("{report}: {change}", report=one.report, change=describe_change(one, t)) for one in lost
    ]
    out = create_console()
    title = t("{number} lost corrections:", number=len(changes))
    print_list(out, title, changes, t)
    if not changes:
        print_text(out, t("no correction is lost"))


def format_lost(lost: Iterable[Correction]) -> str:
    """Format one row per lost value."""
    rows = ((one.report, one.field, one.before, one.after) for one in lost)
    return to_csv(("report", "field", "before", "after"), rows)
