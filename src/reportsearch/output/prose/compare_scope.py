"""Sentences on what is compared with what."""

from __future__ import annotations

from collections.abc import Sequence

from reportsearch.locale import Translator
from reportsearch.models.compare import ComparedGroup, Comparison
from reportsearch.output.prose.joining import join_list

_MAX_POSTS = 3
"""Maximum number of posts by which the others are named."""


def describe_scope(
    found: Comparison, group: ComparedGroup, name: str, against: str, t: Translator
) -> str:
    """State which reports are compared with which."""
    if found.by == "portfolio":
        here = t("passages on {name}", name=name)
        rest = t("passages on {name}", name=against) if against else t("all other passages")
    elif found.by == "official":
        here = _describe_own(name, group.reports, group.years, t)
        rest = (
            _describe_own(against, group.rest_reports, group.rest_years, t)
            if against
            else _describe_others(group, t)
        )
    else:
        here = t("{name} (reports: {reports})", name=name, reports=group.reports)
        if against:
            rest = t("{name} (reports: {reports})", name=against, reports=group.rest_reports)
        else:
            rest = _describe_rest(group, t, is_report=found.by == "report")
    return t("Compared: {here} with {rest}", here=here, rest=rest)


def _describe_own(name: str, reports: int, years: Sequence[int], t: Translator) -> str:
    return t(
        "{name} (reports: {reports}{years})",
        name=name, reports=reports, years=_format_years(years, t),
    )  # fmt: skip


def _describe_others(group: ComparedGroup, t: Translator) -> str:
    """Describe the other officials, by their posts if these are few."""
    few = 0 < len(group.rest_posts) <= _MAX_POSTS
    return t(
        "{posts} (officials: {number}, reports: {reports}{years})",
        posts=join_list(t, group.rest_posts) if few else t("the other officials"),
        number=group.rest_units,
        reports=group.rest_reports,
        years=_format_years(group.rest_years, t),
    )


def _describe_rest(group: ComparedGroup, t: Translator, *, is_report: bool) -> str:
    """Describe all other reports, some of which may be by the same official."""
    reports, years = group.rest_reports, _format_years(group.rest_years, t)
    if is_report and group.rest_others < group.rest_units:
        return t(
            "all others (reports: {reports}{years}; "
            "share of text compared with the other officials only: {number})",
            reports=reports, years=years, number=group.rest_others,
        )  # fmt: skip
    return t("all others (reports: {reports}{years})", reports=reports, years=years)


def _format_years(years: Sequence[int], t: Translator) -> str:
    if len(years) > 1:
        return t.pgettext("years", ", {first}–{last}", first=years[0], last=years[-1])
    return t.pgettext("years", ", {year}", year=years[0]) if years else ""
