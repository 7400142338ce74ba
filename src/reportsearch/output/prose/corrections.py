"""Sentences about corrections of many reports."""

from __future__ import annotations

from reportsearch.locale import FIELD, Translator
from reportsearch.models.corrections import Correction, Corrections, RefusedCorrection


def describe_outcome(found: Corrections, t: Translator) -> str:
    """Say how many reports were changed, or would be."""
    numbers = {"changed": found.reports_changed, "reports": found.reports}
    if found.saved:
        return t("{changed} of {reports} reports corrected", **numbers)
    return t("{changed} of {reports} reports would change; nothing is saved yet", **numbers)


def describe_change(one: Correction, t: Translator) -> str:
    """Say which value becomes which."""
    return t(
        "{field}: {before} → {after}",
        field=t.pgettext(FIELD, one.field),
        before=one.before or "—",
        after=one.after or t("as recognised"),
    )


def describe_refusal(one: RefusedCorrection, table: str, t: Translator) -> str:
    """Say where a value stands that is not saved, and why."""
    reason = t.translate(one.reason)
    what = one.report or one.field
    if one.line is None:
        return t("{report}: {reason}", report=what, reason=reason)
    where = t("{file} line {line}", file=table, line=one.line)
    if not what:
        return t("{place}: {reason}", place=where, reason=reason)
    return t("{place}: {report}: {reason}", place=where, report=what, reason=reason)
