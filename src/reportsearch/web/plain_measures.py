"""Measures of a comparison as a reader without statistics takes them; files have them as they are.

``language`` is that of the page, as everywhere.
"""

from __future__ import annotations

from reportsearch.locale.query_reasons import ENGLISH

_MANY = 1_000
_FALSE = 0.05
_TOGETHER, _RATHER = 0.8, 0.5
"""DP from which on a term is in few places, or rather so."""

_TEXTS = {
    "times": ("{number} 倍", "{number}×"),
    "many": ("上千倍", "over 1,000×"),
    "range": ("{low}至{high}", "{low} to {high}"),
    "no_bound": ("不封顶", "no upper bound"),
    "nothing": ("0", "0"),
    "untested": ("没检验", "not tested"),
    "hardly": ("不像", "hardly"),
    "perhaps": ("也可能", "perhaps"),
    "together": ("集中", "in few places"),
    "rather": ("较集中", "rather in few"),
    "spread": ("分散", "spread"),
}


def _say(language: str, text: str, **values: object) -> str:
    return _TEXTS[text][1 if language == ENGLISH else 0].format(**values)


def times(log_ratio: float, language: str) -> str:
    """A ratio of rates, of which the binary logarithm is given: 5.2 倍, 1/8 where it is less."""
    # Beyond that no float is needed to tell that it is much.
    ratio = 2 ** min(abs(log_ratio), 64)
    if ratio >= _MANY:
        many = _say(language, "many")
        return many if log_ratio > 0 else f"1/{_MANY:,}"
    number = f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}".removesuffix(".0")
    if log_ratio >= 0 or number == "1":
        return _say(language, "times", number=number)
    return f"1/{number}"


def between(ends: tuple[float | None, float | None], language: str) -> str:
    """The interval of a ratio; an end is None where it has no bound."""
    low, high = ends
    first = _say(language, "nothing") if low is None else times(low, language)
    last = _say(language, "no_bound") if high is None else times(high, language)
    return _say(language, "range", low=first, high=last)


def by_chance(q: float | None, language: str) -> str:
    """Whether a difference is by chance: below a q of .05 hardly."""
    return _say(language, "untested" if q is None else "hardly" if q < _FALSE else "perhaps")


def spread(dispersion: float, language: str) -> str:
    """How a term is spread, by DP."""
    kind = "together" if dispersion >= _TOGETHER else "rather" if dispersion >= _RATHER else None
    return _say(language, kind or "spread")
