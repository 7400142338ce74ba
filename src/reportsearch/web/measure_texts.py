"""Measures of a comparison in words for readers without statistics; files have the numbers."""

from __future__ import annotations

from reportsearch.locale import Translator

_LARGE_RATIO = 1_000
_SIGNIFICANCE_LEVEL = 0.05
_CONCENTRATED_DP, _RATHER_CONCENTRATED_DP = 0.8, 0.5
"""DP from which a term is concentrated, or rather concentrated, in few places."""


def format_ratio(log_ratio: float, t: Translator) -> str:
    """Format a ratio of rates, given as a binary logarithm: 5.2 倍, or 1/8 if it is below 1."""
    # Cap the exponent; larger ratios are not shown exactly.
    ratio = 2 ** min(abs(log_ratio), 64)
    if ratio >= _LARGE_RATIO:
        many = t("over 1,000×")
        return many if log_ratio > 0 else f"1/{_LARGE_RATIO:,}"
    number = f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}".removesuffix(".0")
    if log_ratio >= 0 or number == "1":
        return t("{number}×", number=number)
    return f"1/{number}"


def format_rate(number: float) -> str:
    """Format a rate so that it can be compared with those below it."""
    return f"{number:.1f}" if number < 1000 else f"{number:,.0f}"


def format_q_value(q: float | None) -> str:
    """Format a false discovery rate (q); a dash if there is none."""
    if q is None:
        return "—"
    return "<0.001" if q < 0.001 else f"{q:.3f}"


def to_shade(share: float, maximum: float = 0.4) -> int:
    """Return the shade of a cell, 0 to 5."""
    if share <= 0:
        return 0
    return min(1 + int(5 * share / maximum), 5)


def format_interval(ends: tuple[float | None, float | None], t: Translator) -> str:
    """Format the confidence interval of a ratio; an end is None if unbounded."""
    low, high = ends
    first = "0" if low is None else format_ratio(low, t)
    last = t("no upper limit") if high is None else format_ratio(high, t)
    return t("{low} to {high}", low=first, high=last)


def describe_significance(q: float | None, t: Translator) -> str:
    """Describe whether a difference may be due to chance: hardly if q is below .05."""
    if q is None:
        return t("not tested")
    return t("significant") if q < _SIGNIFICANCE_LEVEL else t("not significant")


def describe_dispersion(dispersion: float, t: Translator) -> str:
    """Describe the dispersion of a term, measured by DP."""
    if dispersion >= _CONCENTRATED_DP:
        return t("highly concentrated")
    return t("concentrated") if dispersion >= _RATHER_CONCENTRATED_DP else t("dispersed")
