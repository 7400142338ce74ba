"""Shares of a text, rounded alike in every analysis."""

from __future__ import annotations


def compute_share(chars: float, total: int) -> float:
    """Return a share rounded to six decimals, and 0 if the total is 0.

    Six decimals show 13 characters of the longest readable report.
    """
    return round(chars / total, 6) if total else 0.0
