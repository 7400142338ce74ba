"""Descriptions of how much of a person's reports each portfolio takes, compared with others."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.locale import Translator
from reportsearch.models.compare import ALL, DECLARING, NOBODY, ComparedGroup, PortfolioLength
from reportsearch.output.prose.joining import put_in_brackets

MAX_PORTFOLIOS = 6
"""Maximum number of portfolios in the sentence on shares, ``_MAX_LESS`` of them smaller."""
_MAX_LESS = 2
MIN_POINTS = 5
"""The fewest percentage points of a difference, or of a share that nobody else has, to name it."""
_MIN_OWN_PART = 2 / 3
"""If less of a portfolio's text than this is about it alone, the sentence mentions that."""


@dataclass(frozen=True, slots=True)
class NotableShares:
    """The portfolios of a group that sentences name.

    ``more`` and ``less`` take a larger and a smaller share than in the reports compared, ``alike``
    about the same share as among others in charge of them. ``alone`` holds those that nobody else
    compared is in charge of, ``written`` those that nobody else writes about. If some of the others
    do not declare their duties, only the latter can be known.
    """

    more: tuple[PortfolioLength, ...]
    less: tuple[PortfolioLength, ...]
    alike: tuple[PortfolioLength, ...]
    alone: tuple[PortfolioLength, ...]
    written: tuple[PortfolioLength, ...]


def select_notable_shares(group: ComparedGroup) -> NotableShares:
    """Select the portfolios worth a sentence, the largest difference or share first."""
    ordered = sorted(
        (one for one in group.portfolios if _is_worth_sentence(one, group)),
        key=lambda one: (-abs(one.difference), one.portfolio),
    )
    more = [one for one in ordered if one.difference > 0]
    less = [one for one in ordered if one.difference < 0]
    more = more[: MAX_PORTFOLIOS - min(len(less), _MAX_LESS)]
    alone = [
        one
        for one in _sort_by_share(group)
        if one.reference_group == NOBODY and _is_notable(one.own_share)
    ]
    return NotableShares(
        tuple(more),
        tuple(less[: MAX_PORTFOLIOS - len(more)]),
        tuple(one for one in _sort_by_share(group) if _is_alike(one))[:MAX_PORTFOLIOS],
        tuple(one for one in alone if one.declared and not group.rest_untold)[:MAX_PORTFOLIOS],
        tuple(one for one in alone if not one.declared or group.rest_untold)[:MAX_PORTFOLIOS],
    )


def _sort_by_share(group: ComparedGroup) -> list[PortfolioLength]:
    return sorted(group.portfolios, key=lambda one: (-one.own_share, one.portfolio))


def _is_alike(one: PortfolioLength) -> bool:
    is_both = one.reference_group == DECLARING and one.declared and one.own_share
    return bool(is_both) and not _is_notable(abs(one.own_share - one.reference_share))


def _is_notable(share: float) -> bool:
    return round(share * 100, 1) >= MIN_POINTS


def _is_worth_sentence(one: PortfolioLength, group: ComparedGroup) -> bool:
    """Return whether a difference is worth a sentence.

    A smaller share is worth one only if the person declares the portfolio. For a person who
    declares no duties, and for groups, at least half of the others must write about it: one other
    official being in charge of it is not enough.
    """
    if not _is_notable(abs(one.difference)):
        return False
    if one.reference_group != ALL:
        return one.difference > 0 or one.declared > 0
    return one.difference > 0 or 2 * one.rest_units >= group.rest_units


def format_with_others(one: PortfolioLength, group: ComparedGroup, t: Translator) -> str:
    """Format a share and that of the others, in brackets."""
    here, rest = format_own(one, group, t).strip(), _format_percent(one.reference_share, t)
    return put_in_brackets(t, _describe_others(one, here, rest, t))


def _describe_others(one: PortfolioLength, here: str, rest: str, t: Translator) -> str:
    """Put the share of the others after a share."""
    number = one.reference_units
    if one.reference_group == ALL:
        if not one.rest_units:
            return t("{here}; others none", here=here)
        if number == 1:
            return t("{here}; the other: {rest}", here=here, rest=rest)
        return t("{here}; others: {rest} on average", here=here, rest=rest)
    if one.reference_group == DECLARING:
        if number == 1 and one.declared:
            return t("{here}; the other also in charge: {rest}", here=here, rest=rest)
        if number == 1:
            return t("{here}; the other in charge: {rest}", here=here, rest=rest)
        if one.declared:
            return t(
                "{here}; {number} others also in charge: {rest} on average",
                here=here, number=number, rest=rest,
            )  # fmt: skip
        return t(
            "{here}; {number} others in charge: {rest} on average",
            here=here, number=number, rest=rest,
        )  # fmt: skip
    if number == 1:
        return t("{here}; the other who covers it: {rest}", here=here, rest=rest)
    return t(
        "{here}; {number} others who cover it: {rest} on average",
        here=here, number=number, rest=rest,
    )  # fmt: skip


def format_alone(one: PortfolioLength, group: ComparedGroup, t: Translator) -> str:
    """Format a share alone, in brackets."""
    return put_in_brackets(t, format_own(one, group, t).strip())


def format_own(one: PortfolioLength, group: ComparedGroup, t: Translator) -> str:
    """Format the group's own share and what it is a share of."""
    if not one.own_share:
        here = t.pgettext("share", "none")
    elif one.own_divided < _MIN_OWN_PART * one.own_share:
        share = _format_percent(one.own_share, t)
        here = t("{share} together with other portfolios", share=share)
    else:
        here = _format_percent(one.own_share, t)
    if 0 < one.declared < group.reports:
        return t("{here} of the reports that assign it ({number})", here=here, number=one.declared)
    return here


def _format_percent(share: float, t: Translator) -> str:
    """Format a share; Chinese has a space before a number, and none before a word."""
    if share < 0.01:
        return t.pgettext("share", "< 1%")
    return t.pgettext("share", "{percent}%", percent=f"{100 * share:.0f}")
