"""Describe the share of portfolios in a person's reports, compared with the others."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.locale import read_texts
from reportsearch.models.compare import ALL, DECLARING, NOBODY, ComparedGroup, PortfolioLength

MAX_PORTFOLIOS = 6
"""Portfolios that the sentence on lengths names, and of these with less room if there are more."""
_MAX_LESS = 2
MIN_POINTS = 5
"""Percentage points below which a difference, or the share of what one alone has, is left out."""
_MIN_OWN_PART = 2 / 3
"""The part of a portfolio's text that is about it alone, below which a sentence mentions that."""

"""Name -> (Chinese, English)."""


@dataclass(frozen=True, slots=True)
class NotableShares:
    """The portfolios of a group that sentences name.

    ``more`` and ``less`` have more and less room than with those beside, ``alike`` about as much as
    with others who are in charge of them; ``alone`` this one alone is in charge of among those
    compared, ``written`` this one alone writes about. Where some of these do not tell what they are
    in charge of, it is only known who writes.
    """

    more: tuple[PortfolioLength, ...]
    less: tuple[PortfolioLength, ...]
    alike: tuple[PortfolioLength, ...]
    alone: tuple[PortfolioLength, ...]
    written: tuple[PortfolioLength, ...]


def select_notable_shares(group: ComparedGroup) -> NotableShares:
    """Select those worth a sentence, the greatest difference, or share, first."""
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

    Of what is no duty of a person who tells them nothing is wanting. Of who tells none, and of
    groups, that has less room of which at least half of the others write: what a single other one
    is in charge of is no want.
    """
    if not _is_notable(abs(one.difference)):
        return False
    if one.reference_group != ALL:
        return one.difference > 0 or one.declared > 0
    return one.difference > 0 or 2 * one.rest_units >= group.rest_units


class ShareFormatter:
    """Tells of shares in a language: 0 for Chinese, 1 for English."""

    def __init__(self, place: int) -> None:
        self._place = place

    def _translate(self, text: str, /, **values: object) -> str:
        return read_texts("portfolio_shares")[text][self._place].format(**values)

    def format_with_others(self, one: PortfolioLength, group: ComparedGroup) -> str:
        """Format a share, and that of the others, in brackets."""
        if one.reference_group == ALL and not one.rest_units:
            kind = "shares_alone"
        else:
            kind = f"shares_{one.reference_group}" + ("_one" if one.reference_units == 1 else "")
        text = self._translate(
            kind,
            here=self.format_own(one, group).strip(),
            rest=self._format_percent(one.reference_share),
            number=one.reference_units,
            also=self._translate("also") if one.declared else "",
        )
        return self._translate("about", text=text)

    def format_alone(self, one: PortfolioLength, group: ComparedGroup) -> str:
        """Format a share by itself, in brackets."""
        return self._translate("about", text=self.format_own(one, group).strip())

    def format_own(self, one: PortfolioLength, group: ComparedGroup) -> str:
        """Format the group's own share, and of what."""
        if not one.own_share:
            here = self._translate("nothing")
        elif one.own_divided < _MIN_OWN_PART * one.own_share:
            here = self._translate("together", here=self._format_percent(one.own_share))
        else:
            here = self._format_percent(one.own_share)
        if 0 < one.declared < group.reports:
            return self._translate("in_these", here=here, number=one.declared)
        return here

    def _format_percent(self, share: float) -> str:
        return self._translate("little") if share < 0.01 else f" {100 * share:.0f}%"
